// Tables and lists as the program shows them: whole rows, no grid, no frame, reached and left with the Tab key.
#pragma once

#include <QString>

class QAbstractItemModel;
class QListView;
class QTableView;
class QWidget;

namespace cockpit {

QTableView *makeTable(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                      QWidget *parent);
// With a RowDelegate. leadSample: the widest text of RowLeadRole, empty for none.
QListView *makeRowList(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                       const QString &leadSample, QWidget *parent);

} // namespace cockpit
