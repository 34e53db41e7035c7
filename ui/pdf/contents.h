// The contents: one line per section, with its state and the page it begins on.
#pragma once

#include "ui/pdf/handoverpages.h"

namespace cockpit::print {

inline constexpr qreal kContentsRow = points(24);

Strips contentsStrips(const HandoverDocument &document, const std::vector<SectionStart> &sections, qreal width);

} // namespace cockpit::print
