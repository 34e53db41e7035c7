// The redactor over a finished document, so that no builder can forget it.
#pragma once

#include "models/handoverdocument.h"

#include <QSet>

namespace cockpit::handover {

// The program's own sentences ("no API key in the code: …") can look like a secret to the redactor; they are kept.
QSet<QString> trustedTexts(const Roadmap &roadmap);

// Masks and bounds every text of the blocks. A page is for reading: what is longer than a bound ends in "…".
void maskBlocks(std::vector<Block> &blocks, const QSet<QString> &trusted);
QString maskText(const QString &text, const QSet<QString> &trusted);

} // namespace cockpit::handover
