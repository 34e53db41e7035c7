// Pieces that the orders of versions share. Numbers are compared as digits: dates and hashes outgrow every integer.
#pragma once

#include "checks/values/bytekinds.h"

#include <QByteArrayView>

#include <algorithm>
#include <compare>

namespace cockpit {

inline bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isDigitByte);
}

inline QByteArrayView withoutLeadingZeros(QByteArrayView digits)
{
    while (digits.size() > 1 && digits.front() == '0')
        digits = digits.sliced(1);
    return digits;
}

inline std::weak_ordering compareBytes(QByteArrayView left, QByteArrayView right)
{
    return left.compare(right) <=> 0;
}

// Both hold digits alone; an empty one is 0.
inline std::weak_ordering compareNumbers(QByteArrayView left, QByteArrayView right)
{
    const QByteArrayView one = withoutLeadingZeros(left.isEmpty() ? QByteArrayView("0") : left);
    const QByteArrayView other = withoutLeadingZeros(right.isEmpty() ? QByteArrayView("0") : right);
    if (one.size() != other.size())
        return one.size() <=> other.size();
    return compareBytes(one, other);
}

} // namespace cockpit
