// The services beside the product's own hosts that a check may ask.
#pragma once

#include <QStringList>

namespace cockpit {

// Each gets one question which changes nothing, where the product is built on it (ActiveErrand::Vendor): A-labels.
const QStringList &vendorHosts();

} // namespace cockpit
