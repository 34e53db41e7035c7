#include "models/routes/apianswers.h"

#include "models/routes/apischema.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostAnswers = 30; // statuses of one operation
constexpr std::size_t kMostContents = 8;

QString plainType(const QString &type)
{
    return type.section(u';', 0, 0).trimmed().toLower();
}

// OpenAPI 3: content by its kind.
std::vector<DescribedContent> contentsOf(const QJsonObject &content, const QJsonObject &document)
{
    std::vector<DescribedContent> contents;
    for (auto it = content.begin(); it != content.end() && contents.size() < kMostContents; ++it)
        contents.push_back(
            {plainType(it.key()), resolvedSchema(it.value().toObject()["schema"_L1].toObject(), document)});
    return contents;
}

// Swagger 2: one schema for all kinds that the operation, or the document, produces. None of them named: JSON or not,
// nothing is said.
std::vector<DescribedContent> producedContents(const QJsonObject &answer, const QJsonObject &operation,
                                               const QJsonObject &document)
{
    if (!answer.contains("schema"_L1))
        return {};
    const QJsonObject schema = resolvedSchema(answer["schema"_L1].toObject(), document);
    const QJsonObject &owner = operation.contains("produces"_L1) ? operation : document;
    std::vector<DescribedContent> contents;
    for (const QJsonValue type : owner["produces"_L1].toArray()) {
        if (contents.size() < kMostContents)
            contents.push_back({plainType(type.toString()), schema});
    }
    return contents.empty() ? std::vector<DescribedContent>{{u"*/*"_s, schema}} : contents;
}

bool isStatus(const QString &text)
{
    return text == "default"_L1 || (text.size() == 3 && text.front() >= u'1' && text.front() <= u'5');
}

enum class Kept { Everything, GoodSchemas, Statuses };

QJsonObject storedAnswers(const AnswerDescription &description, Kept kept)
{
    QJsonObject responses;
    for (const DescribedAnswer &answer : description.answers) {
        const bool withSchema =
            kept == Kept::Everything || (kept == Kept::GoodSchemas && answer.status.startsWith(u'2'));
        QJsonObject content;
        for (const DescribedContent &one : answer.contents)
            content[one.type] =
                withSchema && !one.schema.isEmpty() ? QJsonObject{{u"schema"_s, one.schema}} : QJsonObject();
        responses[answer.status] = content.isEmpty() ? QJsonObject() : QJsonObject{{u"content"_s, content}};
    }
    return {{u"responses"_s, responses}};
}

} // namespace

const DescribedAnswer *AnswerDescription::at(int status) const
{
    const QString number = QString::number(status);
    for (const QString &name : {number, number.left(1) + u"XX"_s, u"default"_s}) {
        const auto found = std::ranges::find_if(
            answers, [&](const DescribedAnswer &one) { return one.status.compare(name, Qt::CaseInsensitive) == 0; });
        if (found != answers.end())
            return &*found;
    }
    return nullptr;
}

std::optional<AnswerDescription> answersOfOperation(const Route &route, const QJsonObject &operation,
                                                    const QJsonObject &document)
{
    AnswerDescription description{route.method, route.path, route.host, {}};
    const QJsonObject responses = operation["responses"_L1].toObject();
    for (auto it = responses.begin(); it != responses.end() && description.answers.size() < kMostAnswers; ++it) {
        if (!isStatus(it.key())) // "x-…"
            continue;
        const QJsonObject answer = resolvedReference(it.value().toObject(), document);
        DescribedAnswer one{it.key(), contentsOf(answer["content"_L1].toObject(), document)};
        if (one.contents.empty())
            one.contents = producedContents(answer, operation, document);
        description.answers.push_back(std::move(one));
    }
    return description.answers.empty() ? std::nullopt : std::optional(std::move(description));
}

std::optional<RouteSample> sampleOfAnswers(const AnswerDescription &description)
{
    for (const Kept kept : {Kept::Everything, Kept::GoodSchemas, Kept::Statuses}) {
        const QJsonObject stored = storedAnswers(description, kept);
        RouteSample sample{description.method, description.path, description.host, kAnswerDescription, {}, {}};
        sample.schemaJson = QString::fromUtf8(QJsonDocument(stored).toJson(QJsonDocument::Compact));
        if (auto checked = checkedSample(std::move(sample)))
            return std::move(*checked);
    }
    return std::nullopt;
}

std::optional<AnswerDescription> answersIn(const RouteSample &sample)
{
    if (sample.contentType != kAnswerDescription)
        return std::nullopt;
    Route route;
    route.method = sample.method;
    route.path = sample.path;
    route.host = sample.host;
    return answersOfOperation(route, QJsonDocument::fromJson(sample.schemaJson.toUtf8()).object(), {});
}

} // namespace cockpit
