#include "ui/theme/typescale.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr qreal kBodyPixels = 13.5;

// What a system without a chosen interface font falls back to.
bool isGenericFallback(const QFont &font)
{
    static const QStringList fallbacks{u"DejaVu Sans"_s, u"Sans Serif"_s, u"Sans"_s,
                                       u"Noto Sans"_s,   u"Helvetica"_s,  u"Bitstream Vera Sans"_s};
    // What the name stands for is asked last: that loads the font, which is then not used.
    return font.family().isEmpty() || fallbacks.contains(font.family(), Qt::CaseInsensitive) ||
           fallbacks.contains(QFontInfo(font).family(), Qt::CaseInsensitive);
}

qreal factorOf(TextSize size)
{
    switch (size) {
    case TextSize::Small:
        return 12.0 / kBodyPixels;
    case TextSize::Body:
        return 1.0;
    case TextSize::Section:
        return 16.0 / kBodyPixels;
    case TextSize::Page:
        return 24.0 / kBodyPixels;
    case TextSize::Start:
        return 32.0 / kBodyPixels;
    }
    Q_UNREACHABLE();
}

void scale(QFont &font, qreal factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, qRound(font.pixelSize() * factor)));
}

} // namespace

QFont interfaceFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (isGenericFallback(font) && QFontDatabase::hasFamily(u"Inter"_s))
        font.setFamilies({u"Inter"_s, font.family()});
    // A system that names no size gets the body size of the design; a larger or smaller one was somebody's choice.
    if (font.pointSizeF() <= 0 && font.pixelSize() <= 0)
        font.setPixelSize(qRound(kBodyPixels));
    return font;
}

QFont textFont(TextSize size, QFont::Weight weight)
{
    QFont font = QApplication::font();
    scale(font, factorOf(size));
    font.setWeight(weight);
    return font;
}

QFont codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QFontInfo(QApplication::font()).pointSizeF() * 0.93);
    return font;
}

} // namespace cockpit
