// Services whose trade is mail to many, and what the large mailbox companies want of those who send a lot.
#pragma once

#include "checks/net/dnsclient.h"
#include "models/finding.h"

namespace cockpit {

// Names of the services that the SPF record in the answer lets send. Empty when there is none, or not exactly one that
// can be read.
QStringList bulkServicesIn(const Result<DnsAnswer> &txt);
QStringList bulkServicesIn(const QByteArray &spf);

// With a sentence on the rules for bulk senders (Google and Yahoo since February 2024, Microsoft since May 2025) where
// a service that sends a lot is used; else as it was.
Finding withBulkRules(Finding finding, const QStringList &services);

} // namespace cockpit
