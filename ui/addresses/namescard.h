// All names that the product shows the world, with the purpose of each in the person's words.
#pragma once

#include "models/inventoryrows.h"
#include "models/result.h"
#include "ui/widgets/card.h"

class QPushButton;
class QTableView;

namespace cockpit {

class NameModel;

class NamesCard : public Card
{
    Q_OBJECT

public:
    explicit NamesCard(QWidget *parent = nullptr);

    void setRows(const std::vector<InventoryRow> &rows);
    void setReadOnly(bool readOnly);
    // Reads the file on a worker; ends in listRead() or refused().
    void importFrom(const QString &path);
    // Another project is open, or none: what is being read was for the one before.
    void leaveProject();
    // Writes it on a worker; ends in exported() or refused().
    void exportTo(const QString &path);

signals:
    void purposeEdited(const QString &name, const QString &purpose);
    void removalAsked(const QString &name);
    void listRead(const cockpit::NameList &list);
    void exported(const QString &path);
    void refused(const QString &why);

private:
    QWidget *makeActions();
    void chooseImport();
    void chooseExport();
    void updateRemove();

    NameModel *m_model;
    QTableView *m_table;
    QPushButton *m_import;
    quint64 m_reading = 0; // counted: the late answer for an earlier project is nobody's
    QPushButton *m_export;
    QPushButton *m_remove;
    bool m_readOnly = false;
};

} // namespace cockpit
