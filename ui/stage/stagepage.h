// One stage: its goal, its results worst first, its list of items, and the chosen line in detail.
#pragma once

#include "ui/stage/itemsmodel.h"
#include "ui/stage/resultsmodel.h"
#include "ui/widgets/page.h"

class QPushButton;
class QStackedWidget;

namespace cockpit {

class Card;
class DetailPanel;
class EmptyState;
class StateRowList;

class StagePage : public Page
{
    Q_OBJECT

public:
    StagePage(int number, Session &session, QWidget *parent = nullptr);

    int number() const { return m_number; }
    void aboutToShow() override;
    // Selects a finding's row; false when this stage does not show it.
    bool select(const QString &findingId) override;

private:
    enum View { ResultsView, ItemsView };

    void build();
    QWidget *makeViews();
    Card *makeListCard(StateRowList *list, const QString &name);
    void bindSession();
    void setView(View view);
    void refreshTexts();
    void refreshResults();
    void refreshItems();
    void refreshDetail();
    void refreshRun();
    void selectFirstResult();
    void decide(DecisionKind kind);
    void showDocument();

    int m_number;
    ResultsModel *m_results;
    ItemsModel *m_items;
    StateRowList *m_resultList;
    StateRowList *m_itemList;
    QStackedWidget *m_views;
    QStackedWidget *m_resultStack; // the list, or what to do when it is empty
    EmptyState *m_noResults;
    QPushButton *m_showResults;
    QPushButton *m_showItems;
    QPushButton *m_runStage;
    DetailPanel *m_detail;
    bool m_shown = false;
    bool m_chosen = false;   // a person picked a line
    bool m_choosing = false; // the page is picking one
};

} // namespace cockpit
