// The table of the settings with what one looks for in it, and as a file.
#pragma once

#include "models/environmentrows.h"
#include "ui/widgets/card.h"

#include <map>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class EmptyState;
class EnvironmentFilter;
class EnvironmentModel;
class PlainLabel;

class EnvironmentsCard : public Card
{
    Q_OBJECT

public:
    explicit EnvironmentsCard(QWidget *parent = nullptr);

    // found: the titles of open findings, by their ids.
    void setRows(const std::vector<EnvironmentRow> &rows, const std::map<QString, QString> &found);
    void exportTo(const QString &path); // what is shown, as CSV; ends in exported() or refused()

signals:
    void sourcesWanted();
    void findingWanted(const QString &findingId);
    void exported(const QString &path);
    void refused(const QString &why);

private:
    QWidget *makeFilterRow();
    QWidget *makeTableArea();
    QWidget *makeActions();
    QString chosenFinding() const; // empty: none
    void narrow();
    void showCounts();
    void updateButtons();

    EnvironmentModel *m_model;
    EnvironmentFilter *m_filter;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack = nullptr;
    QWidget *m_filterRow = nullptr;
    QComboBox *m_shown;
    QLineEdit *m_words;
    PlainLabel *m_count;
    QPushButton *m_open;
    QPushButton *m_export;
    bool m_isWriting = false;
};

} // namespace cockpit
