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
class RunStrip;
class RowList;

class StagePage : public Page
{
    Q_OBJECT

public:
    StagePage(int number, Session &session, QWidget *parent = nullptr);

    int number() const { return m_number; }

protected:
    void refresh() override;
    // Selects a finding's row; false when this stage does not show it.
    bool selectFinding(const QString &findingId) override;

private:
    enum View { ResultsView, ItemsView };

    void build();
    QWidget *makeViews();
    Card *makeListCard(RowList *list, const QString &name);
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
    RunStrip *m_runStrip;
    ResultsModel *m_results;
    ItemsModel *m_items;
    RowList *m_resultList;
    RowList *m_itemList;
    QStackedWidget *m_views;
    QStackedWidget *m_resultStack; // the list, or what to do when it is empty
    EmptyState *m_noResults;
    QPushButton *m_showResults;
    QPushButton *m_showItems;
    QPushButton *m_runStage;
    DetailPanel *m_detail;
    bool m_chosen = false;   // a person picked a line
    bool m_choosing = false; // the page is picking one
};

} // namespace cockpit
