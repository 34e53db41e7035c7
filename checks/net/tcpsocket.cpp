#include "checks/net/tcpsocket.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// RFC 8305 section 5: the recommended delay before the next address is tried.
constexpr std::chrono::milliseconds kNextAddressAfter{250};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TcpSocket)
};

std::optional<Error> interruption(const Patience &patience)
{
    if (patience.token.isCancelled() || (patience.isOver && patience.isOver()))
        return Error{
            ErrorKind::Cancelled,
            Text::tr("Stopped before %1 answered on port %2.").arg(patience.host, QString::number(patience.port))};
    if (patience.deadline.hasPassed()) {
        const double seconds = static_cast<double>(patience.allowed.count()) / 1000.0;
        return Error{ErrorKind::TimedOut,
                     Text::tr("%1 did not answer on port %2 within %3 s.")
                         .arg(patience.host, QString::number(patience.port), QString::number(seconds, 'g', 3))};
    }
    return std::nullopt;
}

std::chrono::milliseconds slice(const Patience &patience)
{
    return std::min(kLongestBlindWait, patience.deadline.remaining());
}

// Literals only: nothing is looked up.
std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> parsed(const SocketAddress &address)
{
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const QByteArray port = QByteArray::number(address.port);
    if (getaddrinfo(address.ip.toLatin1().constData(), port.constData(), &hints, &found) != 0)
        found = nullptr;
    return {found, &freeaddrinfo};
}

// Tries addresses side by side until one connection stands.
class Race
{
public:
    Race(std::span<const SocketAddress> addresses, const Patience &patience)
        : m_addresses(addresses), m_patience(patience)
    {
    }

    Result<TcpSocket> run()
    {
        while (true) {
            if (const auto error = interruption(m_patience))
                return tl::unexpected<Error>(*error);
            startNextIfDue();
            if (m_running.empty() && m_next == m_addresses.size())
                return tl::unexpected<Error>(nobodyThere());
            if (auto winner = takeWinner())
                return std::move(*winner);
        }
    }

private:
    void startNextIfDue()
    {
        if (m_next == m_addresses.size() || (!m_running.empty() && Clock::now() < m_nextDue))
            return;
        const SocketAddress &address = m_addresses[m_next++];
        m_nextDue = Clock::now() + kNextAddressAfter;
        const auto where = parsed(address);
        if (!where) {
            note(EADDRNOTAVAIL);
            return;
        }
        TcpSocket socket(::socket(where->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), address);
        if (socket.descriptor() >= 0 &&
            (::connect(socket.descriptor(), where->ai_addr, where->ai_addrlen) == 0 || errno == EINPROGRESS))
            m_running.push_back(std::make_unique<TcpSocket>(std::move(socket)));
        else
            note(errno);
    }

    // A clear refusal by one address says more than that there is no way to another.
    void note(int error)
    {
        if (m_lastError != ECONNREFUSED)
            m_lastError = error;
    }

    std::optional<TcpSocket> takeWinner()
    {
        std::vector<pollfd> watched;
        for (const auto &socket : m_running)
            watched.push_back({socket->descriptor(), POLLOUT, 0});
        auto wait = slice(m_patience);
        if (m_next < m_addresses.size()) {
            const auto due = std::chrono::ceil<std::chrono::milliseconds>(m_nextDue - Clock::now());
            wait = std::clamp(due, std::chrono::milliseconds(0), wait);
        }
        ::poll(watched.data(), watched.size(), static_cast<int>(wait.count()));
        for (std::size_t i = watched.size(); i-- > 0;) {
            if (watched[i].revents == 0)
                continue;
            int error = 0;
            socklen_t size = sizeof(error);
            getsockopt(watched[i].fd, SOL_SOCKET, SO_ERROR, &error, &size);
            if (error == 0)
                return std::move(*m_running[i]);
            note(error);
            m_nextDue = Clock::now();
            m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return std::nullopt;
    }

    Error nobodyThere() const
    {
        QStringList tried;
        for (const SocketAddress &address : m_addresses)
            tried += address.toString();
        const bool isRefused = m_lastError == ECONNREFUSED;
        const QString sentence = isRefused ? Text::tr("%1 refused the connection on port %2.")
                                           : Text::tr("There is no way to %1 (port %2) from this network.");
        return {isRefused ? ErrorKind::Unreachable : ErrorKind::NoRoute,
                sentence.arg(m_patience.host, QString::number(m_patience.port)),
                Text::tr("%1; tried %2").arg(QString::fromLocal8Bit(std::strerror(m_lastError)), tried.join(u", "_s))};
    }

    const std::span<const SocketAddress> m_addresses;
    const Patience &m_patience;
    std::vector<std::unique_ptr<TcpSocket>> m_running;
    std::size_t m_next = 0;
    Clock::time_point m_nextDue;
    int m_lastError = EADDRNOTAVAIL;
};

} // namespace

TcpSocket::~TcpSocket()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<TcpSocket> connectTcp(std::span<const SocketAddress> addresses, const Patience &patience)
{
    return Race(addresses, patience).run();
}

Result<void> waitFor(const TcpSocket &socket, SocketEvent event, const Patience &patience)
{
    const short events = event == SocketEvent::Readable ? POLLIN : POLLOUT;
    pollfd watched{socket.descriptor(), events, 0};
    while (true) {
        if (const auto error = interruption(patience))
            return tl::unexpected<Error>(*error);
        if (::poll(&watched, 1, static_cast<int>(slice(patience).count())) > 0)
            return {};
    }
}

void ignoreBrokenPipes()
{
    static const auto before = std::signal(SIGPIPE, SIG_IGN);
    Q_UNUSED(before);
}

} // namespace cockpit
