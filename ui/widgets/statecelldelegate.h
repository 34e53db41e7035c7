// Paints a table cell that holds a state: the shape, and its word beside it. The model gives the shape for RowShapeRole
// (rowdelegate.h) and the word for Qt::DisplayRole; cells without a shape are painted as text.
#pragma once

#include <QStyledItemDelegate>

namespace cockpit {

class StateCellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace cockpit
