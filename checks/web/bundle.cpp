#include "checks/web/bundle.h"

#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"

#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLevels = 3; // scripts of the page, the chunks that these name, the source maps of both
constexpr int kNotFound = 404;
constexpr int kGone = 410;

// Content decides: many servers answer an absent map with their front page.
bool isSourceMap(const QByteArray &body)
{
    return body.trimmed().startsWith('{') && body.contains("\"sourcesContent\"") && body.contains("\"mappings\"");
}

class Collector
{
public:
    Collector(Observations &seen, const QUrl &page) : m_seen(seen), m_page(page) {}

    void addPage(const HttpResponse &page)
    {
        // Keys also stand in data attributes, meta tags and the state that frameworks write into the page.
        m_bundle.files.push_back({m_page, page.body, true, page.bodyTruncated});
    }

    void want(const QUrl &url)
    {
        const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
        if (!isWeb || !isSameSite(url.host(), m_page.host()) || !m_known.insert(url).second)
            return;
        if (m_known.size() > kMostBundleFiles)
            ++m_bundle.skipped;
        else
            m_wanted.push_back(url);
    }

    void fetchAll()
    {
        for (int level = 0; level < kLevels && !m_wanted.empty(); ++level)
            fetchWanted();
    }

    Bundle take() { return std::move(m_bundle); }

private:
    void fetchWanted()
    {
        std::vector<HttpGet> questions;
        for (const QUrl &url : std::exchange(m_wanted, {}))
            questions.push_back({.url = url, .bodyCap = kLongestBundleFile});
        for (const auto &answer : m_seen.askAll(questions)) {
            // Names are mined by their look: what is not there was no file.
            const bool isAbsent = *answer && ((*answer)->status == kNotFound || (*answer)->status == kGone);
            if (*answer && (*answer)->status == 200 && !obstacleIn(**answer) && m_bytes < kLargestBundle)
                keep(**answer);
            else if (!isAbsent)
                ++m_bundle.skipped;
        }
    }

    void keep(const HttpResponse &answer)
    {
        m_bytes += answer.body.size();
        m_bundle.files.push_back({answer.url, answer.body, false, answer.bodyTruncated, isSourceMap(answer.body)});
        if (m_bundle.files.back().isSourceMap)
            return;
        if (const QUrl map = sourceMapNamedIn(answer.body, answer.url); !map.isEmpty())
            want(map);
        for (const QUrl &chunk : chunksNamedIn(answer.body, answer.url))
            want(chunk);
    }

    Observations &m_seen;
    const QUrl m_page;
    Bundle m_bundle;
    std::set<QUrl> m_known;
    std::vector<QUrl> m_wanted;
    qint64 m_bytes = 0;
};

} // namespace

std::vector<QUrl> chunksNamedIn(const QByteArray &code, const QUrl &url)
{
    // A quoted path that ends in .js, with nothing but path characters in it.
    static const QRegularExpression name(
        u"[\"'`]((?:\\./|\\.\\./|/|_next/|static/|assets/|chunks/)[A-Za-z0-9_./@~()\\[\\]-]{1,200}\\.m?js)[\"'`]"_s);
    std::vector<QUrl> urls;
    for (auto it = name.globalMatch(QString::fromUtf8(code)); it.hasNext();) {
        const QString path = it.next().captured(1);
        const bool isFromRoot = !path.startsWith(u'.') && !path.startsWith(u'/');
        QUrl chunk = url.resolved(QUrl(isFromRoot ? u'/' + path : path));
        // Next.js names chunks relative to /_next/, Vite relative to the folder of the file.
        if (isFromRoot && path.startsWith("static/chunks/"_L1) && url.path().contains("/_next/"_L1))
            chunk.setPath(u"/_next/"_s + path);
        if (std::ranges::find(urls, chunk) == urls.end())
            urls.push_back(chunk);
    }
    return urls;
}

QUrl sourceMapNamedIn(const QByteArray &code, const QUrl &url)
{
    constexpr qsizetype kTail = 4096; // the reference stands at the end
    const QByteArray tail = code.right(kTail);
    const qsizetype at = tail.lastIndexOf("# sourceMappingURL=");
    if (at < 0)
        return {};
    const QByteArray name =
        tail.sliced(at + qsizetype(sizeof("# sourceMappingURL=")) - 1).split('\n').front().trimmed();
    const bool isInside = name.isEmpty() || name.startsWith("data:");
    return isInside ? QUrl() : url.resolved(QUrl(QString::fromUtf8(name)));
}

QStringList apiPathsNamedIn(const QByteArray &code)
{
    static const QRegularExpression literal(u"[\"'`](/(?:api|trpc|graphql)/[A-Za-z0-9_./{}$:-]{1,120})[\"'`?]"_s);
    static const QRegularExpression hole(u"\\$\\{[^}]*\\}"_s);
    QStringList paths;
    for (auto it = literal.globalMatch(QString::fromUtf8(code)); it.hasNext();) {
        const QString path = it.next().captured(1).replace(hole, u"{param}"_s);
        if (!paths.contains(path))
            paths << path;
    }
    return paths;
}

Result<Bundle> collectBundle(Observations &seen, const HttpResponse &page)
{
    const auto parsed = pageIn(page, seen);
    if (!*parsed)
        return tl::unexpected(parsed->error());
    const HtmlPage &html = **parsed;
    Collector collector(seen, page.url);
    collector.addPage(page);
    for (const PagePart &part : html.parts) {
        if (part.kind == PartKind::Script || part.kind == PartKind::Preload)
            collector.want(part.url);
    }
    for (const QString &script : html.inlineScripts) {
        for (const QUrl &chunk : chunksNamedIn(script.toUtf8(), page.url))
            collector.want(chunk);
    }
    collector.fetchAll();
    return collector.take();
}

} // namespace cockpit
