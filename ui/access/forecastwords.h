// How many requests the active checks may send, in words: for who agrees to them in the window or on the command line.
#pragma once

#include "checks/engine/plan.h"
#include "models/projectstate.h"

#include <QString>

#include <functional>
#include <vector>

namespace cockpit {

// What a person knows a check by: its title, whose full stop is left out here, or its id.
using NameOfCheck = std::function<QString(const QString &checkId)>;

// "Up to 812 requests in a run, 40 of them to sign in. What could hurt most comes first." Empty where nothing is sent.
QString mostRequestsText(const RequestForecast &forecast);
// "A run then takes up to 12 minutes, 6 of them to wait until limits end …": with `usual` beside what they take, at
// that pace. Rounded up to whole minutes. Empty where nothing is sent.
QString runTimeText(const RequestForecast &forecast, const ActiveBudget &budget, std::chrono::milliseconds usual);
// "Tenant isolation: up to 150" of each, in the order of spending; checks that share a number on one line. Then the
// others of these ids, without a number.
QStringList requestLines(const RequestForecast &forecast, const NameOfCheck &nameOf, const QStringList &others = {});

// What that budget is too small for: which checks begin with less than they could use, which ones run only where others
// leave enough; so many names at most, and how many more. Empty where it suffices.
QString shortageText(const RequestForecast &forecast, int budget, const NameOfCheck &nameOf, qsizetype mostNames = 200);

// What letters and invitations a run may make the product send: by which routes, and how many to whom at most. Empty
// where no route of the project is known to send any and may be asked.
QString lettersText(const std::vector<Route> &routes);

} // namespace cockpit
