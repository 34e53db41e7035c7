#include "checks/net/websockethandshake.h"

#include "checks/net/httpheaders.h"
#include "checks/net/ownmarks.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WebSocket)
};

QByteArray valueOf(const std::vector<Header> &headers, QByteArrayView name)
{
    const auto it = std::ranges::find_if(
        headers, [name](const Header &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
    return it == headers.end() ? QByteArray() : it->value;
}

// One of the words between the commas, in any letter case.
bool lists(const QByteArray &value, QByteArrayView word)
{
    const QByteArrayList words = value.split(',');
    return std::ranges::any_of(
        words, [word](const QByteArray &one) { return one.trimmed().compare(word, Qt::CaseInsensitive) == 0; });
}

bool listsIn(const HttpResponse &answer, QByteArrayView name, QByteArrayView word)
{
    const std::vector<QByteArray> values = answer.headerValues(name);
    return std::ranges::any_of(values, [word](const QByteArray &value) { return lists(value, word); });
}

// In the form of a Host field (RFC 9110 section 7.2): without the port that the scheme implies.
QByteArray hostLineOf(const QUrl &url)
{
    const QString host = hostOf(url);
    QByteArray line = host.contains(QLatin1Char(':')) ? '[' + host.toLatin1() + ']' : host.toLatin1();
    const std::uint16_t usual = url.scheme() == QLatin1String("https") ? 443 : 80;
    if (portOf(url) != usual)
        line += ':' + QByteArray::number(portOf(url));
    return line;
}

} // namespace

QByteArray newWebSocketKey()
{
    std::array<quint32, 4> bytes{};
    QRandomGenerator::system()->fillRange(bytes.data(), bytes.size());
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), sizeof(bytes)).toBase64();
}

QByteArray webSocketAcceptFor(const QByteArray &key)
{
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
}

std::vector<Header> webSocketHeaders(const QByteArray &origin, const QByteArrayList &subprotocols)
{
    std::vector<Header> headers{{"Connection", "Upgrade"},
                                {"Upgrade", "websocket"},
                                {"Sec-WebSocket-Version", "13"},
                                {"Sec-WebSocket-Key", newWebSocketKey()},
                                {"Origin", origin}};
    if (!subprotocols.isEmpty())
        headers.push_back({"Sec-WebSocket-Protocol", subprotocols.join(", ")});
    return headers;
}

bool isWebSocketAccepted(const std::vector<Header> &asked, const HttpResponse &answer)
{
    const QByteArray key = valueOf(asked, "Sec-WebSocket-Key");
    const QByteArray proof = answer.header("sec-websocket-accept").value_or(QByteArray()).trimmed();
    const bool isProved = !key.isEmpty() && proof == webSocketAcceptFor(key);
    const auto chosen = answer.header("sec-websocket-protocol");
    // In this one the letter case counts.
    const QByteArrayList offered = valueOf(asked, "Sec-WebSocket-Protocol").split(',');
    const bool isOffered = !chosen || std::ranges::any_of(offered, [&](const QByteArray &one) {
        return one.trimmed() == chosen->trimmed() && !chosen->trimmed().isEmpty();
    });
    return answer.status == kSwitchingProtocols && isProved && isOffered && listsIn(answer, "upgrade", "websocket") &&
           listsIn(answer, "connection", "upgrade") && !answer.header("sec-websocket-extensions");
}

Result<std::optional<WebSocketHead>> webSocketHeadIn(QByteArrayView bytes)
{
    constexpr QByteArrayView kHttp1("HTTP/1.");
    const qsizetype seen = std::min(bytes.size(), kHttp1.size());
    if (bytes.first(seen) != kHttp1.first(seen))
        return failure(ErrorKind::Protocol, Text::tr("The server does not answer in HTTP/1."));
    HeaderCollector lines;
    qsizetype at = 0;
    while (!lines.isComplete()) {
        const qsizetype end = bytes.indexOf('\n', at);
        const bool isFlood = end < 0 && bytes.size() > kHeaderCap;
        if (isFlood || (end >= 0 && !lines.take(bytes.sliced(at, end + 1 - at))))
            return failure(ErrorKind::TooLarge, Text::tr("The server sends header lines without end."));
        if (end < 0)
            return std::nullopt;
        at = end + 1;
    }
    WebSocketHead head{.answer = {}, .size = at};
    head.answer.status = lines.status();
    head.answer.version = lines.version();
    head.answer.headers = lines.headers();
    return head;
}

QByteArray webSocketRequest(const QUrl &url, const std::vector<Header> &headers)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/'))
        target.prepend('/');
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    const QByteArray named = valueOf(headers, "Host");
    QByteArray text = "GET " + target + " HTTP/1.1\r\n";
    if (named.isEmpty())
        text += "Host: " + hostLineOf(url) + "\r\n";
    text += "User-Agent: " + kUserAgent + "\r\n" + kMark + "\r\n";
    for (const Header &header : headers)
        text += header.name + ": " + header.value + "\r\n";
    return text + "\r\n";
}

} // namespace cockpit
