#include "checks/access/timedifference.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace cockpit;

using Values = std::vector<double>;
Q_DECLARE_METATYPE(Values)

namespace {

// Lognormal like a network: most near the beginning, a long tail.
Values networkTimes(int count, double shift, unsigned seed)
{
    std::mt19937 random(seed);
    std::lognormal_distribution<double> tail(1.5, 0.6);
    Values values;
    for (int i = 0; i < count; ++i)
        values.push_back(20 + shift + tail(random));
    return values;
}

} // namespace

class TestTimeDifference : public QObject
{
    Q_OBJECT

private slots:
    void computesP_data();
    void computesP();
    void estimatesShifts_data();
    void estimatesShifts();
    void takesQuantiles();
    void drawsIntervals();
    void decides_data();
    void decides();
    void saysWhatIsTheSame_data();
    void saysWhatIsTheSame();
    void raisesNoFalseAlarms();
};

// The values that R's wilcox.test and SciPy's mannwhitneyu give.
void TestTimeDifference::computesP_data()
{
    QTest::addColumn<Values>("a");
    QTest::addColumn<Values>("b");
    QTest::addColumn<double>("p");
    QTest::newRow("SciPy's example") << Values{19, 22, 16, 29, 24} << Values{20, 11, 17, 12} << 0.1111111111;
    QTest::newRow("seven apart from seven")
        << Values{1, 2, 3, 4, 5, 6, 7} << Values{8, 9, 10, 11, 12, 13, 14} << 2.0 / 3432;
    QTest::newRow("the other way") << Values{8, 9, 10, 11, 12, 13, 14} << Values{1, 2, 3, 4, 5, 6, 7} << 2.0 / 3432;
    QTest::newRow("three apart from four") << Values{1, 2, 3} << Values{4, 5, 6, 7} << 2.0 / 35;
    QTest::newRow("interleaved") << Values{1, 3, 5} << Values{2, 4, 6} << 0.7;
    QTest::newRow("all equal") << Values{5, 5, 5} << Values{5, 5, 5} << 1.0;
    // n = m = 3, U = 0.5 for the ties, variance 5.1: z = 1.5498.
    QTest::newRow("with a tie") << Values{1, 2, 3} << Values{3, 4, 5} << 0.1211832728;
    QTest::newRow("none") << Values{} << Values{1} << 1.0;
}

void TestTimeDifference::computesP()
{
    QFETCH(Values, a);
    QFETCH(Values, b);
    QFETCH(double, p);
    QVERIFY2(std::abs(mannWhitneyP(a, b) - p) < 1e-6, qPrintable(QString::number(mannWhitneyP(a, b), 'g', 9)));
    QVERIFY(std::abs(mannWhitneyP(b, a) - p) < 1e-6);
}

void TestTimeDifference::estimatesShifts_data()
{
    QTest::addColumn<Values>("a");
    QTest::addColumn<Values>("b");
    QTest::addColumn<double>("shift");
    QTest::newRow("by ten") << Values{1, 2, 3} << Values{11, 12, 13} << 10.0;
    QTest::newRow("the other way") << Values{11, 12, 13} << Values{1, 2, 3} << -10.0;
    QTest::newRow("one far away") << Values{1, 2, 3} << Values{1, 2, 900} << 0.0;
    QTest::newRow("between two") << Values{0} << Values{1, 2} << 1.5;
    QTest::newRow("none") << Values{} << Values{1} << 0.0;
}

void TestTimeDifference::estimatesShifts()
{
    QFETCH(Values, a);
    QFETCH(Values, b);
    QFETCH(double, shift);
    QCOMPARE(hodgesLehmannShift(a, b), shift);
}

void TestTimeDifference::takesQuantiles()
{
    QCOMPARE(quantileOf({4, 1, 3, 2}, 0.5), 2.5);
    QCOMPARE(quantileOf({4, 1, 3, 2}, 0), 1.0);
    QCOMPARE(quantileOf({4, 1, 3, 2}, 1), 4.0);
    QCOMPARE(quantileOf({}, 0.5), 0.0);
    QCOMPARE(lowerHalf({5, 1, 4, 2, 3}), (Values{1, 2, 3}));
    QCOMPARE(lowerHalf({5}), (Values{5}));
}

void TestTimeDifference::drawsIntervals()
{
    const Values a = networkTimes(30, 0, 1);
    const Values b = networkTimes(30, 50, 2);
    const ShiftInterval interval = bootstrapShift(a, b);
    QVERIFY(interval.low > 40 && interval.low < 50);
    QVERIFY(interval.high > 50 && interval.high < 60);
    QCOMPARE(bootstrapShift(a, b), interval);
    QCOMPARE(bootstrapShift({}, b), ShiftInterval{});
}

void TestTimeDifference::decides_data()
{
    QTest::addColumn<Values>("unknown");
    QTest::addColumn<Values>("known");
    QTest::addColumn<bool>("isDifferent");
    QTest::newRow("by 80 ms") << networkTimes(15, 0, 1) << networkTimes(15, 80, 2) << true;
    // Half of the answers only: a queue now and then, and no check of a password.
    Values atTimes = networkTimes(30, 0, 2);
    for (std::size_t i = 0; i < atTimes.size(); i += 2)
        atTimes[i] += 200;
    QTest::newRow("every other one longer") << networkTimes(30, 0, 1) << atTimes << false;
    QTest::newRow("seven of each") << networkTimes(7, 0, 3) << networkTimes(7, 80, 4) << true;
    QTest::newRow("the known one is quicker") << networkTimes(15, 80, 5) << networkTimes(15, 0, 6) << true;
    QTest::newRow("six of each") << networkTimes(6, 0, 3) << networkTimes(6, 80, 4) << false;
    QTest::newRow("by 10 ms") << networkTimes(60, 0, 1) << networkTimes(60, 10, 2) << false;
    QTest::newRow("the same") << networkTimes(30, 0, 1) << networkTimes(30, 0, 2) << false;
    // A server whose own times jump as much.
    Values jumping = networkTimes(16, 0, 1);
    for (std::size_t i = 1; i < jumping.size(); i += 2)
        jumping[i] += 30;
    QTest::newRow("less than three times the noise") << jumping << networkTimes(16, 80, 2) << false;
    QTest::newRow("none") << Values{} << networkTimes(9, 0, 1) << false;
}

void TestTimeDifference::decides()
{
    QFETCH(Values, unknown);
    QFETCH(Values, known);
    QFETCH(bool, isDifferent);
    const TimeDifference seen = timeDifferenceOf(unknown, known);
    QCOMPARE(seen.isDifferent, isDifferent);
    QVERIFY(!(seen.isDifferent && seen.isSame));
}

void TestTimeDifference::saysWhatIsTheSame_data()
{
    QTest::addColumn<Values>("unknown");
    QTest::addColumn<Values>("known");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("thirty of each") << Values(30, 20.0) << Values(30, 21.0) << true;
    QTest::newRow("seven of each, close together")
        << Values{20, 21, 20, 22, 21, 20, 21} << Values{21, 20, 22, 21, 20, 21, 22} << true;
    QTest::newRow("six of each") << Values(6, 20.0) << Values(6, 21.0) << false;
    QTest::newRow("seven of each, far apart")
        << Values{20, 80, 20, 150, 21, 20, 90} << Values{21, 20, 160, 21, 95, 21, 100} << false;
    QTest::newRow("so wide that a leak would fit in")
        << Values{0, 100, 0, 100, 0, 100, 0, 100} << Values{0, 100, 0, 100, 0, 100, 0, 100} << false;
    QTest::newRow("ten more") << Values(30, 20.0) << Values(30, 30.0) << true;
    QTest::newRow("twenty more") << Values(7, 20.0) << Values(7, 40.0) << false;
}

// A negative takes as much proof as a positive.
void TestTimeDifference::saysWhatIsTheSame()
{
    QFETCH(Values, unknown);
    QFETCH(Values, known);
    QFETCH(bool, isSame);
    QCOMPARE(timeDifferenceOf(unknown, known).isSame, isSame);
}

void TestTimeDifference::raisesNoFalseAlarms()
{
    for (unsigned seed = 0; seed < 40; ++seed)
        QVERIFY(!timeDifferenceOf(networkTimes(10, 0, 2 * seed), networkTimes(10, 0, 2 * seed + 1)).isDifferent);
}

QTEST_GUILESS_MAIN(TestTimeDifference)
#include "tst_timedifference.moc"
