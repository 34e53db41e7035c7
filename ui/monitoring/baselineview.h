// What the Monitoring page says about the accepted DNS records, as plain data.
#pragma once

#include "models/projectstate.h"

#include <QString>
#include <QStringList>

namespace cockpit {

struct BaselineView
{
    QString status;                    // since when, and what the last look said
    Outcome outcome = Outcome::NotRun; // of the last look at these; not run: there was none
    QStringList differences;           // what changed, each with its effect; the worst first
    bool canAccept = false;            // a look has seen records, and they are not those that were accepted

    bool operator==(const BaselineView &) const = default;
};

BaselineView baselineView(const ProjectState &project);

} // namespace cockpit
