#include "checks/access/crossingids.h"

#include "checks/actors/idnames.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 32;
constexpr int kMostValues = 10'000;
constexpr qint64 kBeyondAllRecords = 900'000'000;

bool namesTenant(const QString &resource)
{
    static const QStringList names{u"tenant"_s,    u"organization"_s, u"organisation"_s, u"org"_s,
                                   u"workspace"_s, u"company"_s,      u"team"_s,         u"account"_s};
    return names.contains(resource);
}

QString fieldOf(const FoundId &id)
{
    return id.where.section(u'/', -1);
}

// All values under that name; the place within the answer does not matter.
QStringList valuesOf(std::span<const FoundId> ids, const QString &field)
{
    QStringList values;
    for (const FoundId &id : ids) {
        if (fieldOf(id) == field && !values.contains(id.value))
            values.append(id.value);
    }
    return values;
}

QString largeNumber()
{
    return QString::number(kBeyondAllRecords + QRandomGenerator::system()->bounded(90'000'000));
}

QJsonValue likeBefore(const QJsonValue &before, const QString &id)
{
    bool isNumber = false;
    const qint64 number = id.toLongLong(&isNumber);
    return before.isDouble() && isNumber ? QJsonValue(number) : QJsonValue(id);
}

class IdsIn
{
public:
    explicit IdsIn(const IdsForBody &ids) : m_ids(ids) {}

    bool isChanged() const { return m_isChanged; }
    QJsonValue put(const QJsonValue &value, const QString &name, int depth);

private:
    std::optional<QString> idFor(const QString &name) const;
    QJsonValue listOf(const QJsonArray &before, const QString &id);

    const IdsForBody &m_ids;
    bool m_isChanged = false;
};

std::optional<QString> IdsIn::idFor(const QString &name) const
{
    const auto tenant = std::ranges::find(m_ids.tenants, name, &TenantSwitch::field);
    if (tenant != m_ids.tenants.end())
        return tenant->owners;
    if (!isIdName(name) || isNoIdName(name) || m_ids.id.isEmpty())
        return std::nullopt;
    const QString resource = resourceOfName(name);
    return resource.isEmpty() || resource == m_ids.resource ? std::optional(m_ids.id) : std::nullopt;
}

QJsonValue IdsIn::listOf(const QJsonArray &before, const QString &id)
{
    const QJsonValue like = before.isEmpty() ? QJsonValue(0) : before.first();
    QJsonArray both;
    if (!m_ids.ownId.isEmpty())
        both.append(likeBefore(like, m_ids.ownId));
    both.append(likeBefore(like, id));
    return both;
}

QJsonValue IdsIn::put(const QJsonValue &value, const QString &name, int depth)
{
    if (depth > kDeepest)
        return value;
    const bool isPlainList =
        value.isArray() && std::ranges::none_of(value.toArray(), [](const QJsonValue &one) { return one.isObject(); });
    if (!value.isObject() && (!value.isArray() || isPlainList)) {
        const auto id = idFor(name);
        if (!id)
            return value;
        m_isChanged = true;
        return isPlainList ? listOf(value.toArray(), *id) : likeBefore(value, *id);
    }
    if (value.isArray()) {
        QJsonArray list;
        for (const auto &one : value.toArray())
            list.append(put(one, name, depth + 1));
        return list;
    }
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = put(it.value(), it.key(), depth + 1);
    return object;
}

} // namespace

std::vector<TenantSwitch> tenantSwitches(std::span<const FoundId> owners, std::span<const FoundId> outsiders)
{
    std::vector<TenantSwitch> switches;
    for (const FoundId &id : owners) {
        const QString field = fieldOf(id);
        if (!namesTenant(resourceOfName(field)) ||
            std::ranges::find(switches, field, &TenantSwitch::field) != switches.end())
            continue;
        const QStringList mine = valuesOf(owners, field);
        const QStringList theirs = valuesOf(outsiders, field);
        if (mine.size() == 1 && theirs.size() == 1 && mine != theirs)
            switches.push_back({field, mine.first(), theirs.first()});
    }
    return switches;
}

QByteArray headerNameOf(const TenantSwitch &one)
{
    static const QRegularExpression capital(u"(?<=[a-z0-9])([A-Z])"_s);
    QString words = QString(one.field).replace(capital, u"-\\1"_s).replace(u'_', u'-').toLower();
    QByteArray name = "X";
    for (const QString &word : words.split(u'-', Qt::SkipEmptyParts))
        name += '-' + word.left(1).toUpper().toLatin1() + word.mid(1).toLatin1();
    return name;
}

QString inventedIdLike(const QString &id)
{
    const auto kind = idKindOf(id);
    if (!kind)
        return {};
    switch (*kind) {
    case IdKind::Integer:
        return largeNumber();
    case IdKind::Encoded:
        return encodedLike(id, largeNumber());
    case IdKind::UuidTime:
    case IdKind::UuidTimeRandom:
    case IdKind::UuidRandom:
    case IdKind::UuidName:
    case IdKind::UuidOther:
        return QUuid::createUuid().toString(QUuid::WithoutBraces);
    case IdKind::Slug:
        return u"no-such-record-"_s + largeNumber();
    case IdKind::ObjectId:
    case IdKind::Ulid:
    case IdKind::Numbered:
    case IdKind::Prefixed:
    case IdKind::Short:
    case IdKind::Token:
        return {};
    }
    Q_UNREACHABLE();
}

bool asksForIds(const QByteArray &json)
{
    std::vector<QJsonValue> todo{QJsonDocument::fromJson(json).object()};
    for (int looked = 0; !todo.empty() && looked < kMostValues; ++looked) {
        const QJsonValue value = todo.back();
        todo.pop_back();
        for (const auto &one : value.toArray())
            todo.push_back(one);
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (isIdName(it.key()) && !isNoIdName(it.key()))
                return true;
            todo.push_back(it.value());
        }
    }
    return false;
}

std::optional<QByteArray> bodyWithIds(const QByteArray &json, const IdsForBody &ids)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return std::nullopt;
    IdsIn places(ids);
    const QJsonValue changed = places.put(document.object(), {}, 0);
    if (!places.isChanged())
        return std::nullopt;
    return QJsonDocument(changed.toObject()).toJson(QJsonDocument::Compact);
}

} // namespace cockpit
