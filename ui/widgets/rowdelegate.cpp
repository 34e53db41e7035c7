#include "ui/widgets/rowdelegate.h"

#include "ui/widgets/pill.h"
#include "ui/widgets/rowlayout.h"

#include <QListView>
#include <QMouseEvent>
#include <QPainter>

namespace cockpit {

namespace {

void drawText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect, const QString &text,
              const QFont &font, const QColor &ink)
{
    if (text.isEmpty())
        return;
    painter.setFont(font);
    painter.setPen(ink);
    const auto alignment = QStyle::visualAlignment(option.direction, Qt::AlignLeading | Qt::AlignTop);
    painter.drawText(RowLayout::visual(option, rect), int(alignment) | Qt::TextWordWrap, text);
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const RowLayout &row, const Tokens &tokens)
{
    if (row.heading)
        painter.fillRect(option.rect, tokens.window);
    else if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, tokens.accentSoft);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.line);
    if (option.state.testFlag(QStyle::State_HasFocus) && !row.heading) {
        painter.setPen(QPen(tokens.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -3), 6, 6);
    }
}

void paintAction(QPainter &painter, const QStyleOptionViewItem &option, const RowLayout &row, const Tokens &tokens)
{
    if (row.action.isEmpty())
        return;
    const QRect button = RowLayout::visual(option, row.actionRect);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), kControlRadius, kControlRadius);
    painter.setFont(row.font);
    painter.setPen(tokens.text);
    painter.drawText(button, Qt::AlignCenter | Qt::TextSingleLine, row.action);
}

void paintPills(QPainter &painter, const QStyleOptionViewItem &option, const RowLayout &row, const Tokens &tokens)
{
    if (row.pillRect.isValid())
        Pill::paint(painter, RowLayout::visual(option, row.pillRect), row.pill, row.pillTone, tokens);
    if (row.secondPillRect.isValid())
        Pill::paint(painter, RowLayout::visual(option, row.secondPillRect), row.secondPill, Tone::Neutral, tokens);
}

} // namespace

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const RowLayout row(option, index, m_leadSample, option.rect.width());
    const Tokens &tokens = tokensFor(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option, row, tokens);
    if (row.hasShape)
        paintState(*painter, RowLayout::visual(option, row.shapeRect), row.shape, tokens);
    drawText(*painter, option, row.leadRect, row.lead, row.font, tokens.muted);
    drawText(*painter, option, row.titleRect, row.title, row.titleFont, row.heading ? tokens.muted : tokens.text);
    drawText(*painter, option, row.noteRect, row.note, row.font, tokens.muted);
    drawText(*painter, option, row.trailingRect, row.trailing, row.font, tokens.muted);
    paintPills(*painter, option, row, tokens);
    paintAction(*painter, option, row, tokens);
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    return {0, RowLayout(option, index, m_leadSample, width).height};
}

QRect RowDelegate::actionRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const RowLayout row(option, index, m_leadSample, option.rect.width());
    return row.action.isEmpty() ? QRect() : RowLayout::visual(option, row.actionRect);
}

bool RowDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && actionRect(option, index).contains(mouse->position().toPoint())) {
            emit actionPressed(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace cockpit
