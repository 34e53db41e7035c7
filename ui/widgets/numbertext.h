// Figures as people read them, in the chosen language.
#pragma once

#include <QString>

#include <chrono>

namespace cockpit {

// Two decimals, rounded down: 99.999 % is not 100 %.
QString percentText(double ratio);
QString millisecondsText(std::chrono::milliseconds value);
// "26 min", "1 h 12 min", "40 s"
QString durationText(std::chrono::milliseconds value);

} // namespace cockpit
