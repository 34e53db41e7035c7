// Literals that a program joins: 'sk_' + 'live_…', "sk_" . "live_…" of PHP, "sk_" "live_…" of Python and C,
// `sk_${"live_…"}`. Internal to the folder.
#pragma once

#include "checks/secrets/encodedparts.h"

#include <array>
#include <optional>
#include <string_view>

namespace cockpit {

// Finds the joints, from the quote that ends one literal to the one that begins the next: without them the two are one.
// A joint in the middle of words, as texts for people have it, is none: a key has no blanks. Linear in the text, which
// must outlive it.
class JointFinder
{
public:
    explicit JointFinder(std::string_view text) : m_text(text) {}

    // The next one that begins at or after a place. Places come in order.
    std::optional<EncodedPart> next(size_t from);

private:
    size_t nextQuote(size_t from);
    std::optional<EncodedPart> jointAt(size_t quote) const;
    std::optional<EncodedPart> templateAt(size_t quote);
    bool skipBlanks(size_t &at, size_t end) const;
    size_t operatorAt(size_t at) const;

    const std::string_view m_text;
    std::array<size_t, 3> m_quotes{}; // where the next of each kind stands, as far as that is known
    std::array<bool, 3> m_isKnown{};
    std::optional<EncodedPart> m_closing; // of a literal in a template
};

} // namespace cockpit
