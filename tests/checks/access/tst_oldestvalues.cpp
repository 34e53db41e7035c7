// Old values of one place that several entries of the journal have.
#include "checks/access/oldestvalues.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kForm = "application/x-www-form-urlencoded";

std::vector<JournalEntry> entriesOf(const QByteArrayList &bodies, const QByteArray &contentType = "application/json")
{
    std::vector<JournalEntry> entries;
    for (const QByteArray &body : bodies) {
        entries.emplace_back();
        entries.back().contentType = contentType;
        entries.back().oldBody = body;
    }
    return entries;
}

HttpResponse shownAs(const QByteArray &body, const QByteArray &type = "application/json")
{
    return answer(200, "Content-Type: " + type, body);
}

} // namespace

class TestOldestValues : public QObject
{
    Q_OBJECT

private slots:
    void takesTheOldest_data();
    void takesTheOldest();
    void makesOneBody_data();
    void makesOneBody();
    void knowsWhatTheRunLeft_data();
    void knowsWhatTheRunLeft();
};

void TestOldestValues::takesTheOldest_data()
{
    QTest::addColumn<QByteArrayList>("written"); // the newest first
    QTest::addColumn<QByteArrayList>("oldest");
    QTest::addColumn<QByteArray>("type");
    const QByteArray json = "application/json";
    QTest::newRow("one") << QByteArrayList{R"({"a":1})"} << QByteArrayList{R"({"a":1})"} << json;
    QTest::newRow("other members") << QByteArrayList{R"({"b":2})", R"({"a":1})"}
                                   << QByteArrayList{R"({"b":2})", R"({"a":1})"} << json;
    QTest::newRow("of one member") << QByteArrayList{R"({"a":2,"b":3})", R"({"a":1})"}
                                   << QByteArrayList{R"({"a":1,"b":3})", R"({"a":1})"} << json;
    QTest::newRow("of three") << QByteArrayList{R"({"a":3})", R"({"a":2})", R"({"a":1})"}
                              << QByteArrayList{R"({"a":1})", R"({"a":1})", R"({"a":1})"} << json;
    QTest::newRow("a form") << QByteArrayList{"a=2&b=3", "a=1"} << QByteArrayList{"b=3&a=1", "a=1"} << kForm;
    QTest::newRow("no object") << QByteArrayList{"[1]", "[2]"} << QByteArrayList{"[1]", "[2]"} << json;
}

void TestOldestValues::takesTheOldest()
{
    QFETCH(QByteArrayList, written);
    QFETCH(QByteArrayList, oldest);
    QFETCH(QByteArray, type);
    QByteArrayList bodies;
    for (const JournalEntry &entry : withOldestValues(entriesOf(written, type)))
        bodies.append(entry.oldBody);
    QCOMPARE(bodies, oldest);
}

void TestOldestValues::makesOneBody_data()
{
    QTest::addColumn<QByteArrayList>("oldest");
    QTest::addColumn<QByteArray>("shown");
    QTest::addColumn<QByteArray>("whole");
    QTest::addColumn<QByteArray>("seen"); // without what nobody is shown
    const QByteArrayList two{R"({"b":2})", R"({"a":1})"};
    QTest::newRow("both were changed") << two << QByteArray(R"({"a":7,"b":8})") << QByteArray(R"({"a":1,"b":2})")
                                       << QByteArray(R"({"a":1,"b":2})");
    // Perhaps the product never took it.
    QTest::newRow("the other is as it was")
        << two << QByteArray(R"({"a":7,"b":2})") << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1})");
    QTest::newRow("the other is not shown")
        << two << QByteArray(R"({"a":7})") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"a":1})");
    QTest::newRow("what the oldest has goes out as a whole")
        << QByteArrayList{R"({"b":2})", R"({"a":1,"c":3})"} << QByteArray(R"({"a":7,"b":8,"c":3})")
        << QByteArray(R"({"a":1,"b":2,"c":3})") << QByteArray(R"({"a":1,"b":2,"c":3})");
}

void TestOldestValues::makesOneBody()
{
    QFETCH(QByteArrayList, oldest);
    QFETCH(QByteArray, shown);
    const auto entries = entriesOf(oldest);
    QTEST(bodyOfAll(entries, shownAs(shown), UnseenMembers::Sent), "whole");
    QTEST(bodyOfAll(entries, shownAs(shown), UnseenMembers::LeftOut), "seen");
}

void TestOldestValues::knowsWhatTheRunLeft_data()
{
    QTest::addColumn<QByteArray>("shown");
    QTest::addColumn<bool>("isLeft");
    const auto row = [](const char *name, const char *shown, bool isLeft) {
        QTest::newRow(name) << QByteArray(shown) << isLeft;
    };
    row("the text of a test", R"({"name":"LC-CANARY-abcdefghijkm","plan":"free"})", true);
    row("the text of a test, beside what nobody knows", R"({"name":"LC-CANARY-abcdefghijkm","plan":"gold"})", true);
    row("what the newer entry read", R"({"name":"Tom","plan":"paid"})", true);
    row("as it was", R"({"name":"Tom","plan":"free"})", false);
    row("as it was, as far as it is shown", R"({"name":"Tom"})", false);
    row("what nobody read", R"({"name":"Tom","plan":"gold"})", false);
    row("what the newer entry read, beside what nobody read", R"({"name":"Tim","plan":"paid"})", false);
    row("nothing of it", R"({"ok":true})", false);
}

void TestOldestValues::knowsWhatTheRunLeft()
{
    QFETCH(QByteArray, shown);
    const auto entries = entriesOf({R"({"plan":"paid"})", R"({"name":"Tom","plan":"free"})"});
    QTEST(isLeftByTheRun(entries, shownAs(shown)), "isLeft");
}

QTEST_GUILESS_MAIN(TestOldestValues)
#include "tst_oldestvalues.moc"
