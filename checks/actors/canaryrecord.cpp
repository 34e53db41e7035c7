#include "checks/actors/canaryrecord.h"

#include "checks/actors/idnames.h"
#include "checks/actors/likeness.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/signin.h"
#include "models/routes/pathtemplate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 64;

QString plainValue(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toInteger(-1) >= 0 ? QString::number(value.toInteger()) : QString();
    return value.toString();
}

// The id that a record calls its own.
QString ownIdOf(const QJsonObject &object, const QString &resource)
{
    QString id;
    for (const QLatin1StringView name : {"id"_L1, "_id"_L1, "uuid"_L1, "guid"_L1, "ID"_L1}) {
        id = plainValue(object.value(name));
        if (!id.isEmpty())
            return id;
    }
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (isIdName(it.key()) && !resource.isEmpty() && resourceOfName(it.key()) == resource)
            return plainValue(it.value());
    }
    for (const QLatin1StringView name : {"slug"_L1, "key"_L1, "handle"_L1}) {
        id = plainValue(object.value(name));
        if (!id.isEmpty())
            return id;
    }
    return {};
}

struct Around
{
    QJsonObject object;
    QString name; // of the member that it is; empty at the top
};

// The objects around the text, the innermost last. Empty when it is nowhere.
std::vector<Around> objectsAround(const QJsonValue &value, const QString &text, const QString &name = {}, int depth = 0)
{
    if (depth > kDeepest)
        return {};
    if (value.isArray()) {
        for (const QJsonValue one : value.toArray()) {
            if (auto around = objectsAround(one, text, name, depth + 1); !around.empty())
                return around;
        }
        return {};
    }
    const QJsonObject object = value.toObject();
    for (const QJsonValue one : object) {
        if (one.toString().contains(text))
            return {{object, name}};
    }
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (auto around = objectsAround(it.value(), text, it.key(), depth + 1); !around.empty()) {
            around.insert(around.begin(), {object, name});
            return around;
        }
    }
    return {};
}

// A part of a record that is named apart from its id (JSON:API, section 7.2), and no record of its own.
bool isPartName(const QString &name)
{
    return name == "attributes"_L1 || name == "fields"_L1 || name == "properties"_L1;
}

// What an answer without the text is about: {"id": 17} or {"data": {"id": 17}}; never one of a list.
std::vector<Around> onlyObject(const QJsonValue &value)
{
    std::vector<Around> around;
    QJsonValue at = value;
    while (at.isObject() && around.size() < kDeepest) {
        const QJsonObject object = at.toObject();
        around.push_back({object, {}});
        const bool isWrapper = object.size() <= 3;
        const auto inner =
            std::find_if(object.begin(), object.end(), [](const QJsonValue &one) { return one.isObject(); });
        at = isWrapper && inner != object.end() ? QJsonValue(*inner) : QJsonValue();
    }
    return around;
}

QString idInLocation(const HttpResponse &answer, const QString &pathTemplate)
{
    const auto location = answer.header("location");
    if (!location)
        return {};
    Route route;
    route.path = pathTemplate;
    route.seen = answer.url.resolved(QUrl(QString::fromUtf8(*location))).path(QUrl::FullyEncoded);
    const QStringList ids = seenIdsOf(route);
    return ids.isEmpty() ? QString() : ids.last();
}

void addPlaces(const QJsonValue &value, const QString &id, const QString &path, QStringList &places, int depth = 0)
{
    if (value.isObject() && depth < kDeepest) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            addPlaces(it.value(), id, path + u'/' + it.key(), places, depth + 1);
    } else if (plainValue(value) == id) {
        places.append(path);
    }
}

} // namespace

QStringList placesOfId(const HttpResponse &answer, const QString &id, const QString &pathTemplate)
{
    QStringList places;
    if (id.isEmpty())
        return places;
    if (const auto json = jsonOf(answer))
        addPlaces(*json, id, {}, places);
    if (idInLocation(answer, pathTemplate) == id)
        places.append(u"location"_s);
    return places;
}

bool isNamedAsBefore(const HttpResponse &good, const QString &goodId, const HttpResponse &answer, const QString &id,
                     const QString &pathTemplate)
{
    if (goodId == id || good.status != answer.status)
        return false;
    bool isNumber = false;
    const qint64 number = id.toLongLong(&isNumber);
    // Some answer with what was there already, which only a status or a higher number rules out.
    if (isNumber ? number < goodId.toLongLong() : answer.status == 200)
        return false;
    const QStringList before = placesOfId(good, goodId, pathTemplate);
    const QStringList now = placesOfId(answer, id, pathTemplate);
    return std::ranges::any_of(now, [&](const QString &place) { return before.contains(place); });
}

bool isSentToLogin(const HttpResponse &answer)
{
    return answer.status >= 300 && answer.status < 400 && looksSignedOut(answer);
}

bool mayExist(const Result<HttpResponse> &created)
{
    if (created)
        return !isSentToLogin(*created) && (created->status < 400 || created->status >= 500);
    const ErrorKind kind = created.error().kind;
    return kind == ErrorKind::TimedOut || kind == ErrorKind::Protocol || kind == ErrorKind::TooLarge ||
           kind == ErrorKind::Cancelled;
}

RecordFound recordIn(const HttpResponse &answer, const QString &text, const QString &pathTemplate,
                     const QString &resource)
{
    RecordFound found;
    const auto json = jsonOf(answer);
    std::vector<Around> around = json ? objectsAround(*json, text) : std::vector<Around>();
    bool isRecord = !around.empty();
    if (around.empty() && json)
        around = onlyObject(*json);
    // The innermost that has an id: the text may stand in a part of the record.
    for (auto it = around.rbegin(); it != around.rend() && found.id.isEmpty(); ++it) {
        found.id = ownIdOf(it->object, resource);
        found.isBesideText = isRecord && !found.id.isEmpty();
        isRecord = isRecord && isPartName(it->name);
        if (found.id.isEmpty())
            continue;
        HttpResponse record;
        record.url = answer.url;
        record.body = QJsonDocument(it->object).toJson(QJsonDocument::Compact);
        found.ids = harvestIds(record, resource);
    }
    if (found.id.isEmpty()) {
        found.id = idInLocation(answer, pathTemplate);
        if (const auto kind = idKindOf(found.id))
            found.ids = {{found.id, *kind, IdPlace::Header, u"location"_s, resource}};
    }
    return found;
}

} // namespace cockpit
