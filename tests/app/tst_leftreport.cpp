// What an earlier run left in the product is in every report that a release gate reads: told, and no failed test.
#include "app/report/auditreport.h"
#include "tests/jsonschema.h"

#include <QJsonDocument>
#include <QTest>
#include <QXmlStreamReader>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

JournalEntry entryOf(const QString &text, bool hasRunEnded)
{
    JournalEntry entry;
    entry.id = newJournalId();
    entry.run = hasRunEnded ? u"stopped"_s : u"killed"_s;
    entry.at = QDateTime::fromString(u"2026-01-02T03:04:05.000Z"_s, Qt::ISODateWithMs);
    entry.checkId = u"access.tenant-isolation"_s;
    entry.account = u"Anna & Sons"_s;
    entry.text = text;
    entry.create.method = u"POST"_s;
    entry.create.path = u"/notes"_s;
    entry.remove.emplace();
    entry.remove->method = u"DELETE"_s;
    entry.remove->path = u"/notes/{id}"_s;
    entry.hasRunEnded = hasRunEnded;
    return entry;
}

// Of a run that was killed, of one that was stopped, and an account that no request takes away.
AuditReport reportWith(LeftInReport left)
{
    AuditReport report;
    report.toolVersion = u"0.1.0"_s;
    report.target.domain = u"acme.example"_s;
    report.run.started = report.run.finished = QDateTime::currentDateTimeUtc();
    left.before = {entryOf(u"LC-CANARY-killed"_s, false), entryOf(u"LC-CANARY-stopped"_s, true),
                   entryOf(u"lc-new@example.com"_s, true)};
    left.before.back().kind = LeftKind::Account;
    for (std::size_t i = 0; i < left.outcomes.size(); ++i)
        left.outcomes[i].entryId = left.before[i].id;
    report.left = std::move(left);
    return report;
}

// "name: reason" of each case of that suite, and what its head and its end say.
struct Suite
{
    QStringList cases;
    int tests = -1;
    int failures = -1;
    int skipped = -1;
    QString out;
    QStringList children; // in their order, each kind once
};

Suite suiteIn(const QByteArray &junit)
{
    Suite suite;
    bool isInside = false;
    QXmlStreamReader xml(junit);
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        const QXmlStreamAttributes has = xml.attributes();
        if (token == QXmlStreamReader::EndElement && xml.name() == "testsuite"_L1)
            isInside = false;
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "testsuite"_L1 && has.value("name"_L1) == "left-records"_L1) {
            isInside = true;
            suite.tests = has.value("tests"_L1).toInt();
            suite.failures = has.value("failures"_L1).toInt();
            suite.skipped = has.value("skipped"_L1).toInt();
        } else if (isInside && xml.name() == "testcase"_L1) {
            suite.cases.append(u"%1 %2: passed"_s.arg(has.value("classname"_L1), has.value("name"_L1)));
            suite.children.append(u"testcase"_s);
        } else if (isInside && xml.name() == "skipped"_L1) {
            suite.cases.last().replace(u": passed"_s, u": "_s + has.value("message"_L1).toString());
        } else if (isInside) {
            suite.children.append(xml.name().toString());
            suite.out = xml.readElementText();
        }
    }
    suite.children.removeDuplicates();
    return xml.hasError() ? Suite{.cases = {xml.errorString()}} : suite;
}

QJsonArray notificationsIn(const QByteArray &sarif)
{
    return QJsonDocument::fromJson(sarif)["runs"_L1][0]["invocations"_L1][0]["toolExecutionNotifications"_L1].toArray();
}

} // namespace

Q_DECLARE_METATYPE(LeftInReport)

class TestLeftReport : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsLeft_data();
    void tellsWhatIsLeft();
    void saysNothingWhereNothingIs();
};

void TestLeftReport::tellsWhatIsLeft_data()
{
    QTest::addColumn<LeftInReport>("left");
    QTest::addColumn<QStringList>("reasons"); // a part of each; empty: it was removed now
    const QString byHand = u"remove it by hand"_s;
    QTest::newRow("told alone") << LeftInReport{} << QStringList{u"--remove-left"_s, u"--remove-left"_s, byHand};
    QTest::newRow("one removed, one not reached")
        << LeftInReport{.outcomes = {{.isGone = true}, {.why = u"The time for it was over."_s}, {.why = byHand}}}
        << QStringList{QString(), u"The time for it was over."_s, byHand};
    QTest::newRow("not allowed") << LeftInReport{.notAsked = u"Test attacks are not allowed."_s}
                                 << QStringList(3, u"Test attacks are not allowed."_s);
}

void TestLeftReport::tellsWhatIsLeft()
{
    QFETCH(LeftInReport, left);
    QFETCH(QStringList, reasons);
    const AuditReport report = reportWith(left);
    const Suite suite = suiteIn(auditJunit(report));
    const QJsonArray notifications = notificationsIn(auditSarif(report));
    QCOMPARE(suite.cases.size(), reasons.size());
    QCOMPARE(suite.tests, int(reasons.size()));
    QCOMPARE(suite.failures, 0);
    QCOMPARE(suite.skipped, int(reasons.size() - reasons.count(QString())));
    QCOMPARE(suite.children, QStringList({u"testcase"_s, u"system-out"_s}));
    QVERIFY2(suite.out.contains(u"was cut off"_s) && suite.out.contains(u"LC-CANARY-stopped"_s), qPrintable(suite.out));
    QCOMPARE(notifications.size(), reasons.size());
    for (qsizetype i = 0; i < reasons.size(); ++i) {
        const bool isGone = reasons[i].isEmpty();
        const QString text = notifications[i]["message"_L1]["text"_L1].toString();
        const QString entry = report.left.before[std::size_t(i)].text;
        QVERIFY2(suite.cases[i].contains(entry) && text.contains(entry), qPrintable(suite.cases[i] + text));
        QVERIFY2(suite.cases[i].startsWith(u"left-records.access.tenant-isolation "_s), qPrintable(suite.cases[i]));
        QVERIFY2(suite.cases[i].contains(isGone ? u": passed"_s : reasons[i]), qPrintable(suite.cases[i]));
        QCOMPARE(notifications[i]["level"_L1].toString(), isGone ? u"note"_s : u"warning"_s);
        QVERIFY2(text.contains(isGone ? u"removed now"_s : reasons[i]), qPrintable(text));
    }
    const QJsonDocument log = QJsonDocument::fromJson(auditSarif(report));
    QCOMPARE(schemaProblems(log.object(), jsonIn(QStringLiteral(SARIF_SCHEMA))), QString());
}

void TestLeftReport::saysNothingWhereNothingIs()
{
    AuditReport report = reportWith({});
    report.left = {};
    QVERIFY(!auditJunit(report).contains("left-records"));
    QVERIFY(!auditSarif(report).contains("toolExecutionNotifications"));
}

QTEST_GUILESS_MAIN(TestLeftReport)
#include "tst_leftreport.moc"
