// Numbers of payment cards in a text.
#pragma once

#include "checks/values/span.h"

#include <string_view>
#include <vector>

namespace cockpit {

struct CardFound
{
    ValueSpan at;
    bool isTest = false; // a number that payment services publish for tests
};

// 13 to 19 digits that pass Luhn and lie in a range of a card scheme, written together or in the groups of a card with
// one kind of separator (a blank or a hyphen). One in ten numbers passes Luhn by chance, so these are refused: digits
// of one kind, what touches letters or further digits (hexadecimal ids, fractions) or a plus, what is given to a name
// that ends in "id", and, when nothing calls it a card, 13 digits (a phone number) or 17 and more (the ids that many
// services number their records with).
std::vector<CardFound> cardsIn(std::string_view text);

} // namespace cockpit
