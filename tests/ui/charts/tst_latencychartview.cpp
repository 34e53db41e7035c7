// The chart as it is drawn: its axes can be read.
#include "ui/charts/latencychartview.h"

#include <QGraphicsTextItem>
#include <QGraphicsView>
#include <QRegularExpression>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestLatencyChartView : public QObject
{
    Q_OBJECT

private slots:
    void namesItsTimes_data();
    void namesItsTimes();
};

namespace {

LatencyPicture aDay(const QString &format)
{
    LatencyPicture picture;
    picture.title = u"Response time"_s;
    picture.to = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    picture.from = picture.to.addDays(-1);
    picture.timeFormat = format;
    picture.plot.detail = LatencyDetail::Percentiles;
    picture.plot.highest = std::chrono::milliseconds(300);
    picture.plot.p50 = {{{picture.from, std::chrono::milliseconds(200)}, {picture.to, std::chrono::milliseconds(210)}}};
    return picture;
}

int visibleTexts(const LatencyChartView &view, const QString &pattern)
{
    const QRegularExpression wanted(QRegularExpression::anchoredPattern(pattern));
    int count = 0;
    for (const QGraphicsItem *item : view.findChild<QGraphicsView *>(u"latencyChart"_s)->scene()->items())
        if (const auto *text = dynamic_cast<const QGraphicsTextItem *>(item))
            count += text->isVisible() && wanted.match(text->toPlainText()).hasMatch();
    return count;
}

} // namespace

void TestLatencyChartView::namesItsTimes_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("hours, as before there was data") << u"HH:mm"_s << u"\\d\\d:\\d\\d"_s;
    QTest::newRow("seconds") << u"HH:mm:ss"_s << u"\\d\\d:\\d\\d:\\d\\d"_s;
    QTest::newRow("days") << u"d MMM"_s << u"\\d+ \\w+"_s;
}

void TestLatencyChartView::namesItsTimes()
{
    QFETCH(QString, format);
    QFETCH(QString, pattern);
    LatencyChartView view;
    view.resize(720, 320);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setPicture(aDay(format));
    QTRY_COMPARE(visibleTexts(view, pattern), 5);
    QVERIFY(visibleTexts(view, u"\\d+"_s) > 2); // milliseconds
}

QTEST_MAIN(TestLatencyChartView)
#include "tst_latencychartview.moc"
