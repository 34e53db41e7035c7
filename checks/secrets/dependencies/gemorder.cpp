// Gem::Version (https://docs.ruby-lang.org/en/master/Gem/Version.html): numbers and words by turns, a word before every
// number, "-" is ".pre.", and zeros at the end of the numbers and of the whole count for nothing.
#include "checks/secrets/dependencies/versionorder.h"
#include "checks/secrets/dependencies/versionparts.h"

#include <QByteArrayList>

namespace cockpit {

namespace {

bool isZero(const QByteArray &part)
{
    return isNumber(part) && withoutLeadingZeros(part) == "0";
}

void dropZerosAtEnd(QByteArrayList &parts)
{
    while (!parts.isEmpty() && isZero(parts.last()))
        parts.removeLast();
}

std::optional<QByteArrayList> parsed(QByteArray text)
{
    const qsizetype dash = text.indexOf('-');
    if (dash >= 0)
        text = text.first(dash) + ".pre." + text.sliced(dash + 1).replace('-', ".pre.");
    if (text.isEmpty() || !isDigitByte(text.front()))
        return std::nullopt;
    QByteArrayList numbers;
    QByteArrayList rest; // from the first word on
    for (const QByteArray &piece : text.split('.')) {
        if (piece.isEmpty())
            return std::nullopt;
        for (qsizetype from = 0; from < piece.size();) {
            if (!isDigitByte(piece[from]) && !isLetterByte(piece[from]))
                return std::nullopt;
            qsizetype end = from + 1;
            while (end < piece.size() && isDigitByte(piece[end]) == isDigitByte(piece[from]))
                ++end;
            const QByteArray part = piece.sliced(from, end - from);
            (rest.isEmpty() && isDigitByte(part.front()) ? numbers : rest).append(part);
            from = end;
        }
    }
    dropZerosAtEnd(numbers);
    dropZerosAtEnd(rest);
    return numbers + rest;
}

} // namespace

VersionOrder compareGemVersions(const QByteArray &left, const QByteArray &right)
{
    const auto one = parsed(left);
    const auto other = parsed(right);
    if (!one || !other)
        return std::nullopt;
    for (qsizetype i = 0; i < std::max(one->size(), other->size()); ++i) {
        const QByteArray a = one->value(i, "0");
        const QByteArray b = other->value(i, "0");
        if (isNumber(a) != isNumber(b))
            return isNumber(a) ? std::weak_ordering::greater : std::weak_ordering::less;
        const auto order = isNumber(a) ? compareNumbers(a, b) : compareBytes(a, b);
        if (std::is_neq(order))
            return order;
    }
    return std::weak_ordering::equivalent;
}

} // namespace cockpit
