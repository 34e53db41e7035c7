// One draft: what stands there, what should, the difference, and what to type at the DNS host.
#pragma once

#include "models/recorddraft.h"
#include "models/recordwish.h"
#include "ui/widgets/card.h"

class QPushButton;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;

class DraftCard : public Card
{
    Q_OBJECT

public:
    explicit DraftCard(QWidget *parent = nullptr);

    // The same draft again changes nothing on the screen. dnsHost: provider id; may be empty. whyUnknown: stands in
    // place of "There is none." where nobody knows that; empty when it is known.
    void show(const RecordDraft &draft, const QString &dnsHost, const QString &whyUnknown = {});
    const RecordDraft &draft() const { return m_draft; }
    void setBudget(const SpfBudget &budget);
    void clearBudget();
    void setWaiting(bool isWaiting);

signals:
    void waitRequested();

private:
    QWidget *makeBody(const QString &dnsHost);
    void addNotes(QVBoxLayout *column);
    void addFields(QVBoxLayout *column, const QString &dnsHost);
    void showButton();

    RecordDraft m_draft;
    QString m_dnsHost;
    QString m_whyUnknown;
    QWidget *m_body = nullptr;
    PlainLabel *m_budget;
    QPushButton *m_wait;
    bool m_isWaiting = false;
    bool m_hasShown = false;
};

// "3 of 10 look-ups: _spf.google.com 3" and a warning where it matters.
QString budgetSentence(const SpfBudget &budget);

} // namespace cockpit
