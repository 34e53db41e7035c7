// The table of old addresses with what can be done to it: write, import, export, remove.
#pragma once

#include "models/redirectrows.h"
#include "ui/widgets/card.h"

class QLineEdit;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class EmptyState;
class RedirectModel;

class RedirectsCard : public Card
{
    Q_OBJECT

public:
    explicit RedirectsCard(QWidget *parent = nullptr);

    void setRows(const std::vector<RedirectRow> &rows);
    void setReadOnly(bool readOnly);
    // Reads the file on a worker; ends in listRead() or refused().
    void importFrom(const QString &path);
    // Writes it on a worker; ends in exported() or refused().
    void exportTo(const QString &path);
    // Another project is open, or none: what is being read was for the one before.
    void leaveProject();

signals:
    void edited(const std::vector<cockpit::RedirectEntry> &redirects);
    void listRead(const cockpit::RedirectList &list);
    void exported(const QString &path);
    void refused(const QString &why);

private:
    QWidget *makeTableArea();
    QWidget *makeEntryRow();
    QWidget *makeActions();
    void addTyped();
    void chooseImport();
    void chooseExport();
    void updateButtons();

    RedirectModel *m_model;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack = nullptr;
    QLineEdit *m_old;
    QLineEdit *m_wanted;
    QPushButton *m_add, *m_import, *m_export, *m_remove;
    QPushButton *m_importFirst = nullptr;
    quint64 m_reading = 0; // counted: the late answer for an earlier project is nobody's
    bool m_isReading = false;
    bool m_isWriting = false;
    bool m_readOnly = false;
};

} // namespace cockpit
