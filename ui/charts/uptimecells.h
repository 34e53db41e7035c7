// A monitor's window of time cut into equal cells, for the uptime strip. Pure.
#pragma once

#include "models/monitoring.h"

#include <QDateTime>

#include <chrono>
#include <span>
#include <vector>

namespace cockpit {

enum class CellState { Up, Down, Unknown };

struct UptimeCell
{
    CellState state = CellState::Unknown; // Down as soon as any of it was down
    std::chrono::milliseconds down{0};

    bool operator==(const UptimeCell &) const = default;
};

std::vector<UptimeCell> uptimeCells(std::span<const Sample> samplesByTime, std::chrono::seconds interval,
                                    const QDateTime &from, const QDateTime &to, int count);

} // namespace cockpit
