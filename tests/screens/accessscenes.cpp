// Who can do what: a permission that was given, two customers with their accounts, and rules of which some do not hold.
#include "tests/screens/camera.h"

#include "models/credentialkind.h"
#include "ui/widgets/page.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLineEdit>
#include <QTableView>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

TestActor accountOf(const QString &name, const QString &role, const QString &tenant)
{
    TestActor actor;
    actor.id = newActorId();
    actor.name = name;
    actor.role = role;
    actor.tenant = tenant;
    actor.userName = u"%1@%2.example"_s.arg(name.toLower(), tenant.toLower());
    actor.signIn.kind = SignInKind::Form;
    actor.signIn.url = u"https://app.acme-ops.example/login"_s;
    actor.signIn.contentType = "application/x-www-form-urlencoded";
    actor.signIn.bodyTemplate = u"email={{user}}&password={{password}}"_s;
    return actor;
}

} // namespace

// With a password that the product does not know, and in the same dialog the links that came by mail.
bool Camera::shootRefusedSignIn()
{
    std::vector<TestActor> actors = m_session.project().actors;
    actors.front().isThrowAway = true;
    m_session.setActors(actors);
    for (const Credential &credential : m_session.project().credentials) {
        if (credential.name == actors.front().credential)
            m_credentials.write(credential.keychainEntry, Secret("not it"), [](const Result<void> &) {});
    }
    QDialog *accounts = dialogBehind(u"testAccounts"_s);
    if (!accounts)
        return false;
    accounts->findChild<QAbstractButton *>(u"tryActor"_s)->click();
    const auto *again = accounts->findChild<QAbstractButton *>(u"tryActor"_s);
    if (!waitUntil("the sign-in was answered", [&] { return again->isEnabled(); }))
        return false;
    shootOpen(accounts, u"dialog-accounts-refused"_s);
    accounts->findChild<QAbstractButton *>(u"editActor"_s)->click();
    turnEventLoop(150ms);
    if (auto *dialog = accounts->findChild<QDialog *>(u"actorDialog"_s)) {
        shootOpen(dialog, u"dialog-account"_s);
        dialog->reject();
        turnEventLoop(50ms);
    }
    accounts->findChild<QAbstractButton *>(u"mailedLinks"_s)->click();
    turnEventLoop(150ms);
    if (auto *dialog = accounts->findChild<QDialog *>(u"mailedLinksDialog"_s)) {
        shootOpen(dialog, u"dialog-mailed-links"_s);
        dialog->findChild<QLineEdit *>(u"reset_link"_s)->setText(u"https://click.mailer.example/ls/Zk3vX9pQ2mL7"_s);
        turnEventLoop(150ms);
        shootOpen(dialog, u"dialog-mailed-links-wrong"_s);
        dialog->reject();
    }
    accounts->reject();
    turnEventLoop(50ms);
    return true;
}

bool Camera::shootAccess()
{
    m_window.showPage(pages::kAccess);
    turnEventLoop(300ms);
    if (!shootDialog(u"permissionNext"_s, u"dialog-consent"_s))
        return false;
    std::vector<TestActor> actors{
        accountOf(u"Anna"_s, u"admin"_s, u"Acme"_s), accountOf(u"Ben"_s, u"member"_s, u"Acme"_s),
        accountOf(u"Cleo"_s, u"admin"_s, u"Beta"_s), accountOf(u"Finn"_s, u"member"_s, u"Beta"_s)};
    std::vector<Credential> credentials = m_session.project().credentials;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (TestActor &actor : actors) {
        actor.credential = u"Test account: %1"_s.arg(actor.name);
        credentials.push_back({actor.credential, {}, newKeychainEntry(CredentialKind::Other), now, {}});
    }
    m_session.setCredentials(credentials);
    m_session.setActors(actors);
    m_session.agree(u"Dana"_s);
    turnEventLoop(300ms);
    auto *matrix = currentPage()->findChild<QTableView *>(u"accessMatrix"_s);
    if (matrix->model()->rowCount() > 0)
        matrix->setCurrentIndex(matrix->model()->index(0, 2));
    shoot(u"access-allowed"_s);
    if (!shootDialog(u"testAccounts"_s, u"dialog-accounts"_s) || !shootDialog(u"openRequestLog"_s, u"dialog-log"_s))
        return false;
    if (!shootRefusedSignIn())
        return false;
    m_session.stopActive();
    turnEventLoop(200ms);
    shoot(u"access-stopped"_s);
    return true;
}

} // namespace cockpit
