// The contents: one line per section, with its state and the page it begins on.
#pragma once

#include "ui/pdf/handoverpages.h"

namespace cockpit::print {

inline constexpr qreal kContentsRow = points(19);

// Their heights do not depend on the page numbers.
Strips contentsStrips(const HandoverDocument &document, const std::vector<SectionStart> &sections, qreal width);

} // namespace cockpit::print
