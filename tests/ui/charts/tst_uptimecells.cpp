#include "ui/charts/uptimecells.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const QDateTime kStart(QDate(2026, 11, 22), QTime(6, 0), Qt::UTC);

// One letter a minute: U up, D down, ? unknown, - no look.
std::vector<Sample> samplesOf(const QString &minutes)
{
    std::vector<Sample> samples;
    for (int i = 0; i < minutes.size(); ++i) {
        Sample sample;
        sample.at = kStart.addSecs(i * 60);
        if (minutes[i] == QLatin1Char('-'))
            continue;
        sample.state = minutes[i] == QLatin1Char('U')   ? SampleState::Up
                       : minutes[i] == QLatin1Char('D') ? SampleState::Down
                                                        : SampleState::Unknown;
        samples.push_back(sample);
    }
    return samples;
}

QString lettersOf(const std::vector<UptimeCell> &cells)
{
    QString letters;
    for (const UptimeCell &cell : cells) {
        switch (cell.state) {
        case CellState::Up:
            letters += QLatin1Char('U');
            break;
        case CellState::Down:
            letters += QLatin1Char('D');
            break;
        case CellState::Unknown:
            letters += QLatin1Char('?');
            break;
        }
    }
    return letters;
}

} // namespace

class TestUptimeCells : public QObject
{
    Q_OBJECT

private slots:
    void cellsShowTheWorst_data()
    {
        QTest::addColumn<QString>("minutes");
        QTest::addColumn<int>("cells");
        QTest::addColumn<QString>("shown");
        QTest::newRow("all up") << QStringLiteral("UUUUUU") << 3 << QStringLiteral("UUU");
        QTest::newRow("one failure marks its cell") << QStringLiteral("UUDUUU") << 3 << QStringLiteral("UDU");
        QTest::newRow("nothing measured") << QStringLiteral("------") << 3 << QStringLiteral("???");
        QTest::newRow("this computer was offline") << QStringLiteral("U?????") << 3 << QStringLiteral("U??");
        QTest::newRow("a state holds for two intervals") << QStringLiteral("U-----") << 6 << QStringLiteral("UU????");
        QTest::newRow("it holds over a cell's border") << QStringLiteral("UD----") << 6 << QStringLiteral("UDD???");
    }

    void cellsShowTheWorst()
    {
        QFETCH(QString, minutes);
        QFETCH(int, cells);
        QFETCH(QString, shown);
        const auto samples = samplesOf(minutes);
        QCOMPARE(lettersOf(uptimeCells(samples, 60s, kStart, kStart.addSecs(60 * minutes.size()), cells)), shown);
    }

    void downtimeIsCounted()
    {
        const auto cells = uptimeCells(samplesOf(QStringLiteral("UDDU")), 60s, kStart, kStart.addSecs(240), 1);
        QCOMPARE(cells.front().down, std::chrono::milliseconds(2min));
    }
};

QTEST_GUILESS_MAIN(TestUptimeCells)
#include "tst_uptimecells.moc"
