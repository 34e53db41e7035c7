// Services whose trade is mail to many, and what the large mailbox companies want of those who send a lot.
#pragma once

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "models/finding.h"

namespace cockpit {

// Names of the services that the SPF record in the answer lets send. Empty when there is none, or not exactly one that
// can be read.
QStringList bulkServicesIn(const Result<DnsAnswer> &txt);
QStringList bulkServicesIn(const QByteArray &spf);
// Of the services that send from a name of their own below the domain, which the domain's own SPF record need not name:
// by where their DKIM keys lead, by the SPF record at "send.", and by names like "em123." in what dns.inventory
// observed before (empty: it has not looked). Asks what mail.dkim asks, and one question more. Blocks while it asks.
QStringList bulkServicesBelow(const QString &domain, const QJsonObject &inventory, Observations &seen);

// With a sentence on the rules for bulk senders (Google and Yahoo since February 2024, Microsoft since May 2025) where
// a service that sends a lot is used; else as it was.
Finding withBulkRules(Finding finding, const QStringList &services);

} // namespace cockpit
