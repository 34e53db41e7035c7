#include "models/routes/socketpath.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

bool isSocketPath(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|/)(?:wss?|web-?sockets?|socket\\.io|sockjs|cable|graphql-ws|signalr|stomp)(?:/(?:[{:][^/]+|[^/]*[})][^/"
        u"]*))?/?$|"
        u"(?:^|/)(?:wss?|web-?sockets?)/[\\w-]+/[{:][^/]+/?$|(?:^|/)wss?/[\\w-]+/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(path).hasMatch();
}

// A server's number and a random session (sockjs-client: utils/random).
QString rawSocketPath(const QString &path)
{
    static const QRegularExpression session(u"/\\d{3}/[a-z0-9_]{8}/websocket$"_s);
    const auto match = session.match(path);
    return match.hasMatch() ? path.first(match.capturedStart()) + u"/websocket"_s : path;
}

} // namespace cockpit
