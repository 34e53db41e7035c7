#include "checks/web/address.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QUrl addressOf(const QString &scheme, const QString &host, int port, const QString &path)
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(host);
    if (port > 0)
        url.setPort(port);
    url.setPath(path.section(u'?', 0, 0));
    if (path.contains(u'?'))
        url.setQuery(path.section(u'?', 1));
    return url;
}

} // namespace

QUrl httpsAddress(const Host &host, const QString &path)
{
    return addressOf(u"https"_s, host.name, host.httpsPort == kHttpsPort ? -1 : host.httpsPort, path);
}

QUrl httpAddress(const Host &host, const QString &path)
{
    return addressOf(u"http"_s, host.name, -1, path);
}

bool isSameSite(const QString &hostA, const QString &hostB)
{
    return hostA == hostB || registrableDomain(hostA) == registrableDomain(hostB);
}

bool looksLikeLogin(const QString &path)
{
    static const QRegularExpression login(
        u"/(?:log-?in|sign-?in|auth/(?:log-?in|sign-?in)|users/sign_in|account/login)/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return login.match(path).hasMatch();
}

QString probeWord(const QString &seed)
{
    const QByteArray hash = QCryptographicHash::hash(seed.toUtf8(), QCryptographicHash::Sha256);
    return u"lc-"_s + QString::fromLatin1(hash.first(4).toHex());
}

} // namespace cockpit
