// Blocks of a document as widgets, for reading in the window. Charts are for the printed pack; here they are a
// sentence.
#pragma once

#include "models/handoverdocument.h"

class QWidget;

namespace cockpit {

QWidget *makeBlockWidget(const Block &block);
// For the clipboard.
QString plainTextOf(const Block &block);

} // namespace cockpit
