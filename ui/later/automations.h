// What the program can set up for one automation of the roadmap, what it does already, and what is not built yet. Pure.
#pragma once

#include "checks/engine/check.h"
#include "models/checkcatalog.h"
#include "models/roadmap.h"

namespace cockpit {

struct AutomationLine
{
    QString itemId;
    QString text;
    std::vector<Monitor> toAdd; // what the button sets up
    QStringList running;        // titles of checks that look already: watched, or part of every run
    QStringList notBuilt;       // titles of checks that nobody can switch on yet

    // Nothing left to set up, nothing missing.
    bool isComplete() const { return toAdd.empty() && notBuilt.isEmpty() && !running.isEmpty(); }
    QString note() const;
    bool operator==(const AutomationLine &) const = default;
};

AutomationLine automationLine(const Item &automation, const ProjectState &project, const CheckCatalog &catalog,
                              const CheckRegistry &registry);

} // namespace cockpit
