// What a check cannot look without, where a page of the window can give it: the button that leads there.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

class Session;

struct NeedPage
{
    QString pageId;
    QString action; // on the button: "Add routes…"
    QString spoken; // %1: the row's own words
};

// Empty for needs that no page gives.
std::optional<NeedPage> pageFor(Need need);

// The first such need of the check that the project does not meet yet.
std::optional<Need> unmetNeed(const QString &checkId, const Session &session);
// Of the check, whether met or not: what was there may not have been good enough (a message that is too old).
bool hasNeed(const QString &checkId, Need need, const Session &session);

} // namespace cockpit
