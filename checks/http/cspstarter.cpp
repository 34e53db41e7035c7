#include "checks/http/cspstarter.h"

#include "checks/net/urlhost.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostHosts = 20; // of one directive: a longer list helps nobody

using Hosts = std::map<QString, std::set<QString>>; // directive -> origins beside 'self'

void addOrigin(Hosts &hosts, const QString &directive, const QUrl &url, const QUrl &page)
{
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    const bool isSelf = url.host() == page.host() && url.port() == page.port();
    std::set<QString> &ofDirective = hosts[directive];
    if (isWeb && !url.host().isEmpty() && !isSelf && ofDirective.size() < kMostHosts)
        ofDirective.insert(u"https://"_s + url.authority(QUrl::FullyEncoded | QUrl::RemoveUserInfo));
}

QString directiveFor(PartKind kind)
{
    switch (kind) {
    case PartKind::Script:
    case PartKind::Preload:
        return u"script-src"_s;
    case PartKind::Stylesheet:
        return u"style-src"_s;
    case PartKind::Frame:
        return u"frame-src"_s;
    case PartKind::Plugin:
        return u"object-src"_s;
    case PartKind::Image:
    case PartKind::ImageSet:
        return u"img-src"_s;
    case PartKind::Media:
        return u"media-src"_s;
    }
    Q_UNREACHABLE();
}

void addPage(Hosts &hosts, const LoadedPage &page)
{
    static const QRegularExpression font(u"@font-face[^}]{0,2000}?url\\(\\s*[\"']?(https?://[^\"')\\s]{1,300})"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    for (const PagePart &part : page.html.parts)
        addOrigin(hosts, directiveFor(part.kind), part.url, page.url);
    for (const QUrl &form : page.html.forms)
        addOrigin(hosts, u"form-action"_s, form, page.url);
    for (const QString &style : page.html.inlineStyles) {
        for (auto it = font.globalMatch(style); it.hasNext();)
            addOrigin(hosts, u"font-src"_s, QUrl(it.next().captured(1)), page.url);
    }
    // The style sheets of Google's fonts load the files from a host of their own.
    if (hosts[u"style-src"_s].contains(u"https://fonts.googleapis.com"_s))
        hosts[u"font-src"_s].insert(u"https://fonts.gstatic.com"_s);
}

// Calls by a whole address: fetch("https://api…"), new WebSocket(`wss://…`), createClient("https://…").
void addCalls(Hosts &hosts, const QString &code, const QUrl &page)
{
    static const QRegularExpression call(
        u"(?:fetch|axios(?:\\.\\w{1,10})?|WebSocket|EventSource|createClient|sendBeacon|baseURL|apiUrl|API_URL)"
        "[\"']?\\s{0,4}[(:=]\\s{0,4}[\"'`](https?|wss?)://([A-Za-z0-9.-]{1,253}(?::\\d{1,5})?)"_s);
    std::set<QString> &connects = hosts[u"connect-src"_s];
    for (auto it = call.globalMatch(code); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString host = match.captured(2).toLower();
        const bool isSocket = match.captured(1).startsWith(u'w');
        if (host.contains(u'.') && (isSocket || host != page.authority(QUrl::FullyEncoded)) &&
            connects.size() < kMostHosts)
            connects.insert((isSocket ? u"wss://"_s : u"https://"_s) + host);
    }
}

// Nothing, unless the pages load something by it.
QString writtenForPlugins(const Hosts &hosts, bool hasOwn)
{
    const auto it = hosts.find(u"object-src"_s);
    QStringList sources;
    if (hasOwn)
        sources << u"'self'"_s;
    for (const QString &host : it == hosts.end() ? std::set<QString>() : it->second)
        sources << host;
    return u"object-src "_s + (sources.isEmpty() ? u"'none'"_s : sources.join(u' '));
}

QString written(const QString &directive, const Hosts &hosts, const QString &more = {})
{
    QString text = directive + u" 'self'"_s + more;
    const auto it = hosts.find(directive);
    for (const QString &host : it == hosts.end() ? std::set<QString>() : it->second)
        text += u' ' + host;
    return text;
}

} // namespace

QString starterPolicy(const std::vector<LoadedPage> &pages, const std::vector<BundleFile> &scripts)
{
    if (pages.empty())
        return {};
    Hosts hosts;
    bool hasInlineStyles = false;
    bool hasOwnPlugins = false;
    for (const LoadedPage &page : pages) {
        addPage(hosts, page);
        for (const QString &script : page.html.inlineScripts)
            addCalls(hosts, script, page.url);
        hasOwnPlugins = hasOwnPlugins || std::ranges::any_of(page.html.parts, [&](const PagePart &part) {
                            return part.kind == PartKind::Plugin && part.url.host() == page.url.host();
                        });
        hasInlineStyles = hasInlineStyles || !page.html.inlineStyles.isEmpty();
    }
    for (const BundleFile &file : scripts) {
        if (!file.isSourceMap && !file.isInline)
            addCalls(hosts, QString::fromUtf8(file.code), pages.front().url);
    }
    // Inline styles are how most frameworks work, and do little harm; inline scripts get a nonce (see the guide).
    return QStringList{u"default-src 'self'"_s,
                       written(u"script-src"_s, hosts),
                       written(u"style-src"_s, hosts, hasInlineStyles ? u" 'unsafe-inline'"_s : QString()),
                       written(u"img-src"_s, hosts, u" data:"_s),
                       written(u"font-src"_s, hosts),
                       written(u"connect-src"_s, hosts),
                       written(u"media-src"_s, hosts),
                       written(u"frame-src"_s, hosts),
                       writtenForPlugins(hosts, hasOwnPlugins),
                       u"base-uri 'self'"_s,
                       written(u"form-action"_s, hosts),
                       u"frame-ancestors 'self'"_s}
        .join("; "_L1);
}

} // namespace cockpit
