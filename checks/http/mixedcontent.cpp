#include "checks/http/mixedcontent.h"

#include "checks/http/csppolicy.h"
#include "checks/web/htmlpage.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MixedContent)
};

constexpr qsizetype kMostNamed = 5; // parts named in one sentence

struct InsecureParts
{
    QStringList active;
    QStringList passive;
    QStringList forms;
};

void addOnce(QStringList &list, const QString &url)
{
    if (!list.contains(url))
        list.append(url);
}

void addFromText(QStringList &list, const QString &text, const QRegularExpression &pattern)
{
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        addOnce(list, it.next().captured(1));
}

InsecureParts insecurePartsOf(const HtmlPage &page)
{
    static const QRegularExpression inStyle(u"url\\(\\s*[\"']?(http://[^\"')\\s]{1,500})"_s);
    static const QRegularExpression socket(u"[\"'`](ws://[^\"'`\\s]{1,500})"_s);
    InsecureParts parts;
    for (const PagePart &part : page.parts) {
        if (part.url.scheme() == "http"_L1)
            addOnce(isActive(part.kind) ? parts.active : parts.passive, part.url.toDisplayString());
    }
    for (const QUrl &form : page.forms) {
        if (form.scheme() == "http"_L1)
            addOnce(parts.forms, form.toDisplayString());
    }
    for (const QString &style : page.inlineStyles)
        addFromText(parts.passive, style, inStyle);
    for (const QString &script : page.inlineScripts)
        addFromText(parts.active, script, socket);
    return parts;
}

bool upgradesRequests(const HttpResponse &page, const HtmlPage &html)
{
    QByteArrayList lines;
    for (const QByteArray &value : page.headerValues("content-security-policy"))
        lines.append(value);
    for (const QString &policy : html.metaPolicies)
        lines.append(policy.toUtf8());
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
    for (Finding &finding : findings)
        finding.fix.paste = u"Content-Security-Policy: upgrade-insecure-requests"_s;
    return findings;
}

Judged judged(const RedirectChain &chain, const HtmlPage &html)
{
    const HttpResponse &page = chain.last;
    const InsecureParts parts = insecurePartsOf(html);
    const bool upgraded = upgradesRequests(page, html);
    QJsonObject observed = observedOf(chain, {"content-security-policy", "content-type"});
    observed.insert(u"active"_s, QJsonArray::fromStringList(parts.active));
    observed.insert(u"passive"_s, QJsonArray::fromStringList(parts.passive));
    observed.insert(u"forms"_s, QJsonArray::fromStringList(parts.forms));
    observed.insert(u"upgraded"_s, upgraded);
    const auto insecure = parts.active.size() + parts.passive.size() + parts.forms.size();
    if (upgraded && insecure > 0)
        return concluded({}, Text::tr("Insecure parts are named, but the page's policy upgrades them"), observed,
                         {evidenceOf(page)});
    QString summary =
        Text::tr("%n part(s) and form(s) looked at", nullptr, static_cast<int>(html.parts.size() + html.forms.size()));
    if (page.bodyTruncated)
        summary = Text::tr("Only the first part of a very long page was looked at");
    return concluded(findingsFor(parts, page.url.toDisplayString()), summary, observed, {evidenceOf(page)});
}

} // namespace

Judged judgeMixedContent(const RedirectChain &chain)
{
    const HttpResponse &page = chain.last;
    if (page.url.scheme() != "https"_L1)
        return notApplicable(
            Text::tr("%1 is not a secure page, so it has no insecure parts.").arg(page.url.toDisplayString()));
    const auto html = parseHtml(page.body, page.url);
    return html ? judged(chain, *html) : couldNotLook(html.error());
}

Check mixedContentCheck()
{
    using enum HostRole;
    return {.id = u"http.mixed-content"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API has no pages
            .impacts = {Impact::AccountTakeover, Impact::BrokenLogin, Impact::Maintainability},
            .needs = {},
            .look = [](const Look &look) { return onLanding(look, judgeMixedContent); }};
}

} // namespace cockpit
