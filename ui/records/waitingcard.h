// "Waiting for your change": which of the zone's servers has it, until all do.
#pragma once

#include "checks/engine/recordwaiter.h"
#include "ui/widgets/card.h"

class QPushButton;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;

class WaitingCard : public Card
{
    Q_OBJECT

public:
    WaitingCard(RecordWaiter::Ask ask, RecordWaiter::Patience patience, QWidget *parent = nullptr);

    void wait(const RecordDraft &draft, const NetOptions &net);
    void stop();
    bool isWaiting() const { return m_waiter.isWaiting(); }

signals:
    void waitingChanged();
    void arrived(cockpit::RecordKind kind);
    void checkAgain(const QString &checkId);

private:
    void showAnswers(const std::vector<OwnerAnswer> &answers);
    void showEnd(WaitEnd end);
    void say(const QString &text);

    RecordWaiter m_waiter;
    RecordKind m_kind = RecordKind::Spf;
    PlainLabel *m_what;
    PlainLabel *m_standing;
    QVBoxLayout *m_rows;
    QPushButton *m_stop;
    QPushButton *m_again;
};

} // namespace cockpit
