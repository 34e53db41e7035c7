// Mail records: what stands in the DNS, what should, what to type where, and waiting until every name server has it.
#pragma once

#include "checks/engine/recordwaiter.h"
#include "ui/records/recorddesk.h"
#include "ui/widgets/page.h"

#include <QTimer>

class QButtonGroup;
class QPushButton;
class QStackedLayout;

namespace cockpit {

class Banner;
class DkimForm;
class DmarcForm;
class DraftCard;
class EmptyState;
class PlanCard;
class SpfForm;
class WaitingCard;

class RecordsPage : public Page
{
    Q_OBJECT

public:
    explicit RecordsPage(Session &session, QWidget *parent = nullptr);
    RecordsPage(Session &session, RecordWaiter::Patience patience, QWidget *parent = nullptr);

    void aboutToShow() override;
    void showKind(RecordKind kind);

protected:
    void refresh() override;
    bool selectFinding(const QString &findingId) override; // or the id of its check

private:
    void createColumns();
    QWidget *createTabs();
    void bindWork();
    void readAgain();
    void read();
    void leave();
    void takeToday();
    void takeFailure(const Error &error);
    void showStanding();
    void showDraft();
    QString whyUnknown(const RecordDraft &draft) const;
    void wait();
    QString domain() const;

    RecordDesk m_desk;
    RecordKind m_kind = RecordKind::Spf;
    QString m_domain;                    // that was read
    QString m_path;                      // of the project that it was read for: two may be about one domain
    std::optional<RecordKind> m_arrived; // why it is read again: the other forms have nothing to hear then
    bool m_hasFailed = false;
    QTimer m_countSoon;
    QTimer m_lookSoon;
    QStackedLayout *m_stack;
    EmptyState *m_empty;
    Banner *m_banner;
    QPushButton *m_again = nullptr;
    QButtonGroup *m_tabs;
    SpfForm *m_spf;
    DkimForm *m_dkim;
    DmarcForm *m_dmarc;
    PlanCard *m_plan;
    DraftCard *m_draft;
    WaitingCard *m_waiting;
};

} // namespace cockpit
