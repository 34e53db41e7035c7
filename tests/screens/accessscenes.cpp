// Who can do what: a permission that was given, two customers with their accounts, and rules of which some do not hold.
#include "tests/screens/camera.h"

#include "models/credentialkind.h"
#include "ui/widgets/page.h"

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
    m_session.stopActive();
    turnEventLoop(200ms);
    shoot(u"access-stopped"_s);
    return true;
}

} // namespace cockpit
