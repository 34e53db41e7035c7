#include "ui/widgets/tables.h"

#include "ui/theme/typescale.h"
#include "ui/widgets/rowlist.h"

#include <QHeaderView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

QTableView *makeTable(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                      QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    table->setObjectName(objectName);
    table->setAccessibleName(accessibleName);
    table->setProperty("frame", u"none"_s);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 22);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFont(textFont(TextSize::Small, QFont::DemiBold));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    return table;
}

RowList *makeRowList(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                     const QString &leadSample, QWidget *parent)
{
    auto *list = new RowList(leadSample, parent);
    list->setModel(model);
    list->setObjectName(objectName);
    list->setAccessibleName(accessibleName);
    return list;
}

} // namespace cockpit
