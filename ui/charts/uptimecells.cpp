#include "ui/charts/uptimecells.h"

#include <algorithm>

namespace cockpit {

namespace {

UptimeCell cellOf(const Uptime &uptime)
{
    if (uptime.down.count() > 0)
        return {CellState::Down, uptime.down};
    return {uptime.up.count() > 0 ? CellState::Up : CellState::Unknown, {}};
}

} // namespace

std::vector<UptimeCell> uptimeCells(std::span<const Sample> samplesByTime, std::chrono::seconds interval,
                                    const QDateTime &from, const QDateTime &to, int count)
{
    std::vector<UptimeCell> cells;
    cells.reserve(static_cast<std::size_t>(count));
    const qint64 span = from.msecsTo(to);
    auto first = samplesByTime.begin();
    for (int i = 0; i < count; ++i) {
        const QDateTime start = from.addMSecs(span * i / count);
        const QDateTime end = from.addMSecs(span * (i + 1) / count);
        const auto last =
            std::find_if(first, samplesByTime.end(), [&](const Sample &sample) { return sample.at >= end; });
        cells.push_back(cellOf(uptimeOf(std::span<const Sample>(first, last), interval, start, end)));
        // The state of the last sample still holds at the start of the next cell.
        first = last == first ? first : std::prev(last);
    }
    return cells;
}

} // namespace cockpit
