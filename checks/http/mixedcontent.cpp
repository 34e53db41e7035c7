#include "checks/http/mixedcontent.h"

#include "checks/http/csppolicy.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/landing.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MixedContent)
};

constexpr qsizetype kMostNamed = 5; // parts named in one sentence
constexpr size_t kMostStyles = 8;

bool upgradesRequests(const HttpResponse &page, const HtmlPage &html)
{
    QByteArrayList lines;
    for (const QByteArray &value : page.headerValues("content-security-policy"))
        lines.append(value);
    for (const QString &policy : html.metaPolicies)
        lines.append(policy.toUtf8()); // upgrade-insecure-requests counts in a meta tag, too
    return std::ranges::any_of(parseCsp(lines), [](const CspPolicy &policy) {
        return policy.directives.contains("upgrade-insecure-requests");
    });
}

QString named(const QStringList &urls)
{
    QString text = quoted(urls.mid(0, kMostNamed).join(", "_L1).toUtf8(), 600);
    if (urls.size() > kMostNamed)
        text += Text::tr(" and %n more", nullptr, static_cast<int>(urls.size() - kMostNamed));
    return text;
}

std::vector<Finding> findingsFor(const InsecureParts &parts, const QString &url)
{
    std::vector<Finding> findings;
    if (!parts.forms.isEmpty()) {
        findings.push_back(makeFinding(u"insecure_form"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                                       Text::tr("A form sends what people type without encryption"),
                                       Text::tr("A form on %1 sends to %2.").arg(url, named(parts.forms))));
    }
    if (!parts.active.isEmpty()) {
        findings.push_back(
            makeFinding(u"active"_s, Severity::Medium, Proof::Proven, Impact::BrokenLogin,
                        Text::tr("Browsers block parts of your page"),
                        Text::tr("%1 loads over plain HTTP, which browsers block: %2.").arg(url, named(parts.active))));
    }
    if (!parts.passive.isEmpty()) {
        findings.push_back(makeFinding(u"passive"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                                       Text::tr("Pictures or media come without encryption"),
                                       Text::tr("%1 loads over plain HTTP: %2.").arg(url, named(parts.passive))));
    }
    if (!parts.calls.isEmpty()) {
        findings.push_back(makeFinding(u"insecure_calls"_s, Severity::Medium, Proof::Lead, Impact::BrokenLogin,
                                       Text::tr("Your code names an API address without encryption"),
                                       Text::tr("The scripts of %1 name %2. If they call it, browsers block the call.")
                                           .arg(url, named(parts.calls))));
    }
    for (Finding &finding : findings)
        finding.fix.paste = u"Content-Security-Policy: upgrade-insecure-requests"_s;
    return findings;
}

Judged judged(const RedirectChain &chain, const HtmlPage &html, const LinkedFiles &linked)
{
    const HttpResponse &page = chain.last;
    const InsecureParts parts = insecurePartsOf(html, linked, hostOf(page.url));
    const bool upgraded = upgradesRequests(page, html);
    QJsonObject observed = observedOf(chain, {"content-security-policy", "content-type"});
    observed.insert(u"active"_s, QJsonArray::fromStringList(parts.active));
    observed.insert(u"passive"_s, QJsonArray::fromStringList(parts.passive));
    observed.insert(u"forms"_s, QJsonArray::fromStringList(parts.forms));
    observed.insert(u"calls"_s, QJsonArray::fromStringList(parts.calls));
    observed.insert(u"upgraded"_s, upgraded);
    const auto insecure = parts.active.size() + parts.passive.size() + parts.forms.size() + parts.calls.size();
    if (upgraded && insecure > 0)
        return concluded({}, Text::tr("Insecure parts are named, but the page's policy upgrades them"), observed,
                         {evidenceOf(page)});
    QString summary =
        Text::tr("%n part(s) and form(s) looked at", nullptr, static_cast<int>(html.parts.size() + html.forms.size()));
    if (page.bodyTruncated)
        summary = Text::tr("Only the first part of a very long page was looked at");
    return concluded(findingsFor(parts, page.url.toDisplayString()), summary, observed, {evidenceOf(page)});
}

// Styles and scripts of the same site; what does not come is left out, the page itself is judged all the same.
LinkedFiles linkedFrom(const Look &look, const HttpResponse &page)
{
    LinkedFiles linked;
    const auto html = pageIn(page, look.seen);
    if (!*html)
        return linked;
    std::vector<HttpGet> questions;
    for (const PagePart &part : (*html)->parts) {
        const bool isOurs = part.url.scheme() == "https"_L1 && isSameSite(hostOf(part.url), hostOf(page.url));
        if (part.kind == PartKind::Stylesheet && isOurs && questions.size() < kMostStyles)
            questions.push_back(HttpGet{part.url});
    }
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer && (*answer)->status == 200)
            linked.styles.push_back((*answer)->body);
    }
    if (const auto bundle = bundleOf(page, look.seen); *bundle) {
        // Inline code was read from the page; a source map holds comments and code that never runs.
        std::ranges::copy_if((*bundle)->files, std::back_inserter(linked.scripts),
                             [](const BundleFile &file) { return !file.isInline && !file.isSourceMap; });
    }
    return linked;
}

} // namespace

Judged judgeMixedContent(const RedirectChain &chain, const Result<HtmlPage> &html, const LinkedFiles &linked)
{
    const HttpResponse &page = chain.last;
    if (page.url.scheme() != "https"_L1)
        return notApplicable(
            Text::tr("%1 is not a secure page, so it has no insecure parts.").arg(page.url.toDisplayString()));
    return html ? judged(chain, *html, linked) : couldNotLook(html.error());
}

Check mixedContentCheck()
{
    using enum HostRole;
    return {.id = u"http.mixed-content"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no pages
            .impacts = {Impact::AccountTakeover, Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = [](const Look &look) {
                return onLanding(look, [&look](const RedirectChain &chain) {
                    return judgeMixedContent(chain, *pageIn(chain.last, look.seen), linkedFrom(look, chain.last));
                });
            }};
}

} // namespace cockpit
