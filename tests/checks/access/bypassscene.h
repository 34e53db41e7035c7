// An administrator's address that others are refused at, and what earlier looks found to lead past that.
#pragma once

#include "checks/access/bypass.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline const QByteArray kAnnAndTom = R"([{"id":1,"email":"ann@acme.example"},{"id":2,"email":"tom@acme.example"}])";

// At api.example.com: Ann, an administrator, sees herself there, and who is signed out gets 401.
inline BypassTarget adminsAddress(const QString &path)
{
    const QByteArray json = "Content-Type: application/json";
    BypassTarget target;
    target.route.path = path;
    target.route.access = AccessClass::Admin;
    target.url = QUrl(u"https://api.example.com"_s + path);
    target.owner.name = target.owner.id = u"Ann"_s;
    target.owner.role = u"admin"_s;
    target.good = answer(200, json, kAnnAndTom, target.url.toString());
    target.markers = Markers({{u"ann@acme.example"_s, MarkerKind::Mail, {}}});
    target.attackers.push_back({.actor = {}, .refused = answer(401, json, "{}", target.url.toString())});
    return target;
}

// A way that an earlier look tried, as it kept it among its facts.
struct EarlierWay
{
    QString host;
    QString route; // "GET /users"
    QString role = {};
    QString code = u"trailing_slash"_s;
    QString path = {}; // as it was sent; empty: of a look that did not keep it
    QString seen = u"open"_s;
};

inline QJsonObject earlierTries(const std::vector<EarlierWay> &ways)
{
    QJsonArray tries;
    for (const EarlierWay &way : ways)
        tries.append(QJsonObject{{u"way"_s, way.code},
                                 {u"path"_s, way.path},
                                 {u"host"_s, way.host},
                                 {u"route"_s, way.route},
                                 {u"role"_s, way.role},
                                 {u"seen"_s, way.seen}});
    return {{u"tries"_s, tries}};
}

} // namespace cockpit::test
