// Sizes and weights of text, all relative to the system's interface font, so that larger text stays larger everywhere.
#pragma once

#include <QFont>

namespace cockpit {

enum class TextSize { Small, Body, Section, Page, Start };

// The system's interface font; Inter instead when the system only offers a generic fallback and Inter is installed.
QFont interfaceFont();

// Relative to the application's font.
QFont textFont(TextSize size, QFont::Weight weight = QFont::Normal);
// With figures of equal width, for numbers in columns (Inter and most interface fonts have them by default in code
// font).
QFont codeFont();

} // namespace cockpit
