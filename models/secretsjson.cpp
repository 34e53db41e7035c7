// The stored form of the inventory.
#include "models/jsonfields.h"
#include "models/secretsinventory.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonValue fromDate(const QDate &date)
{
    return date.isValid() ? QJsonValue(date.toString(Qt::ISODate)) : QJsonValue();
}

QDate toDate(const QJsonValue &value)
{
    return QDate::fromString(value.toString(), Qt::ISODate);
}

QJsonArray fromEnvironments(const std::vector<Environment> &environments)
{
    QJsonArray words;
    for (const Environment environment : environments)
        words.append(toWord(environment));
    return words;
}

std::optional<std::vector<Environment>> toEnvironments(const QJsonArray &words)
{
    std::vector<Environment> environments;
    for (const QJsonValue word : words) {
        const auto known = environmentFromWord(word.toString());
        if (!known)
            return std::nullopt;
        environments.push_back(*known);
    }
    return environments;
}

QJsonArray fromRotation(const std::vector<StepDone> &rotation)
{
    QJsonArray steps;
    for (std::size_t i = 0; i < rotation.size() && i < kRotationSteps.size(); ++i) {
        const StepDone &done = rotation[i];
        steps.append(QJsonObject{{u"step"_s, toWord(kRotationSteps[i])},
                                 {u"on"_s, fromDate(done.on)},
                                 {u"by"_s, json::textOrNull(done.by)},
                                 {u"how"_s, json::textOrNull(done.how)}});
    }
    return steps;
}

// In their order, without gaps: what is said of a later step holds only with those before it.
std::optional<std::vector<StepDone>> toRotation(const QJsonArray &steps)
{
    std::vector<StepDone> rotation;
    for (const QJsonValue value : steps) {
        const auto step = rotationStepFromWord(value["step"_L1].toString());
        if (!step || rotation.size() >= kRotationSteps.size() || *step != kRotationSteps[rotation.size()])
            return std::nullopt;
        rotation.push_back({toDate(value["on"_L1]), value["by"_L1].toString(), value["how"_L1].toString()});
    }
    return rotation;
}

} // namespace

QJsonObject toJson(const SecretEntry &entry)
{
    return {{u"id"_s, entry.id},
            {u"name"_s, entry.name},
            {u"service"_s, json::textOrNull(entry.service)},
            {u"owner"_s, json::textOrNull(entry.owner)},
            {u"scope"_s, json::textOrNull(entry.scope)},
            {u"kept_in"_s, json::textOrNull(entry.keptIn)},
            {u"environments"_s, fromEnvironments(entry.environments)},
            {u"last_rotated"_s, fromDate(entry.lastRotated)},
            {u"rotate_every_days"_s, entry.rotateEveryDays},
            {u"next_due"_s, fromDate(entry.nextDue)},
            {u"exposed"_s, toWord(entry.exposure)},
            {u"exposed_on"_s, fromDate(entry.exposedOn)},
            {u"exposed_where"_s, json::textOrNull(entry.exposedWhere)},
            {u"exposed_by"_s, QJsonArray::fromStringList(entry.exposedBy)},
            {u"rights"_s, toWord(entry.rights)},
            {u"rights_by"_s, json::textOrNull(entry.rightsBy)},
            {u"rights_on"_s, fromDate(entry.rightsOn)},
            {u"rule"_s, json::textOrNull(entry.rule)},
            {u"fingerprint"_s, json::textOrNull(entry.fingerprint)},
            {u"dead_fingerprints"_s, QJsonArray::fromStringList(entry.deadFingerprints)},
            {u"rotation"_s, fromRotation(entry.rotation)}};
}

std::optional<SecretEntry> secretEntryFromJson(const QJsonObject &object)
{
    const auto exposure = exposureFromWord(object["exposed"_L1].toString());
    const auto rights = rightsFromWord(object["rights"_L1].toString());
    const auto environments = toEnvironments(object["environments"_L1].toArray());
    const auto rotation = toRotation(object["rotation"_L1].toArray());
    SecretEntry entry;
    entry.id = object["id"_L1].toString();
    entry.name = object["name"_L1].toString();
    if (!exposure || !rights || !environments || !rotation || entry.id.isEmpty() || entry.name.isEmpty())
        return std::nullopt;
    entry.service = object["service"_L1].toString();
    entry.owner = object["owner"_L1].toString();
    entry.scope = object["scope"_L1].toString();
    entry.keptIn = object["kept_in"_L1].toString();
    entry.environments = *environments;
    entry.lastRotated = toDate(object["last_rotated"_L1]);
    entry.rotateEveryDays = object["rotate_every_days"_L1].toInt();
    entry.nextDue = toDate(object["next_due"_L1]);
    entry.exposure = *exposure;
    entry.exposedOn = toDate(object["exposed_on"_L1]);
    entry.exposedWhere = object["exposed_where"_L1].toString();
    entry.exposedBy = json::strings(object["exposed_by"_L1]);
    entry.rights = *rights;
    entry.rightsBy = object["rights_by"_L1].toString();
    entry.rightsOn = toDate(object["rights_on"_L1]);
    entry.rule = object["rule"_L1].toString();
    entry.fingerprint = object["fingerprint"_L1].toString();
    entry.deadFingerprints = json::strings(object["dead_fingerprints"_L1]);
    entry.rotation = *rotation;
    return entry;
}

} // namespace cockpit
