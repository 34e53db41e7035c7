#include "checks/http/httpsfindings.h"

#include "checks/http/hsts.h"
#include "checks/http/preloadlist.h"
#include "checks/net/urlhost.h"
#include "checks/web/loopcause.h"
#include "checks/web/movement.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpsRedirect)
};

Finding fault(const QString &code, Severity severity, Impact impact, const QString &title, const QString &saw,
              const Host &host)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, impact, title, saw);
    finding.fix.paste =
        u"server {\n    listen 80;\n    server_name %1;\n    return 308 https://%1$request_uri;\n}"_s.arg(host.name);
    finding.effortMinutes = 20;
    return finding;
}

// A redirect that no browser outside can follow: another scheme, an address that cannot be read, a private one.
Finding leadsNowhere(const RedirectChain &chain, const Host &host)
{
    return fault(u"bad_location"_s, Severity::Medium, Impact::Downtime,
                 Text::tr("The address without https leads to nothing that a browser can open"),
                 Text::tr("http://%1 ends with a redirect to “%2”. Wanted: an https address.")
                     .arg(host.name, quoted(chain.hops.back().location)),
                 host);
}

// RFC 6797 section 8.2: a policy with includeSubDomains covers every name below the host that sent it; section 8.1:
// only over a connection without certificate errors.
bool teaches(const HttpResponse &answer, const QString &name)
{
    const bool isAbove = name.endsWith(u'.' + hostOf(answer.url));
    if (!isAbove || !isHttps(answer.url) || answer.trust != CertificateTrust::Trusted)
        return false;
    const auto value = answer.header("strict-transport-security");
    const auto policy = value ? parseHsts(*value) : failure(ErrorKind::NotFound, {});
    return policy && policy->maxAge > 0 && policy->includeSubDomains;
}

// Browsers use HTTPS for the host although it never gets to say so itself.
bool isTaughtElsewhere(const HttpsWay &way, const Host &host)
{
    const auto does = [&](const HttpResponse &answer) { return teaches(answer, host.name); };
    return does(way.chain.last) || std::ranges::any_of(way.answers, does) ||
           isPreloaded(host.name, loadPreloadList().value_or(QSet<QString>()));
}

// No address came twice, and browsers go on to about 20 steps: they may still arrive.
Finding httpsEndless(const Host &host)
{
    Finding finding =
        fault(u"endless"_s, Severity::Medium, Impact::Downtime, Text::tr("Your address passes visitors on and on"),
              Text::tr("http://%1 takes more than %2 steps; we stopped there, and browsers stop after "
                       "about 20.")
                  .arg(host.name, QString::number(kMaxRedirects)),
              host);
    finding.proof = Proof::Strong;
    return finding;
}

} // namespace

bool isHttps(const QUrl &url)
{
    return url.scheme() == "https"_L1;
}

Finding httpsLoop(const RedirectChain &chain, const Host &host)
{
    if (chain.end == RedirectEnd::TooManyHops)
        return httpsEndless(host);
    const LoopCause cause = loopCauseOf(chain);
    // Whoever brings the cookie may arrive, and a browser would.
    const bool isSure = cause != LoopCause::MissingCookie;
    Finding finding = fault(u"loop"_s, isSure ? Severity::High : Severity::Medium, Impact::Downtime,
                            Text::tr("Your address sends visitors in circles"),
                            Text::tr("http://%1 was passed on %n time(s) and never arrived. %2", nullptr,
                                     static_cast<int>(chain.hops.size()))
                                .arg(host.name, describe(cause)),
                            host);
    finding.proof = isSure ? Proof::Proven : Proof::Lead;
    return finding;
}

std::vector<Finding> endedInsecurely(const RedirectChain &chain, const Host &host)
{
    if (chain.end != RedirectEnd::Arrived)
        return {leadsNowhere(chain, host)};
    const HttpResponse &page = chain.last;
    const bool isError = page.status >= 400;
    // Facts for APIs: a refusal is better than a redirect, because the secret was already sent in clear.
    if (isError && host.role == HostRole::Api)
        return {};
    if (isError) {
        return {fault(u"no_redirect"_s, Severity::Low, Impact::Downtime,
                      Text::tr("The address without https shows an error"),
                      Text::tr("http://%1 answers with status %2 and does not move the visitor to HTTPS.")
                          .arg(host.name, QString::number(page.status)),
                      host)};
    }
    if (const auto soft = softRedirectOf(page); soft && isHttps(soft->to)) {
        return {fault(u"soft_redirect"_s, Severity::Low, Impact::AccountTakeover,
                      Text::tr("Visitors are moved to HTTPS by a page, not by the server"),
                      Text::tr("http://%1 answers with a page that moves the browser on by %2. Programs stay on plain "
                               "HTTP.")
                          .arg(host.name, labelOf(soft->kind)),
                      host)};
    }
    const bool downgraded = chain.hops.size() > 1 && isHttps(chain.hops.at(chain.hops.size() - 2).url);
    return {fault(downgraded ? u"downgrade"_s : u"plain_http"_s,
                  isSignedInRole(host.role) ? Severity::High : Severity::Medium, Impact::AccountTakeover,
                  Text::tr("Your site can be used without encryption"),
                  Text::tr("http://%1 ends at %2 with status %3. Wanted: an https address.")
                      .arg(host.name, page.url.toDisplayString(), QString::number(page.status)),
                  host)};
}

Finding deadEnd(const QUrl &dead, const Error &why, const Host &host)
{
    // Silence may be a matter of our own network.
    const bool isSure = why.kind == ErrorKind::Unreachable || why.kind == ErrorKind::Protocol;
    Finding finding = fault(
        u"dead_end"_s, Severity::High, Impact::Downtime,
        Text::tr("The address without https leads to a server that does not answer"),
        Text::tr("http://%1 leads to %2, and there is no page. %3").arg(host.name, dead.toDisplayString(), why.message),
        host);
    finding.proof = isSure ? Proof::Strong : Proof::Lead;
    return finding;
}

std::vector<Finding> endedSecurely(const HttpsWay &way, const Host &host)
{
    const RedirectChain &chain = way.chain;
    const QUrl second = chain.hops.size() > 1 ? chain.hops.at(1).url : chain.last.url;
    if (!isHttps(second)) {
        return {fault(
            u"first_hop_insecure"_s, Severity::Low, Impact::AccountTakeover,
            Text::tr("The first step from http is again without encryption"),
            Text::tr("http://%1 first leads to %2 and only later to HTTPS.").arg(host.name, second.toDisplayString()),
            host)};
    }
    if (hostOf(second) != host.name && !isTaughtElsewhere(way, host)) {
        return {fault(u"leaves_host"_s, Severity::Low, Impact::AccountTakeover,
                      Text::tr("One of your names can never demand HTTPS"),
                      Text::tr("http://%1 leads straight to %2, so browsers never learn to use HTTPS for %1.")
                          .arg(host.name, hostOf(second)),
                      host)};
    }
    return {};
}

std::vector<Finding> movedCallers(const RedirectChain &chain, const Host &host)
{
    const int status = chain.hops.front().status;
    if (host.role != HostRole::Api || !isRedirectStatus(status))
        return {};
    return {fault(u"api_redirects"_s, Severity::Low, Impact::AccountTakeover,
                  Text::tr("Your API moves callers to HTTPS instead of refusing them"),
                  Text::tr("http://%1 answers with status %2. Wanted: a refusal, so that a program with the wrong "
                           "address fails before it has sent a key without encryption.")
                      .arg(host.name, describeStatus(status)),
                  host)};
}

// The first step is the one to HTTPS; later ones belong to the app.
std::vector<Finding> droppedLinks(const std::optional<RedirectChain> &deep, const Host &host)
{
    if (!deep || deep->hops.size() < 2)
        return {};
    const QUrl &from = deep->hops[0].url;
    const QUrl &to = deep->hops[1].url;
    if (pagePath(from) == pagePath(to) && holdsQuery(to, from))
        return {};
    Finding finding = fault(u"path_dropped"_s, Severity::Medium, Impact::BrokenLogin,
                            Text::tr("Links without https lose their page on the way"),
                            Text::tr("%1 leads to %2. Wanted: the same page and query by HTTPS.")
                                .arg(from.toString(), to.toDisplayString()),
                            host);
    finding.evidence = {evidenceOf(*deep)};
    return {finding};
}

} // namespace cockpit
