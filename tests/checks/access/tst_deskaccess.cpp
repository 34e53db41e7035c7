// The checks of access that ask by accounts, at a product of another style: pages, forms and a session in a cookie.
#include "checks/access/adminseparation.h"
#include "checks/access/methodtampering.h"
#include "checks/access/roles.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/shopscene.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

DeskLab &sharedDesk()
{
    static DeskLab desk;
    return desk;
}

SignIn formSignIn(const QString &base)
{
    SignIn signIn;
    signIn.kind = SignInKind::Form;
    signIn.url = base + u"/login"_s;
    signIn.contentType = "application/x-www-form-urlencoded";
    signIn.bodyTemplate = u"email={{user}}&password={{password}}&csrf_token={{csrf}}"_s;
    signIn.csrfSource = base + u"/login"_s;
    return signIn;
}

ProjectFacts factsOfDesk(DeskLab &lab)
{
    const QString base = u"https://"_s + QString::fromLatin1(lab.desk().host());
    ProjectFacts facts;
    for (const DeskRouteLine &line : lab.desk().routes()) {
        Route route;
        route.method = QString::fromLatin1(line.method);
        route.path = QString::fromLatin1(line.path);
        route.access = accessFromWord(line.access).value_or(AccessClass::SignedIn);
        facts.routes.push_back(route);
    }
    facts.actors = actorsOf(lab.desk(), formSignIn(base), base + u"/account"_s, {});
    return facts;
}

Judged judged(const Check &check, const FaultSet<DeskFault> &faults)
{
    DeskLab &lab = sharedDesk();
    lab.reset();
    lab.setFaults(faults);
    const QString host = QString::fromLatin1(lab.desk().host());
    AttackRun run(lab.netOptions(), {host}, secretsOf(lab.desk()), 600);
    const Target target{.domain = u"harbor-ledger.example"_s, .hosts = {{HostRole::App, host, kHttpsPort}}};
    return run.run(check, target, factsOfDesk(lab));
}

Check checkNamed(const QString &id)
{
    for (const Check &check : {rolesCheck(), adminSeparationCheck(), methodTamperingCheck()}) {
        if (check.id == id)
            return check;
    }
    return {};
}

} // namespace

class DeskAccessTest : public QObject
{
    Q_OBJECT

private slots:
    void findsNothingInTheCleanDesk_data();
    void findsNothingInTheCleanDesk();
    void findsFaults_data();
    void findsFaults();
};

void DeskAccessTest::findsNothingInTheCleanDesk_data()
{
    QTest::addColumn<QString>("check");
    for (const char *id : {"access.roles", "access.admin-separation", "access.method-tampering"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void DeskAccessTest::findsNothingInTheCleanDesk()
{
    QFETCH(QString, check);
    const Judged result = judged(checkNamed(check), {});
    QVERIFY2(result.findings.empty(), qPrintable(toldBy(result)));
    QVERIFY2(result.outcome == Outcome::Pass || result.outcome == Outcome::Info, qPrintable(toldBy(result)));
    QVERIFY(result.observed.value("sent"_L1).toInt() > 10);
}

void DeskAccessTest::findsFaults_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<DeskFault>("fault");
    QTest::addColumn<QString>("code");
    using enum DeskFault;
    QTest::newRow("a member sees the users") << u"access.roles"_s << MemberDoesAdmin << u"role_exceeds"_s;
    QTest::newRow("whoever comes sees the users") << u"access.roles"_s << AdminOpen << u"open_to_strangers"_s;
    QTest::newRow("another customer's invoice") << u"access.roles"_s << CrossPath << u"reads_others"_s;
    QTest::newRow("an export of all") << u"access.roles"_s << CrossExport << u"reads_others"_s;
    QTest::newRow("a member does it") << u"access.admin-separation"_s << MemberDoesAdmin << u"member_is_admin"_s;
    QTest::newRow("whoever comes does it") << u"access.admin-separation"_s << AdminOpen << u"stranger_is_admin"_s;
    QTest::newRow("override") << u"access.method-tampering"_s << MethodOverride << u"method_override"_s;
    QTest::newRow("capital letters") << u"access.method-tampering"_s << PathCaseBypass << u"other_case"_s;
    QTest::newRow("double slash") << u"access.method-tampering"_s << DoubleSlashBypass << u"double_slash"_s;
}

void DeskAccessTest::findsFaults()
{
    QFETCH(QString, check);
    QFETCH(DeskFault, fault);
    QFETCH(QString, code);
    const Judged result = judged(checkNamed(check), {fault});
    QVERIFY2(codesOf(result).contains(code), qPrintable(toldBy(result)));
    if (code == "method_override"_L1) // one fault, however the other method is named
        QVERIFY2(!codesOf(result).contains(u"content_type_swap"_s), qPrintable(toldBy(result)));
}

QTEST_GUILESS_MAIN(DeskAccessTest)
#include "tst_deskaccess.moc"
