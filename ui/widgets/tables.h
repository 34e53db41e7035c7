// Tables and lists as the program shows them: whole rows, no grid, no frame, reached and left with the Tab key.
#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace cockpit {

class RowList;

QTableView *makeTable(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                      QWidget *parent);
// leadSample: the widest text of RowLeadRole, empty for none.
RowList *makeRowList(QAbstractItemModel *model, const QString &objectName, const QString &accessibleName,
                     const QString &leadSample, QWidget *parent);

} // namespace cockpit
