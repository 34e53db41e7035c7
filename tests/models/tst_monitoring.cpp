#include "models/monitoring.h"
#include "models/wholedays.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

const QDateTime kStart = QDateTime::fromString(u"2026-03-01T12:00:00Z"_s, Qt::ISODate);

// "UD?" is up, down, unknown, one a minute.
std::vector<Sample> samples(const QString &states)
{
    std::vector<Sample> list;
    for (const QChar state : states) {
        Sample sample;
        sample.at = kStart.addSecs(60 * static_cast<qint64>(list.size()));
        sample.state = state == u'U' ? SampleState::Up : state == u'D' ? SampleState::Down : SampleState::Unknown;
        sample.total = milliseconds(static_cast<qint64>(list.size()) + 1);
        sample.message = QString::number(list.size());
        list.push_back(sample);
    }
    return list;
}

} // namespace

class TestMonitoring : public QObject
{
    Q_OBJECT

private slots:
    void findsPercentiles_data();
    void findsPercentiles();
    void measuresUptime_data();
    void measuresUptime();
    void knowsNothingWithoutSamples();
    void findsIncidents_data();
    void findsIncidents();
    void countsWholeDays_data();
    void countsWholeDays();
};

// Not midnights: what ends in an hour ends today, also an hour before midnight.
void TestMonitoring::countsWholeDays_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<qint64>("hours");
    QTest::addColumn<int>("days");
    for (const QString &from : {u"2026-03-01T12:00:00Z"_s, u"2026-03-01T23:30:00Z"_s}) {
        const QByteArray at = from.mid(11, 5).toLatin1();
        QTest::addRow("%s, now", at.constData()) << from << qint64(0) << 0;
        QTest::addRow("%s, an hour", at.constData()) << from << qint64(1) << 0;
        QTest::addRow("%s, a day", at.constData()) << from << qint64(24) << 1;
        QTest::addRow("%s, an hour less than two days", at.constData()) << from << qint64(47) << 1;
        QTest::addRow("%s, forty days and an hour", at.constData()) << from << qint64(961) << 40;
        QTest::addRow("%s, an hour ago", at.constData()) << from << qint64(-1) << -1;
    }
}

void TestMonitoring::countsWholeDays()
{
    QFETCH(QString, from);
    QFETCH(qint64, hours);
    const QDateTime start = QDateTime::fromString(from, Qt::ISODate);
    QTEST(wholeDays(start, start.addSecs(hours * 3600)), "days");
}

void TestMonitoring::findsPercentiles_data()
{
    QTest::addColumn<QString>("states");
    QTest::addColumn<double>("p");
    QTest::addColumn<int>("ms"); // -1: none
    QTest::newRow("none") << QString() << 0.95 << -1;
    QTest::newRow("only failures") << u"DD?"_s << 0.95 << -1;
    QTest::newRow("one") << u"U"_s << 0.95 << 1;
    QTest::newRow("p95 of 20 is the 19th") << QString(20, u'U') << 0.95 << 19;
    QTest::newRow("p95 of 21 is the 20th") << QString(21, u'U') << 0.95 << 20;
    QTest::newRow("p95 of 100 is the 95th") << QString(100, u'U') << 0.95 << 95;
    QTest::newRow("p50 of 4 is the 2nd") << u"UUUU"_s << 0.5 << 2;
    QTest::newRow("p0 is the least") << u"UUUU"_s << 0.0 << 1;
    QTest::newRow("p100 is the most") << u"UUUU"_s << 1.0 << 4;
    QTest::newRow("failures are left out") << u"UUDD"_s << 1.0 << 2;
}

void TestMonitoring::findsPercentiles()
{
    QFETCH(QString, states);
    QFETCH(double, p);
    const auto value = percentile(samples(states), p);
    QTEST(value ? static_cast<int>(value->count()) : -1, "ms");
}

void TestMonitoring::measuresUptime_data()
{
    QTest::addColumn<QString>("states");
    QTest::addColumn<int>("fromMinute");
    QTest::addColumn<int>("toMinute");
    QTest::addColumn<QList<int>>("minutes"); // up, down, unknown
    QTest::newRow("all up") << u"UUUU"_s << 0 << 4 << QList<int>{4, 0, 0};
    QTest::newRow("a quarter down") << u"UDUU"_s << 0 << 4 << QList<int>{3, 1, 0};
    QTest::newRow("offline is neither") << u"U?UU"_s << 0 << 4 << QList<int>{3, 0, 1};
    QTest::newRow("believed for two intervals") << u"U"_s << 0 << 5 << QList<int>{2, 0, 3};
    QTest::newRow("just two intervals") << u"U"_s << 0 << 2 << QList<int>{2, 0, 0};
    QTest::newRow("before the first sample") << u"U"_s << -3 << 1 << QList<int>{1, 0, 3};
    QTest::newRow("sample before the window") << u"DU"_s << 1 << 2 << QList<int>{1, 0, 0};
    QTest::newRow("holds into the window") << u"D"_s << 1 << 2 << QList<int>{0, 1, 0};
}

void TestMonitoring::measuresUptime()
{
    QFETCH(QString, states);
    QFETCH(int, fromMinute);
    QFETCH(int, toMinute);
    const Uptime uptime = uptimeOf(samples(states), std::chrono::seconds(60), kStart.addSecs(60 * fromMinute),
                                   kStart.addSecs(60 * toMinute));
    const auto minutes = [](milliseconds time) { return static_cast<int>(time.count() / 60'000); };
    const QList<int> seen{minutes(uptime.up), minutes(uptime.down), minutes(uptime.unknown)};
    QTEST(seen, "minutes");
}

void TestMonitoring::knowsNothingWithoutSamples()
{
    const Uptime none = uptimeOf({}, std::chrono::seconds(60), kStart, kStart.addSecs(60));
    QCOMPARE(none.ratio(), std::nullopt);
    QCOMPARE(none.coverage(), 0.0);
    QCOMPARE(uptimeOf({}, std::chrono::seconds(60), kStart, kStart).coverage(), 0.0);
    const Uptime half = uptimeOf(samples(u"UD?"_s), std::chrono::seconds(60), kStart, kStart.addSecs(240));
    QCOMPARE(half.ratio(), std::optional(0.5));
    QCOMPARE(half.coverage(), 0.5);
}

void TestMonitoring::findsIncidents_data()
{
    QTest::addColumn<QString>("states");
    QTest::addColumn<QString>("incidents"); // "from-to", minutes
    QTest::newRow("up") << u"UUUU"_s << QString();
    QTest::newRow("two failures") << u"UDDU"_s << QString();
    QTest::newRow("three failures") << u"UDDD"_s << u"1-"_s;
    QTest::newRow("one success does not end it") << u"DDDUD"_s << u"0-"_s;
    QTest::newRow("two successes end it") << u"DDDUU"_s << u"0-3"_s;
    QTest::newRow("two incidents") << u"DDDUUDDDUU"_s << u"0-3 5-8"_s;
    QTest::newRow("offline in between") << u"DD?DU?U"_s << u"0-4"_s;
    QTest::newRow("flapping") << u"DUDUDUDU"_s << QString();
}

void TestMonitoring::findsIncidents()
{
    QFETCH(QString, states);
    const auto minute = [](const QDateTime &at) {
        return at.isNull() ? QString() : QString::number(kStart.secsTo(at) / 60);
    };
    QStringList seen;
    for (const Incident &incident : incidentsOf(samples(states))) {
        seen.append(minute(incident.started) + u'-' + minute(incident.ended));
        QCOMPARE(incident.cause, minute(incident.started));
    }
    QTEST(seen.join(u' '), "incidents");
}

QTEST_GUILESS_MAIN(TestMonitoring)
#include "tst_monitoring.moc"
