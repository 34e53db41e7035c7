// Composer brings versions to four numbers and a stability word, and compares them like PHP's version_compare
// (https://www.php.net/version_compare): dev, alpha, beta, RC, the release, patch.
#include "checks/secrets/dependencies/versionorder.h"
#include "checks/secrets/dependencies/versionparts.h"

#include <QByteArrayList>

namespace cockpit {

namespace {

constexpr qsizetype kNumbers = 4;

std::optional<QByteArrayList> parsed(const QByteArray &text)
{
    const qsizetype plus = text.indexOf('+'); // build metadata counts for nothing
    QByteArrayList parts;
    QByteArray part;
    const auto finish = [&] {
        if (!part.isEmpty())
            parts.append(part);
        part.clear();
    };
    for (const char c : (plus < 0 ? text : text.first(plus)).toLower()) {
        const bool isText = isDigitByte(c) || isLetterByte(c);
        if (!isText && c != '.' && c != '-' && c != '_')
            return std::nullopt;
        if (!isText || (!part.isEmpty() && isDigitByte(part.back()) != isDigitByte(c)))
            finish();
        if (isText)
            part += c;
    }
    finish();
    if (parts.isEmpty() || !isNumber(parts.first()))
        return std::nullopt; // "dev-main": a branch
    qsizetype numbers = 0;
    while (numbers < parts.size() && isNumber(parts[numbers]))
        ++numbers;
    for (; numbers < kNumbers; ++numbers)
        parts.insert(numbers, "0");
    parts.removeAll("stable");
    return parts;
}

int rankOf(const QByteArray &part)
{
    if (isNumber(part))
        return 5;
    if (part == "dev")
        return 1;
    if (part == "alpha" || part == "a")
        return 2;
    if (part == "beta" || part == "b")
        return 3;
    if (part == "rc")
        return 4;
    if (part == "patch" || part == "pl" || part == "p")
        return 6;
    return 0;
}

} // namespace

VersionOrder comparePackagistVersions(const QByteArray &left, const QByteArray &right)
{
    const auto one = parsed(left);
    const auto other = parsed(right);
    if (!one || !other)
        return std::nullopt;
    for (qsizetype i = 0; i < std::max(one->size(), other->size()); ++i) {
        if (i >= one->size()) // a release without the word is like a number there
            return isNumber(other->at(i)) ? std::weak_ordering::less : std::weak_ordering(5 <=> rankOf(other->at(i)));
        if (i >= other->size())
            return isNumber(one->at(i)) ? std::weak_ordering::greater : std::weak_ordering(rankOf(one->at(i)) <=> 5);
        const int a = rankOf(one->at(i));
        const int b = rankOf(other->at(i));
        const auto order = a == 5 && b == 5 ? compareNumbers(one->at(i), other->at(i)) : std::weak_ordering(a <=> b);
        if (std::is_neq(order))
            return order;
    }
    return std::weak_ordering::equivalent;
}

} // namespace cockpit
