// A DNS server on loopback that says what a test tells it to say, over UDP and TCP on one port.
#pragma once

#include "checks/engine/netoptions.h"

#include <QByteArray>
#include <QStringList>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cockpit {

struct DnsQuestionSeen
{
    QString name; // lower case, no trailing dot
    int type = 0;
    bool usedTcp = false;
    bool recursionDesired = false;
    bool checkingDisabled = false;
    bool dnssecOk = false;
    int ednsSize = 0; // 0: no OPT record
};

struct DnsReply
{
    int rcode = 0;
    bool authoritative = false;
    bool truncated = false;
    bool silent = false;
    QStringList answers = {}; // "example.com. 300 IN A 192.0.2.1"
    QStringList authority = {};
    std::vector<std::pair<int, QByteArray>> extendedErrors = {}; // RFC 8914: code and text
    std::function<void(QByteArray &)> mangle = {};               // last hand on the bytes
};

enum class DnsTcp { Open, Closed };

class ScriptedDns
{
public:
    using Script = std::function<DnsReply(const DnsQuestionSeen &)>; // called on the server's thread

    explicit ScriptedDns(Script script, DnsTcp tcp = DnsTcp::Open);
    ~ScriptedDns();
    ScriptedDns(const ScriptedDns &) = delete;
    ScriptedDns &operator=(const ScriptedDns &) = delete;

    SocketAddress address() const { return {QStringLiteral("127.0.0.1"), m_port}; }
    std::vector<DnsQuestionSeen> seen() const;

private:
    void serve();
    void serveUdp();
    void serveTcp();
    QByteArray answerTo(const QByteArray &query, bool usedTcp);

    Script m_script;
    int m_udp = -1;
    int m_tcp = -1; // -1: closed
    std::uint16_t m_port = 0;
    std::atomic_bool m_stopping = false;
    mutable std::mutex m_mutex;
    std::vector<DnsQuestionSeen> m_seen; // guarded by m_mutex
    std::thread m_thread;
};

} // namespace cockpit
