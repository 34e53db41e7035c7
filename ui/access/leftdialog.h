// What earlier runs left in the product: each record with where it is, and how it goes away.
#pragma once

#include "checks/engine/leftremoval.h"

#include <QDialog>

class QPushButton;

namespace cockpit {

class Banner;
class PlainLabel;
class Session;

// Told where the next run is begun; hidden where nothing is left.
void tellLeft(Banner &banner, const std::vector<JournalEntry> &left);

class LeftDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LeftDialog(Session &session, QWidget *parent = nullptr);

private:
    void build();
    void refresh();
    void remove();
    void stop();
    void askToForget();
    void take(const Result<LeftReport> &report);
    static QString sentenceOf(int stay, bool wasStopped);

    Session &m_session;
    PlainLabel *m_list;
    PlainLabel *m_why; // nothing can be asked now
    PlainLabel *m_answer;
    QPushButton *m_remove, *m_stop, *m_forget;
    std::vector<LeftOutcome> m_outcomes; // of the last removal
    bool m_isStopping = false;           // by the person, and its end has not been told
};

} // namespace cockpit
