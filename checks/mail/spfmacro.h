// domain-spec and macro-string (RFC 7208 sections 7.1 and 12).
#pragma once

#include <QString>

#include <optional>

namespace cockpit {

// Where the text stops being a macro-string; empty when it is one. The letters c, r and t are for explanations only.
std::optional<qsizetype> firstMacroFault(QStringView text);

// A macro-string that ends in a macro or in a dot and a valid top label.
std::optional<qsizetype> firstDomainSpecFault(QStringView text);

} // namespace cockpit
