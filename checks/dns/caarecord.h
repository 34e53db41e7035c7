// CAA records: who may issue certificates for a name (RFC 8659, RFC 8657).
#pragma once

#include "checks/net/dnsclient.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct CaaRecord
{
    bool isCritical = false; // an authority that does not know the tag must not issue
    QString tag;             // lower case: "issue", "issuewild", "iodef", …
    QString value;           // as published
    QString issuer;          // issue, issuewild: the authority's domain, lower case; empty forbids all
    QStringList parameters;  // issue, issuewild: "accounturi=https://…"
    bool isValid = true;     // issue, issuewild: the value has the form of section 4.2

    bool operator==(const CaaRecord &) const = default;
};

// rdata in presentation form, "0 issue \"letsencrypt.org\""; empty for what is no CAA rdata.
std::optional<CaaRecord> parseCaa(const QString &presentation);

// The names whose CAA records count for a host, the host first (section 3). The root has none.
QStringList caaClimb(const QString &host);

// A set of records at one name.
struct CaaSet
{
    QString name;
    std::vector<CaaRecord> records;

    // The authorities that may issue, by domain; empty list: none may. No value: there is no rule, so all may.
    // A record of the wrong form names nobody, as section 4.2 wants.
    std::optional<QStringList> issuersFor(bool isWildcard) const;
    bool operator==(const CaaSet &) const = default;
};
CaaSet readCaaSet(const QString &name, const DnsAnswer &answer);

} // namespace cockpit
