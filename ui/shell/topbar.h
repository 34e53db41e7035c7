// The window's upper edge: which project, how it stands, and what can be done from anywhere.
#pragma once

#include "ui/widgets/refresher.h"

#include <QFrame>

class QMenu;
class QPushButton;

namespace cockpit {

class ElidedLabel;
class Pill;
class PlainLabel;
class Session;

class TopBar : public QFrame
{
    Q_OBJECT

public:
    explicit TopBar(Session &session, QWidget *parent = nullptr);

    // On the start page there is no project to present or to check.
    void setShowsProject(bool shows);
    // Fills the two menus; the bar only shows them.
    void setMenus(QMenu *languages, QMenu *settings);

signals:
    void homeRequested();
    void presentRequested();
    void addressesRequested();
    void credentialsRequested();
    void runRequested();
    void stopRequested();

private:
    void refresh();
    void showRun();

    Session &m_session;
    Refresher *m_refresher;
    QPushButton *m_home;
    ElidedLabel *m_project;
    Pill *m_verdict;
    PlainLabel *m_saving; // a word beside the verdict while saving fails
    QPushButton *m_language;
    QPushButton *m_settings;
    QPushButton *m_present;
    QPushButton *m_addresses;
    QPushButton *m_credentials;
    QPushButton *m_run;
    bool m_showsProject = false;
};

// The verdict in a few words: "No-go · 2 blockers".
QString verdictWords(const Session &session);

} // namespace cockpit
