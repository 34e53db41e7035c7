// The record sets that dns.drift compares: which questions make one, and how answers become values.
#pragma once

#include "checks/dns/drift.h"

namespace cockpit {

inline constexpr QLatin1StringView kAddressSet("address");

// NS, MX, TXT, CAA and DS of the domain, the TXT records of DMARC and of each known DKIM selector, and where each host
// leads.
std::vector<DriftLook> setsOf(const Target &target, const QStringList &dkimSelectors, const DnsHistory &known);

// One question, or two for an address.
std::vector<DnsLookup> questionsFor(const DriftLook &set);

// answers: to questionsFor(). own: the registrable domain of the target.
DriftLook readSet(DriftLook set, const std::vector<Result<DnsAnswer>> &answers, const QString &own);

// Texts as they were published: none of them was cut, or had something hidden, to be shown and stored.
bool areWhole(const QStringList &values);

// A set of addresses with the edge or platform in place of those that are its own, as readSet() has them; any other set
// as it is.
DnsRecordSet withEdgesNamed(DnsRecordSet set);

} // namespace cockpit
