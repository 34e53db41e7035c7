// What both tenants of the shop have at the start.
#pragma once

#include "app/practice/shop/shopstate.h"

namespace cockpit::shop {

void addFirstRecords(Store &store); // needs the accounts

} // namespace cockpit::shop
