#include "checks/actors/writeanswer.h"

#include "checks/actors/formvalues.h"
#include "checks/actors/likeness.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Of one's own account: a changed address or password would lock the test account out.
bool isCredential(const QString &name)
{
    static const QStringList names{u"email"_s, u"mail"_s,  u"username"_s, u"user_name"_s,
                                   u"login"_s, u"phone"_s, u"mobile"_s};
    return names.contains(name.toLower()) || name.contains("password"_L1, Qt::CaseInsensitive);
}

} // namespace

std::optional<QJsonValue> memberIn(const HttpResponse &answer, const QString &name)
{
    constexpr int kDeepest = 4;
    const auto json = jsonOf(answer);
    std::vector<QJsonObject> level;
    if (json && json->isObject())
        level.push_back(json->toObject());
    for (int depth = 0; depth < kDeepest && !level.empty(); ++depth) {
        std::vector<QJsonObject> below;
        for (const QJsonObject &object : level) {
            if (object.contains(name))
                return object.value(name);
            for (const QJsonValue value : object) {
                if (value.isObject())
                    below.push_back(value.toObject());
            }
        }
        level = std::move(below);
    }
    return std::nullopt;
}

namespace {

bool isRecord(const QJsonObject &object, const QString &id, const QString &text)
{
    const QJsonValue own = object.value("id"_L1);
    const bool hasId = own.isDouble() ? QString::number(own.toInteger()) == id : own.toString() == id;
    const auto holdsText = [&](const QJsonValue &value) { return value.toString().contains(text); };
    return (hasId && !id.isEmpty()) || (!text.isEmpty() && std::any_of(object.begin(), object.end(), holdsText));
}

std::optional<QJsonObject> findRecord(const QJsonValue &value, const QString &id, const QString &text, int depth)
{
    constexpr int kDeepest = 8;
    if (depth > kDeepest)
        return std::nullopt;
    for (const QJsonValue one : value.toArray()) {
        if (auto found = findRecord(one, id, text, depth + 1))
            return found;
    }
    const QJsonObject object = value.toObject();
    for (const QJsonValue one : object) {
        if (auto found = one.isArray() || one.isObject() ? findRecord(one, id, text, depth + 1) : std::nullopt)
            return found;
    }
    return isRecord(object, id, text) ? std::optional(object) : std::nullopt;
}

} // namespace

std::optional<HttpResponse> recordInList(const HttpResponse &list, const QString &id, const QString &text)
{
    const auto json = jsonOf(list);
    const auto record = json ? findRecord(*json, id, text, 0) : std::nullopt;
    if (!record)
        return std::nullopt;
    HttpResponse alone = list;
    alone.body = QJsonDocument(*record).toJson(QJsonDocument::Compact);
    return alone;
}

bool saysNo(const HttpResponse &answer)
{
    const auto json = jsonOf(answer);
    if (!json || !json->isObject())
        return false;
    const QJsonObject object = json->toObject();
    const auto isSet = [&](QLatin1StringView name) {
        const QJsonValue value = object.value(name);
        return value.isString() ? !value.toString().isEmpty()
                                : value.isObject() || (value.isArray() && !value.toArray().isEmpty());
    };
    const auto isOff = [&](QLatin1StringView name) {
        return object.contains(name) && object.value(name) == QJsonValue(false);
    };
    const QString status = object.value("status"_L1).toString().toLower();
    return isSet("error"_L1) || isSet("errors"_L1) || isOff("success"_L1) || isOff("ok"_L1) || status == "error"_L1 ||
           status == "fail"_L1;
}

// The members of the body that the answer shows, with the values that it shows.
QByteArray currentJson(const QByteArray &body, const HttpResponse &shown)
{
    QJsonObject current;
    const QJsonObject sample = QJsonDocument::fromJson(body).object();
    for (auto it = sample.begin(); it != sample.end(); ++it) {
        const auto value = memberIn(shown, it.key());
        if (value && !isCredential(it.key()) && !value->isNull())
            current.insert(it.key(), *value);
    }
    return current.isEmpty() ? QByteArray() : QJsonDocument(current).toJson(QJsonDocument::Compact);
}

QByteArray currentForm(const QByteArray &body, const HttpResponse &shown)
{
    FormValues current;
    const FormValues onPage = inputsIn(shown.body);
    for (const FormValue &one : formValuesOf(body)) {
        const auto it = std::ranges::find(onPage, one.name, &FormValue::name);
        if (it != onPage.end() && !it->value.isEmpty() && !isCredential(one.name))
            current.push_back(*it);
    }
    return formBodyOf(current);
}

} // namespace cockpit
