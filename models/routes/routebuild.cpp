#include "models/routes/routebuild.h"

#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

namespace cockpit {

std::optional<Route> metRoute(const QString &method, const QString &path, const QString &host, const QString &source,
                              AddressKind kind)
{
    const QString verb = method.trimmed().toUpper();
    if (!routeMethods().contains(verb))
        return std::nullopt;
    const PathTemplate found = pathTemplate(path);
    Route route;
    route.method = verb;
    route.path = found.path;
    route.seen = found.seen;
    route.host = host;
    route.source = source;
    route.access = guessedAccess(found.path, kind);
    route.isGuessed = true;
    return route;
}

QString filledAddress(const QString &address, const QRegularExpression &hole,
                      const std::function<std::optional<QString>(const QString &name)> &valueOf)
{
    constexpr qsizetype kLongest = 2000;
    const QString whole = address.left(kLongest);
    QString filled;
    qsizetype at = 0;
    auto holes = hole.globalMatch(whole);
    while (holes.hasNext() && filled.size() < kLongest) {
        const QRegularExpressionMatch match = holes.next();
        const auto value = valueOf(match.captured(1).trimmed());
        filled += whole.mid(at, match.capturedStart() - at) + (value ? value->left(kLongest) : match.captured());
        at = match.capturedEnd();
    }
    return (filled + whole.mid(at)).left(kLongest);
}

QString hostIn(const QUrl &url)
{
    const QString name = url.host();
    if (name.isEmpty())
        return {};
    const auto host = normaliseHostName(name);
    return host ? *host : QString();
}

} // namespace cockpit
