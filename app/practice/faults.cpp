#include "app/practice/faults.h"

#include "app/practice/names.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

QString text(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

} // namespace

std::vector<PracticeFault> practiceFaults()
{
    return {
        {u"access.unauthenticated"_s, u"open_route"_s, text(kApiHost),
         Text::tr("The list of customers is given to anybody.")},
        {u"deploy.base-urls"_s, u"own_machine"_s, {}, Text::tr("The built app calls the developer's own computer.")},
        {u"deploy.gate"_s, u"no_gate"_s, {}, Text::tr("Nothing is tried before a release.")},
        {u"deploy.regression-suite"_s, u"no_suite"_s, {}, Text::tr("No test tries sign-in or permissions.")},
        {u"dns.authoritative"_s, u"lame"_s, {}, Text::tr("The second name server does not know the zone.")},
        {u"edge.detect"_s, u"no_edge"_s, text(kDomain),
         Text::tr("Nothing stands between the internet and the server.")},
        {u"exposure.bundle-secrets"_s, u"secret_in_bundle"_s, text(kAppHost),
         Text::tr("A payment key is in the script.")},
        {u"exposure.files"_s, u"env"_s, text(kAppHost), Text::tr("The settings file can be fetched.")},
        {u"exposure.routes"_s, u"unlisted"_s, {}, Text::tr("The form to sign in is in no list of routes.")},
        {u"http.cache-private"_s, u"session_cached"_s, text(kAppHost),
         Text::tr("A page with a session may be kept by shared caches.")},
        {u"http.canonical"_s, u"two_addresses"_s, {}, Text::tr("The site has two addresses.")},
        {u"http.cookies"_s, u"session_not_httponly"_s, text(kAppHost),
         Text::tr("Scripts can read the session cookie.")},
        {u"http.cors"_s, u"any_origin"_s, text(kApiHost), Text::tr("Every origin may call with credentials.")},
        {u"http.csp"_s, u"missing"_s, text(kAppHost), Text::tr("No content security policy.")},
        {u"http.framing"_s, u"missing"_s, text(kAppHost), Text::tr("Other sites may frame the app.")},
        {u"http.hsts"_s, u"missing"_s, text(kAppHost), Text::tr("Browsers are not told to stay on HTTPS.")},
        {u"http.https-redirect"_s, u"plain_http"_s, text(kWwwHost), Text::tr("Plain HTTP is not sent on.")},
        {u"http.mixed-content"_s, u"active"_s, text(kDomain), Text::tr("A script is loaded without TLS.")},
        {u"http.nosniff"_s, u"missing"_s, text(kAppHost), Text::tr("Browsers may guess file types.")},
        {u"http.version-leak"_s, u"version"_s, text(kAppHost), Text::tr("Server and framework tell their versions.")},
        {u"mail.dkim"_s, u"weak_key"_s, {}, Text::tr("One signing key has 1024 bits.")},
        {u"mail.dmarc"_s, u"monitoring_only"_s, {}, Text::tr("The policy only watches.")},
        {u"mail.spf"_s, u"too_many_lookups"_s, {}, Text::tr("Eleven look-ups where ten are allowed.")},
        {u"mail.starttls"_s, u"no_starttls"_s, {}, Text::tr("The mail server takes mail without encryption only.")},
        {u"secrets.ci-scan"_s, u"no_scan"_s, {}, Text::tr("The pipeline looks for no secrets.")},
        {u"secrets.env-completeness"_s, u"empty"_s, {}, Text::tr("A setting of production is empty.")},
        {u"secrets.env-separation"_s,
         u"shared_secret"_s,
         {},
         Text::tr("Staging and production sign with the same secret.")},
        {u"secrets.history"_s,
         u"secret"_s,
         {},
         Text::tr("A key was taken out of the code and is still in its history.")},
        {u"secrets.logs"_s, u"tokens"_s, {}, Text::tr("The log holds a token.")},
        {u"secrets.pre-commit"_s, u"no_guard"_s, {}, Text::tr("Nothing stops a commit with a secret.")},
        {u"secrets.tree"_s, u"secret"_s, {}, Text::tr("A payment key is in a script.")},
        {u"tls.chain"_s, u"incomplete_chain"_s, text(kApiHost), Text::tr("The intermediate certificate is not sent.")},
        {u"tls.expiry"_s, u"renewal_late"_s, text(kWwwHost), Text::tr("The certificate was not renewed in time.")},
        {u"tls.hostname"_s, u"name_mismatch"_s, text(kOldHost), Text::tr("The certificate is for another host.")},
        {u"tls.protocols"_s, u"retired_versions"_s, text(kOldHost), Text::tr("TLS 1.0 and 1.1 are still on.")},
    };
}

std::vector<PracticeRight> practiceRights()
{
    return {
        {u"dns.dangling"_s, {}},
        {u"dns.inventory"_s, {}},
        {u"dns.resolution"_s, {}},
        {u"mail.mx"_s, {}},
        {u"mail.reverse-dns"_s, {}},
        {u"mail.mta-sts"_s, {}}, // not there, which is no fault; the same holds for the next two
        {u"mail.tls-rpt"_s, {}},
        {u"mail.bimi"_s, {}},
        {u"secrets.build-output"_s, {}},
        {u"secrets.env-exposure"_s, {}},
        {u"tls.reachable"_s, text(kDomain)},
        {u"tls.chain"_s, text(kDomain)},
        {u"tls.hostname"_s, text(kDomain)},
        {u"tls.expiry"_s, text(kAppHost)},
        {u"tls.protocols"_s, text(kApiHost)},
        {u"tls.ciphers"_s, text(kOldHost)},
        {u"tls.key"_s, text(kDomain)},
        {u"tls.renewal"_s, text(kDomain)},
        {u"http.https-redirect"_s, text(kDomain)},
        {u"http.hsts"_s, text(kDomain)},
        {u"http.csp"_s, text(kWwwHost)},
        {u"http.framing"_s, text(kDomain)},
        {u"http.nosniff"_s, text(kApiHost)},
        {u"exposure.files"_s, text(kDomain)},
        {u"exposure.bundle-secrets"_s, text(kDomain)},
        {u"exposure.source-maps"_s, text(kAppHost)},
        {u"exposure.admin-paths"_s, text(kApiHost)}, // there, and locked
        {u"exposure.api-docs"_s, text(kApiHost)},
        {u"exposure.debug"_s, text(kAppHost)},
        {u"exposure.graphql"_s, text(kApiHost)},
    };
}

} // namespace cockpit
