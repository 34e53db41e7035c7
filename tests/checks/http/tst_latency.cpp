#include "checks/http/latency.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class LatencyTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("slowOnes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("fast") << 20 << 0 << u"pass"_s;
        QTest::newRow("one of twenty slow is within p95") << 20 << 1 << u"pass"_s;
        QTest::newRow("two of twenty slow") << 20 << 2 << u"slow:medium"_s;
        QTest::newRow("too few to judge") << 19 << 19 << u"info"_s;
        QTest::newRow("no answer") << 0 << 0 << u"error"_s;
    }

    void judges()
    {
        QFETCH(int, samples);
        QFETCH(int, slowOnes);
        std::vector<HttpResponse> answers;
        for (int i = 0; i < samples; ++i) {
            HttpResponse one = answer(200);
            // Connecting takes a second and is set aside.
            one.timings.connect = std::chrono::seconds(1);
            one.timings.total = one.timings.connect + std::chrono::milliseconds(i < slowOnes ? 501 : 100);
            answers.push_back(one);
        }
        QTEST(said(judgeLatency(answers, 0, 500)), "expected");
    }
};

QTEST_GUILESS_MAIN(LatencyTest)
#include "tst_latency.moc"
