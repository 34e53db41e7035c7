// Monitoring: is it up, how fast is it, and what happened; all from stored samples.
#pragma once

#include "ui/monitoring/monitordata.h"
#include "ui/widgets/page.h"

class QComboBox;
class QStackedLayout;

namespace cockpit {

class Banner;
class BaselineCard;
class EmptyState;
class MonitorActions;
class MonitorBoard;

class MonitoringPage : public Page
{
    Q_OBJECT

public:
    explicit MonitoringPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

protected:
    void refresh() override;

private:
    void createHeader();
    QWidget *createEmpty();
    QWidget *createBoard();
    QWidget *createBaseline();
    void bindSession();
    void readSamples();
    void showProposals();

    MonitorData m_data;
    MonitorActions *m_actions;
    QComboBox *m_window;
    Banner *m_banner;
    QStackedLayout *m_stack;
    EmptyState *m_empty = nullptr;
    MonitorBoard *m_board = nullptr;
    BaselineCard *m_baseline = nullptr;
};

} // namespace cockpit
