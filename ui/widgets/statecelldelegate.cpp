#include "ui/widgets/statecelldelegate.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/rowdelegate.h"

#include <QPainter>
#include <QStyle>

namespace cockpit {

namespace {

constexpr int kBefore = 15; // as texts begin: the style sheet's 12 and the 3 of an item

// As large as the text is high, so that larger text has larger shapes.
int extentOf(const QStyleOptionViewItem &option)
{
    return option.fontMetrics.height();
}

QRect mirrored(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &tokens)
{
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect, tokens.accentSoft);
    if (!(option.state & QStyle::State_HasFocus))
        return;
    painter.setPen(QPen(tokens.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), kControlRadius, kControlRadius);
}

} // namespace

void StateCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant shape = index.data(RowShapeRole);
    if (!shape.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const Tokens &tokens = tokensFor(option.palette);
    const QRect room = option.rect.adjusted(kBefore, 0, -space::kSmall, 0);
    const int extent = extentOf(option);
    const QRect icon(room.left(), room.center().y() - extent / 2, extent, extent);
    const QRect words = room.adjusted(extent + space::kSmall, 0, 0, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option, tokens);
    paintState(*painter, mirrored(option, icon), shape.value<StateShape>(), tokens);
    painter->setFont(option.font);
    painter->setPen(tokens.text);
    const QString text =
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, std::max(0, words.width()));
    painter->drawText(mirrored(option, words),
                      int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)), text);
    painter->restore();
}

QSize StateCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    const bool hasShape = index.data(RowShapeRole).isValid();
    return hasShape ? plain + QSize(extentOf(option) + space::kSmall, 0) : plain;
}

} // namespace cockpit
