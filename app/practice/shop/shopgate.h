// The shop's front gate: which route an address means, who is asking, and whether they may.
#pragma once

#include "app/practice/shop/shopcall.h"

#include <optional>

namespace cockpit::shop {

struct FoundRoute
{
    const ShopRoute *route = nullptr; // null: nothing there
    QStringList holes = {};
    bool isPastTheRules = false;     // a fault led here without a rule
    QByteArrayList methods = {};     // that the path has, when not this one
    const ShopRoute *rule = nullptr; // whose rule is asked, when it is another's
};

FoundRoute findRoute(const ShopState &shop, const PageRequest &request);
// Whoever the token in the request says; nobody without a token that is taken.
Caller callerOf(ShopState &shop, const PageRequest &request);
// Puts the caller into the call, or says why not.
std::optional<PageReply> refuse(Call &call, const FoundRoute &found);
// Reads the body into the call as the route takes it, or says why not.
std::optional<PageReply> refuseBody(Call &call, const ShopRoute &route);
QByteArray cookieOf(const PageRequest &request, const QByteArray &name);

} // namespace cockpit::shop
