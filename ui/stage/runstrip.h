// While checks run: how far, since when, and a Stop that works.
#pragma once

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace cockpit {

class PlainLabel;
class Session;

class RunStrip : public QWidget
{
    Q_OBJECT

public:
    explicit RunStrip(Session &session, QWidget *parent = nullptr);

    // The page around it does when it refreshes itself: a strip that hides cannot tell whether it would be seen.
    void refresh();

private:
    Session &m_session;
    QProgressBar *m_bar;
    PlainLabel *m_words;
    QPushButton *m_stop;
};

} // namespace cockpit
