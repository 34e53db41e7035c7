#include "checks/http/csp.h"

#include "checks/http/csppolicy.h"
#include "checks/http/cspstarter.h"
#include "checks/http/loginpages.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Csp)
};

struct Policies
{
    QByteArrayList lines;
    std::vector<CspPolicy> enforced;
    QByteArrayList injection;
    QByteArrayList weak;
    QByteArrayList unlimited;
    QByteArrayList duplicates;
    QByteArrayList ignoredInMeta;
};

Policies policiesOf(const CspSeen &seen)
{
    Policies policies;
    const auto values = seen.chain.last.headerValues("content-security-policy");
    policies.lines = QByteArrayList(values.begin(), values.end());
    policies.enforced = parseCsp(policies.lines);
    QByteArrayList metas;
    for (const QString &policy : seen.html.metaPolicies)
        metas.append(policy.toUtf8());
    for (const CspPolicy &policy : parseMetaCsp(metas)) {
        policies.ignoredInMeta.append(policy.ignored);
        if (!policy.directives.isEmpty())
            policies.enforced.push_back(policy);
    }
    policies.lines.append(metas);
    for (const CspPolicy &policy : policies.enforced)
        policies.duplicates.append(policy.duplicates);
    policies.injection = waysToInjectScript(policies.enforced);
    policies.weak = weakParts(policies.enforced, seen.known);
    policies.unlimited = unlimitedParts(policies.enforced);
    return policies;
}

QString listed(const QByteArrayList &words)
{
    return quoted(words.join(", "));
}

QJsonArray toJsonArray(const QByteArrayList &words)
{
    QJsonArray array;
    for (const QByteArray &word : words)
        array.append(quoted(word));
    return array;
}

Finding weakness(const QString &code, Severity severity, const QString &title, const QString &saw,
                 const QString &starter)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, Impact::AccountTakeover, title, saw);
    finding.fix.paste = u"Content-Security-Policy-Report-Only: "_s + starter;
    finding.effortMinutes = 90;
    return finding;
}

std::optional<Finding> mainFinding(const CspSeen &seen, const Policies &policies)
{
    const QString url = seen.chain.last.url.toDisplayString();
    const bool isWorkplace = isSignedInRole(seen.role) && seen.role != HostRole::Api;
    const Severity severity = isWorkplace ? Severity::Medium : Severity::Low;
    if (policies.enforced.empty() && seen.chain.last.header("content-security-policy-report-only")) {
        return weakness(u"report_only"_s, severity, Text::tr("The script policy only watches, it does not block"),
                        Text::tr("%1 sends its Content-Security-Policy as report-only.").arg(url), seen.starter);
    }
    if (policies.enforced.empty()) {
        return weakness(u"missing"_s, severity, Text::tr("Nothing limits which scripts your pages run"),
                        Text::tr("%1 sends no Content-Security-Policy.").arg(url), seen.starter);
    }
    if (!policies.injection.isEmpty()) {
        return weakness(u"scripts_unrestricted"_s, severity, Text::tr("The script policy lets injected scripts run"),
                        Text::tr("The Content-Security-Policy of %1 stops no injected script: %2.")
                            .arg(url, listed(policies.injection)),
                        seen.starter);
    }
    if (!policies.weak.isEmpty()) {
        return weakness(u"weak_parts"_s, Severity::Low, Text::tr("The script policy has gaps"),
                        Text::tr("The Content-Security-Policy of %1 leaves open: %2.").arg(url, listed(policies.weak)),
                        seen.starter);
    }
    return std::nullopt;
}

std::vector<Finding> findingsFor(const CspSeen &seen, const Policies &policies)
{
    std::vector<Finding> findings;
    const QString url = seen.chain.last.url.toDisplayString();
    if (auto finding = mainFinding(seen, policies))
        findings.push_back(std::move(*finding));
    if (!policies.duplicates.isEmpty()) {
        findings.push_back(weakness(
            u"duplicates"_s, Severity::Low, Text::tr("Part of the script policy is written twice"),
            Text::tr("The Content-Security-Policy of %1 holds %2 twice. Browsers read the first one only, and MDN's "
                     "Observatory calls the whole header invalid.")
                .arg(url, listed(policies.duplicates)),
            seen.starter));
    }
    if (!policies.ignoredInMeta.isEmpty()) {
        findings.push_back(
            weakness(u"ignored_in_meta"_s, Severity::Low, Text::tr("Part of the script policy has no effect"),
                     Text::tr("%1 writes %2 into a meta tag, where browsers ignore it. It belongs into the header.")
                         .arg(url, listed(policies.ignoredInMeta)),
                     seen.starter));
    }
    return findings;
}

QString summaryOf(const CspSeen &seen, const Policies &policies, const std::vector<Finding> &findings)
{
    QString summary = Text::tr("A policy is there, with gaps");
    if (policies.enforced.empty())
        summary = Text::tr("No policy is enforced");
    else if (findings.empty())
        summary =
            policies.unlimited.isEmpty()
                ? Text::tr("A policy stops injected scripts")
                : Text::tr("A policy stops injected scripts, and does not limit: %1").arg(listed(policies.unlimited));
    return seen.mdn ? Text::tr("%1. %2").arg(summary, summaryOf(*seen.mdn)) : summary;
}

// The landing page and the login pages, and what their scripts call.
QString starterFor(const Look &look, const RedirectChain &chain, const HtmlPage &landing)
{
    std::vector<LoadedPage> pages{{landing, chain.last.url}};
    for (const HttpResponse &answer : loginAnswers(look, chain.last)) {
        if (answer.status == 200 && answer.url != chain.last.url && !obstacleIn(answer))
            pages.push_back({pageOrNothing(answer, look.seen), answer.url});
    }
    const auto bundle = bundleOf(chain.last, look.seen);
    return starterPolicy(pages, *bundle ? (*bundle)->files : std::vector<BundleFile>());
}

Judged lookAt(const Look &look, const RedirectChain &chain)
{
    const auto known = loadCspBypassHosts();
    if (!known)
        return couldNotLook(known.error());
    // A page that cannot be parsed still has its headers.
    const HtmlPage html = pageOrNothing(chain.last, look.seen);
    return judgeCsp({chain, html, look.host->role, *known, starterFor(look, chain, html), lookLikeMdn(look)});
}

// An API that answers in JSON alone; the pages of its manual are judged as any other.
bool hasNoPages(const CspSeen &seen)
{
    const QByteArray type = seen.chain.last.header("content-type").value_or(QByteArray()).toLower();
    return seen.role == HostRole::Api && !type.contains("html");
}

Judged withoutPages(const CspSeen &seen, const QJsonObject &observed)
{
    const QString none = Text::tr("No pages, so no script policy is needed");
    Judged judged = concluded({}, seen.mdn ? Text::tr("%1. %2").arg(none, summaryOf(*seen.mdn)) : none, observed,
                              {evidenceOf(seen.chain.last)});
    judged.outcome = Outcome::Info;
    judged.reason = Text::tr("An API that shows no pages runs no scripts.");
    return judged;
}

} // namespace

Judged judgeCsp(const CspSeen &seen)
{
    const Policies policies = policiesOf(seen);
    QJsonObject observed = observedOf(seen.chain, {"content-security-policy", "content-security-policy-report-only"});
    observed.insert(u"policies"_s, toJsonArray(policies.lines));
    observed.insert(u"injection"_s, toJsonArray(policies.injection));
    observed.insert(u"weak"_s, toJsonArray(policies.weak));
    observed.insert(u"unlimited"_s, toJsonArray(policies.unlimited));
    observed.insert(u"duplicates"_s, toJsonArray(policies.duplicates));
    observed.insert(u"ignored_in_meta"_s, toJsonArray(policies.ignoredInMeta));
    observed.insert(u"inline_scripts"_s, seen.html.inlineScripts.size());
    observed.insert(u"inline_handlers"_s, seen.html.inlineHandlers);
    observed.insert(u"mdn"_s, seen.mdn ? QJsonValue(toJson(*seen.mdn)) : QJsonValue());
    if (hasNoPages(seen))
        return withoutPages(seen, observed);
    std::vector<Finding> findings = findingsFor(seen, policies);
    const QString summary = summaryOf(seen, policies, findings);
    return concluded(std::move(findings), summary, observed, {evidenceOf(seen.chain.last)});
}

Check cspCheck()
{
    return {.id = u"http.csp"_s,
            .scope = Scope::EachHost,
            .roles = {}, // an API has no pages that run scripts, but a score
            .impacts = {Impact::AccountTakeover},
            .needs = {},
            .look = [](const Look &look) {
                return onLanding(look, [&look](const RedirectChain &chain) { return lookAt(look, chain); });
            }};
}

} // namespace cockpit
