// The accepted DNS records on the Monitoring page, and the way from a look to a baseline.
#include "tests/ui/fakeproject.h"
#include "ui/monitoring/baselinecard.h"
#include "ui/monitoring/baselineview.h"
#include "ui/monitoring/monitoringpage.h"
#include "ui/widgets/stateicon.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using cockpit::testing::FakeProject;

namespace {

const QDateTime kAccepted(QDate(2026, 11, 1), QTime(9, 0), Qt::UTC);
const QDateTime kNow(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC);
const DnsRecordSet kMx{u"made.example"_s, u"MX"_s, {u"10 mail.made.example"_s}};
const DnsRecordSet kTxt{u"made.example"_s, u"TXT"_s, {u"v=spf1 -all"_s}};

Finding difference(const QString &title, Severity severity)
{
    Finding finding;
    finding.title = title;
    finding.severity = severity;
    finding.whatWeSaw = u"Now this."_s;
    return finding;
}

CheckResult driftResult(Outcome outcome, const QStringList &values, std::vector<Finding> findings = {})
{
    CheckResult result;
    result.checkId = u"dns.drift"_s;
    result.outcome = outcome;
    result.summary = u"2 sets are as accepted"_s;
    result.reason = u"The server fails."_s;
    result.findings = std::move(findings);
    result.observed = {{u"accepted_at"_s, kAccepted.toString(Qt::ISODate)},
                       {u"records"_s, toJson(std::vector<DnsRecordSet>{{kMx.name, kMx.type, values}, kTxt})}};
    return result;
}

ProjectState projectWith(std::optional<CheckResult> drift, const QString &acceptedFor)
{
    ProjectState project;
    project.settings.target.domain = u"made.example"_s;
    if (drift)
        project.latest.emplace(drift->key(), *drift);
    if (!acceptedFor.isEmpty())
        project.dnsBaseline = DnsBaseline{acceptedFor, kAccepted, {kMx, kTxt}};
    return project;
}

// What the check of the program would see: one record, compared with what was accepted.
Check fakeDrift()
{
    Check check;
    check.id = u"dns.drift"_s;
    check.look = [](const Look &look) {
        Judged judged;
        judged.outcome = look.facts.dns.baseline ? Outcome::Pass : Outcome::NotRun;
        judged.summary = u"as accepted"_s;
        judged.reason = judged.outcome == Outcome::NotRun ? u"Nothing to compare with."_s : QString();
        const auto accepted = look.facts.dns.baseline;
        judged.observed = {
            {u"accepted_at"_s, accepted ? QJsonValue(accepted->acceptedAt.toString(Qt::ISODate)) : QJsonValue()},
            {u"records"_s, toJson(std::vector<DnsRecordSet>{kMx})}};
        return judged;
    };
    return check;
}

} // namespace

class TestBaselineView : public QObject
{
    Q_OBJECT

private slots:
    void saysHowThingsStand_data()
    {
        QTest::addColumn<ProjectState>("project");
        QTest::addColumn<QString>("status"); // a part of it
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<bool>("canAccept");
        const auto row = [](const char *name, std::optional<CheckResult> drift, const QString &acceptedFor,
                            const QString &status, Outcome outcome, bool canAccept) {
            QTest::newRow(name) << projectWith(std::move(drift), acceptedFor) << status << outcome << canAccept;
        };
        const QString domain = u"made.example"_s;
        const auto same = driftResult(Outcome::Pass, kMx.values);
        const auto other = driftResult(Outcome::Fail, {}, {difference(u"Mail stops"_s, Severity::Critical)});
        CheckResult nothing = driftResult(Outcome::Error, {});
        nothing.observed.insert(u"records"_s, QJsonArray{});
        CheckResult before = same;
        before.observed.insert(u"accepted_at"_s, QJsonValue());
        CheckResult unread = driftResult(Outcome::Warn, kMx.values);
        const QJsonObject silent{{u"name"_s, kTxt.name}, {u"type"_s, kTxt.type}, {u"values"_s, QJsonValue()}};
        unread.observed.insert(u"records"_s, QJsonArray{unread.observed["records"_L1].toArray().first(), silent});
        row("nothing known", {}, {}, u"look at the DNS records once"_s, Outcome::NotRun, false);
        row("seen, not accepted", driftResult(Outcome::NotRun, kMx.values), {}, u"accept them"_s, Outcome::NotRun,
            true);
        row("as accepted", same, domain, u"2 sets are as accepted."_s, Outcome::Pass, false);
        row("different", other, domain, u"2 sets"_s, Outcome::Fail, true);
        row("could not look", nothing, domain, u"could not compare: The server fails."_s, Outcome::Error, false);
        row("accepted after the last look", before, domain, u"Not compared since then."_s, Outcome::NotRun, false);
        row("one that it could not read", unread, domain, u"2 sets"_s, Outcome::Warn, false);
        row("accepted for another domain", same, u"other.example"_s, u"accept them"_s, Outcome::NotRun, true);
    }

    void saysHowThingsStand()
    {
        QFETCH(ProjectState, project);
        QFETCH(QString, status);
        const BaselineView view = baselineView(project);
        QVERIFY2(view.status.contains(status), qPrintable(view.status));
        QTEST(view.outcome, "outcome");
        QTEST(view.canAccept, "canAccept");
    }

    void saysWhenItLooks_data()
    {
        QTest::addColumn<std::optional<CheckResult>>("drift");
        QTest::addColumn<QString>("acceptedFor");
        QTest::addColumn<int>("interval"); // in minutes
        QTest::addColumn<QDateTime>("next");
        QTest::addColumn<QString>("looks");
        QTest::addColumn<bool>("canChoose");
        const auto row = [](const char *name, const std::optional<CheckResult> &drift, const QString &acceptedFor,
                            int interval, const QDateTime &next, const QString &looks, bool canChoose = true) {
            QTest::newRow(name) << drift << acceptedFor << interval << next << looks << canChoose;
        };
        const QString domain = u"made.example"_s;
        CheckResult seen = driftResult(Outcome::Pass, kMx.values);
        seen.observed.insert(u"looked_at"_s, kNow.addSecs(-900).toString(Qt::ISODate));
        CheckResult before = seen;
        before.observed.insert(u"looked_at"_s, kNow.addDays(-1).toString(Qt::ISODate));
        const auto clock = [](const QDateTime &time) {
            return QLocale().toString(time.toLocalTime().time(), QLocale::ShortFormat);
        };
        const QDateTime next = kNow.addSecs(2700);
        row("nothing accepted", seen, {}, 60, {}, {}, false);
        row("accepted for another domain", seen, u"other.example"_s, 60, {}, {}, false);
        row("looked, and will look", seen, domain, 60, next,
            u"Last look: %1. Next look: %2."_s.arg(clock(kNow.addSecs(-900)), clock(next)));
        row("due this second", seen, domain, 60, kNow,
            u"Last look: %1. The next look comes as soon as nothing else is being checked."_s.arg(
                clock(kNow.addSecs(-900))));
        row("never looked", {}, domain, 60, next, u"Next look: %1."_s.arg(clock(next)));
        row("looked yesterday", before, domain, 60, next,
            u"Last look: %1. Next look: %2."_s.arg(
                QLocale().toString(kNow.addDays(-1).toLocalTime(), QLocale::ShortFormat), clock(next)));
        row("off", seen, domain, 0, {},
            u"Last look: %1. The program does not look again by itself."_s.arg(clock(kNow.addSecs(-900))));
        row("open to look only", seen, domain, 60, {}, u"Last look: %1."_s.arg(clock(kNow.addSecs(-900))));
    }

    void saysWhenItLooks()
    {
        QFETCH(std::optional<CheckResult>, drift);
        QFETCH(QString, acceptedFor);
        QFETCH(int, interval);
        QFETCH(QDateTime, next);
        ProjectState project = projectWith(drift, acceptedFor);
        project.recordWatch = std::chrono::minutes(interval);
        const BaselineView view = baselineView(project, next, kNow);
        QTEST(view.looks, "looks");
        QTEST(view.canChoose, "canChoose");
    }

    void offersThePaces()
    {
        BaselineCard card;
        auto *pace = card.findChild<QComboBox *>(u"recordWatch"_s);
        QStringList offered;
        for (int i = 0; i < pace->count(); ++i)
            offered << pace->itemText(i);
        QCOMPARE(offered, (QStringList{u"Every 15 minute(s)"_s, u"Every 1 hour(s)"_s, u"Every 6 hour(s)"_s,
                                       u"Only when I ask"_s}));
        BaselineView view;
        view.canChoose = true;
        view.looks = u"Last look: now."_s;
        view.interval = std::chrono::hours(6);
        card.show(view, true); // also while a run goes on
        QVERIFY(pace->isEnabled());
        QCOMPARE(pace->currentIndex(), 2);
        QSignalSpy chosen(&card, &BaselineCard::intervalChosen);
        pace->setFocus();
        QTest::keyClick(pace, Qt::Key_Home);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.front().front().value<std::chrono::seconds>(), std::chrono::seconds(900));
    }

    void namesTheWorstDifferencesFirst()
    {
        std::vector<Finding> findings(7, difference(u"List changed"_s, Severity::Low));
        findings.push_back(difference(u"Mail stops"_s, Severity::Critical));
        const auto view = baselineView(projectWith(driftResult(Outcome::Fail, {}, findings), u"made.example"_s));
        QCOMPARE(view.differences.size(), 7);
        QCOMPARE(view.differences.front(), u"Mail stops. Now this."_s);
        QVERIFY(view.differences.back().contains(u'2'));
    }

    void showsTheStateAsAShapeAndAWord()
    {
        BaselineCard card;
        for (const Outcome outcome : {Outcome::Pass, Outcome::Warn, Outcome::Fail, Outcome::NotRun}) {
            BaselineView view;
            view.outcome = outcome;
            card.show(view, false);
            const auto *icon = card.findChild<StateIcon *>(u"dnsBaselineIcon"_s);
            QCOMPARE(icon->shape(), shapeFor(outcome));
            QCOMPARE(icon->accessibleName(), labelOf(outcome));
            QCOMPARE(card.findChild<QLabel *>(u"dnsBaselineState"_s)->text(), labelOf(outcome));
        }
    }

    void acceptsWhatTheLookSaw()
    {
        FakeProject fake;
        fake.add(fakeDrift());
        const auto session = fake.makeSession();
        session->createProject(fake.path(), fake.settings());
        QTRY_VERIFY(session->isOpen());
        session->acceptDnsRecords();
        QVERIFY(!session->project().dnsBaseline); // nothing has been seen

        MonitoringPage page(*session);
        page.bringUpToDate();
        auto *accept = page.findChild<QPushButton *>(u"acceptDnsRecords"_s);
        QVERIFY(!accept->isEnabled());
        page.findChild<QPushButton *>(u"lookAtDns"_s)->click();
        QTRY_VERIFY(session->project().latest.contains(u"dns.drift"_s) && !session->isRunning());
        page.bringUpToDate();
        QVERIFY(accept->isEnabled());
        accept->click();
        QVERIFY(session->project().dnsBaseline);
        QCOMPARE(session->project().dnsBaseline->sets, std::vector<DnsRecordSet>{kMx});
        QTRY_COMPARE(session->project().latest.at(u"dns.drift"_s).outcome, Outcome::Pass); // looked again by itself
        QTRY_VERIFY(!session->isRunning());
        page.bringUpToDate();
        QVERIFY(!accept->isEnabled());

        const DnsBaseline accepted = *session->project().dnsBaseline;
        session->closeProject();
        session->openProject(fake.path(), OpenMode::ReadWrite);
        QTRY_VERIFY(session->isOpen());
        QCOMPARE(session->project().dnsBaseline->sets, accepted.sets);
    }
};

QTEST_MAIN(TestBaselineView)
#include "tst_baselineview.moc"
