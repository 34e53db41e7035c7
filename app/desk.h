// One window with what stands behind it: its session, and the practice company when it shows that one.
#pragma once

#include "app/composition.h"
#include "app/practice/practicecompany.h"
#include "models/credentialstore.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace cockpit {

class MainWindow;
class Session;
class Theme;

class Desk : public QObject
{
    Q_OBJECT

public:
    // composition, theme and credentials outlive the desk. practice: null for a window on real products.
    Desk(const Composition &composition, const NetOptions &net, Theme &theme, CredentialStore &credentials,
         std::unique_ptr<PracticeCompany> practice);
    ~Desk() override;

    void show();
    void close();
    void openProject(const QString &path);

signals:
    void practiceRequested();

private:
    void openPractice();

    std::unique_ptr<PracticeCompany> m_practice; // before the session: it is asked until the session has stopped
    QTemporaryDir m_practiceFolder;              // the practice project is for looking around, not for keeping
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace cockpit
