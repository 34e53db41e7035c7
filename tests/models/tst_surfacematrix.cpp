#include "models/checkcatalog.h"
#include "models/surfacematrix.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kSite = u"example.com"_s;
const QString kApp = u"app.example.com"_s;

// A look with one finding of each named severity, open in the project.
void add(ProjectState &state, const QString &checkId, const QString &host, Outcome outcome,
         const std::vector<Severity> &severities = {}, const QString &findingHost = {})
{
    CheckResult result;
    result.checkId = checkId;
    result.host = host;
    result.outcome = outcome;
    result.summary = checkId + u" seen"_s;
    for (const Severity severity : severities) {
        Finding finding;
        finding.checkId = checkId;
        finding.code = u"code-%1"_s.arg(toWord(severity));
        finding.host = findingHost.isEmpty() ? host : findingHost;
        finding.severity = severity;
        finding.title = finding.code;
        result.findings.push_back(finding);
        state.findings.emplace(finding.id(), FindingRecord{finding, {}, {}, {}});
    }
    state.latest.insert_or_assign(result.key(), result);
}

ProjectState project()
{
    ProjectState state;
    state.settings.target = {
        kSite,
        {{HostRole::Site, kSite, 443}, {HostRole::App, kApp, 443}, {HostRole::Mail, u"mail.example.com"_s, 443}}};
    return state;
}

SurfaceCell cell(const ProjectState &state, const QString &host, SurfaceColumn column)
{
    for (const SurfaceRow &row : surfaceMatrix(state)) {
        if (row.host.name == host)
            return row.cells.at(static_cast<std::size_t>(column));
    }
    return {};
}

// "Fail", "Pass+1" with one line that was not looked at.
QString told(const SurfaceCell &cell)
{
    const QString word = toWord(cell.outcome);
    return cell.notLookedAt > 0 ? u"%1+%2"_s.arg(word).arg(cell.notLookedAt) : word;
}

} // namespace

class TestSurfaceMatrix : public QObject
{
    Q_OBJECT

private slots:
    void hasARowForEachHost();
    void takesTheWorst_data();
    void takesTheWorst();
    void opensTheWorstFinding();
    void forgetsClosedFindings();
    void readsResolution_data();
    void readsResolution();
    void sharesWhatIsSaidOfTheSite();
    void tellsFigures();
    void marksWhatWasSeenInPart_data();
    void marksWhatWasSeenInPart();
    void knowsFindingsOfTheEdgeAndTheLogs();
    void knowsEveryCheck();
};

void TestSurfaceMatrix::hasARowForEachHost()
{
    const auto rows = surfaceMatrix(project());
    QCOMPARE(rows.size(), 2u); // mail shows no pages
    for (const SurfaceRow &row : rows) {
        QCOMPARE(row.cells.size(), kSurfaceColumns.size());
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            QCOMPARE(row.cells[i].column, kSurfaceColumns[i]);
            QCOMPARE(row.cells[i].outcome, Outcome::NotRun);
            QVERIFY(row.cells[i].lines.empty());
        }
    }
    QVERIFY(surfaceMatrix(ProjectState()).empty());
}

void TestSurfaceMatrix::takesTheWorst_data()
{
    QTest::addColumn<QList<Outcome>>("outcomes"); // of hsts, csp, framing
    QTest::addColumn<QString>("expected");
    using enum Outcome;
    QTest::newRow("nothing") << QList<Outcome>{} << u"not_run"_s;
    QTest::newRow("all well") << QList<Outcome>{Pass, Pass, Info} << u"pass"_s;
    QTest::newRow("one warns") << QList<Outcome>{Pass, Warn, Pass} << u"warn"_s;
    QTest::newRow("one fails") << QList<Outcome>{Warn, Fail, Pass} << u"fail"_s;
    QTest::newRow("one could not look") << QList<Outcome>{Pass, Error, Pass} << u"error"_s;
    QTest::newRow("a warning stands above that") << QList<Outcome>{Error, Warn, Pass} << u"warn"_s;
    QTest::newRow("one did not run") << QList<Outcome>{Pass, NotRun, Pass} << u"pass+1"_s;
    QTest::newRow("none ran") << QList<Outcome>{NotRun, NotRun, NotRun} << u"not_run+3"_s;
    QTest::newRow("one does not apply") << QList<Outcome>{NotApplicable, Pass, Pass} << u"pass"_s;
    QTest::newRow("none applies") << QList<Outcome>{NotApplicable, NotApplicable} << u"not_applicable"_s;
    QTest::newRow("none applies or ran") << QList<Outcome>{NotApplicable, NotRun} << u"not_applicable+1"_s;
}

void TestSurfaceMatrix::takesTheWorst()
{
    QFETCH(QList<Outcome>, outcomes);
    ProjectState state = project();
    const QStringList checks{u"http.hsts"_s, u"http.csp"_s, u"http.framing"_s};
    for (qsizetype i = 0; i < outcomes.size(); ++i)
        add(state, checks[i], kApp, outcomes[i]);
    QTEST(told(cell(state, kApp, SurfaceColumn::Headers)), "expected");
    QCOMPARE(cell(state, kSite, SurfaceColumn::Headers).outcome, Outcome::NotRun); // another host
    QCOMPARE(cell(state, kApp, SurfaceColumn::Cache).outcome, Outcome::NotRun);    // another column
}

void TestSurfaceMatrix::opensTheWorstFinding()
{
    ProjectState state = project();
    add(state, u"http.hsts"_s, kApp, Outcome::Warn, {Severity::Low, Severity::Medium});
    add(state, u"http.csp"_s, kApp, Outcome::Fail, {Severity::High});
    const SurfaceCell seen = cell(state, kApp, SurfaceColumn::Headers);
    QCOMPARE(seen.findingId, seen.lines.front().findingId);
    QVERIFY(seen.findingId.contains(u"code-high"_s));
    QVERIFY(seen.lines.at(1).findingId.contains(u"code-medium"_s));
    QCOMPARE(seen.words, u"http.csp seen"_s);
}

void TestSurfaceMatrix::forgetsClosedFindings()
{
    ProjectState state = project();
    add(state, u"http.hsts"_s, kApp, Outcome::Warn, {Severity::Medium});
    for (auto &[id, record] : state.findings)
        record.closedAt = QDateTime::currentDateTimeUtc();
    const SurfaceCell seen = cell(state, kApp, SurfaceColumn::Headers);
    QVERIFY(seen.findingId.isEmpty());
    QCOMPARE(seen.outcome, Outcome::Warn);
}

void TestSurfaceMatrix::readsResolution_data()
{
    QTest::addColumn<QJsonObject>("host");
    QTest::addColumn<QString>("expected");
    const QJsonArray some{u"192.0.2.1"_s};
    const auto host = [](const QString &name, const QString &status, const QJsonArray &addresses) {
        return QJsonObject{{u"name"_s, name}, {u"status"_s, status}, {u"addresses"_s, addresses}};
    };
    QTest::newRow("an address") << host(kApp, u"answered"_s, some) << u"pass"_s;
    QTest::newRow("no address") << host(kApp, u"answered"_s, {}) << u"error"_s;
    QTest::newRow("no such name") << host(kApp, u"nxdomain"_s, {}) << u"error"_s;
    QTest::newRow("silence") << host(kApp, u"timeout"_s, {}) << u"error"_s;
    QTest::newRow("another host") << host(kSite, u"answered"_s, some) << u"not_run"_s;
    QTest::newRow("nonsense") << QJsonObject{{u"name"_s, 7}} << u"not_run"_s;
}

void TestSurfaceMatrix::readsResolution()
{
    QFETCH(QJsonObject, host);
    ProjectState state = project();
    add(state, u"dns.resolution"_s, {}, Outcome::Pass);
    state.latest.begin()->second.observed = {{u"hosts"_s, QJsonArray{host}}};
    QTEST(told(cell(state, kApp, SurfaceColumn::Resolves)), "expected");
}

void TestSurfaceMatrix::sharesWhatIsSaidOfTheSite()
{
    ProjectState state = project();
    add(state, u"http.canonical"_s, {}, Outcome::Warn, {Severity::Medium}); // about the site
    QCOMPARE(cell(state, kSite, SurfaceColumn::Redirect).outcome, Outcome::Warn);
    QCOMPARE(cell(state, kApp, SurfaceColumn::Redirect).outcome, Outcome::NotRun);

    ProjectState other = project();
    add(other, u"http.canonical"_s, {}, Outcome::Fail, {Severity::High}, kApp); // about the app alone
    QCOMPARE(cell(other, kApp, SurfaceColumn::Redirect).outcome, Outcome::Fail);
    QVERIFY(!cell(other, kApp, SurfaceColumn::Redirect).findingId.isEmpty());
    QCOMPARE(cell(other, kSite, SurfaceColumn::Redirect).outcome, Outcome::Pass);
    QVERIFY(cell(other, kSite, SurfaceColumn::Redirect).findingId.isEmpty());
}

void TestSurfaceMatrix::tellsFigures()
{
    ProjectState state = project();
    add(state, u"http.latency"_s, kApp, Outcome::Pass);
    state.latest.begin()->second.observed = {{u"p95_ms"_s, 180.6}};
    QCOMPARE(cell(state, kApp, SurfaceColumn::Latency).figure, u"181 ms"_s);
    QVERIFY(cell(state, kSite, SurfaceColumn::Latency).figure.isEmpty());
    state.latest.begin()->second.observed = {{u"p95_ms"_s, QJsonValue()}}; // too few samples
    QVERIFY(cell(state, kApp, SurfaceColumn::Latency).figure.isEmpty());
    add(state, u"tls.expiry"_s, kApp, Outcome::Pass);
    for (auto &[key, result] : state.latest) {
        if (result.checkId == u"tls.expiry"_s)
            result.observed = {{u"days_left"_s, 64}};
    }
    QVERIFY(cell(state, kApp, SurfaceColumn::Certificate).figure.contains(u"64"_s));
}

// One look that passed among others that did not run is no pass to the eye either.
void TestSurfaceMatrix::marksWhatWasSeenInPart_data()
{
    QTest::addColumn<QList<Outcome>>("outcomes"); // of hsts, csp, framing
    QTest::addColumn<bool>("isPart");
    QTest::addColumn<QString>("word");
    using enum Outcome;
    QTest::newRow("all") << QList<Outcome>{Pass, Pass, Pass} << false << labelOf(Pass);
    QTest::newRow("one of three") << QList<Outcome>{Pass, NotRun, NotRun} << true << u"1 of 3 seen"_s;
    QTest::newRow("two of three") << QList<Outcome>{Pass, Info, NotRun} << true << u"2 of 3 seen"_s;
    QTest::newRow("none") << QList<Outcome>{NotRun, NotRun, NotRun} << false << u"Not yet"_s;
    QTest::newRow("a problem in a part") << QList<Outcome>{Fail, NotRun, NotRun} << false << labelOf(Fail);
}

void TestSurfaceMatrix::marksWhatWasSeenInPart()
{
    QFETCH(QList<Outcome>, outcomes);
    ProjectState state = project();
    const QStringList checks{u"http.hsts"_s, u"http.csp"_s, u"http.framing"_s};
    for (qsizetype i = 0; i < outcomes.size(); ++i)
        add(state, checks[i], kApp, outcomes[i]);
    const SurfaceCell seen = cell(state, kApp, SurfaceColumn::Headers);
    QTEST(isSeenInPart(seen), "isPart");
    QTEST(shortWordOf(seen), "word");
}

// A look at the whole target whose finding names a host.
void TestSurfaceMatrix::knowsFindingsOfTheEdgeAndTheLogs()
{
    ProjectState state = project();
    add(state, u"edge.detect"_s, kApp, Outcome::Pass);
    add(state, u"edge.origin-exposed"_s, {}, Outcome::Fail, {Severity::High}, kApp);
    const SurfaceCell edge = cell(state, kApp, SurfaceColumn::Edge);
    QCOMPARE(edge.outcome, Outcome::Fail);
    QVERIFY(!edge.findingId.isEmpty());
    QCOMPARE(cell(state, kSite, SurfaceColumn::Edge).outcome, Outcome::NotRun);
    add(state, u"tls.transparency"_s, kApp, Outcome::Warn, {Severity::Low});
    QCOMPARE(cell(state, kApp, SurfaceColumn::Certificate).outcome, Outcome::Warn);
}

// Each stands behind one column, and is an id of the catalogue.
void TestSurfaceMatrix::knowsEveryCheck()
{
    QStringList all;
    for (const SurfaceColumn column : kSurfaceColumns) {
        QVERIFY(!checksBehind(column).isEmpty());
        QVERIFY(!labelOf(column).isEmpty() && !toWord(column).isEmpty());
        all += checksBehind(column);
    }
    const auto catalog = CheckCatalog::load();
    QVERIFY(catalog);
    for (const QString &checkId : all) {
        QCOMPARE(all.count(checkId), 1);
        QVERIFY2(catalog->find(checkId), qPrintable(checkId));
    }
}

QTEST_GUILESS_MAIN(TestSurfaceMatrix)
#include "tst_surfacematrix.moc"
