// A cell with a closed list of values: shown as its label, edited with a combo box. The model gives the label for
// Qt::DisplayRole and the value for Qt::EditRole.
#pragma once

#include <QStyledItemDelegate>

#include <vector>

namespace cockpit {

struct Choice
{
    QString label;
    QVariant value;
};

class ChoiceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ChoiceDelegate(std::vector<Choice> choices, QObject *parent = nullptr);

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;

private:
    std::vector<Choice> m_choices;
};

} // namespace cockpit
