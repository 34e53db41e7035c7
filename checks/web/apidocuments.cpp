#include "checks/web/apidocuments.h"

#include "checks/web/address.h"
#include "checks/web/firstbytes.h"
#include "models/routes/importers.h"
#include "models/routes/yamljson.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isSuccess(int status)
{
    return status == 200 || status == 206;
}

bool beginsAsDocument(const HttpResponse &answer)
{
    static const QRegularExpression mark(
        u"[\"'](?:openapi|swagger)[\"']\\s*:\\s*[\"']?[23]|^(?:openapi|swagger):\\s*[\"']?[23]"_s,
        QRegularExpression::MultilineOption);
    return isSuccess(answer.status) && mark.match(QString::fromUtf8(answer.body)).hasMatch();
}

QJsonObject documentIn(const QByteArray &body)
{
    if (body.trimmed().startsWith('{'))
        return QJsonDocument::fromJson(body).object();
    const auto yaml = yamlToJson(body);
    return yaml ? yaml->toObject() : QJsonObject();
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

std::vector<ApiDocument> openApiDocuments(const Look &look, const Host &host)
{
    std::vector<HttpGet> questions;
    questions.reserve(static_cast<size_t>(apiDocumentPaths().size()));
    for (const QString &path : apiDocumentPaths())
        questions.push_back(firstBytesOf(httpsAddress(host, path)));
    QStringList paths;
    std::vector<HttpGet> whole;
    const auto beginnings = look.seen.askAll(questions);
    for (size_t i = 0; i < beginnings.size(); ++i) {
        if (!*beginnings[i] || !beginsAsDocument(**beginnings[i]))
            continue;
        paths.append(apiDocumentPaths().at(static_cast<qsizetype>(i)));
        whole.push_back(HttpGet{.url = questions[i].url});
    }
    std::vector<ApiDocument> documents;
    const auto answers = look.seen.askAll(whole);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (!*answers[i] || (*answers[i])->status != 200)
            continue;
        const QJsonObject document = documentIn((*answers[i])->body);
        if (isApiDocument(document) && document.value("paths"_L1).isObject())
            documents.push_back({paths.at(static_cast<qsizetype>(i)), **answers[i], routesOfApiDocument(document)});
    }
    return documents;
}

} // namespace cockpit
