#include "ui/widgets/rowdelegate.h"

#include "ui/theme/typescale.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/stateicon.h"

#include <QAbstractItemView>
#include <QPainter>

#include <utility>

namespace cockpit {

namespace {

constexpr int kIcon = 22;
constexpr int kSidePadding = space::kLarge;
constexpr int kRowPadding = 11;

QFont titleFont()
{
    return textFont(TextSize::Body, QFont::DemiBold);
}

// Cuts `width` pixels off the given logical side and returns the part that was cut. Rectangles are kept left to right
// and mirrored when they are painted, so that one arithmetic serves both directions.
QRect takeStart(QRect &free, int width)
{
    const QRect part(free.left(), free.top(), width, free.height());
    free.setLeft(free.left() + width);
    return part;
}

QRect takeEnd(QRect &free, int width)
{
    const QRect part(free.right() + 1 - width, free.top(), width, free.height());
    free.setRight(free.right() - width);
    return part;
}

QRect visual(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

void drawLine(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &text,
              const QFont &font, const QColor &ink)
{
    painter.setFont(font);
    painter.setPen(ink);
    const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width());
    const auto alignment = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
    painter.drawText(visual(option, rect), int(alignment) | Qt::TextSingleLine, shown);
}

} // namespace

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int title = QFontMetrics(titleFont()).height();
    if (index.data(RowHeadingRole).toBool())
        return {0, title + space::kWide + space::kSmall};
    const bool hasNote = !index.data(RowNoteRole).toString().isEmpty();
    const int note = hasNote ? option.fontMetrics.height() + 2 : 0;
    return {0, std::max(title + note, kIcon) + 2 * kRowPadding};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(RowHeadingRole).toBool()) {
        paintHeading(*painter, option, index);
        painter->restore();
        return;
    }
    const Tokens &tokens = tokensFor(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        painter->fillRect(option.rect, tokens.accentSoft);
    painter->setPen(tokens.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(tokens.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -3), 6, 6);
    }
    QRect free = option.rect.adjusted(kSidePadding, 0, -kSidePadding, 0);
    free = paintStart(*painter, free, option, index);
    free = paintEnd(*painter, free, option, index);
    paintTexts(*painter, free, option, index);
    painter->restore();
}

void RowDelegate::paintHeading(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = tokensFor(option.palette);
    QRect free = option.rect.adjusted(kSidePadding, space::kMedium, -kSidePadding, 0);
    const QString trailing = index.data(RowTrailingRole).toString();
    const QRect end = takeEnd(free, option.fontMetrics.horizontalAdvance(trailing) + 1);
    drawLine(painter, option, end, trailing, option.font, tokens.muted);
    drawLine(painter, option, free, index.data().toString(), titleFont(), tokens.text);
    painter.setPen(tokens.line);
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

QRect RowDelegate::paintStart(QPainter &painter, QRect free, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const Tokens &tokens = tokensFor(option.palette);
    if (!m_leadSample.isEmpty()) {
        const QRect lead = takeStart(free, option.fontMetrics.horizontalAdvance(m_leadSample) + space::kMedium);
        drawLine(painter, option, lead, index.data(RowLeadRole).toString(), option.font, tokens.muted);
    }
    if (const QVariant shape = index.data(RowShapeRole); shape.isValid()) {
        const QRect icon = takeStart(free, kIcon);
        paintState(painter, visual(option, icon), static_cast<StateShape>(shape.toInt()), tokens);
        takeStart(free, space::kMedium);
    }
    return free;
}

QRect RowDelegate::paintEnd(QPainter &painter, QRect free, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Tokens &tokens = tokensFor(option.palette);
    if (const QString trailing = index.data(RowTrailingRole).toString(); !trailing.isEmpty()) {
        const QRect end = takeEnd(free, option.fontMetrics.horizontalAdvance(trailing) + 1);
        drawLine(painter, option, end, trailing, option.font, tokens.muted);
        takeEnd(free, space::kMedium);
    }
    // Pills give way to the title where there is little room.
    const int roomForPills = free.width() / 2;
    const std::pair<QString, Tone> pills[] = {
        {index.data(RowPillRole).toString(), static_cast<Tone>(index.data(RowPillToneRole).toInt())},
        {index.data(RowSecondPillRole).toString(), Tone::Neutral},
    };
    int used = 0;
    for (const auto &[text, tone] : pills) {
        const QSize size = Pill::sizeFor(text);
        if (text.isEmpty() || used + size.width() > roomForPills)
            continue;
        QRect place = takeEnd(free, size.width());
        place.setTop(place.center().y() - size.height() / 2);
        place.setHeight(size.height());
        Pill::paint(painter, visual(option, place), text, tone, tokens);
        takeEnd(free, space::kSmall);
        used += size.width();
    }
    return free;
}

void RowDelegate::paintTexts(QPainter &painter, const QRect &free, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Tokens &tokens = tokensFor(option.palette);
    const QString note = index.data(RowNoteRole).toString();
    if (note.isEmpty()) {
        drawLine(painter, option, free, index.data().toString(), titleFont(), tokens.text);
        return;
    }
    const int titleHeight = QFontMetrics(titleFont()).height();
    const int noteHeight = option.fontMetrics.height();
    const int top = free.center().y() - (titleHeight + noteHeight + 2) / 2;
    drawLine(painter, option, {free.left(), top, free.width(), titleHeight}, index.data().toString(), titleFont(),
             tokens.text);
    drawLine(painter, option, {free.left(), top + titleHeight + 2, free.width(), noteHeight}, note, option.font,
             tokens.muted);
}

} // namespace cockpit
