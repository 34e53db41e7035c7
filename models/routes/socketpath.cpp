#include "models/routes/socketpath.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

bool isSocketPath(const QString &path)
{
    static const QRegularExpression words(
        u"(?:^|/)(?:wss?|web-?sockets?|socket\\.io|sockjs|cable|graphql-ws)(?:/(?:[{:][^/]+|[^/]*[})][^/]*))?/?$|"
        u"(?:^|/)(?:wss?|web-?sockets?)/[\\w-]+/[{:][^/]+/?$|(?:^|/)wss?/[\\w-]+/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(path).hasMatch();
}

} // namespace cockpit
