// DNS records that a person accepted as right, and what was seen since.
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace cockpit {

struct CheckResult;

// Two looks at one resolver agree when they are this far apart: within a minute they may be one answer from its memory
// (facts: debounce).
inline constexpr std::chrono::seconds kSightingsAgreeAfter{60};
// How often the accepted records are looked at again, until somebody says otherwise.
inline constexpr std::chrono::seconds kUsualRecordWatch{std::chrono::hours(1)};

// All records of one kind at one name, in a form that can be compared: sorted, masked, without TTL. No values: there
// are no such records.
struct DnsRecordSet
{
    QString name;
    QString type; // "MX", "TXT", …; "address": where visitors of a host are led
    QStringList values;

    bool operator==(const DnsRecordSet &) const = default;
};

struct DnsBaseline
{
    QString domain; // of the target that it was accepted for
    QDateTime acceptedAt;
    std::vector<DnsRecordSet> sets; // only those that could be looked at then

    bool operator==(const DnsBaseline &) const = default;
};

// A set that differs from the baseline, and when it was first seen so.
struct DnsSighting
{
    DnsRecordSet set;
    QDateTime firstSeen;

    bool operator==(const DnsSighting &) const = default;
};

// What dns.drift knows from before.
struct DnsHistory
{
    std::optional<DnsBaseline> baseline;
    std::vector<DnsSighting> sightings; // of the last look
    QStringList dkimSelectors;          // that mail.dkim found keys at

    bool operator==(const DnsHistory &) const = default;
};

QJsonArray toJson(const std::vector<DnsRecordSet> &sets);
// Empty when it is not of that form.
std::optional<std::vector<DnsRecordSet>> recordSetsFromJson(const QJsonArray &array);
QJsonArray toJson(const std::vector<DnsSighting> &sightings);

// What a result of dns.drift holds: the records that it could look at, and the sightings.
std::vector<DnsRecordSet> recordSetsSeen(const CheckResult &drift);
std::vector<DnsSighting> sightingsIn(const CheckResult &drift);

// What accepting a look at the domain leaves: what it saw, and of what it could not read this time, what was accepted
// before for the same domain. Empty when it saw nothing.
std::vector<DnsRecordSet> acceptedSets(const std::optional<DnsBaseline> &before, const CheckResult &drift,
                                       const QString &domain);

} // namespace cockpit
