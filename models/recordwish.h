// What somebody wants of a domain's mail records, what stands there today, and who has a change already: the values
// between the screens and the record generators.
#pragma once

#include "models/dmarcpolicy.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct SpfWish
{
    QStringList add = {};    // domains to include
    QStringList remove = {}; // domains whose include (or redirect) goes
    QString ending = {};     // "~all", "-all"; empty: as it is, or "~all" where it protects nothing

    bool operator==(const SpfWish &) const = default;
};

struct DmarcWish
{
    DmarcPolicy policy = DmarcPolicy::None;
    bool isTest = false;                                                // t=y
    std::optional<DmarcPolicy> subdomainPolicy = {};                    // empty: as it is
    std::optional<DmarcPolicy> nonexistentPolicy = DmarcPolicy::Reject; // empty: not said
    QStringList reports = {};                                           // addresses; empty: those of today's record

    bool operator==(const DmarcWish &) const = default;
};

struct DkimWish
{
    QString selector = {}; // "s1", or the whole name; empty: the one in the pasted text
    QString pasted = {};   // TXT value, CNAME target, zone file line, or the key alone

    bool operator==(const DkimWish &) const = default;
};

struct RecordsToday
{
    QString domain;
    QStringList spf;        // texts at the domain that start with v=spf1
    QStringList dmarc;      // texts at _dmarc that are, or were meant as, a DMARC record
    QStringList spfDomains; // that the SPF record includes, as written
    QString dnsHost;        // provider id; empty: not recognised
    bool sendsNoMail = false;
    // The DMARC record at the domain itself, when it is usable.
    std::optional<DmarcPolicy> policy;
    bool isTest = false;
    bool refusesMadeUp = false;
    QStringList reports;

    bool operator==(const RecordsToday &) const = default;
};

// What stands at one name: the texts that receivers find there, and the alias that leads them to those.
struct NameToday
{
    QStringList texts = {};
    QString alias = {}; // target of the CNAME at the name itself; empty: there is none

    bool operator==(const NameToday &) const = default;
};

// What an SPF record costs a receiver, with all that it includes (RFC 7208 section 4.6.4).
struct SpfBudget
{
    struct Line
    {
        int depth = 0;
        QString domain;
        int lookups = 0; // of this record alone

        bool operator==(const Line &) const = default;
    };

    int lookups = 0;
    int limit = 10;
    int voidLookups = 0;
    std::vector<Line> lines; // the record first, then what it includes

    // The next service or two would break mail.
    static constexpr int kNearLimit = 8;
    // Large receivers give up after two parts that lead nowhere (RFC 7208 section 4.6.4).
    static constexpr int kVoidLimit = 2;

    bool isOver() const { return lookups > limit; }
    bool isNearLimit() const { return !isOver() && lookups >= kNearLimit; }
    bool hasTooManyVoids() const { return voidLookups > kVoidLimit; }

    bool operator==(const SpfBudget &) const = default;
};

struct WantedRecord
{
    QString domain; // of the zone
    QString name;   // full
    QString type;   // TXT, CNAME
    QString value;

    bool operator==(const WantedRecord &) const = default;
};

// What one authoritative server says about a wanted record.
enum class OwnerState {
    HasIt,
    HasOther, // something else, or something else beside it
    HasNothing,
    Failed // no answer, or one of a server that is not in charge
};

struct OwnerAnswer
{
    QString server;  // its name
    QString address; // "192.0.2.53:53"; empty: it has none
    OwnerState state = OwnerState::Failed;
    QString seen; // HasOther: the text; Failed: a sentence

    bool operator==(const OwnerAnswer &) const = default;
};

} // namespace cockpit
