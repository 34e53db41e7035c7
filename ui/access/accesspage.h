// Identity and access: whether test attacks may be sent, who can do what and whether that holds, and the proof of what
// does not.
#pragma once

#include "models/decision.h"
#include "ui/access/accessgroups.h"
#include "ui/stage/resultsmodel.h"
#include "ui/widgets/page.h"

#include <QTimer>

class QDialog;
class QPushButton;

namespace cockpit {

class Banner;
class DetailPanel;
class MatrixCard;
class PermissionCard;
class RowList;
class RunStrip;

class AccessPage : public Page
{
    Q_OBJECT

public:
    explicit AccessPage(Session &session, QWidget *parent = nullptr);

protected:
    void refresh() override;
    bool selectFinding(const QString &findingId) override;

private:
    enum class Shown { Results, Matrix };

    QWidget *makeLeft();
    void bindPermission();
    void bindMatrix();
    void bindDetail();
    void bindSession();
    void refreshPermission();
    void refreshMatrix();
    void refreshResults();
    void refreshDetail();
    QStringList checkIds(AccessGroup group) const; // that a run can ask
    QStringList checkIds() const { return checkIds(m_groups->current()); }
    void showGroup();
    void next();
    void openConsent();
    void give(std::optional<Need> need);
    static void openDialog(QDialog *dialog);
    void decide(DecisionKind kind);

    PermissionCard *m_permission;
    Banner *m_left;
    RunStrip *m_runStrip;
    MatrixCard *m_matrix;
    AccessGroupTabs *m_groups;
    ResultsModel *m_results;
    RowList *m_resultList;
    DetailPanel *m_detail;
    QPushButton *m_run;
    QTimer m_minute; // proofs expire while the page is open
    Shown m_shown = Shown::Results;
    bool m_chosen = false;   // a person picked a line
    bool m_choosing = false; // the page is picking one
};

} // namespace cockpit
