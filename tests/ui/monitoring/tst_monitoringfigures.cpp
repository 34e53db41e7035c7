#include "ui/monitoring/endpointmodel.h"
#include "ui/monitoring/incidentlist.h"
#include "ui/monitoring/monitordata.h"
#include "ui/monitoring/summarycards.h"
#include "ui/widgets/numbertext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QDateTime kNow(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

Monitor homepage(qint64 id = 1)
{
    Monitor monitor;
    monitor.id = id;
    monitor.name = u"Homepage"_s;
    monitor.url = u"https://example.com/"_s;
    return monitor;
}

Sample sampleAgo(int minutes, SampleState state = SampleState::Up, std::chrono::milliseconds total = 200ms)
{
    Sample sample;
    sample.monitorId = 1;
    sample.at = kNow.addSecs(-60 * minutes);
    sample.state = state;
    sample.total = total;
    return sample;
}

// The last `minutes` minutes, one look a minute, oldest first.
std::vector<Sample> lastMinutes(int minutes, SampleState state = SampleState::Up)
{
    std::vector<Sample> samples;
    for (int i = minutes; i >= 1; --i)
        samples.push_back(sampleAgo(i, state));
    return samples;
}

SummaryCard cardWithId(const std::vector<SummaryCard> &cards, const QString &id)
{
    const auto it = std::ranges::find(cards, id, &SummaryCard::id);
    return it == cards.end() ? SummaryCard() : *it;
}

} // namespace

class TestMonitoringFigures : public QObject
{
    Q_OBJECT

private slots:
    void p95NeedsTwentyAnswers_data()
    {
        QTest::addColumn<int>("answers");
        QTest::addColumn<bool>("known");
        QTest::newRow("one too few") << kFewestSamplesForP95 - 1 << false;
        QTest::newRow("just enough") << kFewestSamplesForP95 << true;
    }

    void p95NeedsTwentyAnswers()
    {
        QFETCH(int, answers);
        QFETCH(bool, known);
        const auto figures = figuresOf({homepage()}, {{1, lastMinutes(answers)}}, TimeWindow::Day, kNow);
        QCOMPARE(figures.endpoints.front().p95Day.has_value(), known);
    }

    void theDayIsOneDay()
    {
        std::vector<Sample> samples{sampleAgo(24 * 60 + 1, SampleState::Down), sampleAgo(24 * 60, SampleState::Down)};
        const auto figures = figuresOf({homepage()}, {{1, samples}}, TimeWindow::Hour, kNow);
        QCOMPARE(figures.endpoints.front().failuresDay, 1);
        QCOMPARE(int(figures.endpoints.front().cells.size()), kStripCells);
    }

    void cardsSayWhatIsUp_data()
    {
        QTest::addColumn<SampleState>("last");
        QTest::addColumn<QString>("value");
        QTest::addColumn<Tone>("tone");
        QTest::newRow("up") << SampleState::Up << u"Up"_s << Tone::Pass;
        QTest::newRow("offline here") << SampleState::Unknown << u"Not known yet"_s << Tone::Neutral;
    }

    void cardsSayWhatIsUp()
    {
        QFETCH(SampleState, last);
        QFETCH(QString, value);
        QFETCH(Tone, tone);
        const auto figures = figuresOf({homepage()}, {{1, {sampleAgo(1, last)}}}, TimeWindow::Day, kNow);
        const SummaryCard card = cardWithId(summaryCards(figures, 500), u"systems"_s);
        QCOMPARE(card.value, value);
        QCOMPARE(card.tone, tone);
    }

    void aFailureIsNotHidden()
    {
        const auto figures = figuresOf({homepage()}, {{1, lastMinutes(3, SampleState::Down)}}, TimeWindow::Day, kNow);
        QCOMPARE(cardWithId(summaryCards(figures, {}), u"systems"_s).tone, Tone::Fail);
        QCOMPARE(cardWithId(summaryCards(figures, {}), u"failures"_s).note, u"3 of 3"_s);
        const auto lines = incidentLines(figures, {}, u"Dana"_s, 10);
        QCOMPARE(lines.size(), std::size_t(1));
        QCOMPARE(lines.front().title, u"Homepage is down"_s);
        QCOMPARE(lines.front().owner, u"Owner: Dana"_s);
        QVERIFY(incidentLines(figures, {}, {}, 10).front().owner.contains(u"nobody"_s));
    }

    void withoutSamplesNothingIsClaimed()
    {
        for (const SummaryCard &card : summaryCards(figuresOf({homepage()}, {}, TimeWindow::Day, kNow), 500)) {
            QVERIFY2(card.tone != Tone::Pass, qPrintable(card.id));
            QVERIFY2(!card.value.contains(u'%'), qPrintable(card.value));
        }
    }

    void theTargetColoursTheSlowest()
    {
        std::vector<Sample> slow = lastMinutes(30);
        for (Sample &sample : slow)
            sample.total = 501ms;
        const auto figures = figuresOf({homepage()}, {{1, slow}}, TimeWindow::Day, kNow);
        QCOMPARE(cardWithId(summaryCards(figures, 500), u"p95"_s).tone, Tone::Warn);
        QCOMPARE(cardWithId(summaryCards(figures, 501), u"p95"_s).tone, Tone::Neutral);
        QCOMPARE(cardWithId(summaryCards(figures, {}), u"p95"_s).tone, Tone::Neutral);
    }

    void percentagesAreNeverRoundedUp()
    {
        QVERIFY(percentText(0.99999).startsWith(u"99"_s));
        QVERIFY(percentText(1.0).startsWith(u"100"_s));
        QCOMPARE(durationText(59s), u"59 s"_s);
        QCOMPARE(durationText(60s), u"1 min"_s);
        QCOMPARE(durationText(190min), u"3 h 10 min"_s);
        QCOMPARE(durationText(120min), u"2 h"_s);
    }

    void theModelKeepsRowsWhenOnlyNumbersChange()
    {
        EndpointModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFigures(figuresOf({homepage(1), homepage(2)}, {}, TimeWindow::Day, kNow));
        QCOMPARE(model.rowCount(), 2);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setFigures(figuresOf({homepage(1), homepage(2)}, {{1, lastMinutes(30)}}, TimeWindow::Day, kNow));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, EndpointModel::LatencyColumn).data().toString(), u"200 ms"_s);
        QCOMPARE(model.index(1, EndpointModel::LatencyColumn).data().toString(), u"too few"_s);
        model.setFigures(figuresOf({homepage(2)}, {}, TimeWindow::Day, kNow));
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.rowOf(2), 0);
        QCOMPARE(model.rowOf(1), -1);
    }

    void liveSamplesJoinStoredOnes()
    {
        std::function<void(const Result<std::vector<Sample>> &)> answer;
        MonitorData data([&](qint64, const QDateTime &, const QDateTime &, QObject *, auto done) { answer = done; });
        QSignalSpy changed(&data, &MonitorData::figuresChanged);
        data.setMonitors({homepage()});
        const QDateTime now = QDateTime::currentDateTimeUtc();
        Sample live = sampleAgo(0);
        live.at = now;
        data.addSample(live);
        Sample stored = live;
        stored.at = now.addSecs(-60);
        answer(std::vector<Sample>{stored, live}); // the live one was stored before it was read
        QTRY_VERIFY(!data.figures().endpoints.empty() && data.figures().endpoints.front().looksDay == 2);
        QVERIFY(changed.size() >= 1);
        live.at = now.addMSecs(1);
        data.addSample(live);
        QTRY_COMPARE(data.figures().endpoints.front().looksDay, 3);
        data.setMonitors({});
        QTRY_VERIFY(data.figures().endpoints.empty());
    }

    void unreadableSamplesAreTold()
    {
        MonitorData data([](qint64, const QDateTime &, const QDateTime &, QObject *, auto done) {
            done(failure(ErrorKind::Storage, u"The file is damaged."_s));
        });
        QSignalSpy unreadable(&data, &MonitorData::unreadable);
        data.setMonitors({homepage()});
        QCOMPARE(unreadable.size(), 1);
        QCOMPARE(unreadable.front().front().value<Error>().message, u"The file is damaged."_s);
    }
};

QTEST_GUILESS_MAIN(TestMonitoringFigures)
#include "tst_monitoringfigures.moc"
