// The table of the inventory with what can be done about each secret.
#pragma once

#include "models/secretsinventory.h"
#include "ui/widgets/card.h"

class QComboBox;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class EmptyState;
class PlainLabel;
class SecretFilter;
class SecretModel;

class SecretsCard : public Card
{
    Q_OBJECT

public:
    explicit SecretsCard(QWidget *parent = nullptr);

    void setEntries(const std::vector<SecretEntry> &entries, const QDate &today);
    // How many secrets the checks found that are new to the inventory, or newly exposed.
    void setFound(int count);
    void setReadOnly(bool readOnly);
    void choose(const QString &id); // shows it, whatever is filtered

signals:
    void takeOverWanted();
    void addWanted();
    void editWanted(const QString &id);
    void replaceWanted(const QString &id);
    void removeWanted(const QString &id);

private:
    QWidget *makeFilterRow();
    QWidget *makeTableArea();
    QWidget *makeActions();
    QString chosen() const; // its id; empty: none
    void select(int row);   // of those that are shown
    void showCounts();
    void updateButtons();

    SecretModel *m_model;
    SecretFilter *m_filter;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack = nullptr;
    QComboBox *m_shown;
    PlainLabel *m_count;
    QWidget *m_filterRow = nullptr;
    QPushButton *m_takeOver, *m_add, *m_edit, *m_replace, *m_remove;
    QPushButton *m_first = nullptr;
    std::vector<SecretEntry> m_entries;
    int m_found = 0;
    bool m_readOnly = false;
};

} // namespace cockpit
