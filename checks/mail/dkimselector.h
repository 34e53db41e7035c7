// What is published at one selector, read by itself.
#pragma once

#include "checks/mail/dkim.h"

namespace cockpit {

struct DkimSelectorSeen
{
    QString name;
    QString status; // words of cli.md
    DkimKey key;
    bool fromUser = false;
    QString deadAlias; // where the selector's CNAME leads, when nothing is there
};

// The texts of an answer in a fixed order; none of a failure.
std::vector<QByteArray> dkimTextsOf(const Result<DnsAnswer> &answer);

// wildcard: what a name answers that nobody gave to a key.
DkimSelectorSeen readDkimSelector(const DkimSelector &selector, const std::vector<QByteArray> &wildcard);

} // namespace cockpit
