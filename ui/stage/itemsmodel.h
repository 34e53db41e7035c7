// The stage's own list: its checks, deliverables and failure signals, each with its state.
#pragma once

#include "models/itemstate.h"
#include "models/roadmap.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractListModel>

#include <vector>

namespace cockpit {

class Session;

class ItemsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { ItemIdRole = Qt::UserRole };

    ItemsModel(Session &session, int stageNumber, QObject *parent = nullptr);

    // States may have changed, and items stay where they are; a new roadmap has new items.
    void refresh();
    int rowOf(const QString &itemId) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        QString heading; // of a section; the item is empty then
        Item item;
        ItemStatus status;
    };
    void rebuild();
    void addSection(const QString &heading, const std::vector<Item> &items);
    QVariant dataOfHeading(const Row &row, int role) const;
    QVariant dataOfItem(const Row &row, int role) const;

    Session &m_session;
    int m_stageNumber;
    QString m_roadmapId;
    std::vector<Row> m_rows;
};

Tone toneFor(ItemState state);

} // namespace cockpit
