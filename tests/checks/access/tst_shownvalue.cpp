// An old value of the journal beside what its route shows now.
#include "checks/access/shownvalue.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestShownValue : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatNobodySaw_data();
    void knowsWhatNobodySaw();
    void saysWhetherItWasSent();
};

void TestShownValue::knowsWhatNobodySaw_data()
{
    QTest::addColumn<QByteArray>("old");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QStringList>("unseen");
    const QByteArray old = R"({"name":"Tom","role":"member"})";
    QTest::newRow("all is shown") << old << QByteArray(R"({"name":"Tom","role":"member"})") << QStringList();
    QTest::newRow("a member is not shown") << old << QByteArray(R"({"id":7,"name":"Tom"})") << QStringList{u"role"_s};
    QTest::newRow("and another one was changed") << old << QByteArray(R"({"name":"Tim"})") << QStringList();
    QTest::newRow("and another one is a test's")
        << old << QByteArray(R"({"name":"LC-CANARY-abcdefghijkm"})") << QStringList();
    QTest::newRow("the shown one differs") << old << QByteArray(R"({"role":"admin"})") << QStringList();
    QTest::newRow("none is shown") << old << QByteArray(R"({"ok":true})") << QStringList{u"name"_s, u"role"_s};
    QTest::newRow("a form") << QByteArray("name=Tom&role=member") << QByteArray(R"({"name":"Tom"})") << QStringList();
}

void TestShownValue::knowsWhatNobodySaw()
{
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, now);
    JournalEntry entry;
    entry.oldBody = old;
    QTEST(unseenMembers(entry, answer(200, "Content-Type: application/json", now)), "unseen");
}

void TestShownValue::saysWhetherItWasSent()
{
    JournalEntry entry;
    entry.read.emplace();
    entry.read->path = u"/me"_s;
    const QString kept = unseenError(entry, {u"role"_s}, false).message;
    const QString sent = unseenError(entry, {u"role"_s}, true).message;
    QVERIFY(kept.contains(u"GET /me does not show role"_s) && kept.contains(u"nothing was sent"_s));
    QVERIFY(sent.contains(u"GET /me does not show role"_s) && !sent.contains(u"nothing was sent"_s));
}

QTEST_GUILESS_MAIN(TestShownValue)
#include "tst_shownvalue.moc"
