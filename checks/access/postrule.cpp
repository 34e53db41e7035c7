#include "checks/access/postrule.h"

#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"

namespace cockpit {

using namespace Qt::StringLiterals;

PostRule postRule(const Route &at, const std::vector<Route> &routes)
{
    const QString shape = shapeOf(at.path);
    PostRule rule = PostRule::Unlisted;
    for (const Route &route : routes) {
        // A route without a host may be one of any.
        const bool isElsewhere = !route.host.isEmpty() && !at.host.isEmpty() && route.host != at.host;
        if (route.method != "POST"_L1 || isElsewhere || shapeOf(route.path) != shape)
            continue;
        if (!maySafelyWrite(route))
            return PostRule::Never;
        rule = PostRule::Allowed;
    }
    return rule;
}

QByteArrayList methodsIn(const HttpResponse &answer)
{
    QByteArrayList methods;
    const auto allow = answer.header("allow");
    if (!allow)
        return methods;
    for (const QByteArray &method : allow->toUpper().split(','))
        methods.append(method.trimmed());
    methods.removeAll(QByteArray());
    return methods;
}

} // namespace cockpit
