#include "ui/widgets/tables.h"

#include "ui/theme/typescale.h"
#include "ui/widgets/rowdelegate.h"

#include <QHeaderView>
#include <QListView>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

void prepare(QAbstractItemView *view, const QString &objectName, const QString &accessibleName)
{
    view->setObjectName(objectName);
    view->setAccessibleName(accessibleName);
    view->setProperty("frame", u"none"_s);
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
}

} // namespace

QTableView *makeTable(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                      QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    prepare(table, objectName, accessibleName);
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

QListView *makeRowList(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                       const QString &leadSample, QWidget *parent)
{
    auto *list = new QListView(parent);
    list->setModel(model);
    prepare(list, objectName, accessibleName);
    auto *delegate = new RowDelegate(list);
    delegate->setLeadSample(leadSample);
    list->setItemDelegate(delegate);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // rows elide instead
    return list;
}

} // namespace cockpit
