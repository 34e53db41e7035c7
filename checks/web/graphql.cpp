#include "checks/web/graphql.h"

#include "checks/web/address.h"
#include "checks/web/graphqlplaces.h"
#include "models/routes/importers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLongestSchema = 8LL * 1024 * 1024; // names of types and fields alone

// Whoever echoes the question back does not put it into "data" as an object with types.
QJsonObject schemaIn(const QJsonObject &answer)
{
    const QJsonObject schema = answer.value("data"_L1)["__schema"_L1].toObject();
    const bool isWhole = schema.value("queryType"_L1).isObject() && !schema.value("types"_L1).toArray().isEmpty();
    return isWhole ? schema : QJsonObject();
}

// A schema that is longer than we read is no JSON; its beginning is the proof, in the order of the question.
bool holdsSchema(const HttpResponse &answer)
{
    static const QRegularExpression beginning(
        u"\\A\\s*\\{\\s*\"data\"\\s*:\\s*\\{\\s*\"__schema\"\\s*:\\s*\\{\\s*\"queryType\"\\s*:\\s*\\{"_s);
    if (answer.bodyTruncated)
        return beginning.match(QString::fromUtf8(answer.body.left(1000))).hasMatch();
    return !schemaIn(QJsonDocument::fromJson(answer.body).object()).isEmpty();
}

// {"errors": [{"message": …}]}: section 7.1 of the specification. Other APIs have errors, too, but not about a schema.
QString errorsIn(const QJsonObject &answer)
{
    QStringList messages;
    for (const QJsonValue error : answer.value("errors"_L1).toArray())
        messages.append(error["message"_L1].toString() + u' ' + error["extensions"_L1]["code"_L1].toString());
    return messages.join(u'\n');
}

bool speaksGraphQl(const QString &errors)
{
    static const QRegularExpression words(u"introspection|__schema|graphql|queryType|GRAPHQL_|persisted ?query"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(errors).hasMatch();
}

bool asksForLogin(const QString &errors)
{
    static const QRegularExpression words(
        u"unauth|not auth|log ?in|sign ?in|forbidden|access denied|jwt|token|permission"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(errors).hasMatch();
}

} // namespace

const QStringList &graphQlPaths()
{
    static const QStringList paths{u"/graphql"_s, u"/api/graphql"_s, u"/v1/graphql"_s, u"/graphql/v1"_s,
                                   u"/query"_s,   u"/gql"_s,         u"/api/gql"_s};
    return paths;
}

HttpGet schemaQuestion(const QUrl &url)
{
    return {.url = url,
            .method = "POST",
            .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
            .bodyCap = kLongestSchema,
            .body = R"({"query":"query{__schema{queryType{name}mutationType{name}subscriptionType{name}types{name)"
                    R"(fields{name}}}}"})"};
}

std::optional<GraphQlEndpoint> graphQlEndpoint(const QString &path, const HttpResponse &first,
                                               const std::optional<HttpResponse> &second)
{
    const QJsonObject answer = QJsonDocument::fromJson(first.body).object();
    if (holdsSchema(first)) {
        if (!second || !holdsSchema(*second))
            return std::nullopt;
        return GraphQlEndpoint{path, first, SchemaState::Open, routesOfGraphQlSchema(answer, path)};
    }
    const QString errors = errorsIn(answer);
    if (errors.isEmpty())
        return std::nullopt;
    if (asksForLogin(errors) && (first.status == 401 || first.status == 403 || speaksGraphQl(errors)))
        return GraphQlEndpoint{path, first, SchemaState::Locked, {}};
    if (speaksGraphQl(errors))
        return GraphQlEndpoint{path, first, SchemaState::Closed, {}};
    return std::nullopt;
}

GraphQlLook lookForGraphQl(const Look &look, const Host &host)
{
    const QStringList paths = graphQlPaths() + furtherGraphQlPaths(look, host);
    std::vector<HttpGet> questions;
    questions.reserve(static_cast<size_t>(paths.size()));
    for (const QString &path : paths)
        questions.push_back(schemaQuestion(httpsAddress(host, path)));
    const auto answers = look.seen.askAll(questions);
    std::vector<HttpGet> again;
    std::vector<size_t> places;
    for (size_t i = 0; i < answers.size(); ++i) {
        if (!*answers[i] || !holdsSchema(**answers[i]))
            continue;
        places.push_back(i);
        again.push_back(questions[i]);
        again.back().repetition = 1;
    }
    std::vector<std::optional<HttpResponse>> seconds(answers.size());
    const auto repeated = look.seen.askAll(again);
    for (size_t i = 0; i < places.size(); ++i) {
        if (*repeated[i])
            seconds[places[i]] = **repeated[i];
    }
    GraphQlLook found;
    found.asked = static_cast<int>(paths.size());
    const QString word = probeWord(host.name + look.startedAt.toString(Qt::ISODateWithMs));
    if (const auto invented = look.seen.ask(schemaQuestion(httpsAddress(host, u'/' + word))); *invented)
        found.inventedStatus = (*invented)->status;
    for (size_t i = 0; i < answers.size(); ++i) {
        const QString &path = paths.at(static_cast<qsizetype>(i));
        if (!*answers[i]) {
            found.silent.append(path);
            continue;
        }
        if (holdsSchema(**answers[i]) && !seconds[i])
            found.silent.append(path);
        found.answers.push_back(**answers[i]);
        if (auto endpoint = graphQlEndpoint(path, **answers[i], seconds[i]))
            found.endpoints.push_back(std::move(*endpoint));
    }
    return found;
}

} // namespace cockpit
