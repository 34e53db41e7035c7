#include "checks/access/sockethandshake.h"

#include "checks/access/crossings.h"
#include "checks/net/websockethandshake.h"

namespace cockpit {

using namespace Qt::StringLiterals;

ActiveRequest handshakeRequest(const Route &route, const QUrl &url, const QByteArray &origin,
                               const QByteArrayList &subprotocols)
{
    ActiveRequest request = requestOf(route, url);
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

} // namespace cockpit
