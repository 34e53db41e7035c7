#include "ui/monitoring/endpointdelegates.h"

#include "ui/charts/uptimestrip.h"
#include "ui/monitoring/endpointmodel.h"
#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"

#include <QApplication>
#include <QPainter>

namespace cockpit {

namespace {

constexpr int kStripHeight = 24;

void paintGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, tokensFor(option.palette).accentSoft);
}

void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &text)
{
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter->drawText(rect, int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)), shown);
}

} // namespace

void EndpointNameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = tokensFor(option.palette);
    painter->save();
    paintGround(painter, option);
    const QRect room = option.rect.adjusted(space::kLarge, 0, -space::kSmall, 0);
    const int half = room.height() / 2;
    const int shift = (half - option.fontMetrics.height()) / 2; // both lines move towards the middle
    painter->setFont(textFont(TextSize::Body, QFont::DemiBold));
    painter->setPen(tokens.text);
    drawText(painter, option, QRect(room.left(), room.top() + shift, room.width(), half), index.data().toString());
    painter->setFont(option.font);
    painter->setPen(tokens.muted);
    drawText(painter, option, QRect(room.left(), room.top() + half - shift, room.width(), half),
             index.data(EndpointModel::AddressRole).toString());
    painter->restore();
}

QSize EndpointNameDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 24, option.fontMetrics.height() * 2 + space::kLarge};
}

void UptimeStripDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintGround(painter, option);
    const auto cells = index.data(EndpointModel::CellsRole).value<std::vector<UptimeCell>>();
    QRectF strip = QRectF(option.rect).adjusted(space::kSmall, 0, -space::kSmall, 0);
    strip.setTop(strip.center().y() - kStripHeight / 2.0);
    strip.setHeight(kStripHeight);
    paintUptimeStrip(*painter, strip, cells, tokensFor(option.palette), option.direction);
}

} // namespace cockpit
