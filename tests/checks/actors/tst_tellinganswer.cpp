#include "checks/actors/tellinganswer.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestTellingAnswer : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
};

void TestTellingAnswer::tells_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, int status, bool expected, bool isCut = false, const char *head = "") {
        QTest::newRow(name) << status << QByteArray(head) << isCut << expected;
    };
    row("a good one", 200, true);
    row("nothing in it", 204, true);
    row("to the sign-in", 302, true, false, "Location: /login");
    row("refused", 401, true);
    row("forbidden", 403, true);
    row("not there", 404, true);
    row("not understood", 422, true);
    row("cut off", 200, false, true);
    row("too many", 429, false);
    row("broken", 500, false);
    row("away", 503, false);
    row("none", 0, false);
    row("a test for robots", 403, false, false, "cf-mitigated: challenge");
}

void TestTellingAnswer::tells()
{
    QFETCH(int, status);
    QFETCH(QByteArray, head);
    QFETCH(bool, isCut);
    HttpResponse answer = test::answer(status, head, "[1,2]");
    answer.bodyTruncated = isCut;
    QTEST(tellsWhatIsThere(answer), "expected");
    QVERIFY(!tellsWhatIsThere(std::nullopt));
}

QTEST_APPLESS_MAIN(TestTellingAnswer)
#include "tst_tellinganswer.moc"
