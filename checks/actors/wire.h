// One check's hand on the network, for requests that may change something or act as somebody: any method, any body,
// each one let out by the ActiveGate and logged. Follows no redirect, keeps no cookie, retries nothing.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"
#include "checks/engine/hostgate.h"
#include "checks/net/httpclient.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cockpit {

// A body that is sent in pieces, to see how long the server waits for it.
struct SlowBody
{
    qsizetype pieceBytes = 1;
    std::chrono::milliseconds every{1000}; // between two pieces
};

struct ActiveRequest
{
    QByteArray method = "GET"; // any token of RFC 9110 section 9.1; HEAD is sent without a body
    QUrl url;                  // sent as it is encoded: "/../", "//" and "%2F" stay (QUrl writes escapes in capitals)
    std::vector<Header> headers = {};
    QByteArray body = {};
    QString routeName = {}; // for the log; empty: the path
    bool writes = false;    // may change data: said in the log
    bool keepConnection = true;
    int timeoutMs = 0; // 0: the run's NetOptions::operationTimeout
    // Of a test account: nothing is sent to a host whose certificate is not good for it, nor unencrypted to another
    // machine.
    bool carriesSecret = false;
    QString actor = {}; // its name, for the log
    ActiveErrand errand = ActiveErrand::Check;
    qint64 bodyCap = kDefaultBodyCap;
    std::optional<SlowBody> slowly = {};
};

// More than any race needs; each may be a connection of its own.
constexpr std::size_t kMostAtOnce = 20;

class WireSocket;
class WireTransfers;
class WireVisits;
struct TransferLimits;
struct WireJob;

// What came of the opening of a WebSocket. A refusal is an answer, too; its body is not read.
struct WireOpening
{
    HttpResponse answer;
    std::unique_ptr<WireSocket> socket; // null where the server did not switch (isWebSocketAccepted)
};

// Who announces the requests of a wire: the wire, which waits while other checks hold what they may not need; or
// somebody has done so before.
enum class Announcing { Waits, Before };

// Belongs to the worker that made it, and ends there before what that worker had when it began. Connections are kept
// between its requests. One at a time per worker: a check that announces while it holds what others wait for would wait
// for itself.
//
// While it lives, what its worker asks of Observations as a visitor is sent on its account (wirevisits.h), but for what
// is in memory: such requests are announced with the others.
class Wire
{
public:
    // Announces the ceiling, and waits while other checks hold what they may not need. Where that is refused, or active
    // requests are not permitted at all, isReady() tells and every request fails with that error.
    Wire(const Look &look, QString checkId, int ceiling);
    // As many as the run lets it announce (mayAnnounce).
    Wire(const Look &look, const RequestNeed &need);
    Wire(Observations &seen, QString checkId, int ceiling, Announcing announcing = Announcing::Waits);
    ~Wire(); // what was announced and not sent is free again
    Q_DISABLE_COPY_MOVE(Wire)

    const Result<void> &isReady() const { return m_ready; }

    // Besides User-Agent, X-Launch-Cockpit, Accept and Accept-Encoding only the headers given are sent; Content-Length
    // is that of the body. Errors: those of ActiveGate::enter, and of HttpGet's probe(); BadInput for what is no web
    // address or would carry a secret in the clear. Any status is an answer. Returns within 100 ms of Stop and of the
    // kill switch.
    [[nodiscard]] Result<HttpResponse> send(const ActiveRequest &request);
    // Answers in the order of the requests. atOnce: leave for all of them is taken first, then they go out side by side
    // on one connection (HTTP/2) or one each, kMostAtOnce at most (BadInput for more); where they have bodies, the last
    // byte of each is held back until all others are there. Else one after the other, as the pace lets them out.
    [[nodiscard]] std::vector<Result<HttpResponse>> sendAll(std::span<const ActiveRequest> requests, bool atOnce);

    // Opens a WebSocket: one request like any other (counted, logged, hosts of the terms alone), by GET with the header
    // lines of webSocketHeaders(). Its messages are requests of their own (wiresocket.h). No body, pieces or undoing:
    // BadInput. Errors: those of send(), and of WebSocket::open(). Returns within 100 ms of Stop and of the kill
    // switch.
    [[nodiscard]] Result<WireOpening> open(const ActiveRequest &handshake);

    int sent() const { return m_sent; } // let out by this wire, visits among them
    int left() const { return m_ceiling - m_sent; }
    Observations &seen() const { return m_seen; }
    ActiveGate *gate() const { return m_gate; } // null: not permitted
    const QString &checkId() const { return m_checkId; }

private:
    friend class WireSocket;
    friend class WireVisits;

    Result<void> announce(Announcing announcing);
    Result<void> openTransfers();
    // Where it goes, once the gate has let it out.
    Result<std::vector<SocketAddress>> clear(const ActiveRequest &request);
    Result<WireJob> jobFor(const ActiveRequest &request, bool atOnce);
    HostGate::Pass passFor(const ActiveRequest &request) const;
    Result<void> letOut(const ActiveRequest &request);
    Result<std::vector<SocketAddress>> addressesOf(const ActiveRequest &request);
    Result<void> verifyPlace(const ActiveRequest &request, const std::vector<SocketAddress> &addresses) const;
    TransferLimits limitsOf(const ActiveRequest &request) const;
    void run(std::vector<WireJob> &jobs, const ActiveRequest &first);
    void tellGate(const ActiveRequest &request, const WireJob &job);
    void tellGate(const ActiveRequest &request, const Result<int> &status, std::chrono::milliseconds duration);
    Error interruption() const;
    ActiveRequestNote noteOf(const ActiveRequest &request) const;

    Observations &m_seen;
    ActiveGate *const m_gate;
    const QString m_checkId;
    const int m_ceiling;
    int m_sent = 0;
    Result<void> m_ready;
    std::map<QString, std::vector<SocketAddress>> m_addresses; // by host and port: undoing asks nobody any more
    std::unique_ptr<WireTransfers> m_transfers;
    std::unique_ptr<WireVisits> m_visits; // null: not permitted, and what visitors read is free
};

} // namespace cockpit
