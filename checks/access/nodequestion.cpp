#include "checks/access/nodequestion.h"

#include "checks/actors/recordid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostFields = 6;
constexpr int kMostLooked = 10'000;

QString addressOfSample(const RouteSample &sample)
{
    return sample.host + sample.path.section(u'#', 0, 0);
}

QString queryIn(const RouteSample &sample)
{
    return QJsonDocument::fromJson(sample.body).object().value("query"_L1).toString();
}

// "Invoice" of "Invoice:17" and of "gid://shop/Invoice/17": as the schema writes it.
QString typeNameIn(const QString &globalId)
{
    static const QRegularExpression form(u"^(?:gid://[^/]+/)?([A-Za-z_][A-Za-z0-9_]*)[:/]"_s);
    const auto decoded = decodedId(globalId);
    const auto match = form.match(decoded ? decoded->text : globalId);
    return match.hasMatch() ? match.captured(1) : QString();
}

// Names of the record's texts: what comes back of them is what proves.
QStringList textFieldsOf(const QJsonObject &record)
{
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    QStringList names;
    for (auto it = record.begin(); it != record.end(); ++it) {
        const bool isPlain = it.key() != "id"_L1 && !it.key().startsWith("__"_L1) && name.match(it.key()).hasMatch();
        if (isPlain && it.value().isString() && names.size() < kMostFields)
            names.append(it.key());
    }
    return names;
}

QStringList fieldsIn(const HttpResponse &answer, const QString &id)
{
    std::vector<QJsonValue> todo{QJsonDocument::fromJson(answer.body).object()};
    for (int looked = 0; !todo.empty() && looked < kMostLooked; ++looked) {
        const QJsonValue value = todo.back();
        todo.pop_back();
        const QJsonArray list = value.toArray();
        std::ranges::copy(list, std::back_inserter(todo));
        const QJsonObject object = value.toObject();
        if (object["id"_L1].toString() == id)
            return textFieldsOf(object);
        std::ranges::copy(object, std::back_inserter(todo));
    }
    return {};
}

} // namespace

std::vector<RouteSample> placesWithoutNode(const std::vector<RouteSample> &questions)
{
    static const QRegularExpression node(u"\\bnode\\s*\\("_s);
    std::vector<RouteSample> places;
    QStringList done;
    for (const RouteSample &one : questions) {
        if (node.match(queryIn(one)).hasMatch())
            done.append(addressOfSample(one));
    }
    for (const RouteSample &one : questions) {
        if (done.contains(addressOfSample(one)))
            continue;
        done.append(addressOfSample(one));
        places.push_back(one);
    }
    return places;
}

std::optional<RouteSample> nodeQuestion(const RouteSample &place, const FoundId &id,
                                        std::span<const HttpResponse> ownersAnswers)
{
    const QString type = typeNameIn(id.value);
    QStringList fields;
    for (const HttpResponse &answer : ownersAnswers) {
        if (fields.isEmpty())
            fields = fieldsIn(answer, id.value);
    }
    if (type.isEmpty() || fields.isEmpty())
        return std::nullopt;
    const QString query =
        u"query %1($id: ID!) { node(id: $id) { ... on %2 { id %3 } } }"_s.arg(kNodeOperation, type, fields.join(u' '));
    RouteSample sample = place;
    sample.path = place.path.section(u'#', 0, 0);
    sample.body = QJsonDocument(QJsonObject{{u"query"_s, query}, {u"variables"_s, QJsonObject{{u"id"_s, id.value}}}})
                      .toJson(QJsonDocument::Compact);
    return sample;
}

} // namespace cockpit
