#include "tests/app/practice/desksignon.h"

#include <QUrl>
#include <QUrlQuery>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

DeskSignOn::DeskSignOn(DeskScene scene) : m_scene(scene)
{
    const Heard begun = m_scene.get("/auth/sso");
    m_request = begun.header("Location");
    m_trip = begun.header("Set-Cookie").split(';').constFirst();
}

QByteArray DeskSignOn::request(const QString &name, const QString &value) const
{
    QUrl url = QUrl::fromEncoded(m_request);
    QUrlQuery query(url);
    if (!name.isEmpty())
        query.removeAllQueryItems(name);
    if (!value.isEmpty())
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    url.setQuery(query);
    return url.toEncoded();
}

Heard DeskSignOn::authorize(const PracticeAccount &account)
{
    const Heard page = m_scene.get(request());
    const QByteArray cookie = page.header("Set-Cookie").split(';').constFirst();
    const QByteArray asked = request().mid(request().indexOf('?') + 1);
    return m_scene.post("/id/authorize",
                        {{"request", asked}, {"email", account.email.toUtf8()}, {"password", account.password}}, cookie,
                        request());
}

QByteArray DeskSignOn::wayBack(const Heard &answer)
{
    const QUrl to = QUrl::fromEncoded(answer.header("Location"));
    const QByteArray way = to.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    return way.startsWith("/auth/sso/callback?") ? way : QByteArray();
}

void addDeskSignOnProbes(DeskProbes &probes)
{
    using enum DeskFault;
    // Somebody's link, opened in another's browser, which is signed in as that somebody then.
    probes[SignOnUnbound] = [](DeskScene &scene) {
        DeskSignOn signOn(scene);
        const QByteArray way = DeskSignOn::wayBack(signOn.authorize(scene.desk.account(kCedar, u"member"_s)));
        return scene.get(way).header("Location") == "/dashboard";
    };
    probes[SignOnRedirectByBeginning] = [](DeskScene &scene) {
        const DeskSignOn signOn(scene);
        const QString elsewhere = u"https://"_s + QString::fromLatin1(scene.desk.host()) + u".evil.example/cb"_s;
        const Heard page = scene.get(signOn.request(u"redirect_uri"_s, elsewhere) + "&prompt=none");
        return page.header("Location").startsWith(elsewhere.toLatin1());
    };
}

} // namespace cockpit::lab
