#include "checks/net/websocket.h"

#include "checks/net/certificate.h"
#include "checks/net/tlschannel.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebSocket)
};

constexpr std::chrono::milliseconds kFarewell{200};

// HTTP/2 knows no Upgrade (RFC 9113 section 8.6).
const QByteArray kHttp1Alone("\x08http/1.1", 9);

// Masks must be unforeseeable for pages in a browser (section 10.3); here they only have to differ.
WebSocketMask newMask()
{
    const quint32 number = QRandomGenerator::global()->generate();
    WebSocketMask mask{};
    std::memcpy(mask.data(), &number, mask.size());
    return mask;
}

Error closed(const Patience &patience)
{
    return {ErrorKind::Protocol,
            Text::tr("%1 closed the connection on port %2.").arg(patience.host, QString::number(patience.port))};
}

bool hasKey(const std::vector<Header> &headers)
{
    return std::ranges::any_of(headers, [](const Header &header) {
        constexpr qsizetype kKeyBytes = 16; // section 4.1
        return header.name.compare("Sec-WebSocket-Key", Qt::CaseInsensitive) == 0 &&
               QByteArray::fromBase64(header.value).size() == kKeyBytes;
    });
}

} // namespace

// Stays at one place in memory: TLS reads and writes by the socket's number.
struct WebSocket::Line
{
    explicit Line(TcpSocket tcp) : socket(std::move(tcp)) {}

    // At least one byte, or none when the peer has closed. Errors: TimedOut, Cancelled.
    Result<QByteArray> read(const Patience &patience);
    Result<void> write(const QByteArray &bytes, const Patience &patience);
    // NotTls without; what a browser would think of the certificate else.
    void tellTrust(HttpResponse &answer, const QString &host) const;
    // Looking takes every version of TLS; a secret goes by those alone that HttpTransfer sends one by.
    bool isFitForSecrets() const;

    TcpSocket socket;
    std::optional<TlsChannel> tls = {};
};

Result<QByteArray> WebSocket::Line::read(const Patience &patience)
{
    if (tls)
        return tls->read(socket, patience);
    if (const auto ready = waitFor(socket, SocketEvent::Readable, patience); !ready)
        return tl::unexpected<Error>(ready.error());
    std::array<char, 4096> part{};
    const ssize_t size = ::recv(socket.descriptor(), part.data(), part.size(), 0);
    return QByteArray(part.data(), std::max<ssize_t>(size, 0));
}

Result<void> WebSocket::Line::write(const QByteArray &bytes, const Patience &patience)
{
    if (tls)
        return tls->write(bytes, socket, patience);
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t size = ::send(socket.descriptor(), bytes.constData() + written,
                                    static_cast<std::size_t>(bytes.size() - written), MSG_NOSIGNAL);
        if (size < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            return tl::unexpected<Error>(closed(patience));
        written += std::max<ssize_t>(size, 0);
        if (written < bytes.size()) {
            if (auto ready = waitFor(socket, SocketEvent::Writable, patience); !ready)
                return ready;
        }
    }
    return {};
}

void WebSocket::Line::tellTrust(HttpResponse &answer, const QString &host) const
{
    if (!tls)
        return;
    const TlsSession &session = tls->session();
    const bool isCovered = !session.chain.empty() && coversHost(session.chain.front(), host);
    const bool isTrusted = session.chainStatus == ChainStatus::Trusted && isCovered;
    answer.trust = isTrusted ? CertificateTrust::Trusted : CertificateTrust::Untrusted;
    if (!isTrusted)
        answer.trustProblem = isCovered ? session.chainDetail : Text::tr("the certificate does not cover %1").arg(host);
}

bool WebSocket::Line::isFitForSecrets() const
{
    const bool isNew =
        tls && (tls->session().version == TlsVersion::Tls12 || tls->session().version == TlsVersion::Tls13);
    return isNew && tls->session().renegotiatesSafely;
}

WebSocket::WebSocket(std::unique_ptr<Line> line, const Patience &patience, const WebSocketLimits &limits)
    : m_line(std::move(line)), m_patience(patience), m_reader(limits)
{
}

WebSocket::~WebSocket() = default;

Patience WebSocket::patienceUntil(Deadline until) const
{
    Patience patience = m_patience;
    patience.deadline = until;
    return patience;
}

Result<WebSocketOpening> WebSocket::open(const WebSocketRequest &request, std::span<const SocketAddress> addresses,
                                         X509_STORE *roots, const Patience &patience)
{
    if (!hasKey(request.headers))
        return failure(ErrorKind::BadInput, Text::tr("A WebSocket is not opened without a key."));
    ignoreBrokenPipes();
    auto tcp = connectTcp(addresses, patience);
    if (!tcp)
        return tl::unexpected<Error>(tcp.error());
    auto line = std::make_unique<Line>(std::move(*tcp));
    HttpResponse seen;
    if (request.url.scheme() == "https"_L1) {
        auto tls = TlsChannel::start(line->socket, patience.host, kHttp1Alone, roots, patience);
        if (!tls)
            return tl::unexpected<Error>(tls.error());
        if (!tls->completed())
            return tl::unexpected<Error>(tls->completed().error());
        line->tls.emplace(std::move(*tls));
        line->tellTrust(seen, patience.host);
    }
    if (request.trustedOnly && (seen.trust != CertificateTrust::Trusted || !line->isFitForSecrets()))
        return failure(
            ErrorKind::Protocol,
            Text::tr("The certificate of %1 is not good for it, or its encryption is too old, so nothing was "
                     "sent there.")
                .arg(patience.host),
            seen.trustProblem);
    if (const auto sent = line->write(webSocketRequest(request.url, request.headers), patience); !sent)
        return tl::unexpected<Error>(sent.error());
    QByteArray heard;
    std::optional<WebSocketHead> head;
    while (!head) {
        const auto part = line->read(patience);
        if (!part)
            return tl::unexpected<Error>(part.error());
        if (part->isEmpty())
            return tl::unexpected<Error>(closed(patience));
        heard += *part;
        auto found = webSocketHeadIn(heard);
        if (!found)
            return tl::unexpected<Error>(found.error());
        head = std::move(*found);
    }
    WebSocketOpening opening{.answer = std::move(head->answer)};
    opening.answer.url = request.url;
    opening.answer.trust = seen.trust;
    opening.answer.trustProblem = seen.trustProblem;
    opening.answer.peer = line->socket.peer();
    if (!isWebSocketAccepted(request.headers, opening.answer))
        return opening;
    opening.socket.reset(new WebSocket(std::move(line), patience, request.limits)); // the constructor is private
    opening.socket->m_reader.feed(QByteArrayView(heard).sliced(head->size));
    return opening;
}

Result<void> WebSocket::write(WebSocketOpcode opcode, QByteArrayView payload, Deadline until)
{
    if (m_isClosed)
        return tl::unexpected<Error>(closed(m_patience));
    auto written = m_line->write(clientFrame(opcode, payload, newMask()), patienceUntil(until));
    // A frame that is there in part is the end of the conversation.
    m_isClosed = !written;
    return written;
}

Result<void> WebSocket::say(const QByteArray &text, Deadline until)
{
    return write(WebSocketOpcode::Text, text, until);
}

Result<bool> WebSocket::readMore(Deadline until)
{
    const auto part = m_line->read(patienceUntil(until));
    if (!part && part.error().kind == ErrorKind::TimedOut)
        return false;
    if (!part)
        return tl::unexpected<Error>(part.error());
    m_isClosed = part->isEmpty();
    m_reader.feed(*part);
    return !m_isClosed;
}

Result<std::optional<QByteArray>> WebSocket::take(const WebSocketEvent &event, Deadline until)
{
    switch (event.kind) {
    case WebSocketEvent::Kind::Text:
    case WebSocketEvent::Kind::Binary:
        return event.payload;
    case WebSocketEvent::Kind::Ping:
        if (++m_pongs <= kMostPongs) {
            // Whoever has gone meanwhile is told of by the next reading.
            if (const auto said = write(WebSocketOpcode::Pong, event.payload, until);
                !said && said.error().kind == ErrorKind::Cancelled)
                return tl::unexpected<Error>(said.error());
        }
        return std::nullopt;
    case WebSocketEvent::Kind::Pong:
        return std::nullopt;
    case WebSocketEvent::Kind::Close:
        m_closeCode = event.code;
        close(); // section 5.5.1: answered in kind
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

Result<std::optional<QByteArray>> WebSocket::hear(Deadline until)
{
    while (true) {
        // Also where a flood keeps the reading from waiting.
        if (m_patience.token.isCancelled() || (m_patience.isOver && m_patience.isOver()))
            return failure(ErrorKind::Cancelled, Text::tr("Stopped before an answer came."));
        if (m_isClosed)
            return std::nullopt;
        const auto event = m_reader.next();
        if (!event) {
            m_isClosed = true;
            return tl::unexpected<Error>(event.error());
        }
        if (*event) {
            auto message = take(**event, until);
            if (!message || *message)
                return message;
        }
        if (until.hasPassed())
            return std::nullopt;
        if (*event)
            continue;
        if (const auto more = readMore(until); !more || !*more) {
            if (!more)
                return tl::unexpected<Error>(more.error());
            if (!m_isClosed)
                return std::nullopt;
        }
    }
}

void WebSocket::close()
{
    if (!m_isClosed)
        std::ignore = write(WebSocketOpcode::Close, closePayload(kNormalClosure), Deadline::in(kFarewell));
    m_isClosed = true;
}

} // namespace cockpit
