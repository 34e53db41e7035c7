// Sizes and faces of the printed pack. Layout happens in twentieths of a point: fine enough that font metrics are not
// rounded, and the same on paper and in the preview.
#pragma once

#include <QColor>
#include <QFont>
#include <QSizeF>

namespace cockpit::print {

enum class PageSize { A4, Letter };

inline constexpr int kUnitsPerPoint = 20;
inline constexpr int kUnitsPerInch = 72 * kUnitsPerPoint;

constexpr qreal points(qreal value)
{
    return value * kUnitsPerPoint;
}

QSizeF pageSizeInUnits(PageSize size);

inline constexpr qreal kMargin = points(50);
inline constexpr qreal kHeaderHeight = points(26);

enum class Face { Cover, Title, Heading, Subheading, Body, Strong, Small, Caption, Code };

QFont fontOf(Face face);

} // namespace cockpit::print
