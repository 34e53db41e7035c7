#include "app/practice/shop/backendstate.h"
#include "app/practice/shop/shopgate.h"

#include <QJsonDocument>

#include <algorithm>

namespace cockpit::backend {

using namespace Qt::StringLiterals;

namespace {

using enum BackendFault;

struct Visitor
{
    bool hasKey = false;
    int account = 0; // 0: the public role
};

PageReply json(int status, const QJsonValue &value)
{
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return {.status = status, .contentType = "application/json", .body = document.toJson(QJsonDocument::Compact)};
}

PageReply denied(int status, const char *code, const QString &message)
{
    return json(status, QJsonObject{{u"code"_s, QString::fromLatin1(code)}, {u"message"_s, message}});
}

Visitor visitorOf(const BackendState &state, const PageRequest &request)
{
    const QByteArray field = request.header("authorization");
    const QByteArray bearer = field.toLower().startsWith("bearer ") ? field.mid(7) : QByteArray();
    Visitor visitor{.hasKey = request.header("apikey") == state.publicKey || bearer == state.publicKey};
    if (const auto session = state.store.sessions.find(bearer); session != state.store.sessions.end())
        visitor.account = session->second;
    return visitor;
}

// Row security: who reads which rows.
bool mayRead(const BackendState &state, const QString &table, const Row &row, const Visitor &visitor)
{
    return state.setup.readableTables.count(table) > 0 || (visitor.account > 0 && row.owner == visitor.account) ||
           (visitor.account > 0 && state.has(SignedInReadsAll));
}

// A name that no row has is no column (PostgreSQL's undefined_column).
bool hasColumns(const std::vector<Row> &rows, const QString &select)
{
    if (select.isEmpty() || select == "*"_L1)
        return true;
    const QStringList names = select.split(u',');
    return std::all_of(names.begin(), names.end(), [&](const QString &name) {
        return std::any_of(rows.begin(), rows.end(), [&](const Row &row) { return row.fields.contains(name); });
    });
}

// "column=eq.value" of PostgREST; a request without one means every row.
bool isMeant(const Row &row, const QUrlQuery &query)
{
    const auto items = query.queryItems(QUrl::FullyDecoded);
    return std::all_of(items.begin(), items.end(), [&](const auto &item) {
        return !item.second.startsWith("eq."_L1) ||
               row.fields.value(item.first).toVariant().toString() == item.second.mid(3);
    });
}

PageReply readTable(const BackendState &state, const QString &table, const PageRequest &request, const Visitor &visitor)
{
    const QUrlQuery query = queryOf(request);
    const int limit = query.hasQueryItem(u"limit"_s) ? query.queryItemValue(u"limit"_s).toInt() : 1000;
    const QString select = query.queryItemValue(u"select"_s);
    if (!hasColumns(state.store.tables.at(table), select))
        return denied(400, "42703", u"column %1.%2 does not exist"_s.arg(table, select));
    QJsonArray rows;
    qsizetype total = 0;
    for (const Row &row : state.store.tables.at(table)) {
        if (!mayRead(state, table, row, visitor) || !isMeant(row, query))
            continue;
        total += 1;
        if (rows.size() < limit)
            rows.append(row.fields);
    }
    PageReply reply = json(rows.size() < total ? 206 : 200, rows);
    const bool counts = request.header("prefer").contains("count=exact");
    const QByteArray range = rows.isEmpty() ? QByteArray("*") : "0-" + QByteArray::number(rows.size() - 1);
    reply.add("Content-Range", range + '/' + (counts ? QByteArray::number(total) : QByteArray("*")));
    return reply;
}

// The rules of row security come before constraints; who wants the row back has to pass the rules for reading as well.
PageReply insertRow(BackendState &state, const QString &table, const PageRequest &request, const Visitor &visitor)
{
    const QJsonDocument body = QJsonDocument::fromJson(request.body);
    if (!body.isObject())
        return denied(400, "PGRST102", u"Empty or invalid json"_s);
    const Row row{visitor.account, body.object()};
    const bool isGivenBack = request.header("prefer").contains("return=representation");
    const bool mayInsert = state.setup.writableTables.count(table) > 0 || visitor.account > 0;
    if (!mayInsert || (isGivenBack && !mayRead(state, table, row, visitor)))
        return denied(401, "42501", u"new row violates row-level security policy for table \"%1\""_s.arg(table));
    if (body.object()["id"_L1].isNull() || body.object()["id"_L1].isUndefined())
        return denied(400, "23502", u"null value in column \"id\" violates not-null constraint"_s);
    state.store.tables[table].push_back(row);
    return isGivenBack ? json(201, QJsonArray{row.fields}) : PageReply{.status = 201, .contentType = {}};
}

// What the rules hide is not removed, and nothing is said of it.
PageReply removeRows(BackendState &state, const QString &table, const PageRequest &request, const Visitor &visitor)
{
    const QUrlQuery query = queryOf(request);
    if (query.isEmpty())
        return denied(400, "21000", u"DELETE requires a WHERE clause"_s);
    const bool mayRemove = state.setup.writableTables.count(table) > 0 && !state.has(RowsStay);
    QJsonArray gone;
    std::erase_if(state.store.tables[table], [&](const Row &row) {
        const bool isGone = mayRemove && mayRead(state, table, row, visitor) && isMeant(row, query);
        if (isGone)
            gone.append(row.fields);
        return isGone;
    });
    return json(200, gone);
}

// pg_graphql: each table that the visitor may use is a collection.
PageReply describedByGraphQl(const BackendState &state)
{
    QJsonArray fields{QJsonObject{{u"name"_s, u"node"_s}}};
    for (const auto &[table, rows] : state.store.tables) {
        if (state.has(GraphQlListed))
            fields.append(QJsonObject{{u"name"_s, table + u"Collection"_s}});
    }
    const QJsonObject schema{{u"queryType"_s, QJsonObject{{u"fields"_s, fields}}}};
    return json(200, QJsonObject{{u"data"_s, QJsonObject{{u"__schema"_s, schema}}}});
}

PageReply rest(BackendState &state, const PageRequest &request, const QString &name, const Visitor &visitor)
{
    if (name.isEmpty()) {
        if (!state.has(SchemaListed))
            return denied(403, "PGRST106", u"Access to schema is forbidden"_s);
        QJsonObject paths;
        for (const auto &[table, rows] : state.store.tables)
            paths.insert(u'/' + table, QJsonObject{});
        return json(200, QJsonObject{{u"swagger"_s, u"2.0"_s}, {u"paths"_s, paths}});
    }
    if (name == "rpc/yearly_totals"_L1) {
        if (!state.has(RpcOpen) && visitor.account == 0)
            return denied(401, "42501", u"permission denied for function yearly_totals"_s);
        return json(200, QJsonArray{QJsonObject{{u"year"_s, 2026}, {u"total_cents"_s, 8213400}}});
    }
    if (state.store.tables.count(name) == 0)
        return denied(404, "PGRST205", u"Could not find the table 'public.%1' in the schema cache"_s.arg(name));
    if (request.method == "POST")
        return insertRow(state, name, request, visitor);
    if (request.method == "GET" || request.method == "HEAD")
        return readTable(state, name, request, visitor);
    if (request.method == "DELETE")
        return removeRows(state, name, request, visitor);
    return denied(401, "42501", u"permission denied for table %1"_s.arg(name));
}

QJsonObject sessionOf(BackendState &state, int account)
{
    const QByteArray token = randomText(40);
    state.store.sessions[token] = account;
    return {{u"access_token"_s, QString::fromLatin1(token)}, {u"token_type"_s, u"bearer"_s}, {u"expires_in"_s, 3600}};
}

PageReply auth(BackendState &state, const PageRequest &request, const QByteArray &path)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (path == "settings" && request.method == "GET")
        return json(200, QJsonObject{{u"disable_signup"_s, !state.has(OpenSignUp)},
                                     {u"mailer_autoconfirm"_s, state.has(OpenSignUp)},
                                     {u"external"_s, QJsonObject{{u"email"_s, true}}}});
    if (path == "signup" && request.method == "POST") {
        if (!state.has(OpenSignUp))
            return denied(422, "signup_disabled", u"Signups not allowed for this instance"_s);
        return json(200, sessionOf(state, ++state.store.lastAccount));
    }
    if (path == "token" && request.method == "POST") {
        const auto &all = state.accounts;
        const auto found = std::find_if(all.begin(), all.end(), [&](const PracticeAccount &account) {
            return account.email == body["email"_L1].toString() &&
                   account.password == body["password"_L1].toString().toUtf8();
        });
        return found == all.end() ? denied(400, "invalid_credentials", u"Invalid login credentials"_s)
                                  : json(200, sessionOf(state, found->id.toInt()));
    }
    return denied(404, "not_found", u"Not found"_s);
}

PageReply listFiles(const BackendState &state, const PageRequest &request, const Visitor &visitor)
{
    const QString search = QJsonDocument::fromJson(request.body).object()["search"_L1].toString();
    QJsonArray files;
    if (state.has(BucketListed) || visitor.account > 0) {
        for (const QString &name : QStringList{u"birch-lease.pdf"_s} + state.store.uploads) {
            if (name.contains(search))
                files.append(QJsonObject{{u"name"_s, name}});
        }
    }
    return json(200, files);
}

PageReply storage(BackendState &state, const PageRequest &request, const QByteArray &path, const Visitor &visitor)
{
    if (path == "object/list/" + kBucket && request.method == "POST")
        return listFiles(state, request, visitor);
    if (path == "object/public/" + kBucket + "/birch-lease.pdf" && state.has(BucketPublic))
        return {.contentType = "application/pdf", .body = "%PDF-1.4\n% Lease of Birch Bakery, 12 Mill Street\n"};
    const QString file = QString::fromUtf8(path.mid(sizeof("object/") + static_cast<std::size_t>(kBucket.size())));
    const bool isOfBucket = path.startsWith("object/" + kBucket + '/');
    if (isOfBucket && (request.method == "POST" || request.method == "DELETE")) {
        if (!state.has(FilesWritable))
            return json(400, QJsonObject{{u"statusCode"_s, u"403"_s},
                                         {u"error"_s, u"Unauthorized"_s},
                                         {u"message"_s, u"new row violates row-level security policy"_s}});
        // A removal has to find the file by the rules for reading, an upload needs the rule for adding alone.
        if (request.method == "DELETE" && !state.has(BucketListed) && visitor.account == 0)
            return json(400, QJsonObject{{u"statusCode"_s, u"404"_s},
                                         {u"error"_s, u"not_found"_s},
                                         {u"message"_s, u"Object not found"_s}});
        state.store.uploads.removeAll(file);
        if (request.method == "POST")
            state.store.uploads.append(file);
        return json(200, QJsonObject{{u"Key"_s, QString::fromUtf8(kBucket) + u'/' + file}});
    }
    return json(400, QJsonObject{{u"statusCode"_s, u"404"_s}, {u"error"_s, u"Bucket not found"_s}});
}

} // namespace

std::optional<PageReply> supabaseAnswer(BackendState &state, const PageRequest &request)
{
    const QByteArray path = request.path();
    const Visitor visitor = visitorOf(state, request);
    const auto under = [&](const char *prefix) { return path.startsWith(prefix); };
    if (under("/storage/v1/object/public/"))
        return storage(state, request, path.mid(12), visitor);
    if (!under("/rest/v1/") && !under("/auth/v1/") && !under("/storage/v1/") && !under("/functions/v1/") &&
        path != "/graphql/v1")
        return {};
    if (!visitor.hasKey && visitor.account == 0)
        return json(401, QJsonObject{{u"message"_s, u"No API key found in request"_s}});
    if (path == "/graphql/v1")
        return describedByGraphQl(state);
    if (under("/rest/v1/"))
        return rest(state, request, QString::fromUtf8(path.mid(9)), visitor);
    if (under("/auth/v1/"))
        return auth(state, request, path.mid(9));
    if (under("/storage/v1/"))
        return storage(state, request, path.mid(12), visitor);
    if (path != "/functions/v1/send-report")
        return denied(404, "NOT_FOUND", u"Requested function was not found"_s);
    if (!state.has(FunctionOpen) && visitor.account == 0)
        return denied(401, "UNAUTHORIZED", u"Missing authorization header"_s);
    return json(200, QJsonObject{{u"status"_s, u"sent"_s}, {u"to"_s, u"bella.reyes@birchbakery.example"_s}});
}

} // namespace cockpit::backend
