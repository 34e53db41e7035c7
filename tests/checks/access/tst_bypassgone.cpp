// Ways around a refusal of before at what the product, or the project, does not have any more.
#include "checks/access/bypassowed.h"
#include "checks/access/subdomainbypass.h"
#include "models/unseen.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kUsers = u"GET /users"_s;
const QString kOld = u"old.example.com"_s;

QJsonObject foundAt(const QString &host, const QString &route, const QString &role = {})
{
    return {{u"tries"_s, QJsonArray{QJsonObject{{u"way"_s, u"other_host"_s},
                                                {u"host"_s, host},
                                                {u"route"_s, route},
                                                {u"role"_s, role},
                                                {u"seen"_s, u"open"_s}}}}};
}

bool closesAt(const Judged &judged, const QString &host)
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = u"other_host"_s;
    earlier.host = host;
    return hasSeen(result, earlier);
}

} // namespace

class TestBypassGone : public QObject
{
    Q_OBJECT

private slots:
    void owes_data();
    void owes();
    void letsGoOfAHostThatWasShutDown();
};

void TestBypassGone::owes_data()
{
    QTest::addColumn<QString>("role"); // that went it
    QTest::addColumn<QStringList>("hosts");
    QTest::addColumn<QStringList>("roles");
    QTest::addColumn<bool>("isOwed");
    QTest::addColumn<QString>("said");
    const QStringList all{u"api.example.com"_s, kOld};
    const QStringList left{u"api.example.com"_s};
    const QStringList roles{u"admin"_s, u"member"_s};
    const QString gone = u"not among your addresses any more"_s;
    const QString add = u"a test account with the role member, which no account has any more"_s;
    QTest::newRow("all is there") << u"member"_s << all << roles << true << QString();
    QTest::newRow("of another case") << u"member"_s << QStringList{u"OLD.example.com"_s} << roles << true << QString();
    QTest::newRow("the host is gone") << u"member"_s << left << roles << false << gone;
    QTest::newRow("the host is gone, for a stranger") << QString() << left << roles << false << gone;
    QTest::newRow("the role is gone") << u"member"_s << all << QStringList{u"admin"_s} << true << add;
    QTest::newRow("both are gone") << u"member"_s << left << QStringList{u"admin"_s} << false << gone;
    QTest::newRow("a stranger has no role") << QString() << all << QStringList{u"admin"_s} << true << QString();
    QTest::newRow("nobody knows what there is") << u"member"_s << QStringList() << QStringList() << true << QString();
}

void TestBypassGone::owes()
{
    QFETCH(QString, role);
    QFETCH(QStringList, hosts);
    QFETCH(QStringList, roles);
    QFETCH(bool, isOwed);
    QFETCH(QString, said);
    BypassLook look;
    look.before = foundAt(kOld, kUsers, role);
    look.gaps = {{kUsers, BypassGap::Why::NotTold}};
    look.hosts = hosts;
    look.roles = roles;
    QCOMPARE(owedWays(look).size(), isOwed ? 1U : 0U);
    const Judged judged = judgeSubdomainBypass(look, hosts);
    QCOMPARE(judged.observed.contains(u"not_tried_again"_s), isOwed);
    QVERIFY2(said.isEmpty() ? !judged.reason.contains("any more"_L1) : judged.reason.contains(said),
             qPrintable(judged.reason));
}

// The repair that most choose: the forgotten host is shut down and taken off the list. It is said once.
void TestBypassGone::letsGoOfAHostThatWasShutDown()
{
    ShopRun run;
    QVERIFY2(run.shop.isReady(), qPrintable(run.shop.problem()));
    const QString route = u"GET /api/admin/users"_s;
    const QString beta = QString::fromLatin1(run.shop.shop().betaHost());
    run.facts.observedBefore[u"access.subdomain-bypass"_s] = foundAt(kOld, route);
    const Judged judged = run.run(subdomainBypassCheck());
    QVERIFY2(judged.outcome == Outcome::Info && closesAt(judged, kOld), qPrintable(toldBy(judged)));
    QVERIFY2(judged.reason.contains(kOld), qPrintable(judged.reason));
    run.facts.observedBefore[u"access.subdomain-bypass"_s] = judged.observed;
    const Judged next = run.run(subdomainBypassCheck());
    QVERIFY2(next.outcome == Outcome::Pass, qPrintable(toldBy(next)));
    // Of a host that is there still, which was not tried by that account.
    run.facts.observedBefore[u"access.subdomain-bypass"_s] = foundAt(beta, route, u"auditor"_s);
    const Judged untried = run.run(subdomainBypassCheck());
    QVERIFY2(untried.outcome == Outcome::Info && !closesAt(untried, beta), qPrintable(toldBy(untried)));
    QVERIFY2(untried.reason.contains("the role auditor, which no account has any more"_L1), qPrintable(untried.reason));
}

QTEST_GUILESS_MAIN(TestBypassGone)
#include "tst_bypassgone.moc"
