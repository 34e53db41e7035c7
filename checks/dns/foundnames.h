// All names of a product that can be learnt from outside, asked for once and shared by the checks that look at names.
#pragma once

#include "checks/dns/wildcard.h"
#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "models/inventory.h"
#include "models/target.h"

#include <QStringList>

#include <vector>

namespace cockpit {

struct FoundName
{
    QString name;    // A-labels; "*.example.com" for what a wildcard leads to
    QString askedAs; // the name that was asked for: another one for the wildcard alone
    std::vector<NameSource> sources;
    Result<DnsAnswer> v4;
    std::optional<Result<DnsAnswer>> v6; // asked where the name has no A record

    QStringList aliasChain() const;
    bool hasAddress() const;
    // Why nobody knows where the name leads: a sentence. Empty when that is known, and be it nowhere.
    QString problem() const;
};

struct FoundNames
{
    std::vector<FoundName> names; // by source, the surest first
    QStringList notes;            // sources that could not be looked at, a sentence each
    bool hasWildcard = false;
    bool isCut = false;           // there were more than kMostFoundNames
    QStringList scriptHosts;      // of other companies, from which the pages load code; "*.cdn.example" in a policy
    bool setsWideCookies = false; // a page sets cookies for the domain and everything below it
    QStringList signInReturns;    // hosts that a sign-in service is told to send people back to
    std::vector<NameSource> incomplete = {}; // sources of which something is missing: a note says what
};

constexpr size_t kMostFoundNames = 400;

// listed: names that the person imported, A-labels.
struct FindNames
{
    using Answer = FoundNames;
    Target target;
    QStringList listed;
    QString key() const;
    int roundTrips() const { return 0; } // its questions ask
};
// No failure of its own: a source without an answer is a note.
[[nodiscard]] Result<FoundNames> probe(const FindNames &question, ProbeContext &context);

// What one source knows; the sources are asked side by side.
struct SourcedNames
{
    QStringList names = {}; // as they came; not all need be names of the target
    QStringList notes = {}; // what it could not look at, a sentence each
    QStringList scriptHosts = {};
    bool setsWideCookies = false;
    QStringList signInReturns = {};
};
struct NamesFromSource
{
    using Answer = SourcedNames;
    NameSource source = NameSource::Certificate;
    Target target;
    QString key() const;
    int roundTrips() const { return 0; } // its questions ask
};
[[nodiscard]] Result<SourcedNames> probe(const NamesFromSource &question, ProbeContext &context);

// A alone: most names have one. Who has none is asked for the other family.
void askForAddresses(std::vector<FoundName> &names, Observations &seen);

// The labels of the list that are names there, and no wildcard's echo.
bool isRealName(const FoundName &name, const MadeUpNames &madeUp);

} // namespace cockpit
