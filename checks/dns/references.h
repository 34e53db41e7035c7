// Where the records and pages of a domain lead: every name of somebody else that the product rests on, and what is
// there today.
#pragma once

#include "checks/dns/domainhold.h"
#include "checks/dns/foundnames.h"
#include "checks/dns/takeoverservices.h"
#include "checks/engine/observations.h"
#include "models/target.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class ReferenceKind { Alias, NameServer, MailServer, Spf, Report, Script };
QString toWord(ReferenceKind kind); // "cname", "ns", "mx", "spf", "dmarc", "script"

struct Reference
{
    ReferenceKind kind = ReferenceKind::Alias;
    QString from;     // the name whose record it is
    QString target;   // as published; of an alias, where its chain ends
    QStringList hops; // of aliases: those of the name itself, or those behind the target, where nothing is
    QString via;      // as written: "include:gone.example", "rua=mailto:x@gone.example", "*.cdn.example"; may be empty
    QString askedAs;

    bool operator==(const Reference &) const = default;
};

enum class ReferenceState {
    Fine,
    MissingName, // NXDOMAIN at the end
    NoSuchSite,  // the service says that it has no such site
    ZoneRefused, // the name server does not know the zone that it is in charge of, or has only one above
    Unclear,
};
QString toWord(ReferenceState state);

struct SeenReference
{
    Reference reference;
    ReferenceState state = ReferenceState::Fine;
    std::optional<DomainHolding> holding;     // MissingName, outside the own domain
    const TakeoverService *service = nullptr; // of knownTakeoverServices()
    bool isOwnName = false;                   // the end is a name of the own domain
    bool isWholeZone = false;                 // ZoneRefused: by every server of the zone
    bool isWholeService = false;              // ZoneRefused: by every server that the zone has at that service
    QString why;                              // Unclear: a sentence; NoSuchSite: "HTTP 404 from http://…"
    std::vector<Evidence> evidence;
    QString aliasEnd = {}; // MissingName: where the target is an alias, the end of its chain

    // What does not exist, when something does not.
    QString end() const { return aliasEnd.isEmpty() ? reference.target : aliasEnd; }
};

struct SeenReferences
{
    std::vector<SeenReference> references;
    QStringList problems; // records that could not be read, so that nobody knows where they lead: a sentence each
    // Of which not everything was read; aliases aside, which are read name by name.
    std::vector<ReferenceKind> incomplete = {};
};

// Everything is asked through `seen`; blocking. A reference whose end could not be looked at is Unclear.
SeenReferences lookAtReferences(const Target &target, const FoundNames &names, Observations &seen);

} // namespace cockpit
