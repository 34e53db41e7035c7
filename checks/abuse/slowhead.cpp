#include "checks/abuse/slowhead.h"

#include "checks/engine/activegate.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlschannel.h"
#include "checks/net/trustroots.h"
#include "checks/net/urlhost.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <array>
#include <optional>

#include <sys/socket.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SlowHead)
};

constexpr std::array kEnds{
    WordRow<SlowEnd>{SlowEnd::NotTried, "not_tried"},
    WordRow<SlowEnd>{SlowEnd::Answered, "answered"},
    WordRow<SlowEnd>{SlowEnd::CutOff, "cut_off"},
    WordRow<SlowEnd>{SlowEnd::Kept, "kept"},
};

const QByteArray kHttp11("\x08http/1.1", 9);

// A connection with TLS or without.
class SlowLine
{
public:
    SlowLine(TcpSocket socket, std::optional<TlsChannel> tls) : m_socket(std::move(socket)), m_tls(std::move(tls)) {}

    Result<void> write(const QByteArray &bytes, const Patience &patience)
    {
        if (m_tls)
            return m_tls->write(bytes, m_socket, patience);
        if (::send(m_socket.descriptor(), bytes.constData(), static_cast<size_t>(bytes.size()), 0) < 0)
            return failure(ErrorKind::Protocol, Text::tr("The server closed the connection."));
        return {};
    }

    // Empty when it was closed.
    Result<QByteArray> read(const Patience &patience)
    {
        if (m_tls)
            return m_tls->read(m_socket, patience);
        if (auto ready = waitFor(m_socket, SocketEvent::Readable, patience); !ready)
            return tl::unexpected<Error>(ready.error());
        std::array<char, 4096> part{};
        const auto size = ::recv(m_socket.descriptor(), part.data(), part.size(), 0);
        return size > 0 ? QByteArray(part.data(), size) : QByteArray();
    }

private:
    TcpSocket m_socket;
    std::optional<TlsChannel> m_tls;
};

Result<SlowLine> openLine(Observations &seen, const QUrl &url, const Patience &patience)
{
    const auto addresses = seen.ask(HostAddresses{hostOf(url), portOf(url)});
    if (!*addresses)
        return tl::unexpected<Error>(addresses->error());
    auto socket = connectTcp(**addresses, patience);
    if (!socket)
        return tl::unexpected<Error>(socket.error());
    if (url.scheme() != "https"_L1)
        return SlowLine(std::move(*socket), std::nullopt);
    const auto roots = seen.ask(TrustRoots{seen.options().caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    auto tls = TlsChannel::start(*socket, hostOf(url), kHttp11, (*roots)->get(), patience);
    if (!tls)
        return tl::unexpected<Error>(tls.error());
    return SlowLine(std::move(*socket), std::move(*tls));
}

QByteArray headOf(const QUrl &url)
{
    const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    return "GET " + (target.isEmpty() ? QByteArray("/") : target) +
           " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() +
           "\r\nUser-Agent: LaunchCockpit (launch readiness check)\r\nX-Launch-Cockpit: 1\r\nX-Slow: ";
}

int statusIn(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.") ? answer.mid(9, 3).toInt() : 0;
}

// One byte after another until something happens.
class SlowHead
{
public:
    SlowHead(Observations &seen, SlowLine &line, const Patience &patience, const SlowPace &pace)
        : m_seen(seen), m_line(line), m_patience(patience), m_pace(pace)
    {
    }

    SlowTry drip()
    {
        const auto began = Clock::now();
        SlowTry result;
        bool isOpen = true;
        while (isOpen && !isOver() && Clock::now() - began < m_pace.most)
            isOpen = m_line.write("a", m_patience).has_value() && listen(result);
        result.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
        result.end = slowEndOf(result.took, isOpen, m_pace);
        if (isOpen && isOver()) {
            result.end = SlowEnd::NotTried;
            result.problem = Text::tr("Stopped before the server ended it.");
        }
        return result;
    }

private:
    bool isOver() const { return m_seen.active()->isOver(ActiveErrand::Check, m_seen.token(), m_seen.deadline()); }

    // False when the server ended it.
    bool listen(SlowTry &result)
    {
        const Deadline turn = Deadline::in(m_pace.every);
        Patience patience = m_patience;
        while (!turn.hasPassed() && !isOver()) {
            patience.deadline = Deadline::in(kLongestBlindWait).earlierOf(turn);
            const auto bytes = m_line.read(patience);
            if (bytes) {
                result.status = statusIn(*bytes);
                return false;
            }
            if (bytes.error().kind != ErrorKind::TimedOut)
                return bytes.error().kind == ErrorKind::Cancelled;
        }
        return true;
    }

    Observations &m_seen;
    SlowLine &m_line;
    const Patience &m_patience;
    const SlowPace &m_pace;
};

SlowTry notTried(const Error &error)
{
    return {.problem = error.message};
}

} // namespace

QString toWord(SlowEnd value)
{
    return wordOf(kEnds, value);
}

SlowEnd slowEndOf(std::chrono::milliseconds took, bool isOurs, const SlowPace &pace)
{
    if (isOurs)
        return SlowEnd::Kept;
    return took < pace.least ? SlowEnd::Answered : SlowEnd::CutOff;
}

SlowTry sendSlowHead(Observations &seen, const QString &checkId, const QUrl &url, const QString &routeName,
                     const SlowPace &pace)
{
    ActiveGate *gate = seen.active();
    const ActiveRequestNote note{.checkId = checkId,
                                 .method = u"GET"_s,
                                 .host = hostOf(url),
                                 .route = routeName,
                                 .actor = {},
                                 .note = u"its head does not end"_s};
    ignoreBrokenPipes();
    if (auto leave = gate->enter(note, seen.token(), seen.deadline()); !leave)
        return notTried(leave.error());
    const auto connecting = seen.options().operationTimeout;
    Patience patience{.host = hostOf(url),
                      .port = portOf(url),
                      .token = seen.token(),
                      .deadline = Deadline::in(connecting).earlierOf(seen.deadline()),
                      .allowed = connecting};
    auto line = openLine(seen, url, patience);
    SlowTry result;
    if (!line) {
        result = notTried(line.error());
    } else if (auto sent = line->write(headOf(url), patience); !sent) {
        result = notTried(sent.error());
    } else {
        patience.deadline = Deadline::in(pace.most + connecting).earlierOf(seen.deadline());
        result = SlowHead(seen, *line, patience, pace).drip();
    }
    gate->done(note, result.status, result.took);
    return result;
}

} // namespace cockpit
