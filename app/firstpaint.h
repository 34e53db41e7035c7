#pragma once

#include <functional>

class QWidget;

namespace cockpit {

// Runs `act` once, in the turn after the window was painted for the first time: what the first picture does not need
// waits for it. Never when the window goes unseen.
void afterFirstPaint(QWidget *window, std::function<void()> act);

} // namespace cockpit
