// The row of figures on top of the Monitoring page, as text. Pure.
#pragma once

#include "ui/monitoring/figures.h"
#include "ui/theme/tokens.h"

namespace cockpit {

struct SummaryCard
{
    QString id; // stable, for object names
    QString title;
    QString value;
    QString note;
    Tone tone = Tone::Neutral; // of the value; the value says the same in words

    bool operator==(const SummaryCard &) const = default;
};

// targetMs: the roadmap's p95 limit, when it states one.
std::vector<SummaryCard> summaryCards(const MonitoringFigures &figures, std::optional<int> targetMs);

} // namespace cockpit
