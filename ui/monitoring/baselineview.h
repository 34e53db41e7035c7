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
    QString looks;                     // when it was looked at last, and when it will be next; empty: nothing accepted
    bool canChoose = false;            // how often, which is:
    std::chrono::seconds interval{0};

    bool operator==(const BaselineView &) const = default;
};

// next: when the program will look by itself (Session::nextRecordLook()).
BaselineView baselineView(const ProjectState &project, const QDateTime &next = {}, const QDateTime &now = {});

QString recordWatchLabel(std::chrono::seconds interval); // "Every hour"

} // namespace cockpit
