#include "checks/access/backendasks.h"

#include "checks/net/statusclass.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Of the answer of a query the beginning tells whether there is something; more of a record is not read.
constexpr qint64 kBeginningBytes = 200;

HttpGet get(const BackendFound &found, const QString &path)
{
    HttpGet question;
    question.url = QUrl(found.origin.toString() + path);
    if (found.kind == BackendKind::Appwrite)
        question.headers.push_back({"X-Appwrite-Project", found.project.toUtf8()});
    return question;
}

HttpGet post(const BackendFound &found, const QString &path, const QJsonObject &body)
{
    HttpGet question = get(found, path);
    question.method = "POST";
    question.headers.push_back({"Content-Type", "application/json"});
    question.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return question;
}

HttpGet graphQl(const BackendFound &found, const QString &question)
{
    return post(found, u"/v1/graphql"_s, {{u"query"_s, question}});
}

// One line of a list, without its fields: Appwrite's questions are JSON texts in the address.
HttpGet appwriteList(const BackendFound &found, const QString &path, bool withoutFields)
{
    HttpGet question = get(found, path);
    QUrlQuery query;
    query.addQueryItem(u"queries[0]"_s,
                       QString::fromLatin1(QUrl::toPercentEncoding(uR"({"method":"limit","values":[1]})"_s)));
    if (withoutFields)
        query.addQueryItem(u"queries[1]"_s,
                           QString::fromLatin1(QUrl::toPercentEncoding(uR"({"method":"select","values":["$id"]})"_s)));
    question.url.setQuery(query);
    return question;
}

HttpGet queryCall(const BackendFound &found, const QString &name)
{
    HttpGet question =
        post(found, u"/api/query"_s, {{u"path"_s, name}, {u"args"_s, QJsonObject()}, {u"format"_s, u"json"_s}});
    question.bodyCap = kBeginningBytes;
    return question;
}

HttpGet countOf(const BackendFound &found, const QString &table, bool total)
{
    switch (found.kind) {
    case BackendKind::PocketBase: // the mask leaves the name of the collection of one record
        return get(found, u"/api/collections/%1/records?perPage=1&fields=collectionName"_s.arg(table));
    case BackendKind::Appwrite:
        return appwriteList(
            found,
            u"/v1/databases/%1/collections/%2/documents"_s.arg(table.section(u'/', 0, 0), table.section(u'/', 1)),
            true);
    case BackendKind::Strapi:
        return table == "users"_L1 ? get(found, u"/api/users/count"_s)
                                   : get(found, u"/api/%1?pagination[pageSize]=1&fields[0]=id"_s.arg(table));
    case BackendKind::Directus:
        return get(found, (table == "users"_L1 ? u"/users?aggregate[count]=*"_s
                                               : u"/items/%1?aggregate[count]=*"_s.arg(table)));
    case BackendKind::Hasura:
        return graphQl(found, total ? u"query{t:%1{aggregate{count}}}"_s.arg(table)
                                    : u"query{t:%1(limit:1){__typename}}"_s.arg(table));
    case BackendKind::Convex:
    case BackendKind::Supabase:
    case BackendKind::Firebase:
    case BackendKind::N8n:
    case BackendKind::Retool:
        break;
    }
    return queryCall(found, table);
}

QString setupPathOf(BackendKind kind)
{
    if (kind == BackendKind::Hasura)
        return u"/v1alpha1/config"_s;
    if (kind == BackendKind::Strapi)
        return u"/admin/init"_s;
    return kind == BackendKind::N8n ? u"/rest/settings"_s : QString();
}

// What these services have of their own.
QStringList tablesOf(const BackendFound &found)
{
    QStringList tables = found.tables;
    const bool hasUsers = found.kind == BackendKind::PocketBase || found.kind == BackendKind::Strapi ||
                          found.kind == BackendKind::Directus;
    if (hasUsers && !tables.contains("users"_L1))
        tables.prepend(u"users"_s);
    return tables;
}

} // namespace

std::span<const BackendKind> kindsByFingerprint()
{
    static constexpr std::array kKinds{BackendKind::PocketBase, BackendKind::Hasura, BackendKind::Strapi,
                                       BackendKind::Directus, BackendKind::N8n};
    return kKinds;
}

std::optional<HttpGet> fingerprintOf(const BackendFound &found)
{
    switch (found.kind) {
    case BackendKind::PocketBase:
        return get(found, u"/api/health"_s);
    case BackendKind::Hasura:
        return get(found, u"/v1/version"_s);
    case BackendKind::Directus:
        return get(found, u"/server/ping"_s);
    case BackendKind::Strapi:
    case BackendKind::N8n:
        return get(found, setupPathOf(found.kind));
    case BackendKind::Supabase:
    case BackendKind::Firebase:
    case BackendKind::Convex:
    case BackendKind::Appwrite:
    case BackendKind::Retool:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

bool isFingerprint(BackendKind kind, const HttpResponse &answer)
{
    if (!isSuccess(answer))
        return false;
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    switch (kind) {
    case BackendKind::PocketBase:
        return object["message"_L1].toString() == "API is healthy."_L1 && object["data"_L1].isObject();
    case BackendKind::Hasura:
        return object["server_type"_L1].isString() && object["version"_L1].isString();
    case BackendKind::Directus:
        return answer.body.trimmed() == "pong";
    case BackendKind::Strapi:
        return object["data"_L1]["hasAdmin"_L1].isBool();
    case BackendKind::N8n:
        return object["data"_L1]["userManagement"_L1].isObject();
    case BackendKind::Supabase:
    case BackendKind::Firebase:
    case BackendKind::Convex:
    case BackendKind::Appwrite:
    case BackendKind::Retool:
        return false;
    }
    Q_UNREACHABLE();
}

BackendAsk tableAskOf(const BackendFound &found, const QString &table, bool total)
{
    BackendAsk ask{found.kind == BackendKind::Convex ? BackendPart::Query : BackendPart::Table, table,
                   countOf(found, table, total)};
    ask.kind = found.kind;
    return ask;
}

BackendAsk signUpAsk(const BackendFound &found)
{
    // Neither would do for an account, whatever the rules of the project: no address, one letter.
    const QJsonObject body{{u"email"_s, u"launch-cockpit"_s}, {u"password"_s, u"x"_s}};
    HttpGet question{.url = QUrl(u"https://identitytoolkit.googleapis.com/v1/accounts:signUp?key="_s +
                                 QString::fromLatin1(found.key))};
    question.method = "POST";
    question.headers = {{"Content-Type", "application/json"}};
    question.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    BackendAsk ask{BackendPart::SignUp, u"sign-up"_s, question};
    ask.kind = BackendKind::Firebase;
    return ask;
}

std::vector<BackendAsk> otherBackendAsks(const BackendFound &found, const QString &madeUp)
{
    std::vector<BackendAsk> asks;
    const auto add = [&](BackendPart part, const QString &name, const HttpGet &question) {
        asks.push_back({part, name, question});
        asks.back().kind = found.kind;
    };
    if (const QString path = setupPathOf(found.kind); !path.isEmpty())
        add(BackendPart::Setup, u"setup"_s, get(found, path));
    if (found.kind == BackendKind::Hasura) {
        add(BackendPart::Console, u"console"_s, get(found, u"/console"_s));
        add(BackendPart::Schema, u"schema"_s, graphQl(found, u"query{__schema{queryType{fields{name}}}}"_s));
    }
    const QStringList tables = tablesOf(found);
    for (const QString &table : tables)
        asks.push_back(tableAskOf(found, table));
    if (!tables.isEmpty()) {
        asks.push_back(tableAskOf(found, found.kind == BackendKind::Convex     ? madeUp + u":list"_s
                                         : found.kind == BackendKind::Appwrite ? madeUp + u'/' + madeUp
                                                                               : madeUp));
        asks.back().isMadeUp = true;
    }
    const auto files = [&](const QString &bucket) {
        add(BackendPart::Bucket, bucket, appwriteList(found, u"/v1/storage/buckets/%1/files"_s.arg(bucket), false));
    };
    if (found.kind == BackendKind::Appwrite && !found.buckets.isEmpty()) {
        std::ranges::for_each(found.buckets, files);
        files(madeUp);
        asks.back().isMadeUp = true;
    }
    return asks;
}

std::vector<BackendAsk> describedTables(const BackendFound &found, const HttpResponse &description)
{
    QStringList names;
    const QJsonObject json = QJsonDocument::fromJson(description.body).object();
    const QJsonArray fields = json["data"_L1]["__schema"_L1]["queryType"_L1]["fields"_L1].toArray();
    for (const auto &field : fields)
        names.append(field.toObject().value("name"_L1).toString());
    std::vector<BackendAsk> asks;
    for (const QString &name : names) {
        const bool isTable = !name.isEmpty() && !name.endsWith("_aggregate"_L1) && !name.endsWith("_by_pk"_L1) &&
                             !name.endsWith("_connection"_L1);
        if (!isTable || static_cast<qsizetype>(asks.size()) >= kMostTables)
            continue;
        const bool counts = names.contains(name + "_aggregate"_L1);
        asks.push_back(tableAskOf(found, counts ? name + "_aggregate"_L1 : name, counts));
        asks.back().name = name;
    }
    return asks;
}

} // namespace cockpit
