#include "checks/actors/wiresocket.h"

#include "checks/actors/sentheaders.h"
#include "checks/actors/wiretransfers.h"
#include "checks/net/requesttarget.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Wire)
};

ActiveRequest messageOn(ActiveRequest handshake)
{
    handshake.method = "MESSAGE";
    return handshake;
}

std::chrono::milliseconds since(Clock::time_point began)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
}

bool isOpening(const ActiveRequest &request)
{
    return request.method == "GET" && request.body.isEmpty() && !request.slowly &&
           request.errand != ActiveErrand::Undo && hasHeader(request.headers, "Sec-WebSocket-Key") &&
           !targetIn(request.headers);
}

} // namespace

Result<WireOpening> Wire::open(const ActiveRequest &handshake)
{
    if (!isOpening(handshake))
        return failure(ErrorKind::BadInput, Text::tr("This request does not open a WebSocket."));
    const auto addresses = clear(handshake);
    if (!addresses)
        return tl::unexpected<Error>(addresses.error());
    const auto began = Clock::now();
    const auto operation = limitsOf(handshake).operation;
    const Patience patience{.host = hostOf(handshake.url),
                            .port = portOf(handshake.url),
                            .token = m_seen.token(),
                            .deadline = Deadline::in(operation).earlierOf(m_seen.deadline()),
                            .allowed = operation,
                            .isOver = [gate = m_gate] { return gate->isKilled(); }};
    const WebSocketRequest question{.url = handshake.url,
                                    .headers = handshake.headers,
                                    .trustedOnly = handshake.carriesSecret && handshake.url.scheme() == "https"_L1,
                                    .limits = kWireSocketLimits};
    const auto pass = passFor(handshake);
    auto opened = WebSocket::open(question, *addresses, m_transfers->roots(), patience);
    tellGate(handshake, opened.map([](const WebSocketOpening &opening) { return opening.answer.status; }),
             since(began));
    if (!opened && opened.error().kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(interruption());
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    WireOpening opening{.answer = std::move(opened->answer), .socket = nullptr};
    if (opened->socket)
        opening.socket = std::make_unique<WireSocket>(*this, handshake, std::move(opened->socket));
    return opening;
}

WireSocket::WireSocket(Wire &wire, ActiveRequest handshake, std::unique_ptr<WebSocket> socket)
    : m_wire(wire), m_message(messageOn(std::move(handshake))), m_socket(std::move(socket))
{
}

WireSocket::~WireSocket()
{
    m_socket->close();
}

Result<void> WireSocket::say(const QByteArray &text)
{
    if (auto leave = m_wire.letOut(m_message); !leave)
        return leave;
    const auto began = Clock::now();
    auto said =
        m_socket->say(text, Deadline::in(m_wire.limitsOf(m_message).operation).earlierOf(m_wire.seen().deadline()));
    m_wire.tellGate(m_message, said.map([] { return kSwitchingProtocols; }), since(began));
    if (!said && said.error().kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(m_wire.interruption());
    return said;
}

Result<std::optional<QByteArray>> WireSocket::hear(Deadline until)
{
    auto heard = m_socket->hear(until.earlierOf(m_wire.seen().deadline()));
    if (!heard && heard.error().kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(m_wire.interruption());
    return heard;
}

} // namespace cockpit
