// The 48-hour plan: what to fix in which order, how long it takes, and the roadmap's sprint beside it.
#pragma once

#include "ui/widgets/page.h"

class QStackedLayout;

namespace cockpit {

class EmptyState;
class PlanModel;
class RowList;
class SprintList;

class Plan48Page : public Page
{
    Q_OBJECT

public:
    explicit Plan48Page(Session &session, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    QWidget *createFixes();
    QWidget *createSprint();
    void openFinding(const QModelIndex &index);

    PlanModel *m_model;
    QStackedLayout *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    RowList *m_list = nullptr;
    SprintList *m_sprint = nullptr;
};

} // namespace cockpit
