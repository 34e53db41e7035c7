// The addresses that a style sheet loads, and what for (CSS Syntax level 3, as far as addresses need it): comments and
// strings are skipped, and the names in @namespace and @document load nothing.
#pragma once

#include <QString>

#include <functional>

namespace cockpit {

enum class CssUse { Import, Font, Picture };

// Calls found for each address in the order of the text, also for repeated ones, until it answers false. css: a sheet,
// or the text of a style attribute; any text will do.
void readCssUrls(QStringView css, const std::function<bool(CssUse use, const QString &url)> &found);

} // namespace cockpit
