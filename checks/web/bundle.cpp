#include "checks/web/bundle.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLevels = 3; // scripts of the page, the chunks that these name, the source maps of both
constexpr int kNotFound = 404;
constexpr int kGone = 410;

// Lists of further scripts that no page needs to name (facts 14.2): of Vite and create-react-app, and the files that a
// service worker keeps.
constexpr std::array kUsualLists{"/asset-manifest.json", "/.vite/manifest.json", "/sw.js", "/service-worker.js"};

// Where hosts and builders put the files of one product, under names of their own. Not the stores of public libraries.
constexpr std::array kAssetHosts{".cloudfront.net",
                                 ".b-cdn.net",
                                 ".azureedge.net",
                                 ".akamaized.net",
                                 ".fastly.net",
                                 ".kxcdn.com",
                                 ".netlify.app",
                                 ".vercel.app",
                                 ".pages.dev",
                                 ".web.app",
                                 ".amazonaws.com",
                                 ".blob.core.windows.net",
                                 ".digitaloceanspaces.com",
                                 ".supabase.co",
                                 ".r2.dev"};

bool isAssetHost(const QString &host)
{
    return std::ranges::any_of(kAssetHosts,
                               [&](const char *suffix) { return host.endsWith(QLatin1StringView(suffix)); });
}

class Collector
{
public:
    Collector(Observations &seen, const QUrl &page) : m_seen(seen), m_page(page) {}

    void addPage(const HttpResponse &page)
    {
        // Keys also stand in data attributes, meta tags and the state that frameworks write into the page.
        keepOnce({m_page, page.body, true, page.bodyTruncated});
        m_bundle.skipped += page.bodyTruncated ? 1 : 0;
    }

    void want(const QUrl &url) { want(Wanted{url}); }
    void wantMap(const QUrl &url) { want(Wanted{url, Named::Yes, true}); }
    // Perhaps there: what does not come is not missed.
    void tryFor(const QUrl &url) { want(Wanted{url, Named::No}); }

    void fetchAll()
    {
        for (int level = 0; level < kLevels && !m_wanted.empty(); ++level)
            fetchWanted();
    }

    Bundle take() { return std::move(m_bundle); }

private:
    enum class Named { Yes, No };
    struct Wanted
    {
        QUrl url;
        Named named = Named::Yes;
        bool isMap = false; // by who names it
    };

    void want(const Wanted &wanted)
    {
        const QUrl &url = wanted.url;
        const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
        const bool isOurs = isSameSite(hostOf(url), hostOf(m_page)) || isAssetHost(hostOf(url));
        if (!isWeb || !isOurs || !m_known.insert(url).second)
            return;
        if (m_wanted.size() + m_asked >= kMostBundleFiles)
            skip(wanted);
        else
            m_wanted.push_back(wanted);
    }

    void skip(const Wanted &wanted)
    {
        m_bundle.skipped += wanted.named == Named::Yes ? 1 : 0;
        m_bundle.skippedMaps += wanted.named == Named::Yes && wanted.isMap ? 1 : 0;
    }

    // In batches: what was asked for stays in memory for the run, whether it is kept or not.
    void fetchWanted()
    {
        const std::vector<Wanted> wanted = std::exchange(m_wanted, {});
        m_asked += wanted.size();
        for (std::span<const Wanted> rest = wanted; !rest.empty();) {
            const size_t count = std::min(rest.size(), batchSize());
            if (count == 0) {
                std::ranges::for_each(rest, [this](const Wanted &one) { skip(one); });
                return;
            }
            fetch(rest.first(count));
            rest = rest.subspan(count);
        }
    }

    // As many as have room when each is as long as it may be.
    size_t batchSize() const
    {
        if (m_bytes >= kLargestBundle || m_seen.isOver())
            return 0;
        return std::max<size_t>(1, static_cast<size_t>((kLargestBundle - m_bytes) / kLongestBundleFile));
    }

    void fetch(std::span<const Wanted> wanted)
    {
        std::vector<HttpGet> questions;
        questions.reserve(wanted.size());
        for (const Wanted &one : wanted)
            questions.push_back({.url = one.url, .bodyCap = kLongestBundleFile});
        const auto answers = m_seen.askAll(questions);
        for (size_t i = 0; i < answers.size(); ++i) {
            m_bytes += *answers[i] ? (*answers[i])->body.size() : 0;
            takeIn(*answers[i], wanted[i]);
        }
    }

    void takeIn(const Result<HttpResponse> &answer, const Wanted &wanted)
    {
        const Named named = wanted.named;
        // Names are mined by their look: what is not there was no file.
        const bool isAbsent = answer && (answer->status == kNotFound || answer->status == kGone);
        const bool isFile = answer && answer->status == 200 && !obstacleIn(*answer);
        if (isFile && (named == Named::Yes || !isPage(*answer)))
            keep(*answer, named);
        else if (!isAbsent)
            skip(wanted);
    }

    void keep(const HttpResponse &answer, Named named)
    {
        const bool isMap = answer.bodyTruncated ? isSourceMapCut(answer.body) : isSourceMap(answer.body);
        m_bundle.skipped += answer.bodyTruncated ? 1 : 0; // nobody knows what stands in its rest
        m_bundle.skippedMaps += answer.bodyTruncated && isMap ? 1 : 0;
        keepOnce({answer.url, answer.body, false, answer.bodyTruncated, isMap, named == Named::No});
        if (isMap)
            return;
        wantMapOf(answer);
        for (const QUrl &chunk : chunksNamedIn(answer.body, answer.url))
            want(chunk);
    }

    // Named in the last line, in a header (old and new name), inside the script, or just beside it.
    void wantMapOf(const HttpResponse &script)
    {
        if (const QByteArray map = sourceMapInside(script.body); !map.isEmpty())
            keepOnce({script.url, map, true, false, true});
        const QByteArray header =
            script.header("sourcemap").value_or(script.header("x-sourcemap").value_or(QByteArray()));
        if (const QUrl map = sourceMapNamedIn(script.body, script.url); !map.isEmpty())
            wantMap(map);
        else if (!header.isEmpty())
            wantMap(script.url.resolved(QUrl(QString::fromUtf8(header))));
        else if (const QString path = script.url.path(); path.endsWith(".js"_L1) || path.endsWith(".mjs"_L1))
            tryFor(besideOf(script.url));
    }

    static QUrl besideOf(const QUrl &script)
    {
        QUrl map = script.adjusted(QUrl::RemoveQuery);
        map.setPath(script.path() + u".map"_s);
        return map;
    }

    // The same file often comes by two addresses.
    void keepOnce(BundleFile file)
    {
        if (m_texts.insert(QCryptographicHash::hash(file.code, QCryptographicHash::Sha256)).second)
            m_bundle.files.push_back(std::move(file));
    }

    Observations &m_seen;
    const QUrl m_page;
    Bundle m_bundle;
    std::set<QUrl> m_known;
    std::set<QByteArray> m_texts;
    std::vector<Wanted> m_wanted;
    size_t m_asked = 0;
    qint64 m_bytes = 0;
};

} // namespace

QString BundleOfPage::key() const
{
    return ParsedPage{page.body, page.url}.key();
}

Observations::Shared<Bundle> bundleOf(const HttpResponse &page, Observations &seen)
{
    return seen.ask(BundleOfPage{page});
}

Result<Bundle> probe(const BundleOfPage &question, ProbeContext &context)
{
    const HttpResponse &page = question.page;
    Observations &seen = context.observations;
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
    const auto isScript = [](const PagePart &part) { return part.kind == PartKind::Script; };
    if (std::ranges::any_of(html.parts, isScript)) { // an app, not a page of text
        for (const char *list : kUsualLists)
            collector.tryFor(page.url.resolved(QUrl(QString::fromLatin1(list))));
    }
    collector.fetchAll();
    return collector.take();
}

} // namespace cockpit
