#include "ui/pdf/typography.h"

namespace cockpit::print {

using namespace Qt::StringLiterals;

namespace {

QFont sans(qreal size, QFont::Weight weight = QFont::Normal)
{
    QFont font;
    // Not Inter: its contextual forms ("(" beside capitals) have no character of their own in a PDF, so that text
    // copied or searched for would lack them.
    font.setFamilies({u"Noto Sans"_s, u"Liberation Sans"_s, u"DejaVu Sans"_s});
    font.setStyleHint(QFont::SansSerif);
    font.setPixelSize(qRound(points(size)));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    // A two-hundredth of a point: invisible, and Qt then uses no ligatures. "Cloudflare" with one "fl" is not found by
    // a search for "Cloudflare" in every reader.
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.1);
    return font;
}

QFont monospaced(qreal size)
{
    QFont font = sans(size);
    font.setFamilies({u"DejaVu Sans Mono"_s, u"Liberation Mono"_s, u"Noto Sans Mono"_s});
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace

QSizeF pageSizeInUnits(PageSize size)
{
    switch (size) {
    case PageSize::A4:
        return QSizeF(points(595), points(842));
    case PageSize::Letter:
        return QSizeF(points(612), points(792));
    }
    Q_UNREACHABLE();
}

QFont fontOf(Face face)
{
    switch (face) {
    case Face::Cover:
        return sans(30, QFont::DemiBold);
    case Face::Title:
        return sans(19, QFont::DemiBold);
    case Face::Heading:
        return sans(12, QFont::DemiBold);
    case Face::Subheading:
        return sans(10, QFont::DemiBold);
    case Face::Body:
        return sans(9);
    case Face::Strong:
        return sans(9, QFont::DemiBold);
    case Face::Small:
        return sans(8);
    case Face::Caption:
        return sans(7.5);
    case Face::Code:
        return monospaced(7);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit::print
