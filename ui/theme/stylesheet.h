// The application's style sheet, written from the tokens: what palettes cannot say (radii, padding, focus rings).
#pragma once

#include "ui/theme/tokens.h"

#include <QString>

namespace cockpit {

QString styleSheetFor(const Tokens &tokens);

} // namespace cockpit
