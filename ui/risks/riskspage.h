// Risks: everything that is open, worst for the business first, and why one stands above another.
#pragma once

#include "models/decision.h"
#include "ui/widgets/page.h"

class QComboBox;
class QPushButton;
class QStackedLayout;

namespace cockpit {

class DetailPanel;
class EmptyState;
class ImpactBarsView;
class PlainLabel;
class RiskModel;
struct RiskRow;
class RowList;

class RisksPage : public Page
{
    Q_OBJECT

public:
    explicit RisksPage(Session &session, QWidget *parent = nullptr);

protected:
    void refresh() override;
    // False when there is no such open risk.
    bool selectFinding(const QString &findingId) override;

private:
    QWidget *createBoard();
    QWidget *createRegister();
    QWidget *createDetail();
    void bindDetail();
    void bindSession();
    void refreshDetail();
    void showStageLink(const RiskRow *row);
    void openStage();
    void refreshCounts();
    const RiskRow *chosen() const;             // valid until the model changes
    void openPlaces(const QModelIndex &index); // of a fault, or hides them
    void withdraw();
    void decide(DecisionKind kind);

    bool m_chosenByHand = false;
    bool m_refreshing = false;
    RiskModel *m_model;
    QComboBox *m_filter;
    QStackedLayout *m_stack;
    EmptyState *m_empty;
    ImpactBarsView *m_bars = nullptr;
    RowList *m_list = nullptr;
    PlainLabel *m_counts = nullptr; // of faults and places, where these differ
    PlainLabel *m_why = nullptr;
    QPushButton *m_stage = nullptr; // leads to where the finding belongs
    DetailPanel *m_detail = nullptr;
};

} // namespace cockpit
