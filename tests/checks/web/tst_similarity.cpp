#include "checks/web/similarity.h"

#include <QByteArray>
#include <QTest>

using namespace cockpit;

namespace {

// A page with words of its own, so that two of them have little in common.
QByteArray pageAbout(const QByteArray &topic)
{
    QByteArray words = "<html><body>";
    for (const char c : QByteArray("abcdefghijklmnopqrstuvwxyz"))
        words += "<p>" + topic + c + topic + ' ' + c + topic + c + "</p>";
    return words + "</body></html>";
}

constexpr double kAlike = 0.9; // where the checks draw the line

} // namespace

class SimilarityTest : public QObject
{
    Q_OBJECT

private slots:
    void compares_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<bool>("alike");
        const QByteArray page = pageAbout("garden");
        QTest::newRow("the same") << page << page << true;
        QTest::newRow("another time and request number")
            << page + "<p>10:31:07 req 4711</p>" << page + "<p>23:59:59 req 99</p>" << true;
        QTest::newRow("a token") << page + "<i>a1b2c3d4e5f6</i>" << page + "<i>f6e5d4c3b2a1</i>" << true;
        QTest::newRow("capitals") << page << page.toUpper() << true;
        QTest::newRow("one word echoed") << page + " orders" << page + " invoices" << true;
        QTest::newRow("a class more on each tag") << page << QByteArray(page).replace("<p>", "<p class=wide>") << true;
        QTest::newRow("a sign that is no tag") << page + " 1 < 2" << page + " 2 > 1" << true;
        QTest::newRow("another page") << page << pageAbout("engine") << false;
        QTest::newRow("nothing and nothing") << QByteArray() << QByteArray("42 <> 7") << true;
        QTest::newRow("nothing and a page") << QByteArray() << page << false;
    }

    void compares()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        const double alike = similarity(simHash(one), simHash(other));
        QTEST(alike >= kAlike, "alike");
        QCOMPARE(similarity(simHash(other), simHash(one)), alike);
        QVERIFY(alike >= 0 && alike <= 1);
    }
};

QTEST_GUILESS_MAIN(SimilarityTest)
#include "tst_similarity.moc"
