#include "checks/http/permissionsfeatures.h"

#include "checks/http/structuredfield.h"
#include "models/wordtable.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

constexpr std::array kUsers{
    WordRow<FeatureUsers>{FeatureUsers::Nobody, "nobody"},
    WordRow<FeatureUsers>{FeatureUsers::Own, "own"},
    WordRow<FeatureUsers>{FeatureUsers::Listed, "listed"},
    WordRow<FeatureUsers>{FeatureUsers::Everybody, "everybody"},
};

FeatureUsers usersOf(const FieldMember &member)
{
    if (member.items.empty())
        return FeatureUsers::Nobody;
    const auto isToken = [](const FieldItem &item, const char *word) {
        return item.kind == FieldItem::Kind::Token && item.text == word;
    };
    if (std::ranges::any_of(member.items, [&](const FieldItem &item) { return isToken(item, "*"); }))
        return FeatureUsers::Everybody;
    const bool isOwn = std::ranges::all_of(member.items, [&](const FieldItem &item) { return isToken(item, "self"); });
    return isOwn ? FeatureUsers::Own : FeatureUsers::Listed;
}

} // namespace

QString toWord(FeatureUsers value)
{
    return wordOf(kUsers, value);
}

std::optional<Features> parsePermissionsPolicy(const QByteArrayList &lines)
{
    const auto dictionary = parseFieldDictionary(lines.join(", "));
    if (!dictionary)
        return std::nullopt;
    Features features;
    for (const auto &[name, member] : *dictionary)
        features.emplace(name, usersOf(member));
    return features;
}

} // namespace cockpit
