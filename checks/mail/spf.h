// mail.spf: one valid SPF record names every service that sends for the domain (RFC 7208).
// observed: status, record, lookups, void_lookups, error (cli.md), includes[], senders[{name, via, address,
// result, lookups}], not_seen (models/unseen.h).
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/spfsenders.h"
#include "checks/mail/spftree.h"

namespace cockpit {

Check spfCheck();

SpfStatus spfStatusOf(const SpfTree &tree);

// wanted: domains that the detected mail providers want included, for the record to paste when there is none.
// senders: what became of mail from each service that the record names.
Judged judgeSpf(const SpfTree &tree, const QStringList &wanted, const std::vector<SpfSenderLook> &senders = {});

} // namespace cockpit
