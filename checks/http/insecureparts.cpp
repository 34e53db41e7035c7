#include "checks/http/insecureparts.h"

#include "checks/http/cssurls.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostNamed = 200;
constexpr qsizetype kMostCounted = 10'000;
// No program names more; a text made to be slow to read does.
constexpr int kMostMatches = 5'000;

// Browsers take their own machine for safe (Secure Contexts, section 3.1): nothing is blocked, nothing leaves it.
bool isOwnMachine(const QString &host)
{
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host.startsWith("127."_L1) ||
           host == "[::1]"_L1 || host == "::1"_L1;
}

bool isInsecure(const QUrl &url)
{
    return url.scheme() == "http"_L1 && !isOwnMachine(url.host());
}

// Browsers upgrade passive parts and block the others; also a picture among several, which Mixed Content (section 4.1,
// "imageset") leaves out of what is upgraded.
bool isBlocked(PartKind kind)
{
    return isActive(kind) || kind == PartKind::ImageSet;
}

// Reads one file, and notes whether it came to its end.
class FileReader
{
public:
    FileReader(InsecureParts &parts, const QString &pageHost) : m_parts(parts), m_pageHost(pageHost) {}

    void readStyle(const QString &style)
    {
        int left = kMostMatches;
        readCssUrls(style, [&](CssUse use, const QString &url) {
            if (!url.startsWith("http://"_L1, Qt::CaseInsensitive))
                return true;
            addStyleUrl(use, url);
            return --left > 0;
        });
        m_wasTooMuch = left == 0;
    }

    void readInlineScript(const QString &code)
    {
        readSockets(code, m_parts.active);
        readRequests(code);
    }

    void readScript(const QByteArray &code)
    {
        if (!code.contains("http://") && !code.contains("ws://"))
            return;
        const QString text = QString::fromUtf8(code);
        readSockets(text, m_parts.calls);
        readCalls(text);
        readRequests(text);
    }

    bool wasTooMuch() const { return m_wasTooMuch; }

private:
    void forEach(const QRegularExpression &pattern, const QString &text,
                 const std::function<void(const QString &)> &use)
    {
        int left = kMostMatches;
        for (auto it = pattern.globalMatch(text); it.hasNext() && left > 0; --left)
            use(it.next().captured(1));
        m_wasTooMuch = m_wasTooMuch || left == 0;
    }

    // Fonts and imported sheets are blocked; pictures are upgraded (Mixed Content, section 4.1).
    void addStyleUrl(CssUse use, const QString &url)
    {
        UrlList &list = use == CssUse::Picture ? m_parts.passive : m_parts.active;
        if (!m_parts.active.contains(url) && !list.contains(url) && isInsecure(QUrl(url)))
            list.add(url);
    }

    void readSockets(const QString &code, UrlList &list)
    {
        static const QRegularExpression socket(u"[\"'`](ws://[^\"'`\\s]{1,500})"_s);
        forEach(socket, code, [&](const QString &url) {
            if (m_parts.active.contains(url) || list.contains(url))
                return;
            const QString host = QUrl(url).host();
            if (host.contains(u'.') && !isOwnMachine(host))
                list.add(url);
        });
    }

    // The base address of an API of this site, by its name; links to pages and the names of XML are none.
    void readCalls(const QString &code)
    {
        static const QRegularExpression literal(
            u"[\"'`](http://[A-Za-z0-9.-]+(?::\\d+)?(?:/[^\"'`\\s]{0,200})?)[\"'`]"_s);
        static const QRegularExpression apiHost(u"^(?:api|backend|server|rest|graphql|ws)[.-]"_s);
        static const QRegularExpression apiPath(u"^/(?:api|graphql|rest|v\\d+)(?:/|$)"_s);
        forEach(literal, code, [&](const QString &text) {
            const QUrl url(text);
            const bool isApi = apiHost.match(url.host()).hasMatch() || apiPath.match(url.path()).hasMatch();
            if (isApi && isSameSite(hostOf(url), m_pageHost) && isInsecure(url))
                m_parts.calls.add(url.toString());
        });
    }

    // fetch("http://…"), new EventSource(`http://…`), import("http://…"), request.open("GET", "http://…"): what these
    // are given is asked for, whoever it belongs to.
    void readRequests(const QString &code)
    {
        static const QRegularExpression request(
            u"(?:\\b(?:fetch|EventSource|importScripts|import|sendBeacon|axios(?:\\.[a-z]{1,10})?)\\(|"
            "\\.open\\(\\s{0,4}[\"'`][A-Z]{3,7}[\"'`]\\s{0,4},)\\s{0,4}[\"'`](http://[^\"'`\\s]{1,300})"_s);
        forEach(request, code, [&](const QString &text) {
            const QUrl url(text);
            if (url.host().contains(u'.') && isInsecure(url))
                m_parts.calls.add(text);
        });
    }

    InsecureParts &m_parts;
    const QString m_pageHost;
    bool m_wasTooMuch = false;
};

void addPage(InsecureParts &parts, const HtmlPage &page)
{
    for (const PagePart &part : page.parts) {
        if (isInsecure(part.url))
            (isBlocked(part.kind) ? parts.active : parts.passive).add(part.url.toDisplayString());
    }
    for (const QUrl &form : page.forms) {
        if (isInsecure(form))
            parts.forms.add(form.toDisplayString());
    }
}

} // namespace

void UrlList::add(const QString &url)
{
    if (m_known.size() >= kMostCounted || m_known.contains(url))
        return;
    m_known.insert(url);
    if (m_first.size() < kMostNamed)
        m_first.append(url);
}

InsecureParts insecurePartsOf(const HtmlPage &page, const LinkedFiles &linked, const QString &pageHost,
                              const std::function<bool()> &isOver)
{
    InsecureParts parts;
    const auto readEach = [&](const auto &files, const auto &read) {
        for (const auto &file : files) {
            FileReader reader(parts, pageHost);
            const bool isTooLate = isOver();
            if (!isTooLate)
                read(reader, file);
            parts.unread += isTooLate || reader.wasTooMuch() ? 1 : 0;
        }
    };
    addPage(parts, page);
    readEach(page.inlineStyles, [](FileReader &reader, const QString &style) { reader.readStyle(style); });
    readEach(linked.styles, [](FileReader &reader, const QByteArray &style) {
        if (style.toLower().contains("http://"))
            reader.readStyle(QString::fromUtf8(style));
    });
    readEach(page.inlineScripts, [](FileReader &reader, const QString &code) { reader.readInlineScript(code); });
    readEach(linked.scripts, [](FileReader &reader, const BundleFile &file) {
        if (!file.isSourceMap) // comments, and code that never runs
            reader.readScript(file.code);
    });
    return parts;
}

} // namespace cockpit
