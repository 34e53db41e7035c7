// mail.dkim: sent mail can be signed: the DKIM keys are published and sound. From outside only a key under a known
// selector can be seen, so "none found" is a lead, unless the DNS says that there is nothing at all.
// observed: selectors[{selector, status, key_type, key_bits}] (cli.md), tried, wildcard, not_seen (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/dkimkey.h"
#include "checks/net/dnsclient.h"

namespace cockpit {

// Selectors to try: those the user gave, then those of the given providers, then the common ones.
QStringList dkimSelectorsFor(const QStringList &providerIds, const QStringList &fromUser);

struct DkimSelector
{
    QString name;
    bool fromUser = false;    // asked for by name: its absence is worth a word
    Result<DnsAnswer> answer; // TXT at <name>._domainkey.<domain>
};

struct DkimFacts
{
    QString domain;
    std::vector<DkimSelector> selectors;
    Result<DnsAnswer> parent; // TXT at _domainkey.<domain>: NXDOMAIN says that there is nothing below
    Result<DnsAnswer> random; // TXT at a random selector: what a wildcard answers, or a server's way of saying no
    Result<bool> sendsNoMail = false; // the domain says so itself: there is nothing to sign
};

Check dkimCheck();
Judged judgeDkim(const DkimFacts &facts);

} // namespace cockpit
