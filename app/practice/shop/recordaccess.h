// Whose records a caller of the shop may have.
#pragma once

#include "app/practice/shop/collections.h"
#include "app/practice/shop/shopcall.h"

#include <optional>

namespace cockpit::shop {

// Of the call's route: "/api/customers/{id}".
const Collection &collectionOf(const Call &call);
bool isOwn(const Call &call, const Record &record);

constexpr int kAllTenants = 0;
// The tenant whose records a list shows; nothing when the request asks for one that is not the caller's.
std::optional<int> tenantFilter(const Call &call);
bool fits(int tenantFilter, const Record &record);

} // namespace cockpit::shop
