// The window with what stands behind it: its session, and the practice company once somebody asks for it.
#pragma once

#include "app/composition.h"
#include "app/practice/practicecompany.h"
#include "app/practicecredentials.h"
#include "app/scratch.h"
#include "models/credentialstore.h"
#include "ui/settings/appsettings.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>

namespace cockpit {

class MainWindow;
class Session;
class Theme;

class Desk : public QObject
{
    Q_OBJECT

public:
    // composition, theme and credentials outlive the desk.
    Desk(const Composition &composition, const NetOptions &net, Theme &theme, CredentialStore &credentials);
    ~Desk() override; // waits for a company that is just starting, so that it leaves nothing behind

    void show();
    void openProject(const QString &path);
    // Starts the company on a worker (making its keys takes a while), then opens a new project on it and looks at once.
    void openPractice();

    MainWindow *window() const { return m_window.get(); }
    Session *session() const { return m_session.get(); }

private:
    // A future's result is copied on its way, the company cannot be.
    using Started = std::shared_ptr<Result<std::unique_ptr<PracticeCompany>>>;

    void keepSettings(const AppSettings &settings);
    bool isPractice(const QString &path) const;
    void tellPractice();
    void takePractice();
    void lookAtPractice();

    NetOptions m_net;
    std::unique_ptr<PracticeCompany> m_practice; // before the session: it is asked until the session has stopped
    PracticeCredentials m_credentials;           // with those of the company
    Scratch m_practiceFolder;                    // the practice project is for looking around, not for keeping
    QFutureWatcher<Started> m_starting;
    AppSettings m_known; // as this window last had or kept them
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace cockpit
