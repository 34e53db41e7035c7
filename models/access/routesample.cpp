#include "models/access/routesample.h"

#include "models/access/graphqlquestion.h"
#include "models/access/harmless.h"
#include "models/access/socketmessages.h"
#include "models/jsonfields.h"
#include "models/redactor.h"
#include "models/routes/apianswers.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <map>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RouteSample)
};

constexpr qsizetype kLongestPath = 2000;
constexpr qsizetype kLongestType = 100;

tl::unexpected<Error> refused(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

// type/subtype (RFC 9110 section 8.3.1); empty is for a route of which only the schema is known.
bool isMediaType(const QByteArray &type)
{
    return type.isEmpty() ||
           (type.size() <= kLongestType && type.count('/') == 1 && std::ranges::all_of(type, [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || QByteArrayView("/+.-_").contains(c);
            }));
}

Result<QString> harmlessSchema(const QString &schema)
{
    if (schema.isEmpty())
        return QString();
    const QJsonDocument document = QJsonDocument::fromJson(schema.left(kLongestSampleSchema + 1).toUtf8());
    if (schema.size() > kLongestSampleSchema || !document.isObject())
        return refused(
            Text::tr("The schema of a body must be a JSON object of %1 characters at most.").arg(kLongestSampleSchema));
    const QJsonValue harmless = harmlessJson(document.object());
    return QString::fromUtf8(QJsonDocument(harmless.toObject()).toJson(QJsonDocument::Compact));
}

// One for each route and kind of body. Where a route takes all questions of GraphQL, for each question.
using Key = std::tuple<QString, QString, QString, QByteArray, QString>;

Key keyOf(const RouteSample &sample)
{
    return {sample.method, shapeOf(sample.path), sample.host, sample.contentType, questionIn(sample.body)};
}

bool isOf(const RouteSample &sample, const QString &method, const QString &shape, const QString &host)
{
    const bool isOnHost = sample.host == host || sample.host.isEmpty() || host.isEmpty();
    // What is known of its answers is no body that it takes.
    return sample.method == method && isOnHost && sample.contentType != kAnswerDescription &&
           shapeOf(sample.path) == shape;
}

} // namespace

Result<RouteSample> checkedSample(RouteSample sample)
{
    sample.method = sample.method.trimmed().toUpper();
    sample.contentType = sample.contentType.split(';').constFirst().trimmed().toLower();
    const QString shown = redact(plainText(sample.method + u' ' + sample.path, 80));
    const bool isRoute = routeMethods().contains(sample.method) && sample.path.startsWith(u'/') &&
                         sample.path.size() <= kLongestPath && redact(sample.path) == sample.path;
    const bool takesNone = sample.method == "GET"_L1 || sample.method == "HEAD"_L1;
    const bool isDescription = sample.contentType == kAnswerDescription && sample.body.isEmpty();
    const bool isSocket = isSocketSample(sample) && sample.body.trimmed().count('\n') < kMostSocketMessages;
    if (!isRoute || (takesNone && !isSocket && !isDescription))
        return refused(Text::tr("“%1” is no route that takes a body.").arg(shown));
    if (!isMediaType(sample.contentType))
        return refused(Text::tr("The kind of body of %1 must be written like application/json.").arg(shown));
    if (!sample.host.isEmpty()) {
        const auto host = normaliseHostName(sample.host);
        if (!host)
            return tl::unexpected(host.error());
        sample.host = *host;
    }
    const auto body = harmlessBody(sample.contentType, sample.body);
    if (!body)
        return refused(Text::tr("The body of %1 is longer than %2 bytes, or holds what looks like a secret.")
                           .arg(shown, QString::number(kLongestSampleBody)));
    const auto schema = harmlessSchema(sample.schemaJson);
    if (!schema)
        return tl::unexpected(schema.error());
    sample.body = *body;
    sample.schemaJson = *schema;
    return sample;
}

Result<std::vector<RouteSample>> checkedSamples(const std::vector<RouteSample> &samples)
{
    if (samples.size() > kMostSamples)
        return refused(Text::tr("A project has %1 examples of bodies at most.").arg(kMostSamples));
    std::vector<RouteSample> checked;
    std::map<Key, std::size_t> placeOf;
    for (const RouteSample &sample : samples) {
        auto one = checkedSample(sample);
        if (!one)
            return tl::unexpected(one.error());
        const auto [place, isNew] = placeOf.try_emplace(keyOf(*one), checked.size());
        if (isNew)
            checked.push_back(std::move(*one));
        else
            checked[place->second] = std::move(*one);
    }
    return checked;
}

std::vector<const RouteSample *> samplesAt(const QString &method, const QString &path, const QString &host,
                                           const std::vector<RouteSample> &samples)
{
    const QString shape = shapeOf(path);
    std::vector<const RouteSample *> found;
    for (const RouteSample &sample : samples) {
        if (isOf(sample, method, shape, host))
            found.push_back(&sample);
    }
    return found;
}

const RouteSample *sampleFor(const QString &method, const QString &path, const QString &host,
                             const std::vector<RouteSample> &samples)
{
    const QString shape = shapeOf(path);
    const auto found =
        std::ranges::find_if(samples, [&](const RouteSample &sample) { return isOf(sample, method, shape, host); });
    return found == samples.end() ? nullptr : &*found;
}

std::vector<RouteSample> mergedSamples(std::vector<RouteSample> known, const std::vector<RouteSample> &added)
{
    std::map<Key, std::size_t> placeOf;
    for (std::size_t i = 0; i < known.size(); ++i)
        placeOf.try_emplace(keyOf(known[i]), i);
    for (const RouteSample &sample : added) {
        const auto place = placeOf.find(keyOf(sample));
        if (place != placeOf.end()) {
            const RouteSample &one = known[place->second];
            const bool saysMore = isSocketSample(one) && one.body.isEmpty() && !sample.body.isEmpty();
            // A document that is imported again is the newer word about the answers.
            const bool isNewer = sample.contentType == kAnswerDescription;
            if (saysMore || isNewer || (one.schemaJson.isEmpty() && !sample.schemaJson.isEmpty()))
                known[place->second] = sample;
        } else if (known.size() < kMostSamples) {
            placeOf.try_emplace(keyOf(sample), known.size());
            known.push_back(sample);
        }
    }
    return known;
}

QJsonObject toJson(const RouteSample &sample)
{
    return {{u"method"_s, sample.method},
            {u"path"_s, sample.path},
            {u"host"_s, json::textOrNull(sample.host)},
            {u"content_type"_s, json::textOrNull(QString::fromUtf8(sample.contentType))},
            {u"body"_s, json::textOrNull(QString::fromUtf8(sample.body))},
            {u"schema"_s, json::textOrNull(sample.schemaJson)}};
}

std::optional<RouteSample> routeSampleFromJson(const QJsonObject &object)
{
    RouteSample sample{object["method"_L1].toString(),        object["path"_L1].toString(),
                       object["host"_L1].toString(),          object["content_type"_L1].toString().toUtf8(),
                       object["body"_L1].toString().toUtf8(), object["schema"_L1].toString()};
    return sample.method.isEmpty() || sample.path.isEmpty() ? std::nullopt : std::optional(sample);
}

} // namespace cockpit
