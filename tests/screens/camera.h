// Walks the real window through its states, with the practice company behind it, and takes a picture of each.
#pragma once

#include "app/composition.h"
#include "app/keychain.h"
#include "app/practice/practicecompany.h"
#include "tests/checks/secrets/gitfixture.h"
#include "ui/mainwindow.h"
#include "ui/session.h"

#include <QDir>
#include <QTemporaryDir>

#include <functional>
#include <memory>

class QDialog;

namespace cockpit {

class Page;

class Camera
{
public:
    Camera(const Composition &composition, PracticeCompany &company, Theme &theme, const QString &folder, QSize size);

    // False when a state was not reached in time; the reason is printed.
    bool shootEverything();
    bool shootCode();    // the pages about code and files alone
    bool shootAttacks(); // the pages and dialogs about test attacks alone

private:
    bool waitUntil(const char *what, const std::function<bool()> &reached);
    bool waitForProject(const QString &path);
    // Lets what is on its way arrive: workers' answers, layouts, paint events.
    static void turnEventLoop(std::chrono::milliseconds duration);
    void shoot(const QString &name);
    void shootPages(const QString &suffix);
    // What opens when the button is pressed on the page that is shown.
    // patience: until its own worker has told it what it shows.
    bool shootDialog(const QString &button, const QString &name,
                     std::chrono::milliseconds patience = std::chrono::milliseconds(150));
    bool press(const QString &button);
    // The dialog that opens then; null when none does.
    QDialog *dialogBehind(const QString &button);
    void shootOpen(QDialog *dialog, const QString &name);
    bool chooseItemWith(const QString &button);
    Page *currentPage() const;

    bool shootStart();
    bool shootFirstLook();
    bool shootWithSamples();
    bool shootStageDialogs();
    bool shootOtherDialogs();
    bool shootAcceptedRecords();
    bool shootSecrets();
    bool shootAccess();
    bool shootRefusedSignIn();
    bool shootCrowd();
    bool shootGuards();
    bool shootPaste();
    bool shootFoundKey();
    std::vector<LocalSource> someSources();
    static std::vector<Credential> someCredentials();
    bool shootMessage();
    bool shootPresent();
    bool shootReadOnly();
    bool shootOffline();

    PracticeCompany &m_company;
    QDir m_folder;
    QTemporaryDir m_scratch;
    GitFixture m_code{QStringLiteral("shop")};
    SessionCredentialStore m_credentials;
    Session m_session;
    MainWindow m_window;
};

} // namespace cockpit
