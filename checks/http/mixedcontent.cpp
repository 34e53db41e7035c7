#include "checks/http/mixedcontent.h"

#include "checks/engine/lookgaps.h"
#include "checks/http/csppolicy.h"
#include "checks/http/cssurls.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/landing.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MixedContent)
};

constexpr qsizetype kMostNamed = 5; // parts named in one sentence
constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kGone = 410;
constexpr size_t kMostStyles = 64;
constexpr int kMostStyleLevels = 6; // sheets import sheets, and a circle of them ends by itself
constexpr size_t kStylesTogether = 8;
constexpr qint64 kLargestStyles = 32LL * 1024 * 1024; // all together; each is cut at the usual two megabytes

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

QString named(const UrlList &urls)
{
    QString text = quoted(urls.first().mid(0, kMostNamed).join(", "_L1).toUtf8(), 600);
    if (urls.count() > kMostNamed)
        text += Text::tr(" and %n more", nullptr, static_cast<int>(urls.count() - kMostNamed));
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

QJsonObject observedParts(const RedirectChain &chain, const InsecureParts &parts)
{
    QJsonObject observed = observedOf(chain, {"content-security-policy", "content-type"});
    observed.insert(u"active"_s, QJsonArray::fromStringList(parts.active.first()));
    observed.insert(u"passive"_s, QJsonArray::fromStringList(parts.passive.first()));
    observed.insert(u"forms"_s, QJsonArray::fromStringList(parts.forms.first()));
    observed.insert(u"calls"_s, QJsonArray::fromStringList(parts.calls.first()));
    return observed;
}

QString reasonFor(const HttpResponse &page, int unread)
{
    if (page.bodyTruncated)
        return Text::tr("The page is very long; only its first part was looked at.");
    return unread > 0 ? Text::tr("%n style(s) and script(s) of the page could not be read to the end.", nullptr, unread)
                      : QString();
}

Judged judged(const RedirectChain &chain, const HtmlPage &html, const LinkedFiles &linked,
              const std::function<bool()> &isOver)
{
    const HttpResponse &page = chain.last;
    const InsecureParts parts = insecurePartsOf(html, linked, hostOf(page.url), isOver);
    const bool upgraded = upgradesRequests(page, html);
    const int unread = parts.unread + linked.missed;
    QJsonObject observed = observedParts(chain, parts);
    observed.insert(u"upgraded"_s, upgraded);
    observed.insert(u"unread"_s, unread);
    const auto insecure = parts.active.count() + parts.passive.count() + parts.forms.count() + parts.calls.count();
    if (upgraded && insecure > 0)
        return concluded({}, Text::tr("Insecure parts are named, but the page's policy upgrades them"), observed,
                         {evidenceOf(page)});
    const QString summary =
        Text::tr("%n part(s) and form(s) looked at", nullptr, static_cast<int>(html.parts.size() + html.forms.size()));
    Judged judged =
        concluded(findingsFor(parts, page.url.toDisplayString()), summary, std::move(observed), {evidenceOf(page)});
    if (!upgraded) // what is upgraded does no harm anywhere
        leaveOpen(judged, anyBehind({reasonFor(page, unread)}));
    return judged;
}

// The sheets of the page and those that they import, each address once. What is not read any more is counted.
class StyleReader
{
public:
    StyleReader(Observations &seen, const QUrl &page, LinkedFiles &linked)
        : m_seen(seen), m_page(page), m_linked(linked)
    {
    }

    void want(const QUrl &url)
    {
        const bool isOurs = url.scheme() == "https"_L1 && isSameSite(hostOf(url), hostOf(m_page));
        if (!isOurs || !m_known.insert(url.adjusted(QUrl::RemoveFragment)).second)
            return;
        if (m_asked + m_wanted.size() < kMostStyles)
            m_wanted.push_back(url);
        else
            ++m_linked.missed;
    }

    void wantImportsOf(const QString &style, const QUrl &url)
    {
        if (!style.contains("@import"_L1, Qt::CaseInsensitive))
            return;
        readCssUrls(style, [&](CssUse use, const QString &address) {
            if (use == CssUse::Import)
                want(url.resolved(QUrl(address)));
            return true;
        });
    }

    void readAll()
    {
        for (int level = 0; level < kMostStyleLevels && !m_wanted.empty(); ++level) {
            const std::vector<QUrl> wanted = std::exchange(m_wanted, {});
            m_asked += wanted.size();
            for (std::span<const QUrl> rest = wanted; !rest.empty();) {
                const auto some = rest.first(std::min(rest.size(), kStylesTogether));
                read(some);
                rest = rest.subspan(some.size());
            }
        }
        m_linked.missed += static_cast<int>(m_wanted.size());
    }

private:
    void read(std::span<const QUrl> urls)
    {
        if (m_seen.isOver() || m_bytes >= kLargestStyles) {
            m_linked.missed += static_cast<int>(urls.size());
            return;
        }
        std::vector<HttpGet> questions;
        questions.reserve(urls.size());
        for (const QUrl &url : urls)
            questions.push_back({.url = url});
        for (const auto &answer : m_seen.askAll(questions))
            takeIn(*answer);
    }

    void takeIn(const Result<HttpResponse> &answer)
    {
        const bool isThere = answer && answer->status == kOk;
        if (isThere) {
            m_bytes += answer->body.size();
            m_linked.styles.push_back(answer->body);
            wantImportsOf(QString::fromUtf8(answer->body), answer->url);
        }
        // What the page names and the server has not is no style.
        const bool isAbsent = answer && (answer->status == kNotFound || answer->status == kGone);
        m_linked.missed += (!isThere && !isAbsent) || (isThere && answer->bodyTruncated) ? 1 : 0;
    }

    Observations &m_seen;
    const QUrl m_page;
    LinkedFiles &m_linked;
    std::set<QUrl> m_known;
    std::vector<QUrl> m_wanted;
    size_t m_asked = 0;
    qint64 m_bytes = 0;
};

void addStyles(LinkedFiles &linked, const Look &look, const HtmlPage &html, const QUrl &page)
{
    StyleReader reader(look.seen, page, linked);
    for (const PagePart &part : html.parts) {
        if (part.kind == PartKind::Stylesheet)
            reader.want(part.url);
    }
    for (const QString &style : html.inlineStyles)
        reader.wantImportsOf(style, page);
    reader.readAll();
}

// Styles and scripts of the same site; what does not come is counted, the page itself is judged all the same.
LinkedFiles linkedFrom(const Look &look, const HttpResponse &page)
{
    LinkedFiles linked;
    const auto html = pageIn(page, look.seen);
    if (!*html)
        return linked;
    addStyles(linked, look, **html, page.url);
    const auto bundle = bundleOf(page, look.seen);
    if (!*bundle) {
        ++linked.missed;
        return linked;
    }
    // Inline code was read from the page; a source map holds comments and code that never runs, read or not.
    linked.missed += (*bundle)->skipped - (*bundle)->skippedMaps;
    std::ranges::copy_if((*bundle)->files, std::back_inserter(linked.scripts),
                         [](const BundleFile &file) { return !file.isInline && !file.isSourceMap; });
    return linked;
}

} // namespace

Judged judgeMixedContent(const RedirectChain &chain, const Result<HtmlPage> &html, const LinkedFiles &linked,
                         const std::function<bool()> &isOver)
{
    const HttpResponse &page = chain.last;
    if (page.url.scheme() != "https"_L1)
        return notApplicable(
            Text::tr("%1 is not a secure page, so it has no insecure parts.").arg(page.url.toDisplayString()));
    return html ? judged(chain, *html, linked, isOver) : couldNotLook(html.error());
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
                    return judgeMixedContent(chain, *pageIn(chain.last, look.seen), linkedFrom(look, chain.last),
                                             [&look] { return look.seen.isOver(); });
                });
            }};
}

} // namespace cockpit
