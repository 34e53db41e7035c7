// The matrix with what stands above it: how many cells match, and what can be done.
#pragma once

#include "models/access/accessmatrix.h"
#include "models/access/matrixsight.h"
#include "ui/widgets/card.h"

class QModelIndex;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class EmptyState;
class MatrixModel;
class PlainLabel;

class MatrixCard : public Card
{
    Q_OBJECT

public:
    explicit MatrixCard(QWidget *parent = nullptr);

    void setMatrix(const std::vector<AccessRow> &rows, const QStringList &roles, const MatrixSights &sights);
    // How many routes are not in the table, being on hosts that the project does not have.
    void setElsewhere(int routes);
    void setReadOnly(bool readOnly);
    // Whether the rules can be checked now.
    void setCheckable(bool isCheckable);
    const MatrixModel &model() const { return *m_model; }
    QModelIndex current() const;

signals:
    void ruleEdited(const cockpit::AccessRule &rule);
    void cellChosen();
    void checkWanted();
    void logWanted();
    void routesWanted();

private:
    QWidget *makeHeader();
    QWidget *makeTableArea();
    void stretchRoutes();
    void showCounts();

    MatrixModel *m_model;
    QTableView *m_table;
    QStackedLayout *m_stack = nullptr;
    PlainLabel *m_counts;
    PlainLabel *m_elsewhere;
    QPushButton *m_log, *m_check;
    EmptyState *m_empty;
};

} // namespace cockpit
