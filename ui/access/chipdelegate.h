// Paints a cell of the matrix as a chip: the shape of its state, and the word beside it, which is in italics while the
// rule is a guess. Edited with a closed list, by a second click, Enter, F2, or the first letter of a choice.
#pragma once

#include "ui/widgets/choicedelegate.h"

namespace cockpit {

class ChipDelegate : public ChoiceDelegate
{
    Q_OBJECT

public:
    using ChoiceDelegate::ChoiceDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace cockpit
