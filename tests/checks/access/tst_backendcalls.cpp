#include "checks/access/backendasks.h"
#include "checks/access/backendcalls.h"
#include "models/projectstate.h"
#include "models/unseen.h"
#include "tests/checks/access/backendscene.h"
#include "tests/checks/stoppedlook.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// With the evidence, as it goes into reports.
QString toldInAll(const Judged &judged)
{
    QString all = told(judged);
    for (const Finding &finding : judged.findings) {
        all += finding.title + finding.whatWeSaw;
        for (const Evidence &evidence : finding.evidence)
            all += evidence.body;
    }
    return all;
}

} // namespace

class TestBackendCalls : public QObject, private BackendScene
{
    Q_OBJECT

private slots:
    void callsWhatIsMarked_data();
    void callsWhatIsMarked();
    void signsNobodyUp();
    void asksFirebase_data();
    void asksFirebase();
    void runsQueriesWithLeave_data();
    void runsQueriesWithLeave();
    void saysWhatIsBeyondItsMeasure();
    void stopsWhileItAsks();
    void keepsWhatIsNotAskedAgain_data();
    void keepsWhatIsNotAskedAgain();

private:
    Judged judgedIn(AttackRun &run, const ProjectFacts &facts = {})
    {
        return run.run(unauthenticatedCheck(), targetOf({QString::fromLatin1(kAppHost)}), facts);
    }

    int signUps() { return m_backend.journal().count("POST", "/v1/accounts:signUp"); }
};

// With leave for the host and the mark of the founder; one of them alone is not enough.
void TestBackendCalls::callsWhatIsMarked_data()
{
    QTest::addColumn<bool>("isMarked");
    QTest::addColumn<bool>("isCovered");
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<int>("calls");
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("open") << true << true << true << 1 << false;
    QTest::newRow("asks for a session") << true << true << false << 1 << false;
    QTest::newRow("not marked") << false << true << true << 0 << false;
    QTest::newRow("not agreed for that host") << true << false << true << 0 << false;
    QTest::newRow("stopped by the person") << true << true << true << 0 << true;
}

void TestBackendCalls::callsWhatIsMarked()
{
    QFETCH(bool, isMarked);
    QFETCH(bool, isCovered);
    QFETCH(bool, isOpen);
    QFETCH(int, calls);
    QFETCH(bool, isStopped);
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp(isOpen ? BackendSetup{.faults = {BackendFault::FunctionOpen}} : BackendSetup());
    Route route;
    route.method = u"POST"_s;
    route.path = u"/functions/v1/send-report"_s;
    route.host = QString::fromLatin1(kBackendHost);
    route.access = AccessClass::Public;
    route.safeToWrite = isMarked;
    AttackRun run(m_server.netOptions(), {QString::fromLatin1(isCovered ? kBackendHost : kAppHost)}, {});
    ProjectFacts facts;
    facts.routes = {route};
    const auto foretold = unauthenticatedCheck().requests({targetOf({QString::fromLatin1(kAppHost)}), facts});
    QCOMPARE(foretold.size(), std::size_t(1)); // whatever the pages name
    QCOMPARE(foretold.front().most, kMostSignUps + kMostQueries + (isMarked ? 1 : 0));
    *run.killed = isStopped;
    const Judged judged = judgedIn(run, facts);
    QCOMPARE(m_backend.journal().count("POST", "/functions/v1/send-report"), calls);
    QCOMPARE(run.gate->sentBy(u"access.unauthenticated"_s), calls + (isStopped ? 0 : 1)); // Firebase, too
    const bool isFound = calls > 0 && isOpen;
    QVERIFY2(codesOf(judged) == (isFound ? QStringList{u"service_open"_s} : QStringList()), qPrintable(told(judged)));
    const QJsonObject supabase = judged.observed["backends"_L1].toArray().first().toObject();
    QCOMPARE(supabase["not_called"_L1].toArray().size(), 1 - calls);
}

// No address and a password that Firebase takes from nobody, sent by nothing but the gate.
void TestBackendCalls::signsNobodyUp()
{
    const auto found = backendsIn({m_code});
    const auto firebase = std::ranges::find(found, BackendKind::Firebase, &BackendFound::kind);
    QVERIFY(firebase != found.end());
    const BackendAsk ask = signUpAsk(*firebase);
    const QJsonObject body = QJsonDocument::fromJson(ask.question.body).object();
    QVERIFY(!body["email"_L1].toString().isEmpty() && !body["email"_L1].toString().contains(u'@'));
    QVERIFY(!body["password"_L1].toString().isEmpty() && body["password"_L1].toString().size() < 6);
}

void TestBackendCalls::asksFirebase_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<int>("budget"); // -1: not permitted
    QTest::addColumn<bool>("isKilled");
    QTest::addColumn<QString>("why"); // it was not asked; empty: it was
    QTest::newRow("open") << true << 20 << false << QString();
    QTest::newRow("shut") << false << 20 << false << QString();
    QTest::newRow("not permitted") << true << -1 << false << u"not permitted test requests"_s;
    QTest::newRow("stopped by the person") << true << 20 << true << u"stopped or used up"_s;
    QTest::newRow("used up") << true << 0 << false << u"stopped or used up"_s;
}

void TestBackendCalls::asksFirebase()
{
    QFETCH(bool, isOpen);
    QFETCH(int, budget);
    QFETCH(bool, isKilled);
    QFETCH(QString, why);
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp(isOpen ? BackendSetup{.faults = {BackendFault::FirebaseSignUpOpen}} : BackendSetup());
    AttackRun run(m_server.netOptions(), {QString::fromLatin1(kAppHost)}, {}, budget);
    *run.killed = isKilled;
    const Judged judged = budget < 0 ? this->judged() : judgedIn(run);
    const bool isAsked = why.isEmpty();
    QCOMPARE(signUps(), isAsked ? 1 : 0);
    QVERIFY2(codesOf(judged) == (isAsked && isOpen ? QStringList{u"sign_up_open"_s} : QStringList()),
             qPrintable(told(judged)));
    // What was not asked is not known, and said so.
    QVERIFY2(isAsked ? !judged.reason.contains("not asked"_L1) : judged.reason.contains(why),
             qPrintable(judged.reason));
    QVERIFY(isAsked || judged.outcome != Outcome::Pass);
    QCOMPARE(unseenSubjects(judged.observed).contains(u"sign_up sign-up"_s), !isAsked);
    const auto log = run.gate->log();
    QCOMPARE(log.size(), std::size_t(isAsked ? 1 : 0));
    for (const LoggedRequest &line : log) {
        QCOMPARE(line.checkId, u"access.unauthenticated"_s);
        QCOMPARE(line.method + u' ' + line.host + line.route,
                 u"POST identitytoolkit.googleapis.com/v1/accounts:signUp"_s);
        QCOMPARE(line.status, 400);
        QCOMPARE(line.note, u"vendor"_s);
    }
}

void TestBackendCalls::runsQueriesWithLeave_data()
{
    QTest::addColumn<int>("budget"); // -1: not permitted
    QTest::addColumn<bool>("isKilled");
    QTest::addColumn<QString>("why"); // they were not run; empty: they were
    QTest::newRow("permitted") << 20 << false << QString();
    QTest::newRow("not permitted") << -1 << false << u"their answers hold content"_s;
    QTest::newRow("stopped by the person") << 20 << true << u"Not all queries of your Convex were run"_s;
    QTest::newRow("used up") << 0 << false << u"Not all queries of your Convex were run"_s;
}

// Convex cannot count: what a query answers is content, which nobody reads without leave.
void TestBackendCalls::runsQueriesWithLeave()
{
    QFETCH(int, budget);
    QFETCH(bool, isKilled);
    QFETCH(QString, why);
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.faults = {BackendFault::ConvexOpen}});
    m_code = m_backend.otherBundleLine(kDomain);
    AttackRun run(m_server.netOptions(), {QString::fromLatin1(kAppHost)}, {}, budget);
    *run.killed = isKilled;
    const Judged judged = budget < 0 ? this->judged() : judgedIn(run);
    m_code = wholeCode();
    const bool isRun = why.isEmpty();
    const int sent = m_backend.journal().count("POST", "/api/query");
    QVERIFY2(isRun ? sent == 2 : sent == 0, qPrintable(QString::number(sent))); // and a made-up one
    QCOMPARE(run.gate->sentBy(u"access.unauthenticated"_s), sent);
    QCOMPARE(codesOf(judged).contains(u"records_open"_s), isRun);
    QVERIFY2(isRun ? !judged.reason.contains("Convex"_L1) : judged.reason.contains(why), qPrintable(judged.reason));
    QCOMPARE(unseenSubjects(judged.observed).contains(u"query customers:list"_s), !isRun);
    QVERIFY(isRun || judged.outcome != Outcome::Pass);
    const QString all = toldInAll(judged);
    for (const char *value : {"birch-lease", "Bella", "bella.reyes"})
        QVERIFY2(!all.contains(QLatin1StringView(value)), value);
}

// Our own measure is no want of requests: more of them would change nothing.
void TestBackendCalls::saysWhatIsBeyondItsMeasure()
{
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({});
    m_code = m_backend.otherBundleLine(kDomain);
    for (int i = 0; i < 12; ++i)
        m_code += "useQuery(api.things.list" + QByteArray::number(i) + ");";
    AttackRun run(m_server.netOptions(), {QString::fromLatin1(kAppHost)}, {}, 40);
    const Judged judged = judgedIn(run);
    m_code = wholeCode();
    QCOMPARE(m_backend.journal().count("POST", "/api/query"), kMostQueries);
    QCOMPARE(run.gate->sentBy(u"access.unauthenticated"_s), kMostQueries);
    QVERIFY2(judged.reason.contains(u"more queries of Convex than one run asks"_s), qPrintable(judged.reason));
    QVERIFY2(!judged.reason.contains(u"used up"_s), qPrintable(judged.reason));
    QVERIFY(judged.outcome != Outcome::Pass);
    QCOMPARE(unseenSubjects(judged.observed).filter(u"query things:list"_s).size(), 12 + 1 - (kMostQueries - 1));
}

void TestBackendCalls::stopsWhileItAsks()
{
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.faults = {BackendFault::FirebaseSignUpOpen}});
    m_slowPath = "accounts:signUp";
    m_slowness = std::chrono::milliseconds(1500);
    m_slowed = 0;
    AttackRun run(m_server.netOptions(), {QString::fromLatin1(kAppHost)}, {});
    const StoppedLook stopped =
        stoppedLook([&] { return m_slowed > 0; }, [&] { run.token.cancel(); }, [&] { return judgedIn(run); });
    m_slowPath.clear();
    m_slowness = std::chrono::milliseconds(0);
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(stopped.judged.findings.empty(), qPrintable(told(stopped.judged)));
    QCOMPARE(run.gate->log().size(), std::size_t(1));
    QCOMPARE(run.gate->log().front().status, 0); // cut off, and written down
}

void TestBackendCalls::keepsWhatIsNotAskedAgain_data()
{
    QTest::addColumn<QList<QByteArray>>("codes"); // of the pages, one look after the other
    QTest::addColumn<bool>("isShut");             // before the last look
    QTest::addColumn<QString>("open");            // in the end
    const QByteArray all = wholeCode();
    const QByteArray without = QByteArray(all).replace("db.from(\"orders\");", "");
    const QByteArray supabaseAlone = m_backend.bundleLine("https://" + kBackendHost);
    const QByteArray none = "console.log(1)";
    const QString both = u"collection_open database_open table_open"_s;
    QTest::newRow("still open") << QList{all, all} << false << both;
    QTest::newRow("shut") << QList{all, all} << true << QString();
    QTest::newRow("named by no page any more, open") << QList{all, none} << false << both;
    QTest::newRow("named by no page any more, who knows") << QList{all, none} << true << both;
    QTest::newRow("not named for two looks") << QList{all, none, none} << true << both;
    QTest::newRow("named again, and shut") << QList{all, none, all} << true << QString();
    QTest::newRow("named again, still open") << QList{all, none, all} << false << both;
    // Its name is known, so that it is asked for all the same.
    QTest::newRow("the table is not named any more, open") << QList{all, without} << false << both;
    QTest::newRow("the table is not named any more, shut") << QList{all, without} << true << QString();
    QTest::newRow("one of two services is named")
        << QList{all, supabaseAlone} << true << u"collection_open database_open"_s;
}

// A finding ends by an answer, and not because nobody asked.
void TestBackendCalls::keepsWhatIsNotAskedAgain()
{
    QFETCH(QList<QByteArray>, codes);
    QFETCH(bool, isShut);
    using enum BackendFault;
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.faults = {FirestoreOpen, RealtimeRootOpen}, .readableTables = {u"orders"_s}});
    Route route;
    route.path = u"/api/private"_s;
    route.host = QString::fromLatin1(kAppHost);
    route.access = AccessClass::SignedIn;
    ProjectState state;
    ProjectFacts facts;
    facts.routes = {route};
    QDateTime at(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
    for (qsizetype i = 0; i < codes.size(); ++i) {
        if (isShut && i + 1 == codes.size())
            m_backend.setUp({});
        m_code = codes[i];
        const Judged judged = this->judged({}, {QString::fromLatin1(kAppHost)}, facts);
        QVERIFY2(judged.outcome != Outcome::NotRun && judged.outcome != Outcome::Error, qPrintable(told(judged)));
        const bool isAllAsked = !judged.summary.contains("not looked at again"_L1);
        QVERIFY2(judged.outcome != Outcome::Pass || isAllAsked, qPrintable(told(judged)));
        CheckResult result{.checkId = u"access.unauthenticated"_s, .host = {}, .outcome = judged.outcome};
        result.observed = judged.observed;
        result.findings = judged.findings;
        for (Finding &finding : result.findings)
            finding.checkId = result.checkId;
        applyResults(state, {result}, at = at.addDays(1));
        facts.observedBefore = {{result.key(), judged.observed}};
        QCOMPARE(judged.summary.contains("not looked at again"_L1), !codes[i].contains("initializeApp"));
    }
    m_code = wholeCode();
    QStringList open;
    for (const Finding &finding : openFindings(state))
        open.append(finding.code);
    open.sort();
    QTEST(open.join(u' '), "open");
}

QTEST_GUILESS_MAIN(TestBackendCalls)
#include "tst_backendcalls.moc"
