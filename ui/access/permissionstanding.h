// The permission to send test attacks, in the words of the banner.
#pragma once

#include "models/access/permission.h"
#include "ui/widgets/stateicon.h"

#include <QLocale>

namespace cockpit {

struct PermissionStanding
{
    StateShape shape = StateShape::NotRun;
    QString title;  // what holds
    QString note;   // why, how long and how much
    QString action; // the one thing to do next; empty when nothing has to be done

    bool operator==(const PermissionStanding &) const = default;
};

// domain: of the target, as it is shown to people.
PermissionStanding standingOf(const Permission &permission, PermissionState state, const QString &domain,
                              const QLocale &locale);

} // namespace cockpit
