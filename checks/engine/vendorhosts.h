// The services beside the product's own hosts that a check may ask.
#pragma once

#include <QStringList>

namespace cockpit {

// Each gets one question which changes nothing, where the product is built on it (ActiveErrand::Vendor): A-labels.
const QStringList &vendorHosts();

// Where Convex keeps its customers' deployments, each at a name below: there the queries that the pages name are run,
// which hands out content, and so waits for the same leave.
const QString &queryVendor();

// One of these hosts, or one below queryVendor().
bool isVendorHost(const QString &host);

} // namespace cockpit
