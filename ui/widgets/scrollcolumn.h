// A column that scrolls when the window is too small for it, without a frame of its own.
#pragma once

class QVBoxLayout;
class QWidget;

namespace cockpit {

// Adds a scrolling area to the layout and returns the column inside it.
QVBoxLayout *addScrollColumn(QVBoxLayout *to, QWidget *parent);
// The same in a dialog that is as high as what is in it, as far as the screen goes.
QVBoxLayout *addGrowingScrollColumn(QVBoxLayout *to, QWidget *parent);

} // namespace cockpit
