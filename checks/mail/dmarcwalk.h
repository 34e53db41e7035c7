// Finding the DMARC record that counts for a domain, by the tree walk of RFC 9989 section 4.10 and, beside it, by the
// public suffix list of RFC 7489 section 6.6.3.
#pragma once

#include "checks/mail/dmarcrecord.h"
#include "checks/net/dnsclient.h"

#include <vector>

namespace cockpit {

class Observations;

enum class DmarcLevelState { Nothing, Valid, Invalid, Multiple, DnsFailure };

// What stands at _dmarc.<domain>.
struct DmarcLevel
{
    QString domain;
    DmarcLevelState state = DmarcLevelState::Nothing;
    std::vector<QByteArray> texts;        // those that start with v=DMARC1
    std::optional<DmarcRecord> record;    // Valid
    std::optional<DmarcRecord> oldRecord; // as RFC 7489 receivers read it; empty when they do not use it
    QString problem;                      // Invalid: why
    QByteArray nearMiss;                  // a text that was surely meant as one
    QByteArray spf;                       // an SPF record that strayed here
    QString alias;                        // where a CNAME leads, when nothing is there
};

DmarcLevel readDmarcLevel(const QString &domain, const DnsAnswer &answer);

// The names whose _dmarc is asked for, longest first, at most eight: names of eight labels and more are cut to seven.
QStringList dmarcWalkNames(const QString &domain);

// What is asked for the domain: one question for each of its dmarcWalkNames(), in that order.
std::vector<DnsLookup> dmarcQuestions(const QString &domain);
// Their answers; those that did not come are failures. Blocks while it asks.
std::vector<DmarcLevel> askForLevels(const QString &domain, Observations &seen);

struct DmarcDiscovery
{
    QString organizationalDomain;
    const DmarcLevel *level = nullptr; // whose record counts; null when there is none
    bool isInherited = false;          // the record stands above the domain
};

// levels: in the order of dmarcWalkNames(), the domain itself first.
DmarcDiscovery discoverByTreeWalk(const std::vector<DmarcLevel> &levels);
// The level whose answer would have decided, had it come; null when what was found stands. publicSuffixDomain: the
// registrable domain.
const DmarcLevel *undecidedLevel(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain);
// For a subdomain of the domain that has no record of its own: the level is always one of those given, or null.
DmarcDiscovery discoverBelow(const std::vector<DmarcLevel> &levels);
// Of the level found, oldRecord is what counts. publicSuffixDomain: the registrable domain; its level is among those
// given, if it is above the domain.
DmarcDiscovery discoverBySuffixList(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain);

} // namespace cockpit
