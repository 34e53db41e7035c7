// One line of a dialog that says how it went.
#pragma once

#include <QString>

namespace cockpit {

class PlainLabel;

// tone: "pass", "warn", "fail", or empty for what is still going on. An empty sentence hides the label.
void say(PlainLabel *label, const QString &tone, const QString &sentence);

} // namespace cockpit
