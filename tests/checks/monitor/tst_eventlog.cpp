#include "checks/monitor/eventlog.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNow = 1795946400000;
constexpr qint64 kHour = 3'600'000;

LogDigest product(qint64 lines, bool hasTimes = true)
{
    LogDigest digest;
    digest.events.productLines = lines;
    if (hasTimes) {
        digest.events.from = kNow - kHour;
        digest.events.to = kNow;
    }
    return digest;
}

// So many refused answers, at that time.
LogDigest access(LogEvent event, int answers, qint64 at)
{
    LogDigest digest;
    digest.events.accessLines = 100;
    EventSeen &seen = digest.events.events[static_cast<size_t>(event)];
    seen.answers = answers;
    seen.answeredAt.assign(static_cast<size_t>(answers), at);
    return digest;
}

void tell(LogDigest &digest, std::initializer_list<LogEvent> events)
{
    for (const LogEvent event : events)
        ++digest.events.events[static_cast<size_t>(event)].told;
}

QString said(const Judged &judged)
{
    QStringList words{toWord(judged.outcome)};
    for (const Finding &finding : judged.findings)
        words << finding.code + u':' + toWord(finding.severity);
    return words.join(u' ');
}

} // namespace

class EventLogTest : public QObject
{
    Q_OBJECT

private slots:
    void provesWhatIsMissing_data()
    {
        QTest::addColumn<int>("event");
        QTest::addColumn<int>("answers");
        QTest::addColumn<qint64>("at");
        QTest::addColumn<qint64>("lines");
        QTest::addColumn<bool>("hasTimes");
        QTest::addColumn<QString>("expected");
        const int signIn = static_cast<int>(LogEvent::FailedSignIn);
        const qint64 within = kNow - kHour / 2;
        QTest::newRow("three in the time")
            << signIn << 3 << within << 20LL << true << u"warn sign_ins_not_logged:medium"_s;
        QTest::newRow("two in the time") << signIn << 2 << within << 20LL << true << u"not_run"_s;
        QTest::newRow("at the edge") << signIn << 3 << kNow << 20LL << true << u"warn sign_ins_not_logged:medium"_s;
        QTest::newRow("behind the edge") << signIn << 3 << kNow + 1 << 20LL << true << u"not_run"_s;
        QTest::newRow("too few lines of the product") << signIn << 3 << within << 19LL << true << u"not_run"_s;
        QTest::newRow("the product says no time") << signIn << 3 << within << 20LL << false << u"not_run"_s;
        QTest::newRow("refusals") << static_cast<int>(LogEvent::Refusal) << 3 << within << 20LL << true
                                  << u"warn refusals_not_logged:medium"_s;
        QTest::newRow("limits") << static_cast<int>(LogEvent::LimitHit) << 3 << within << 20LL << true
                                << u"warn limits_not_logged:low"_s;
    }

    void provesWhatIsMissing()
    {
        QFETCH(int, event);
        QFETCH(int, answers);
        QFETCH(qint64, at);
        QFETCH(qint64, lines);
        QFETCH(bool, hasTimes);
        LogsRead read;
        read.digests = {product(lines, hasTimes), access(static_cast<LogEvent>(event), answers, at)};
        const Judged judged = judgeEventLog(read);
        QTEST(said(judged), "expected");
        QVERIFY(!judged.reason.isEmpty());
    }

    void acceptsWhatIsTold()
    {
        using enum LogEvent;
        LogsRead read;
        read.digests = {product(20), access(FailedSignIn, 500, kNow)};
        tell(read.digests.front(), {FailedSignIn});
        const Judged some = judgeEventLog(read);
        QCOMPARE(said(some), u"info"_s);
        QVERIFY(closes(some, u"sign_ins_not_logged"_s));
        QVERIFY(!closes(some, u"refusals_not_logged"_s) && !closes(some, u"limits_not_logged"_s));
        tell(read.digests.front(), {Refusal, LimitHit, FailedRelease});
        const Judged all = judgeEventLog(read);
        QCOMPARE(said(all), u"pass"_s);
        QVERIFY(all.reason.isEmpty() && closes(all, u"limits_not_logged"_s));
        read.gaps = {u"b.log was left out."_s};
        QCOMPARE(said(judgeEventLog(read)), u"info"_s);
        QVERIFY(!closes(judgeEventLog(read), u"sign_ins_not_logged"_s));
    }

    void aQuietLogProvesNothing()
    {
        LogsRead read;
        read.digests = {product(5000)};
        const Judged judged = judgeEventLog(read);
        QCOMPARE(said(judged), u"not_run"_s);
        QCOMPARE(judged.observed["events"_L1].toArray().size(), 4);
        read.gaps = {u"b.log was left out."_s};
        QVERIFY(judgeEventLog(read).reason.contains(u"b.log"_s));
    }

    void saysThatNothingCouldBeRead()
    {
        LogsRead read;
        read.failed = Error{ErrorKind::Cancelled, u"stopped"_s};
        QCOMPARE(said(judgeEventLog(read)), u"not_run"_s);
    }
};

QTEST_GUILESS_MAIN(EventLogTest)
#include "tst_eventlog.moc"
