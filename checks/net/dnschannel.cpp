#include "checks/net/dnschannel.h"

#include <QStringList>

#include <ares.h>
#include <arpa/inet.h>

#include <algorithm>
#include <mutex>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Waits double each round: with the first at a fifth of the time limit, two tries and a half fit into it.
constexpr int kTries = 3;
constexpr int kEdnsBuffer = 1232;

void startLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] { ares_library_init(ARES_LIB_INIT_ALL); });
}

DnsChannel::End endOf(int status)
{
    switch (status) {
    case ARES_SUCCESS:
        return DnsChannel::End::Answered;
    case ARES_ETIMEOUT:
        return DnsChannel::End::Silent;
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION:
        return DnsChannel::End::Cancelled;
    default: // no route, ICMP refusal, connection closed: nobody there
        return DnsChannel::End::Refused;
    }
}

void onAnswer(void *arg, int status, int /*timeouts*/, unsigned char *bytes, int size)
{
    const std::unique_ptr<DnsChannel::Done> done(static_cast<DnsChannel::Done *>(arg));
    (*done)(endOf(status), bytes ? QByteArray(reinterpret_cast<const char *>(bytes), size) : QByteArray());
}

ares_channel openChannel(bool useSystemServers, DnsTransport transport, std::chrono::milliseconds firstTry)
{
    ares_options options{};
    options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC | ARES_FLAG_EDNS | ARES_FLAG_STAYOPEN;
    if (transport == DnsTransport::Tcp)
        options.flags |= ARES_FLAG_USEVC;
    options.timeout = static_cast<int>(firstTry.count());
    options.tries = kTries;
    options.ednspsz = kEdnsBuffer;
    int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ;
    // With all of this given c-ares does not read resolv.conf; the placeholder server is replaced at once.
    in_addr placeholder{htonl(INADDR_LOOPBACK)};
    char lookups[] = "b";
    if (!useSystemServers) {
        options.servers = &placeholder;
        options.nservers = 1;
        options.ndots = 1;
        options.lookups = lookups;
        mask |= ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_NDOTS | ARES_OPT_LOOKUPS | ARES_OPT_SORTLIST;
    }
    ares_channel channel = nullptr;
    return ares_init_options(&channel, &options, mask) == ARES_SUCCESS ? channel : nullptr;
}

} // namespace

DnsChannel::DnsChannel(const std::vector<SocketAddress> &servers, DnsTransport transport,
                       std::chrono::milliseconds firstTry)
{
    startLibrary();
    m_channel = openChannel(servers.empty(), transport, firstTry);
    if (!m_channel || servers.empty())
        return;
    QStringList list;
    for (const SocketAddress &server : servers)
        list << server.toString();
    if (ares_set_servers_ports_csv(m_channel, list.join(u',').toLatin1().constData()) != ARES_SUCCESS) {
        ares_destroy(m_channel);
        m_channel = nullptr;
    }
}

DnsChannel::~DnsChannel()
{
    if (m_channel)
        ares_destroy(m_channel);
}

std::vector<SocketAddress> DnsChannel::servers() const
{
    constexpr std::uint16_t dnsPort = 53;
    std::vector<SocketAddress> list;
    ares_addr_port_node *first = nullptr;
    if (ares_get_servers_ports(m_channel, &first) != ARES_SUCCESS)
        return list;
    for (const ares_addr_port_node *node = first; node; node = node->next) {
        char text[INET6_ADDRSTRLEN] = {};
        inet_ntop(node->family, &node->addr, text, sizeof text);
        list.push_back(
            {QString::fromLatin1(text), node->udp_port ? static_cast<std::uint16_t>(node->udp_port) : dnsPort});
    }
    ares_free_data(first);
    return list;
}

void DnsChannel::send(const QByteArray &query, Done done)
{
    ares_send(m_channel, reinterpret_cast<const unsigned char *>(query.constData()), static_cast<int>(query.size()),
              onAnswer, new Done(std::move(done)));
}

void DnsChannel::appendDescriptors(std::vector<pollfd> &descriptors) const
{
    ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
    const int wanted = ares_getsock(m_channel, sockets, ARES_GETSOCK_MAXNUM);
    for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
        const int events =
            (ARES_GETSOCK_READABLE(wanted, i) ? POLLIN : 0) | (ARES_GETSOCK_WRITABLE(wanted, i) ? POLLOUT : 0);
        if (events)
            descriptors.push_back({sockets[i], static_cast<short>(events), 0});
    }
}

std::chrono::milliseconds DnsChannel::untilNextTry(std::chrono::milliseconds longest) const
{
    timeval most{};
    most.tv_sec = static_cast<time_t>(longest.count() / 1000);
    most.tv_usec = static_cast<suseconds_t>((longest.count() % 1000) * 1000);
    timeval room{};
    const timeval *next = ares_timeout(m_channel, &most, &room);
    // Rounded up, so that the wait does not end a moment too early and spin.
    return std::chrono::milliseconds(next->tv_sec * 1000 + (next->tv_usec + 999) / 1000);
}

void DnsChannel::process(std::span<const pollfd> ready)
{
    for (const pollfd &descriptor : ready) {
        const bool broken = descriptor.revents & (POLLERR | POLLHUP | POLLNVAL);
        const bool canRead = broken || (descriptor.revents & POLLIN);
        const bool canWrite = (descriptor.events & POLLOUT) && (broken || (descriptor.revents & POLLOUT));
        if (canRead || canWrite) {
            ares_process_fd(m_channel, canRead ? descriptor.fd : ARES_SOCKET_BAD,
                            canWrite ? descriptor.fd : ARES_SOCKET_BAD);
        }
    }
    ares_process_fd(m_channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD); // repeats what has waited long enough
}

} // namespace cockpit
