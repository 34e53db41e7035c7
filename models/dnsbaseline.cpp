#include "models/dnsbaseline.h"

#include "models/checkresult.h"
#include "models/jsonfields.h"

#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const DnsRecordSet &set)
{
    return {{u"name"_s, set.name}, {u"type"_s, set.type}, {u"values"_s, QJsonArray::fromStringList(set.values)}};
}

std::optional<DnsRecordSet> recordSetFromJson(const QJsonValue &value)
{
    DnsRecordSet set{value["name"_L1].toString(), value["type"_L1].toString(), json::strings(value["values"_L1])};
    if (set.name.isEmpty() || set.type.isEmpty() || !value["values"_L1].isArray())
        return std::nullopt;
    return set;
}

const DnsRecordSet *sameSet(const std::vector<DnsRecordSet> &sets, const QJsonValue &record)
{
    const auto it = std::ranges::find_if(sets, [&](const DnsRecordSet &set) {
        return set.name == record["name"_L1].toString() && set.type == record["type"_L1].toString();
    });
    return it == sets.end() ? nullptr : &*it;
}

} // namespace

QJsonArray toJson(const std::vector<DnsRecordSet> &sets)
{
    QJsonArray array;
    for (const DnsRecordSet &set : sets)
        array.append(toJson(set));
    return array;
}

std::optional<std::vector<DnsRecordSet>> recordSetsFromJson(const QJsonArray &array)
{
    std::vector<DnsRecordSet> sets;
    for (const QJsonValue value : array) {
        auto set = recordSetFromJson(value);
        if (!set)
            return std::nullopt;
        sets.push_back(std::move(*set));
    }
    return sets;
}

QJsonArray toJson(const std::vector<DnsSighting> &sightings)
{
    QJsonArray array;
    for (const DnsSighting &sighting : sightings) {
        QJsonObject object = toJson(sighting.set);
        object.insert(u"first_seen"_s, sighting.firstSeen.toString(Qt::ISODate));
        array.append(object);
    }
    return array;
}

std::vector<DnsRecordSet> recordSetsSeen(const CheckResult &drift)
{
    std::vector<DnsRecordSet> sets;
    const QJsonArray records = drift.observed.value("records"_L1).toArray();
    for (const QJsonValue value : records) {
        if (auto set = recordSetFromJson(value)) // without values: could not be looked at
            sets.push_back(std::move(*set));
    }
    return sets;
}

std::vector<DnsSighting> sightingsIn(const CheckResult &drift)
{
    std::vector<DnsSighting> sightings;
    const QJsonArray seen = drift.observed.value("sightings"_L1).toArray();
    for (const QJsonValue value : seen) {
        const QDateTime firstSeen = QDateTime::fromString(value["first_seen"_L1].toString(), Qt::ISODate);
        auto set = recordSetFromJson(value);
        if (set && firstSeen.isValid())
            sightings.push_back({std::move(*set), firstSeen});
    }
    return sightings;
}

std::vector<DnsRecordSet> acceptedSets(const std::optional<DnsBaseline> &before, const CheckResult &drift,
                                       const QString &domain)
{
    std::vector<DnsRecordSet> sets;
    if (recordSetsSeen(drift).empty())
        return sets;
    const bool isSameDomain = before && before->domain == domain;
    const QJsonArray records = drift.observed.value("records"_L1).toArray();
    for (const QJsonValue value : records) {
        if (auto seen = recordSetFromJson(value))
            sets.push_back(std::move(*seen));
        else if (const DnsRecordSet *kept = isSameDomain ? sameSet(before->sets, value) : nullptr)
            sets.push_back(*kept);
    }
    return sets;
}

} // namespace cockpit
