#include "checks/web/bundle.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/streamedstate.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Chunks name further chunks. Apps are some levels deep; what is left behind the last one is counted.
constexpr int kMostLevels = 16;
constexpr int kNotFound = 404;
constexpr int kGone = 410;

// Lists of further scripts that no page needs to name (facts 14.2): of Vite (now, before version 5, and behind Laravel)
// and create-react-app, and the files that a service worker keeps.
constexpr std::array kUsualLists{"/asset-manifest.json",
                                 "/.vite/manifest.json",
                                 "/manifest.json",
                                 "/build/manifest.json",
                                 "/sw.js",
                                 "/service-worker.js",
                                 "/ngsw.json"};

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

    void addState(const QByteArray &state)
    {
        if (!state.isEmpty())
            keepOnce({m_page, state, true});
    }

    void want(const QUrl &url) { want(Wanted{url}); }
    void wantMap(const QUrl &url) { want(Wanted{url, Named::Yes, true}); }
    // Perhaps there: what does not come is not missed.
    void tryFor(const QUrl &url) { want(Wanted{url, Named::No}); }

    // What files name comes before what may be there.
    void fetchAll()
    {
        for (int level = 0; level < kMostLevels && !(m_wanted.empty() && m_tries.empty()); ++level) {
            if (m_wanted.empty())
                m_wanted = std::exchange(m_tries, {});
            m_wanted.resize(std::min(m_wanted.size(), kMostBundleFiles - m_asked));
            fetchWanted();
        }
        std::ranges::for_each(m_wanted, [this](const Wanted &one) { skip(one); });
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
        std::vector<Wanted> &list = wanted.named == Named::Yes ? m_wanted : m_tries;
        if (list.size() + m_asked >= kMostBundleFiles)
            skip(wanted);
        else
            list.push_back(wanted);
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
            questions.push_back({.url = one.url, .bodyCap = std::min(kLongestBundleFile, kLargestBundle - m_bytes)});
        const auto answers = m_seen.askAll(questions);
        for (size_t i = 0; i < answers.size(); ++i) {
            m_bytes += *answers[i] ? (*answers[i])->body.size() : 0;
            if (m_seen.isOver()) // names are mined for long
                skip(wanted[i]);
            else
                takeIn(*answers[i], wanted[i]);
        }
    }

    void takeIn(const Result<HttpResponse> &answer, const Wanted &wanted)
    {
        const Named named = wanted.named;
        // Names are mined by their look: what is not there was no file.
        const bool isAbsent = answer && (answer->status == kNotFound || answer->status == kGone);
        const bool isFile = answer && answer->status == 200 && !obstacleIn(*answer);
        // An app that answers every address with its page has no such file either; and what that page names from here
        // is there no more than it is.
        if (isFile && !isPage(*answer))
            keep(*answer, named);
        else if (!isAbsent && !isFile)
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
        const QUrl map = sourceMapNamedIn(script.body, script.url);
        if (!map.isEmpty())
            wantMap(map);
        if (!header.isEmpty() && !header.startsWith("data:"))
            wantMap(script.url.resolved(QUrl(QString::fromUtf8(header))));
        else if (map.isEmpty())
            tryBeside(script.url);
    }

    void tryBeside(const QUrl &script)
    {
        const QString path = script.path();
        if (path.endsWith(".js"_L1) || path.endsWith(".mjs"_L1))
            tryFor(besideOf(script));
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
        if (!m_texts.insert(QCryptographicHash::hash(file.code, QCryptographicHash::Sha256)).second)
            return;
        m_bytes += file.isInline ? file.code.size() : 0; // decoded here; what was fetched is counted as it comes
        m_bundle.files.push_back(std::move(file));
    }

    Observations &m_seen;
    const QUrl m_page;
    Bundle m_bundle;
    std::set<QUrl> m_known;
    std::set<QByteArray> m_texts;
    std::vector<Wanted> m_wanted;
    std::vector<Wanted> m_tries;
    size_t m_asked = 0;
    qint64 m_bytes = 0;
};

// Where Next.js keeps its files, as a script of the page shows it.
QUrl nextFolderOf(const HtmlPage &html, const QUrl &page)
{
    for (const PagePart &part : html.parts) {
        const qsizetype at = part.url.path().indexOf("/_next/"_L1);
        if (at < 0)
            continue;
        QUrl folder = part.url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
        folder.setPath(part.url.path().first(at) + u"/_next/"_s);
        return folder;
    }
    return page.resolved(QUrl(u"/_next/"_s));
}

// Nuxt keeps the state of a page in a file beside it.
std::optional<QUrl> payloadOf(const HttpResponse &page)
{
    static const QRegularExpression payload(u"\\bdata-src=[\"']?([^\"'\\s>]{0,200}_payload\\.json[^\"'\\s>]{0,80})"_s);
    const QRegularExpressionMatch found = payload.match(QString::fromUtf8(page.body));
    return found.hasMatch() ? std::optional(page.url.resolved(QUrl(found.captured(1)))) : std::nullopt;
}

void addNextLists(Collector &collector, const QUrl &folder, const QString &build)
{
    if (build.isEmpty())
        return;
    for (const QString &list : {u"_buildManifest.js"_s, u"_ssgManifest.js"_s})
        collector.tryFor(folder.resolved(QUrl(u"static/%1/%2"_s.arg(build, list))));
}

void addNamesOf(Collector &collector, const HtmlPage &html, const HttpResponse &page)
{
    const auto isCode = [](const PagePart &part) {
        return part.kind == PartKind::Script || part.kind == PartKind::Preload;
    };
    for (const PagePart &part : html.parts) {
        if (isCode(part))
            collector.want(part.url);
    }
    for (const QString &script : html.inlineScripts) {
        for (const QUrl &chunk : chunksNamedIn(script.toUtf8(), page.url))
            collector.want(chunk);
    }
    const QUrl nextFolder = nextFolderOf(html, page.url);
    const QByteArray state = streamedStateIn(html.inlineScripts);
    collector.addState(state);
    for (const QUrl &chunk : chunksNamedIn(state, nextFolder))
        collector.want(chunk);
    if (page.body.contains("/_next/"))
        addNextLists(collector, nextFolder, nextBuildIn(state.isEmpty() ? page.body : state));
    if (const auto payload = payloadOf(page))
        collector.want(*payload);
    if (std::ranges::any_of(html.parts, isCode)) { // an app, not a page of text
        for (const char *list : kUsualLists)
            collector.tryFor(page.url.resolved(QUrl(QString::fromUtf8(list))));
    }
}

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
    Collector collector(seen, page.url);
    collector.addPage(page);
    addNamesOf(collector, **parsed, page);
    collector.fetchAll();
    return collector.take();
}

} // namespace cockpit
