#include "checks/web/apidocuments.h"

#include "checks/web/address.h"
#include "checks/web/firstbytes.h"
#include "checks/web/obstacle.h"
#include "models/routes/importers.h"
#include "models/routes/yamljson.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLongestDocument = kLongestYaml;

// Generators that sort their members write "components" with all its schemas first: the mark may stand anywhere.
bool hasMark(const QByteArray &body)
{
    static const QRegularExpression mark(
        u"[\"'](?:openapi|swagger)[\"']\\s*:\\s*[\"']?[23]|^(?:openapi|swagger):\\s*[\"']?[23]"_s,
        QRegularExpression::MultilineOption);
    return mark.match(QString::fromUtf8(body)).hasMatch();
}

// JSON or YAML by its first character or line; no page, no picture.
bool beginsAsData(const HttpResponse &answer)
{
    static const QRegularExpression line(
        u"\\A(?:(?:#[^\\n]*|---[^\\n]*)?\\s*\\n)*[\"']?[A-Za-z$_][\\w-]*[\"']?:(?:\\s|\\z)"_s);
    const QByteArray start = answer.body.trimmed();
    return start.startsWith('{') || line.match(QString::fromUtf8(start)).hasMatch();
}

// Same bytes as an address gets that does not exist.
bool isWorthReading(const HttpResponse &answer, const Result<HttpResponse> &invented)
{
    const bool isInvented = invented && invented->status == answer.status && invented->body == answer.body;
    return isHandedOut(answer.status) && beginsAsData(answer) && !isInvented;
}

// A server error that the invented address gets as well is how this server says no.
bool isUntold(const HttpResponse &answer, const Result<HttpResponse> &invented)
{
    const auto obstacle = obstacleIn(answer);
    if (obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests)
        return true;
    return obstacle == Obstacle::ServerError && !(invented && invented->status == answer.status);
}

QJsonObject documentIn(const QByteArray &body)
{
    if (body.trimmed().startsWith('{'))
        return QJsonDocument::fromJson(body).object();
    const auto yaml = yamlToJson(body);
    return yaml ? yaml->toObject() : QJsonObject();
}

void takeIn(ApiDocumentLook &found, const QString &path, const Result<HttpResponse> &answer,
            const Result<HttpResponse> &invented)
{
    if (!answer || isUntold(*answer, invented)) {
        found.untold.append(path);
        return;
    }
    if (answer->status != 200)
        return; // says something else than a moment ago
    const QJsonObject document = documentIn(answer->body);
    if (isApiDocument(document) && document.value("paths"_L1).isObject())
        found.documents.push_back({path, *answer, routesOfApiDocument(document)});
    else if (document.isEmpty() && (answer->bodyTruncated || hasMark(answer->body)))
        found.untold.append(path);
}

} // namespace

const QStringList &apiDocumentPaths()
{
    static const QStringList paths{
        u"/openapi.json"_s,     u"/openapi.yaml"_s,      u"/openapi.yml"_s,   u"/swagger.json"_s,
        u"/swagger.yaml"_s,     u"/v2/api-docs"_s,       u"/v3/api-docs"_s,   u"/swagger/v1/swagger.json"_s,
        u"/swagger/doc.json"_s, u"/api-docs"_s,          u"/api-docs.json"_s, u"/api-docs/swagger.json"_s,
        u"/api/openapi.json"_s, u"/api/swagger.json"_s,  u"/api/docs.json"_s, u"/api/v1/openapi.json"_s,
        u"/v1/openapi.json"_s,  u"/docs/openapi.json"_s, u"/api/schema/"_s,   u"/api/doc.json"_s,
        u"/docs-json"_s,        u"/api-json"_s};
    return paths;
}

ApiDocumentLook lookForApiDocuments(const Look &look, const Host &host)
{
    std::vector<HttpGet> questions;
    questions.reserve(static_cast<size_t>(apiDocumentPaths().size()));
    for (const QString &path : apiDocumentPaths())
        questions.push_back(firstBytesOf(httpsAddress(host, path)));
    // The word of the other looks at invented addresses, so that it is asked once.
    const QString word = probeWord(host.name + look.startedAt.toString(Qt::ISODateWithMs));
    const auto invented = look.seen.ask(firstBytesOf(httpsAddress(host, u"/%1.json"_s.arg(word))));
    ApiDocumentLook found;
    QStringList paths;
    std::vector<HttpGet> whole;
    const auto beginnings = look.seen.askAll(questions);
    for (size_t i = 0; i < beginnings.size(); ++i) {
        const QString &path = apiDocumentPaths().at(static_cast<qsizetype>(i));
        if (!*beginnings[i] || isUntold(**beginnings[i], *invented)) {
            found.untold.append(path);
        } else if (isWorthReading(**beginnings[i], *invented)) {
            paths.append(path);
            whole.push_back(HttpGet{.url = questions[i].url, .bodyCap = kLongestDocument});
        }
    }
    const auto answers = look.seen.askAll(whole);
    for (size_t i = 0; i < answers.size(); ++i)
        takeIn(found, paths.at(static_cast<qsizetype>(i)), *answers[i], *invented);
    return found;
}

std::vector<ApiDocument> openApiDocuments(const Look &look, const Host &host)
{
    return lookForApiDocuments(look, host).documents;
}

} // namespace cockpit
