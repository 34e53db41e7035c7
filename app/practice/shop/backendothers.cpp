// Backend services beside Supabase and Firebase, as far as a visitor sees of them.
#include "app/practice/shop/backendstate.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace cockpit::backend {

using namespace Qt::StringLiterals;

namespace {

using enum BackendFault;

PageReply json(int status, const QJsonObject &object)
{
    return shop::jsonReply(status, object);
}

QJsonObject customer()
{
    return {{u"id"_s, u"c1"_s}, {u"name"_s, u"Bella Reyes"_s}, {u"email"_s, u"bella.reyes@birchbakery.example"_s}};
}

PageReply pocketBase(const BackendState &state, const PageRequest &request, const QByteArray &collection)
{
    if (collection != "customers" && collection != "users")
        return json(404, {{u"status"_s, 404}, {u"message"_s, u"Missing collection context."_s}});
    if (collection == "users" || !state.has(PocketBaseOpen))
        return json(403, {{u"status"_s, 403}, {u"message"_s, u"Only superusers can perform this action."_s}});
    const bool isMasked = queryOf(request).queryItemValue(u"fields"_s) == "collectionName"_L1;
    const QJsonObject record = isMasked ? QJsonObject{{u"collectionName"_s, u"customers"_s}} : customer();
    return json(200, {{u"page"_s, 1}, {u"perPage"_s, 1}, {u"totalItems"_s, 41}, {u"items"_s, QJsonArray{record}}});
}

PageReply convex(const BackendState &state, const PageRequest &request)
{
    const QString path = QJsonDocument::fromJson(request.body).object()["path"_L1].toString();
    const auto error = [](const QString &message) {
        return json(200, {{u"status"_s, u"error"_s}, {u"errorMessage"_s, message}});
    };
    if (path != "customers:list"_L1)
        return error(u"Could not find public function for '%1'."_s.arg(path));
    if (!state.has(ConvexOpen))
        return error(u"Uncaught Error: Unauthenticated"_s);
    // As the service writes it: the status first, then the value.
    const QByteArray records =
        QJsonDocument(QJsonArray{customer(), customer(), customer()}).toJson(QJsonDocument::Compact);
    return {.status = 200,
            .contentType = "application/json",
            .body = R"({"status":"success","value":)" + records + R"(,"logLines":[]})"};
}

PageReply graphQlError(const QString &code, const QString &message)
{
    return json(200, {{u"errors"_s, QJsonArray{QJsonObject{{u"message"_s, message},
                                                           {u"extensions"_s, QJsonObject{{u"code"_s, code}}}}}}});
}

PageReply hasura(const BackendState &state, const PageRequest &request)
{
    if (!state.has(HasuraNoSecret) && !state.has(HasuraPublicRole))
        return graphQlError(u"access-denied"_s, u"x-hasura-admin-secret/x-hasura-access-key required, but not found"_s);
    const QString query = QJsonDocument::fromJson(request.body).object()["query"_L1].toString();
    const auto field = [](const char *name) { return QJsonObject{{u"name"_s, QString::fromLatin1(name)}}; };
    if (query.contains("__schema"_L1)) {
        const QJsonArray fields{field("customers"), field("customers_aggregate"), field("customers_by_pk")};
        const QJsonObject type{{u"queryType"_s, QJsonObject{{u"fields"_s, fields}}}};
        return json(200, {{u"data"_s, QJsonObject{{u"__schema"_s, type}}}});
    }
    if (query.contains("customers_aggregate"_L1)) {
        const QJsonObject count{{u"aggregate"_s, QJsonObject{{u"count"_s, 41}}}};
        return json(200, {{u"data"_s, QJsonObject{{u"t"_s, count}}}});
    }
    return graphQlError(u"validation-failed"_s, u"field not found in type: 'query_root'"_s);
}

PageReply appwrite(const BackendState &state, const QByteArray &path)
{
    const bool isOpen = state.has(AppwriteOpen);
    if (path == "/v1/databases/main/collections/customers/documents") {
        const QJsonArray documents = isOpen ? QJsonArray{QJsonObject{{u"$id"_s, u"c1"_s}}} : QJsonArray();
        return json(200, {{u"total"_s, isOpen ? 41 : 0}, {u"documents"_s, documents}});
    }
    if (path == "/v1/storage/buckets/contracts/files") {
        const QJsonArray files = isOpen ? QJsonArray{QJsonObject{{u"name"_s, u"birch-lease.pdf"_s}}} : QJsonArray();
        return json(200, {{u"total"_s, isOpen ? 7 : 0}, {u"files"_s, files}});
    }
    return json(404, {{u"message"_s, u"Not found"_s}, {u"type"_s, u"general_route_not_found"_s}});
}

std::optional<PageReply> strapi(const BackendState &state, const QByteArray &path)
{
    const bool isOpen = state.has(StrapiOpen);
    const QJsonObject refusal{{u"data"_s, QJsonValue()}, {u"error"_s, QJsonObject{{u"status"_s, 403}}}};
    if (path == "/admin/init")
        return json(200, {{u"data"_s, QJsonObject{{u"hasAdmin"_s, !state.has(StrapiUnclaimed)}}}});
    if (path == "/api/users/count")
        return isOpen ? PageReply{.status = 200, .contentType = "application/json", .body = "12"} : json(403, refusal);
    if (path != "/api/customers" && path != "/api/articles")
        return {};
    if (path == "/api/customers" && !isOpen)
        return json(403, refusal);
    const QJsonObject pages{{u"pagination"_s, QJsonObject{{u"pageSize"_s, 1}, {u"total"_s, 41}}}};
    return json(200, {{u"data"_s, QJsonArray{QJsonObject{{u"id"_s, 1}}}}, {u"meta"_s, pages}});
}

PageReply directus(const BackendState &state, const QByteArray &path)
{
    if (!state.has(DirectusOpen) || path != "/items/customers")
        return json(403, {{u"errors"_s, QJsonArray{QJsonObject{{u"message"_s, u"You don't have permission."_s}}}}});
    return json(200, {{u"data"_s, QJsonArray{QJsonObject{{u"count"_s, u"41"_s}}}}});
}

std::optional<PageReply> hasuraPages(const BackendState &state, const PageRequest &request)
{
    const QByteArray path = request.path();
    if (path == "/v1/version")
        return json(200, {{u"server_type"_s, u"ce"_s}, {u"version"_s, u"v2.40.0"_s}});
    if (path == "/v1alpha1/config" && !state.has(HasuraNoSecret))
        return json(401, {{u"code"_s, u"access-denied"_s}, {u"path"_s, u"$"_s}});
    if (path == "/v1alpha1/config")
        return json(200, {{u"version"_s, u"v2.40.0"_s}, {u"is_admin_secret_set"_s, false}});
    if (path == "/console" && state.has(HasuraNoSecret))
        return PageReply{.body = "<html><title>Loading | hasura</title><script>window.__env={}</script></html>"};
    if (path == "/v1/graphql" && request.method == "POST")
        return hasura(state, request);
    return {};
}

} // namespace

// Each at a host of its own, as its name says: no product is all of them.
std::optional<PageReply> otherBackendAnswer(BackendState &state, const PageRequest &request)
{
    const QByteArray path = request.path();
    const QByteArray label = request.host().split('.').first();
    static const QRegularExpression records(u"^/api/collections/([A-Za-z0-9_]+)/records$"_s);
    if (label == "pocket") {
        if (const auto match = records.match(QString::fromLatin1(path)); match.hasMatch())
            return pocketBase(state, request, match.captured(1).toLatin1());
        if (path == "/api/health")
            return json(200, {{u"code"_s, 200}, {u"message"_s, u"API is healthy."_s}, {u"data"_s, QJsonObject()}});
    }
    if (request.host().endsWith(".convex.cloud") && path == "/api/query" && request.method == "POST")
        return convex(state, request);
    if (label == "hasura")
        return hasuraPages(state, request);
    if (label == "appwrite")
        return appwrite(state, path);
    if (label == "strapi")
        return strapi(state, path);
    if (label == "directus" && path == "/server/ping")
        return PageReply{.contentType = "text/plain", .body = "pong"};
    if (label == "directus")
        return directus(state, path);
    if (label == "n8n" && path == "/rest/settings") {
        const QJsonObject people{{u"showSetupOnFirstLoad"_s, state.has(N8nUnclaimed)}};
        return json(200, {{u"data"_s, QJsonObject{{u"userManagement"_s, people}}}});
    }
    return {};
}

} // namespace cockpit::backend

namespace cockpit {

QList<QByteArray> BackendService::otherHosts(const QByteArray &domain)
{
    return {"pocket." + domain,   "hasura." + domain, "appwrite." + domain,         "strapi." + domain,
            "directus." + domain, "n8n." + domain,    "calm-otter-123.convex.cloud"};
}

QByteArray BackendService::otherBundleLine(const QByteArray &domain) const
{
    const auto at = [&](const char *name) { return QByteArray("https://") + name + '.' + domain; };
    return "const key=\"pocketbase_auth\";const pb=new Store(\"" + at("pocket") +
           "\");pb.collection(\"customers\").getList(1);"
           "const cx=new Live(\"https://calm-otter-123.convex.cloud\");cx.query(\"customers:list\",{});"
           "cx.mutation(\"customers:add\",{});fetch(\"" +
           at("hasura") + "/v1/graphql\");const aw=(new Client).setEndpoint(\"" + at("appwrite") +
           "/v1\").setProject(\"ledger\");db.listDocuments(\"main\",\"customers\");st.listFiles(\"contracts\");"
           "fetch(\"" +
           at("strapi") + "/api/articles?populate=*\");fetch(\"" + at("strapi") +
           "/api/customers?sort=name\");fetch(\"" + at("directus") + "/items/customers?limit=5\");fetch(\"" +
           at("n8n") + "/webhook/new-lead\");\n";
}

} // namespace cockpit
