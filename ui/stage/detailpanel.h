// The right side of a stage: shows one Detail and offers what can be done about it. It decides nothing itself.
#pragma once

#include "ui/stage/detail.h"
#include "ui/widgets/card.h"

class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace cockpit {

class DetailPanel : public Card
{
    Q_OBJECT

public:
    explicit DetailPanel(QWidget *parent = nullptr);

    // The same detail again changes nothing on the screen.
    void show(const Detail &detail);
    void showNothing(const QString &title, const QString &whatToDo);
    const Detail &detail() const { return m_detail; }
    void setRunning(bool running);

signals:
    void checkAgain(const QString &checkId, const QString &host);
    void fixNow();
    void fixLater();
    void acceptRisk();
    void withdrawDecision();
    void answer();
    void withdrawAnswer();
    void openPage(const QString &pageId); // that gives what the check needs
    void makeRecord();
    void tryKey();
    void showDocument();

private:
    QWidget *makeBody();
    void addHeader(QVBoxLayout *column);
    void addSection(QVBoxLayout *column, const DetailSection &section);
    void addCopyButtons(QVBoxLayout *column);
    void scrollToEvidence();
    void addEvidence(QVBoxLayout *column);
    void createActions();
    void showActions();

    Detail m_detail;
    QScrollArea *m_scroll;
    QWidget *m_actions;
    QPushButton *m_checkAgain, *m_now, *m_later, *m_accept, *m_withdraw, *m_answer, *m_withdrawAnswer, *m_evidence,
        *m_need, *m_document, *m_record, *m_inventory, *m_try;
    bool m_running = false;
    bool m_showsEvidence = false;
};

} // namespace cockpit
