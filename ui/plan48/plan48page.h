// The 48-hour plan: what to fix in which order, how long it takes, and the roadmap's sprint beside it.
#pragma once

#include "ui/widgets/page.h"

class QListView;
class QStackedLayout;

namespace cockpit {

class EmptyState;
class PlanModel;
class SprintList;

class Plan48Page : public Page
{
    Q_OBJECT

public:
    explicit Plan48Page(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

private:
    QWidget *createFixes();
    QWidget *createSprint();
    void refresh();
    void openFinding(const QModelIndex &index);

    PlanModel *m_model;
    QStackedLayout *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QListView *m_list = nullptr;
    SprintList *m_sprint = nullptr;
};

} // namespace cockpit
