// Which texts of an answer are of a person or a customer, and which of the product.
#pragma once

#include "checks/actors/markers.h"

#include <QString>

#include <optional>

namespace cockpit {

// The kind of marker that a field's value makes; empty for what is everywhere, changes, or says nothing: see markers.h.
std::optional<MarkerKind> markerKindOf(const QString &name, const QString &text);

bool isMailLike(const QString &text); // the whole text is one address
// More than a word of the language: with a digit, an inner capital, a blank or a sign of an address.
bool isTelling(const QString &text);

} // namespace cockpit
