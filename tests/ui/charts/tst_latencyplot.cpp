#include "ui/charts/latencyplot.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const QDateTime kStart(QDate(2026, 11, 22), QTime(6, 0), Qt::UTC);

Sample answerAt(int second, std::chrono::milliseconds total, SampleState state = SampleState::Up)
{
    Sample sample;
    sample.at = kStart.addSecs(second);
    sample.state = state;
    sample.total = total;
    return sample;
}

std::vector<Sample> everyMinute(int count, std::chrono::milliseconds total)
{
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i)
        samples.push_back(answerAt(i * 60, total));
    return samples;
}

LatencyPlot plot(const std::vector<Sample> &samples)
{
    return plotLatency(samples, 60s, kStart, kStart.addDays(1));
}

} // namespace

class TestLatencyPlot : public QObject
{
    Q_OBJECT

private slots:
    void nothingMeasuredIsSaid()
    {
        QCOMPARE(plot({}).detail, LatencyDetail::Nothing);
        QCOMPARE(plot({answerAt(0, 100ms, SampleState::Down), answerAt(60, 100ms, SampleState::Unknown)}).detail,
                 LatencyDetail::Nothing);
    }

    void fewAnswersAreShownOneByOne()
    {
        const LatencyPlot shown = plot(everyMinute(kFewestAnswersForBuckets - 1, 200ms));
        QCOMPARE(shown.detail, LatencyDetail::EachAnswer);
        QCOMPARE(shown.answers, kFewestAnswersForBuckets - 1);
        QVERIFY(shown.p95.empty());
        QCOMPARE(shown.p50.size(), std::size_t(1));
        QCOMPARE(int(shown.p50.front().size()), kFewestAnswersForBuckets - 1);
    }

    void enoughAnswersGivePercentiles()
    {
        const LatencyPlot shown = plot(everyMinute(kFewestAnswersForBuckets, 200ms));
        QCOMPARE(shown.detail, LatencyDetail::Percentiles);
        QCOMPARE(shown.p50.front().size(), std::size_t(3));
        QCOMPARE(shown.p95.front().size(), std::size_t(3));
        QCOMPARE(shown.p95.front().front().value, 200ms);
    }

    void aPercentileComesFromRawSamplesOfItsBucket()
    {
        // 100 answers, of which 6 are slow: nearest rank ceil(0.95 * 20) = 19 of each bucket of 20.
        std::vector<Sample> samples = everyMinute(100, 100ms);
        for (int i = 40; i < 46; ++i)
            samples[std::size_t(i)].total = 900ms;
        const LatencyPlot shown = plot(samples);
        QCOMPARE(shown.p95.front().size(), std::size_t(5));
        QCOMPARE(shown.p95.front()[2].value, 900ms);
        QCOMPARE(shown.p95.front()[1].value, 100ms);
        QCOMPARE(shown.p50.front()[2].value, 100ms);
        QCOMPARE(shown.highest, 900ms);
    }

    void failuresAreNotAnswers()
    {
        std::vector<Sample> samples = everyMinute(10, 100ms);
        samples.push_back(answerAt(600, 30000ms, SampleState::Down));
        QCOMPARE(plot(samples).highest, 100ms);
    }

    void aLineEndsWhereNothingWasMeasured_data()
    {
        QTest::addColumn<int>("pause");
        QTest::addColumn<int>("segments");
        QTest::newRow("one look missed") << 120 << 1;
        QTest::newRow("two looks missed") << 121 << 2;
        QTest::newRow("asleep over night") << 8 * 3600 << 2;
    }

    void aLineEndsWhereNothingWasMeasured()
    {
        QFETCH(int, pause);
        QFETCH(int, segments);
        QCOMPARE(int(plot({answerAt(0, 100ms), answerAt(pause, 100ms)}).p50.size()), segments);
    }

    void emptyBucketsBreakBothLines()
    {
        std::vector<Sample> samples = everyMinute(60, 100ms);
        for (const Sample &sample : everyMinute(60, 100ms)) {
            samples.push_back(sample);
            samples.back().at = sample.at.addSecs(10 * 3600);
        }
        const LatencyPlot shown = plot(samples);
        QCOMPARE(shown.p50.size(), std::size_t(2));
        QCOMPARE(shown.p95.size(), std::size_t(2));
    }

    void onlyTheWindowCounts()
    {
        const std::vector<Sample> samples = everyMinute(10, 100ms);
        const LatencyPlot shown = plotLatency(samples, 60s, samples[2].at, samples[5].at);
        QCOMPARE(shown.answers, 3); // from is inside, to is not
    }

    void theAxisFollowsWhatWasMeasured_data()
    {
        QTest::addColumn<int>("firstAnswer"); // seconds after the start of the window
        QTest::addColumn<int>("start");
        constexpr int kDay = 24 * 3600;
        QTest::newRow("a quarter of the window") << kDay * 3 / 4 << 0;
        QTest::newRow("a little less: 5 % of room before it") << kDay - 20000 << kDay - 21000;
        QTest::newRow("just now: a minute is the least") << kDay - 10 << kDay - 60;
    }

    void theAxisFollowsWhatWasMeasured()
    {
        QFETCH(int, firstAnswer);
        QFETCH(int, start);
        const LatencyPlot shown = plot({answerAt(firstAnswer, 100ms)});
        QCOMPARE(axisStart(shown, kStart, kStart.addDays(1)), kStart.addSecs(start));
    }

    void withoutAnswersTheAxisIsTheWindow() { QCOMPARE(axisStart(plot({}), kStart, kStart.addDays(1)), kStart); }

    void axisEndsAreRound_data()
    {
        QTest::addColumn<int>("highest");
        QTest::addColumn<int>("end");
        QTest::newRow("nothing") << 0 << 10;
        QTest::newRow("on a step") << 200 << 200;
        QTest::newRow("just above it") << 201 << 400;
        QTest::newRow("half a second") << 500 << 1000;
        QTest::newRow("a minute") << 60000 << 100000;
    }

    void axisEndsAreRound()
    {
        QFETCH(int, highest);
        QFETCH(int, end);
        QCOMPARE(niceAxisEnd(std::chrono::milliseconds(highest)), end);
    }
};

QTEST_GUILESS_MAIN(TestLatencyPlot)
#include "tst_latencyplot.moc"
