// Addresses in code for browsers that only work on one's own machine or network.
#pragma once

#include "checks/exposure/webkeys.h"

namespace cockpit {

// Adds those of private networks, and passwords in addresses of databases on the own machine, unless they are of the
// kind that every developer has there ("postgres:postgres@localhost").
void addLocalAddresses(const QByteArray &text, const QByteArray &fingerprintKey, KeySearch &search);

} // namespace cockpit
