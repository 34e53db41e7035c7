#include "checks/actors/stagingaccount.h"

#include "checks/net/urlhost.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Where products have their customers sign in. The names before these are the services' own.
bool isLoginService(const QString &host)
{
    static const QStringList services{
        u"auth0.com"_s,     u"okta.com"_s,           u"oktapreview.com"_s,   u"onelogin.com"_s,
        u"supabase.co"_s,   u"accounts.dev"_s,       u"amazoncognito.com"_s, u"b2clogin.com"_s,
        u"kinde.com"_s,     u"workos.com"_s,         u"stytch.com"_s,        u"frontegg.com"_s,
        u"fusionauth.io"_s, u"descope.com"_s,        u"oryapis.com"_s,       u"microsoftonline.com"_s,
        u"ciamlogin.com"_s, u"propelauthtest.com"_s, u"propelauth.com"_s,    u"zitadel.cloud"_s,
        u"logto.app"_s,     u"phasetwo.io"_s};
    return std::ranges::any_of(
        services, [&](const QString &service) { return host == service || host.endsWith(u'.' + service); });
}

bool isOfProduct(const QString &host, const Target &target)
{
    const QString registrable = registrableDomain(host);
    return registrable == registrableDomain(target.domain) || std::ranges::any_of(target.hosts, [&](const Host &one) {
               return registrableDomain(one.name) == registrable;
           });
}

} // namespace

bool isStagingHost(const QString &host)
{
    static const QRegularExpression words(
        u"(?:^|[-_.0-9])(?:staging|stage|stg|test|testing|qa|uat|preprod|pre-prod|preproduction|sandbox|preview|dev|"
        u"develop|development|nightly|canary|demo|integration)(?:$|[-_.0-9])"_s);
    const QString registrable = registrableDomain(host);
    const QString own = host == registrable ? QString() : host.chopped(registrable.size() + 1);
    return words.match(own).hasMatch();
}

bool isOfStaging(const TestActor &actor, const Target &target)
{
    const bool isItself = !target.hosts.empty() && isStagingHost(target.hosts.front().name);
    if (isItself)
        return false;
    const QString asked = hostOf(QUrl(actor.whoAmIUrl));
    if (!asked.isEmpty() && !isLoginService(asked))
        return isStagingHost(asked);
    return std::ranges::any_of(signInHosts(actor),
                               [&](const QString &host) { return isOfProduct(host, target) && isStagingHost(host); });
}

} // namespace cockpit
