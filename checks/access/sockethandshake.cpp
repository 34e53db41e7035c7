#include "checks/access/sockethandshake.h"

#include "checks/access/crossings.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/websocketframe.h"
#include "checks/net/websockethandshake.h"
#include "checks/web/obstacle.h"

namespace cockpit {

using namespace Qt::StringLiterals;

ActiveRequest handshakeRequest(const Route &route, const QUrl &url, const QByteArray &origin,
                               const QByteArrayList &subprotocols)
{
    ActiveRequest request = requestAt(route, url);
    for (Header &header : webSocketHeaders(origin, subprotocols))
        request.headers.push_back(std::move(header));
    if (route.path.contains("socket.io"_L1, Qt::CaseInsensitive) && !request.url.hasQuery())
        request.url.setQuery(u"EIO=4&transport=websocket"_s); // without, it is asked for another transport
    return request;
}

bool isAcceptedHandshake(const ActiveRequest &request, const HttpResponse &answer)
{
    return isWebSocketAccepted(request.headers, answer);
}

bool isRefusedHandshake(const HttpResponse &answer)
{
    constexpr int kTooSlow = 408;
    constexpr int kTooMany = 429;
    return answer.status >= 300 && answer.status < 500 && answer.status != kTooSlow && answer.status != kTooMany &&
           obstacleIn(answer) != Obstacle::Challenge;
}

std::optional<bool> hasOpened(const ActiveRequest &request, const HttpResponse &answer)
{
    if (isAcceptedHandshake(request, answer))
        return true;
    return isRefusedHandshake(answer) ? std::optional(false) : std::nullopt;
}

SocketWord wordOfEnd(std::optional<quint16> code)
{
    constexpr quint16 kPolicyViolation = 1008;
    constexpr quint16 kFirstOfProducts = 3000;
    if (!code)
        return SocketWord::Unclear;
    if (*code < kFirstOfProducts) {
        const bool isOrderly = *code == kNormalClosure || *code == kNoStatusReceived || *code == kPolicyViolation;
        return isOrderly ? SocketWord::Refused : SocketWord::Unclear;
    }
    const bool isTrouble =
        *code == 4408 || *code == 4429 || (*code >= 4500 && *code < 4600) || (*code >= 4100 && *code < 4300);
    return isTrouble ? SocketWord::Unclear : SocketWord::Refused;
}

} // namespace cockpit
