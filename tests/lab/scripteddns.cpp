#include "lab/scripteddns.h"

#include <arpa/inet.h>
#include <ldns/ldns.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace cockpit {

namespace {

struct PacketDeleter
{
    void operator()(ldns_pkt *packet) const { ldns_pkt_free(packet); }
};
using Packet = std::unique_ptr<ldns_pkt, PacketDeleter>;

int boundSocket(int kind, std::uint16_t port)
{
    const int fd = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

std::uint16_t portOf(int fd)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

DnsQuestionSeen read(const ldns_pkt *packet, bool usedTcp)
{
    DnsQuestionSeen seen;
    const ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(packet), 0);
    char *name = ldns_rdf2str(ldns_rr_owner(question));
    seen.name = QString::fromLatin1(name).toLower();
    std::free(name);
    seen.name.chop(1);
    seen.type = ldns_rr_get_type(question);
    seen.usedTcp = usedTcp;
    seen.recursionDesired = ldns_pkt_rd(packet);
    seen.checkingDisabled = ldns_pkt_cd(packet);
    seen.dnssecOk = ldns_pkt_edns_do(packet);
    seen.ednsSize = ldns_pkt_edns(packet) ? ldns_pkt_edns_udp_size(packet) : 0;
    return seen;
}

void push(ldns_pkt *packet, ldns_pkt_section section, const QStringList &lines)
{
    for (const QString &line : lines) {
        ldns_rr *rr = nullptr;
        const ldns_status status = ldns_rr_new_frm_str(&rr, line.toLatin1().constData(), 300, nullptr, nullptr);
        if (status != LDNS_STATUS_OK)
            qFatal("not a record: %s", qPrintable(line));
        ldns_pkt_push_rr(packet, section, rr);
    }
}

QByteArray optionOf(int code, const QByteArray &text)
{
    constexpr char extendedError = 15;
    const auto size = static_cast<int>(text.size()) + 2;
    const char head[] = {0,
                         extendedError,
                         static_cast<char>(size >> 8),
                         static_cast<char>(size),
                         static_cast<char>(code >> 8),
                         static_cast<char>(code)};
    return QByteArray(head, sizeof head) + text;
}

void addExtendedErrors(ldns_pkt *packet, const DnsReply &reply)
{
    constexpr std::uint16_t udpSize = 1232;
    QByteArray options;
    for (const auto &[code, text] : reply.extendedErrors)
        options += optionOf(code, text);
    if (options.isEmpty())
        return;
    ldns_pkt_set_edns_udp_size(packet, udpSize);
    ldns_pkt_set_edns_data(
        packet, ldns_rdf_new_frm_data(LDNS_RDF_TYPE_NONE, static_cast<size_t>(options.size()), options.constData()));
}

QByteArray write(const ldns_pkt *query, const DnsReply &reply)
{
    const Packet answer(ldns_pkt_new());
    ldns_pkt_set_id(answer.get(), ldns_pkt_id(query));
    ldns_pkt_set_qr(answer.get(), true);
    ldns_pkt_set_aa(answer.get(), reply.authoritative);
    ldns_pkt_set_tc(answer.get(), reply.truncated);
    ldns_pkt_set_rcode(answer.get(), static_cast<std::uint8_t>(reply.rcode));
    ldns_pkt_push_rr(answer.get(), LDNS_SECTION_QUESTION, ldns_rr_clone(ldns_rr_list_rr(ldns_pkt_question(query), 0)));
    push(answer.get(), LDNS_SECTION_ANSWER, reply.answers);
    push(answer.get(), LDNS_SECTION_AUTHORITY, reply.authority);
    addExtendedErrors(answer.get(), reply);
    std::uint8_t *wire = nullptr;
    size_t size = 0;
    ldns_pkt2wire(&wire, answer.get(), &size);
    QByteArray bytes(reinterpret_cast<const char *>(wire), static_cast<qsizetype>(size));
    std::free(wire);
    return bytes;
}

} // namespace

ScriptedDns::ScriptedDns(Script script, DnsTcp tcp) : m_script(std::move(script))
{
    // TCP first: its ports are scarcer, and the UDP port of the same number is nearly always free.
    for (int attempt = 0; attempt < 20 && m_udp < 0; ++attempt) {
        m_tcp = boundSocket(SOCK_STREAM, 0);
        m_port = portOf(m_tcp);
        m_udp = boundSocket(SOCK_DGRAM, m_port);
        if (m_udp < 0)
            close(m_tcp);
    }
    if (m_udp < 0)
        qFatal("no free port on loopback");
    if (tcp == DnsTcp::Open) {
        listen(m_tcp, 16);
    } else {
        close(m_tcp);
        m_tcp = -1;
    }
    m_thread = std::thread([this] { serve(); });
}

ScriptedDns::~ScriptedDns()
{
    m_stopping = true;
    m_thread.join();
    close(m_udp);
    if (m_tcp >= 0)
        close(m_tcp);
}

std::vector<DnsQuestionSeen> ScriptedDns::seen() const
{
    const std::lock_guard lock(m_mutex);
    return m_seen;
}

void ScriptedDns::serve()
{
    constexpr int stopLatencyMs = 20;
    while (!m_stopping) {
        pollfd ready[] = {{m_udp, POLLIN, 0}, {m_tcp, POLLIN, 0}};
        if (poll(ready, 2, stopLatencyMs) <= 0)
            continue;
        if (ready[0].revents & POLLIN)
            serveUdp();
        if (ready[1].revents & POLLIN)
            serveTcp();
    }
}

void ScriptedDns::serveUdp()
{
    char buffer[4096];
    sockaddr_in client{};
    socklen_t size = sizeof client;
    const ssize_t got = recvfrom(m_udp, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr *>(&client), &size);
    const QByteArray answer = got > 0 ? answerTo(QByteArray(buffer, got), false) : QByteArray();
    if (!answer.isEmpty())
        sendto(m_udp, answer.constData(), static_cast<size_t>(answer.size()), 0,
               reinterpret_cast<const sockaddr *>(&client), size);
}

// One question per connection is enough for a test.
void ScriptedDns::serveTcp()
{
    const int fd = accept(m_tcp, nullptr, nullptr);
    unsigned char length[2];
    if (recv(fd, length, 2, MSG_WAITALL) == 2) {
        QByteArray query(length[0] * 256 + length[1], '\0');
        if (recv(fd, query.data(), static_cast<size_t>(query.size()), MSG_WAITALL) == query.size()) {
            const QByteArray answer = answerTo(query, true);
            const char prefix[2] = {static_cast<char>(answer.size() >> 8), static_cast<char>(answer.size())};
            if (!answer.isEmpty()) {
                const QByteArray framed = QByteArray(prefix, 2) + answer;
                send(fd, framed.constData(), static_cast<size_t>(framed.size()), MSG_NOSIGNAL);
            }
        }
    }
    close(fd);
}

QByteArray ScriptedDns::answerTo(const QByteArray &query, bool usedTcp)
{
    ldns_pkt *parsed = nullptr;
    if (ldns_wire2pkt(&parsed, reinterpret_cast<const std::uint8_t *>(query.constData()),
                      static_cast<size_t>(query.size())) != LDNS_STATUS_OK)
        return {};
    const Packet packet(parsed);
    const DnsQuestionSeen question = read(packet.get(), usedTcp);
    {
        const std::lock_guard lock(m_mutex);
        m_seen.push_back(question);
    }
    const DnsReply reply = m_script(question);
    if (reply.silent)
        return {};
    QByteArray bytes = write(packet.get(), reply);
    if (reply.mangle)
        reply.mangle(bytes);
    return bytes;
}

} // namespace cockpit
