#include "checks/tls/renewalhealth.h"

#include <QTest>
#include <QTimeZone>

using namespace cockpit;

class TestRenewalHealth : public QObject
{
    Q_OBJECT

private slots:
    void judgesByTheShareOfLife_data()
    {
        QTest::addColumn<double>("lifeDays");
        QTest::addColumn<qint64>("secondsLeft");
        QTest::addColumn<RenewalHealth>("health");
        constexpr qint64 hour = 3600;
        constexpr qint64 day = 24 * hour;
        using enum RenewalHealth;
        const auto row = [](const char *name, double lifeDays, qint64 left, RenewalHealth health) {
            QTest::newRow(name) << lifeDays << left << health;
        };
        row("6 days: 0.4 of it left", 6, 6 * day * 4 / 10, Healthy);
        row("6 days: less than 0.4 left", 6, 6 * day * 4 / 10 - 1, Late);
        row("6 days: 36 hours left", 6, 36 * hour, Late);
        row("6 days: less than 36 hours left", 6, 36 * hour - 1, Overdue);
        row("6 days: 0.15 of it left", 6, 6 * day * 15 / 100, Overdue);
        row("6 days: less than 0.15 left", 6, 6 * day * 15 / 100 - 1, LastHours);
        row("7 days: 24 hours left", 7, 24 * hour, Overdue);
        row("7 days: less than 24 hours left", 7, 24 * hour - 1, LastHours);
        row("12 hours, new", 0.5, 12 * hour - 60, Healthy);
        row("12 hours: 0.4 of it left", 0.5, 12 * hour * 4 / 10, Healthy);
        row("12 hours: less than 0.4 left", 0.5, 12 * hour * 4 / 10 - 1, Late);
        row("12 hours: 0.25 of it left", 0.5, 3 * hour, Late);
        row("12 hours: less than 0.25 left", 0.5, 3 * hour - 1, Overdue);
        row("12 hours: 0.15 of it left", 0.5, 12 * hour * 15 / 100, Overdue);
        row("12 hours: less than 0.15 left", 0.5, 12 * hour * 15 / 100 - 1, LastHours);
        row("10 days: judged as short", 10, 4 * day, Healthy);
        row("10 days and a second: judged as automated", 10 + 1.0 / 86400, 4 * day - 1, Healthy);
        row("90 days: 0.28 of it left", 90, 90 * day * 28 / 100, Healthy);
        row("90 days: less than 0.28 left", 90, 90 * day * 28 / 100 - 1, Late);
        row("90 days: 0.15 of it left", 90, 90 * day * 15 / 100, Late);
        row("90 days: less than 0.15 left", 90, 90 * day * 15 / 100 - 1, Overdue);
        row("90 days: 0.05 of it left", 90, 90 * day * 5 / 100, Overdue);
        row("90 days: less than 0.05 left", 90, 90 * day * 5 / 100 - 1, LastHours);
        row("45 days: 3 days left", 45, 3 * day, Overdue);
        row("45 days: less than 3 days left, though more than 0.05", 45, 3 * day - 1, LastHours);
        row("100 days: judged as automated", 100, 28 * day, Healthy);
        row("200 days: 30 days left", 200, 30 * day, Healthy);
        row("200 days: less than 30 days left", 200, 30 * day - 1, Late);
        row("200 days: 14 days left", 200, 14 * day, Late);
        row("200 days: less than 14 days left", 200, 14 * day - 1, Overdue);
        row("200 days: 5 days left", 200, 5 * day, Overdue);
        row("200 days: less than 5 days left", 200, 5 * day - 1, LastHours);
        row("the last second", 90, 1, LastHours);
        row("expires this second", 90, 0, Expired);
        row("expired long ago", 90, -400 * day, Expired);
        row("begins this second", 90, 90 * day, Healthy);
        row("begins in a second", 90, 90 * day + 1, NotYetValid);
    }
    void judgesByTheShareOfLife()
    {
        QFETCH(double, lifeDays);
        QFETCH(qint64, secondsLeft);
        const QDateTime end(QDate(2026, 6, 1), QTime(12, 0), QTimeZone::utc());
        const QDateTime begin = end.addSecs(-qRound64(lifeDays * 86400));
        QTEST(renewalHealth(begin, end, end.addSecs(-secondsLeft)), "health");
    }
};

QTEST_GUILESS_MAIN(TestRenewalHealth)
#include "tst_renewalhealth.moc"
