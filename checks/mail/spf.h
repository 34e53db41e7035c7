// mail.spf: one valid SPF record names every service that sends for the domain (RFC 7208).
// observed: status, record, lookups, void_lookups, error (cli.md), includes[].
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/spftree.h"

namespace cockpit {

Check spfCheck();

SpfStatus spfStatusOf(const SpfTree &tree);

// senders: domains that the detected mail providers want included, for the record to paste when there is none.
Judged judgeSpf(const SpfTree &tree, const QStringList &senders);

} // namespace cockpit
