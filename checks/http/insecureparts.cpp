#include "checks/http/insecureparts.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

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

// Browsers take their own machine for safe, so that code for development is not blocked.
bool isOwnMachine(const QString &host)
{
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host.startsWith("127."_L1) ||
           host == "[::1]"_L1 || host == "::1"_L1;
}

void addSockets(QStringList &list, const QString &code)
{
    static const QRegularExpression socket(u"[\"'`](ws://[^\"'`\\s]{1,500})"_s);
    for (auto it = socket.globalMatch(code); it.hasNext();) {
        const QString url = it.next().captured(1);
        if (QUrl(url).host().contains(u'.') && !isOwnMachine(QUrl(url).host()))
            addOnce(list, url);
    }
}

// The base address of an API of this site, by its name; links to pages and the names of XML are none.
void addCalls(QStringList &list, const QString &code, const QString &pageHost)
{
    static const QRegularExpression literal(u"[\"'`](http://[A-Za-z0-9.-]+(?::\\d+)?(?:/[^\"'`\\s]{0,200})?)[\"'`]"_s);
    static const QRegularExpression apiHost(u"^(?:api|backend|server|rest|graphql|ws)[.-]"_s);
    static const QRegularExpression apiPath(u"^/(?:api|graphql|rest|v\\d+)(?:/|$)"_s);
    for (auto it = literal.globalMatch(code); it.hasNext();) {
        const QUrl url(it.next().captured(1));
        const bool isApi = apiHost.match(url.host()).hasMatch() || apiPath.match(url.path()).hasMatch();
        if (isApi && isSameSite(hostOf(url), pageHost) && !isOwnMachine(url.host()))
            addOnce(list, url.toString());
    }
}

// fetch("http://…"), new EventSource(`http://…`), import("http://…"), request.open("GET", "http://…"): what these are
// given is asked for, whoever it belongs to.
void addRequests(QStringList &list, const QString &code)
{
    static const QRegularExpression request(
        u"(?:\\b(?:fetch|EventSource|importScripts|import|sendBeacon|axios(?:\\.[a-z]{1,10})?)\\(|"
        "\\.open\\(\\s{0,4}[\"'`][A-Z]{3,7}[\"'`]\\s{0,4},)\\s{0,4}[\"'`](http://[^\"'`\\s]{1,300})"_s);
    for (auto it = request.globalMatch(code); it.hasNext();) {
        const QString url = it.next().captured(1);
        const QString host = QUrl(url).host();
        if (host.contains(u'.') && !isOwnMachine(host))
            addOnce(list, url);
    }
}

void addStyle(InsecureParts &parts, const QString &style)
{
    static const QRegularExpression inStyle(u"url\\(\\s*[\"']?(http://[^\"')\\s]{1,500})"_s);
    static const QRegularExpression import(u"@import\\s+(?:url\\(\\s*)?[\"']?(http://[^\"')\\s;]{1,500})"_s);
    addFromText(parts.active, style, import);
    QStringList urls;
    addFromText(urls, style, inStyle);
    for (const QString &url : urls) {
        if (!parts.active.contains(url))
            addOnce(parts.passive, url);
    }
}

} // namespace

InsecureParts insecurePartsOf(const HtmlPage &page, const LinkedFiles &linked, const QString &pageHost)
{
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
        addStyle(parts, style);
    for (const QByteArray &style : linked.styles)
        addStyle(parts, QString::fromUtf8(style));
    for (const QString &script : page.inlineScripts) {
        addSockets(parts.active, script);
        addRequests(parts.calls, script);
    }
    for (const BundleFile &file : linked.scripts) {
        if (file.isSourceMap)
            continue;
        QStringList sockets;
        addSockets(sockets, QString::fromUtf8(file.code));
        for (const QString &url : sockets) {
            if (!parts.active.contains(url))
                addOnce(parts.calls, url);
        }
        addCalls(parts.calls, QString::fromUtf8(file.code), pageHost);
        addRequests(parts.calls, QString::fromUtf8(file.code));
    }
    return parts;
}

} // namespace cockpit
