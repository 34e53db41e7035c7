#include "checks/http/canonical.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class CanonicalTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QStringList>("ends"); // of the two entries: apex, and the deep link of www
        QTest::addColumn<QString>("expected");
        QTest::newRow("one place, path kept")
            << QStringList{u"https://example.com/"_s, u"https://example.com/pricing?lc=1"_s} << u"pass"_s;
        QTest::newRow("path lost") << QStringList{u"https://example.com/"_s, u"https://example.com/"_s}
                                   << u"path_lost:medium"_s;
        QTest::newRow("query lost on the way to a login page")
            << QStringList{u"https://example.com/"_s, u"https://example.com/login"_s} << u"pass"_s;
    }

    void judges()
    {
        QFETCH(QStringList, ends);
        const std::vector<Entry> entries{
            {QUrl(u"https://example.com/"_s), arrivedAt(answer(200, {}, {}, ends[0]))},
            {QUrl(u"https://www.example.com/pricing?lc=1"_s),
             arrivedAt(answer(200, {}, {}, ends[1]), {u"https://www.example.com/pricing?lc=1"_s})}};
        QTEST(said(judgeCanonical(entries)), "expected");
    }

    void seesTwoSites()
    {
        const std::vector<Entry> entries{
            {QUrl(u"https://example.com/"_s), arrivedAt(answer(200, {}, {}, u"https://example.com/"_s))},
            {QUrl(u"https://www.example.com/"_s), arrivedAt(answer(200, {}, {}, u"https://www.example.com/"_s))}};
        QCOMPARE(said(judgeCanonical(entries)), u"two_addresses:medium"_s);
    }

    void passesNothingOffAsAPage()
    {
        const std::vector<Entry> entries{
            {QUrl(u"https://example.com/"_s), arrivedAt(answer(404, {}, {}, u"https://example.com/"_s))}};
        QCOMPARE(said(judgeCanonical(entries)), u"not_run"_s);
    }

    void reportsSilence()
    {
        const std::vector<Entry> entries{{QUrl(u"https://example.com/"_s), failure(ErrorKind::TimedOut, u"silent"_s)}};
        QCOMPARE(said(judgeCanonical(entries)), u"error"_s);
    }
};

QTEST_GUILESS_MAIN(CanonicalTest)
#include "tst_canonical.moc"
