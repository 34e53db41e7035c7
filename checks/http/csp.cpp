#include "checks/http/csp.h"

#include "checks/http/csppolicy.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Csp)
};

constexpr size_t kMostHostsInStarter = 20;

QByteArrayList enforcedLines(const HttpResponse &page, const HtmlPage &html)
{
    QByteArrayList lines;
    for (const QByteArray &value : page.headerValues("content-security-policy"))
        lines.append(value);
    for (const QString &policy : html.metaPolicies)
        lines.append(policy.toUtf8());
    return lines;
}

// All policies must allow a thing, so the page is only as weak as its strictest policy.
QByteArrayList weakest(const std::vector<CspPolicy> &policies, QByteArrayList (*judge)(const CspPolicy &))
{
    std::vector<QByteArrayList> all;
    std::ranges::transform(policies, std::back_inserter(all), judge);
    const auto strictest = std::ranges::min_element(all, {}, &QByteArrayList::size);
    return strictest == all.end() ? QByteArrayList() : *strictest;
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

std::vector<Finding> findingsFor(const HttpResponse &page, const std::vector<CspPolicy> &policies, HostRole role,
                                 const QString &starter)
{
    const QString url = page.url.toDisplayString();
    const Severity severity = isSignedInRole(role) ? Severity::Medium : Severity::Low;
    if (policies.empty() && page.header("content-security-policy-report-only")) {
        return {weakness(u"report_only"_s, severity, Text::tr("The script policy only watches, it does not block"),
                         Text::tr("%1 sends its Content-Security-Policy as report-only.").arg(url), starter)};
    }
    if (policies.empty()) {
        return {weakness(u"missing"_s, severity, Text::tr("Nothing limits which scripts your pages run"),
                         Text::tr("%1 sends no Content-Security-Policy.").arg(url), starter)};
    }
    if (const QByteArrayList ways = weakest(policies, waysToInjectScript); !ways.isEmpty()) {
        return {
            weakness(u"scripts_unrestricted"_s, severity, Text::tr("The script policy lets injected scripts run"),
                     Text::tr("The Content-Security-Policy of %1 stops no injected script: %2.").arg(url, listed(ways)),
                     starter)};
    }
    if (const QByteArrayList parts = weakest(policies, weakParts); !parts.isEmpty()) {
        return {weakness(u"weak_parts"_s, Severity::Low, Text::tr("The script policy has gaps"),
                         Text::tr("The Content-Security-Policy of %1 leaves open: %2.").arg(url, listed(parts)),
                         starter)};
    }
    return {};
}

QString summaryOf(const std::vector<CspPolicy> &policies, const std::vector<Finding> &findings)
{
    if (policies.empty())
        return Text::tr("No policy is enforced");
    return findings.empty() ? Text::tr("A policy stops injected scripts") : Text::tr("A policy is there, with gaps");
}

void addHost(std::set<QString> &hosts, const QUrl &part, const QUrl &page)
{
    const bool isWeb = part.scheme() == "https"_L1 || part.scheme() == "http"_L1;
    if (isWeb && part.host() != page.host() && hosts.size() < kMostHostsInStarter)
        hosts.insert(u"https://"_s + part.host());
}

QString directive(const QString &name, const std::set<QString> &hosts)
{
    QString text = name + u" 'self'"_s;
    for (const QString &host : hosts)
        text += u' ' + host;
    return text;
}

} // namespace

QString starterPolicy(const HtmlPage &page, const QUrl &url)
{
    std::set<QString> scripts;
    std::set<QString> styles;
    std::set<QString> images;
    std::set<QString> frames;
    for (const PagePart &part : page.parts) {
        switch (part.kind) {
        case PartKind::Script:
        case PartKind::Preload:
            addHost(scripts, part.url, url);
            break;
        case PartKind::Stylesheet:
            addHost(styles, part.url, url);
            break;
        case PartKind::Frame:
        case PartKind::Plugin:
            addHost(frames, part.url, url);
            break;
        case PartKind::Image:
        case PartKind::Media:
            addHost(images, part.url, url);
            break;
        }
    }
    return QStringList{u"default-src 'self'"_s,
                       directive(u"script-src"_s, scripts),
                       directive(u"style-src"_s, styles),
                       directive(u"img-src"_s, images) + u" data:"_s,
                       directive(u"frame-src"_s, frames),
                       u"object-src 'none'"_s,
                       u"base-uri 'self'"_s,
                       u"form-action 'self'"_s,
                       u"frame-ancestors 'self'"_s}
        .join("; "_L1);
}

Judged judgeCsp(const RedirectChain &chain, HostRole role)
{
    const HttpResponse &page = chain.last;
    // A page that cannot be parsed still has its headers.
    const HtmlPage html = parseHtml(page.body, page.url).value_or(HtmlPage{});
    const QByteArrayList lines = enforcedLines(page, html);
    const std::vector<CspPolicy> policies = parseCsp(lines);
    QJsonObject observed = observedOf(chain, {"content-security-policy", "content-security-policy-report-only"});
    observed.insert(u"policies"_s, toJsonArray(lines));
    observed.insert(u"injection"_s, toJsonArray(weakest(policies, waysToInjectScript)));
    observed.insert(u"weak"_s, toJsonArray(weakest(policies, weakParts)));
    std::vector<Finding> findings = findingsFor(page, policies, role, starterPolicy(html, page.url));
    const QString summary = summaryOf(policies, findings);
    return concluded(std::move(findings), summary, observed, {evidenceOf(page)});
}

Check cspCheck()
{
    using enum HostRole;
    return {.id = u"http.csp"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no pages that run scripts
            .impacts = {Impact::AccountTakeover},
            .needs = {},
            .look = [](const Look &look) {
                const HostRole role = look.host->role;
                return onLanding(look, [role](const RedirectChain &chain) { return judgeCsp(chain, role); });
            }};
}

} // namespace cockpit
