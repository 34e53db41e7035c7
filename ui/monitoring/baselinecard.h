// The accepted DNS records on the Monitoring page: since when, what differs, and the buttons to accept and to look, and
// how often it is looked at by itself.
#pragma once

#include "ui/monitoring/baselineview.h"
#include "ui/widgets/card.h"

class QComboBox;
class QPushButton;

namespace cockpit {

class PlainLabel;
class StateIcon;

class BaselineCard : public Card
{
    Q_OBJECT

public:
    explicit BaselineCard(QWidget *parent = nullptr);

    // isBusy: a run goes on, or the project is open to look only.
    void show(const BaselineView &view, bool isBusy);

signals:
    void acceptPressed();
    void lookPressed();
    void intervalChosen(std::chrono::seconds interval);

private:
    QLayout *createWatch();

    StateIcon *m_icon;
    PlainLabel *m_state;
    PlainLabel *m_status;
    PlainLabel *m_differences;
    PlainLabel *m_looks;
    PlainLabel *m_intervalLabel;
    QComboBox *m_interval;
    QPushButton *m_accept;
    QPushButton *m_look;
};

} // namespace cockpit
