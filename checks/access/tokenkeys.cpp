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

std::vector<KeySpelling> certificateSpellings(const Look &look, const QUrl &asked)
{
    if (asked.scheme() != "https"_L1)
        return {};
    const auto session = look.seen.ask(TlsHandshake{.host = hostOf(asked), .port = portOf(asked)});
    if (!*session || (*session)->chain.empty())
        return {};
    return spellingsOfCertificate((*session)->chain.front().der);
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
    shown.hasSigningKey = !signing.empty();
    if (!signing.empty())
        shown.spellings = signing.front().spellings;
    std::ranges::move(certificateSpellings(look, asked), std::back_inserter(shown.spellings));
    // A token that does not say which key it is signed with may be checked with any of them.
    for (std::size_t i = 1; kid.isEmpty() && i < signing.size(); ++i)
        std::ranges::copy(signing[i].spellings, std::back_inserter(shown.spellings));
    std::vector<KeySpelling> once; // the key set as it is published stands with each of its keys
    for (KeySpelling &one : shown.spellings) {
        if (std::ranges::find(once, one.bytes, &KeySpelling::bytes) == once.end())
            once.push_back(std::move(one));
    }
    shown.spellings = std::move(once);
    return shown;
}

} // namespace cockpit
