// Work that must not hold up the window, which has little to do but must do it at once.
#pragma once

namespace cockpit {

// This thread, and those that it starts from now on, come after the window's when both want a processor. Where the
// system does not know such an order, nothing happens: it is a courtesy.
void standBehindTheWindow();

} // namespace cockpit
