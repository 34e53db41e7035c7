#include "checks/access/tokenkeys.h"

#include "checks/engine/activegate.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsprobe.h"
#include "checks/net/urlhost.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool mayAsk(const Look &look, const QUrl &url)
{
    const bool isOwn =
        std::ranges::any_of(look.target.hosts, [&](const Host &host) { return host.name == hostOf(url); });
    const bool isSignIn = look.seen.active() && look.seen.active()->covers(hostOf(url), ActiveErrand::SignIn);
    return url.scheme() == "https"_L1 && (isOwn || isSignIn);
}

QByteArray bodyAt(const Look &look, const QUrl &url)
{
    if (!mayAsk(look, url))
        return {};
    const auto answer = look.seen.ask(HttpGet{.url = url});
    return *answer && (*answer)->status == 200 ? (*answer)->body : QByteArray();
}

QUrl under(QUrl base, const QString &path)
{
    QString begin = base.path();
    while (begin.endsWith(u'/'))
        begin.chop(1);
    base.setPath(begin + path);
    base.setQuery(QString());
    return base;
}

std::vector<QByteArray> keySets(const Look &look, const Jwt &token, const QUrl &asked)
{
    std::vector<QUrl> urls{under(asked.resolved(QUrl(u"/"_s)), u"/.well-known/jwks.json"_s)};
    const QUrl issuer(token.claims.text(u"iss"_s));
    if (mayAsk(look, issuer)) {
        urls.push_back(under(issuer, u"/.well-known/jwks.json"_s));
        const QByteArray configuration = bodyAt(look, under(issuer, u"/.well-known/openid-configuration"_s));
        const QString named = QJsonDocument::fromJson(configuration).object()["jwks_uri"_L1].toString();
        if (!named.isEmpty())
            urls.emplace_back(named);
    }
    std::vector<QByteArray> sets;
    for (const QUrl &url : urls) {
        const QByteArray body = bodyAt(look, url);
        if (!body.isEmpty() && std::ranges::find(sets, body) == sets.end())
            sets.push_back(body);
    }
    return sets;
}

} // namespace

PublicKeys publicKeysOf(const Look &look, const Jwt &token, const QUrl &asked)
{
    PublicKeys shown;
    std::vector<PublishedKey> signing;
    for (const QByteArray &set : keySets(look, token, asked)) {
        for (PublishedKey &key : publishedKeysIn(set)) {
            if (key.use != "enc"_L1)
                signing.push_back(std::move(key));
            else if (!shown.encryption && key.type == "RSA"_L1)
                shown.encryption = std::move(key);
        }
    }
    const QString kid = token.header.text(u"kid"_s);
    std::ranges::stable_sort(signing, {}, [&](const PublishedKey &key) { return key.kid == kid ? 0 : 1; });
    if (!signing.empty())
        shown.spellings = std::move(signing.front().spellings);
    if (asked.scheme() != "https"_L1)
        return shown;
    const auto session = look.seen.ask(TlsHandshake{.host = hostOf(asked), .port = portOf(asked)});
    if (*session && !(*session)->chain.empty())
        std::ranges::move(spellingsOfCertificate((*session)->chain.front().der), std::back_inserter(shown.spellings));
    return shown;
}

} // namespace cockpit
