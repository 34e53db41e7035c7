// The launch gate as data: the roadmap's minimum bar, line by line, each with its state. Pure.
#pragma once

#include "models/itemstate.h"
#include "models/risk.h"
#include "models/roadmap.h"

#include <functional>

namespace cockpit {

struct GateLine
{
    QString itemId;
    QString text;
    ItemState state = ItemState::NotLookedAt;
    QString note;      // the state's word, and what it rests on
    QString findingId; // the worst open one of its checks; empty: none

    bool operator==(const GateLine &) const = default;
};

using StatusOf = std::function<ItemStatus(const Item &)>;

// risks: worst first.
std::vector<GateLine> gateLines(const Roadmap &roadmap, const StatusOf &statusOf, const std::vector<Risk> &risks = {});

// "9 of 13 hold"
QString gateCount(const std::vector<GateLine> &lines);

} // namespace cockpit
