#include "checks/access/backendfinders.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// What packers leave of each library: texts, and names of methods.
constexpr std::array kTraces{"pocketbase",   "PocketBase", "/api/collections/", ".convex.", "x-hasura-",  "/v1/graphql",
                             "setEndpoint(", "?populate",  "?pagination",       "?filters", "?sort",      ".strapiapp.",
                             ".directus.",   "/items/",    "/webhook/",         ".n8n.",    ".retool.com"};

constexpr std::size_t kMostOfKind = 2;

struct VendorDomain
{
    BackendKind kind;
    QLatin1StringView suffix;
};

constexpr std::array kVendorDomains{
    VendorDomain{BackendKind::PocketBase, ".pockethost.io"_L1}, VendorDomain{BackendKind::Hasura, ".hasura.app"_L1},
    VendorDomain{BackendKind::Strapi, ".strapiapp.com"_L1}, VendorDomain{BackendKind::Directus, ".directus.app"_L1},
    VendorDomain{BackendKind::N8n, ".app.n8n.cloud"_L1}};

// Each origin that the pattern's first group takes.
void findByAddress(std::vector<BackendFound> &all, BackendKind kind, const QString &code,
                   const QRegularExpression &pattern, bool isCertain)
{
    auto matches = pattern.globalMatch(code);
    while (matches.hasNext()) {
        const QUrl url(matches.next().captured(1));
        const auto known = std::ranges::count(all, kind, &BackendFound::kind);
        if (!url.host().isEmpty() && static_cast<std::size_t>(known) < kMostOfKind)
            addBackend(all, {.kind = kind, .origin = url, .key = {}, .project = {}, .isCertain = isCertain});
    }
}

// new Client("https://…") by whatever name a packer gave to the class; what browsers make with an address is none.
const QRegularExpression &constructors()
{
    static const QRegularExpression pattern(
        u"\\bnew (?!URL\\b|WebSocket\\b|EventSource\\b|Request\\b|Worker\\b)[A-Za-z_$][\\w$.]{0,60}\\(\\s*[\"'`]"
        u"(https://[A-Za-z0-9.-]+(?::\\d{2,5})?)/?[\"'`]"_s);
    return pattern;
}

void findPocketBase(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression paths(u"(https://[A-Za-z0-9.-]+(?::\\d{2,5})?)/api/collections/"_s);
    static const QRegularExpression hosted(u"(https://[a-z0-9-]+\\.pockethost\\.io)\\b"_s);
    findByAddress(all, BackendKind::PocketBase, code, hosted, true);
    findByAddress(all, BackendKind::PocketBase, code, paths, false);
    if (code.contains("pocketbase"_L1, Qt::CaseInsensitive))
        findByAddress(all, BackendKind::PocketBase, code, constructors(), false);
}

void findConvex(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression hosted(u"(https://[a-z]+-[a-z]+-\\d{1,4}(?:\\.[a-z0-9-]+)?\\.convex\\.cloud)\\b"_s);
    findByAddress(all, BackendKind::Convex, code, hosted, true);
}

void findHasura(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression hosted(u"(https://[a-z0-9-]+\\.hasura\\.app)\\b"_s);
    static const QRegularExpression paths(u"(?:https|wss)://([A-Za-z0-9.-]+(?::\\d{2,5})?)/v1/graphql\\b"_s);
    findByAddress(all, BackendKind::Hasura, code, hosted, true);
    auto matches = paths.globalMatch(code);
    while (matches.hasNext()) {
        const QUrl url(u"https://"_s + matches.next().captured(1));
        const bool isKnown = std::ranges::any_of(all, [&](const BackendFound &one) { return one.origin == url; });
        if (!isKnown)
            addBackend(all, {.kind = BackendKind::Hasura, .origin = url, .key = {}, .project = {}, .isCertain = false});
    }
}

// new Client().setEndpoint("https://…/v1").setProject("…"): names of methods stay when code is packed.
void findAppwrite(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression chain(
        u"\\.setEndpoint\\(\\s*[\"'`](https://[A-Za-z0-9.-]+(?::\\d{2,5})?)/v1/?[\"'`]\\s*\\)\\s*"
        u"\\.setProject\\(\\s*[\"'`]([A-Za-z0-9._-]{1,40})[\"'`]"_s);
    auto matches = chain.globalMatch(code);
    while (matches.hasNext()) {
        const auto match = matches.next();
        addBackend(all, {.kind = BackendKind::Appwrite,
                         .origin = QUrl(match.captured(1)),
                         .key = {},
                         .project = match.captured(2)});
    }
}

void findContentServers(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression strapiHosts(u"(https://[a-z0-9-]+\\.strapiapp\\.com)\\b"_s);
    static const QRegularExpression strapiPaths(
        u"(https://[A-Za-z0-9.-]+(?::\\d{2,5})?)/api/[a-z0-9-]+\\?(?:populate|pagination|filters|sort)"_s);
    static const QRegularExpression directusHosts(u"(https://[a-z0-9-]+\\.directus\\.app)\\b"_s);
    static const QRegularExpression directusPaths(u"(https://[A-Za-z0-9.-]+(?::\\d{2,5})?)/items/[A-Za-z_]"_s);
    findByAddress(all, BackendKind::Strapi, code, strapiHosts, false);
    findByAddress(all, BackendKind::Strapi, code, strapiPaths, false);
    findByAddress(all, BackendKind::Directus, code, directusHosts, false);
    findByAddress(all, BackendKind::Directus, code, directusPaths, false);
}

// What starts a workflow of theirs.
void findWorkflows(std::vector<BackendFound> &all, const QString &code)
{
    static const QRegularExpression n8nHosts(u"(https://[a-z0-9-]+\\.app\\.n8n\\.cloud)\\b"_s);
    static const QRegularExpression n8nPaths(u"(https://[A-Za-z0-9.-]*n8n[A-Za-z0-9.-]*(?::\\d{2,5})?)/webhook"_s);
    static const QRegularExpression retool(
        u"(https://[a-z0-9-]+\\.retool\\.com)/(?:v1/workflows/|embedded/public/|p/|url/)"_s);
    findByAddress(all, BackendKind::N8n, code, n8nHosts, true);
    findByAddress(all, BackendKind::N8n, code, n8nPaths, false);
    findByAddress(all, BackendKind::Retool, code, retool, true);
}

void addAppwriteNames(BackendFound &found, const QString &code)
{
    static const QRegularExpression documents(
        u"\\.(?:list|get|create|update)(?:Documents?|Rows?)\\(\\s*[\"'`]([A-Za-z0-9._-]{1,36})[\"'`]\\s*,\\s*"
        u"[\"'`]([A-Za-z0-9._-]{1,36})[\"'`]"_s);
    static const QRegularExpression files(
        u"\\.(?:listFiles|getFile|getFileView|getFilePreview|getFileDownload|createFile)\\(\\s*[\"'`]"
        u"([A-Za-z0-9._-]{1,36})[\"'`]"_s);
    addNames(found.tables, code, documents, kMostTables, [](const QRegularExpressionMatch &match) -> QString {
        return match.captured(1) + u'/' + match.captured(2);
    });
    addNames(found.buckets, code, files, kMostBuckets);
}

// As its API names it: api.billing.invoices.list is the function "list" of billing/invoices.
QString convexFunction(const QRegularExpressionMatch &match)
{
    if (const QString spelt = match.captured(2); !spelt.isEmpty())
        return spelt;
    const QString name = match.captured(1);
    const qsizetype at = name.lastIndexOf(u'.');
    return at < 0 ? QString() : name.left(at).replace(u'.', u'/') + u':' + name.mid(at + 1);
}

void addConvexNames(BackendFound &found, const QString &code)
{
    static const QRegularExpression queries(
        u"(?:\\b(?:useQuery|usePaginatedQuery|fetchQuery|preloadQuery)|\\.(?:query|onUpdate|watchQuery))\\(\\s*"
        u"(?:api\\.([A-Za-z0-9_.]{3,80})|[\"'`]([A-Za-z0-9_/]{1,60}:[A-Za-z0-9_]{1,60})[\"'`])"_s);
    static const QRegularExpression writes(
        u"(?:\\b(?:useMutation|useAction|fetchMutation|fetchAction)|\\.(?:mutation|action))\\(\\s*[\"'`]?(?:api\\.)?"
        u"([A-Za-z0-9_/]{1,60}[.:][A-Za-z0-9_.]{1,60})"_s);
    addNames(found.tables, code, queries, kMostTables, convexFunction);
    addNames(found.services, code, writes, kMostDatabaseFunctions);
}

} // namespace

bool maySpeakOfOthers(const QByteArray &file)
{
    return std::ranges::any_of(kTraces, [&](const char *trace) { return file.contains(trace); });
}

void findOthers(std::vector<BackendFound> &all, const QString &code)
{
    for (auto *find : {&findPocketBase, &findConvex, &findHasura, &findAppwrite, &findContentServers, &findWorkflows})
        find(all, code);
}

bool isAtVendor(const BackendFound &found)
{
    return std::ranges::any_of(kVendorDomains, [&](const VendorDomain &one) {
        return one.kind == found.kind && found.origin.host().endsWith(one.suffix);
    });
}

void addOtherNames(BackendFound &found, const QString &code)
{
    static const QRegularExpression collections(
        u"(?:\\.collection\\(\\s*[\"'`]|/api/collections/)([A-Za-z_][A-Za-z0-9_]{0,62})(?:[\"'`]|/records)"_s);
    static const QRegularExpression types(u"/api/([a-z][a-z0-9-]{1,60})(?=[\"'`?/])"_s);
    static const QRegularExpression items(u"(?:/items/|\\b(?:readItems?|aggregate)\\(\\s*[\"'`])"
                                          u"([A-Za-z_][A-Za-z0-9_]{0,62})(?=[\"'`?/])"_s);
    static const QRegularExpression hooks(u"/webhook/([A-Za-z0-9_-]{1,60})(?=[\"'`?/])"_s);
    static const QRegularExpression workflows(u"/(?:v1/workflows|embedded/public|p|url)/([A-Za-z0-9_-]{4,60})"_s);
    switch (found.kind) {
    case BackendKind::PocketBase:
        return addNames(found.tables, code, collections, kMostTables);
    case BackendKind::Convex:
        return addConvexNames(found, code);
    case BackendKind::Appwrite:
        return addAppwriteNames(found, code);
    case BackendKind::Strapi:
        return addNames(found.tables, code, types, kMostTables);
    case BackendKind::Directus:
        return addNames(found.tables, code, items, kMostTables);
    case BackendKind::N8n:
        return addNames(found.services, code, hooks, kMostDatabaseFunctions);
    case BackendKind::Retool: // its own addresses alone
        return addNames(found.services, code.mid(code.indexOf(found.origin.host())), workflows, 1);
    case BackendKind::Hasura: // its description names its tables
    case BackendKind::Supabase:
    case BackendKind::Firebase:
        return;
    }
}

} // namespace cockpit
