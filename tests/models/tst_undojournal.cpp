#include "models/routes/routelist.h"
#include "tests/models/journalfixtures.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Bend = std::function<void(JournalEntry &)>;

} // namespace

Q_DECLARE_METATYPE(Bend)

class TestUndoJournal : public QObject
{
    Q_OBJECT

private slots:
    void comesBack_data();
    void comesBack();
    void refusesWhatIsNoEntry_data();
    void refusesWhatIsNoEntry();
    void keepsNoSecret_data();
    void keepsNoSecret();
    void tellsRunsApart();
};

void TestUndoJournal::comesBack_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::newRow("a record") << Bend([](JournalEntry &) {});
    QTest::newRow("a record without an id yet") << Bend([](JournalEntry &entry) { entry.recordId.clear(); });
    QTest::newRow("a record without routes to look at") << Bend([](JournalEntry &entry) {
        entry.read.reset();
        entry.list.reset();
    });
    QTest::newRow("made by nobody") << Bend([](JournalEntry &entry) {
        entry.actorId.clear();
        entry.account.clear();
    });
    QTest::newRow("all that differs") << Bend([](JournalEntry &entry) {
        entry.isRemovedByAdmin = entry.wasMade = true;
        entry.hasText = entry.isShownAlone = false;
    });
    QTest::newRow("a value") << Bend([](JournalEntry &entry) {
        entry.kind = LeftKind::Value;
        setOldValue(entry, "application/json", R"({"title":"Plan B"})");
    });
    QTest::newRow("a form") << Bend([](JournalEntry &entry) {
        entry.kind = LeftKind::Value;
        setOldValue(entry, "application/x-www-form-urlencoded", "title=Plan+B&public=1");
    });
    QTest::newRow("an account") << Bend([](JournalEntry &entry) {
        entry.kind = LeftKind::Account;
        entry.text = u"lc-abc@example.com"_s;
    });
}

void TestUndoJournal::comesBack()
{
    QFETCH(Bend, bend);
    JournalEntry entry = record();
    bend(entry);
    auto back = journalEntryFromJson(toJson(entry));
    QVERIFY(back);
    back->id = entry.id;
    back->at = entry.at;
    QCOMPARE(toJson(*back), toJson(entry));
    QVERIFY(*back == entry);
    QVERIFY(!describe(entry).isEmpty());
}

void TestUndoJournal::refusesWhatIsNoEntry_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("another kind") << u"kind"_s << QJsonValue(u"weapon"_s);
    QTest::newRow("no route") << u"create"_s << QJsonValue(QJsonArray());
    const auto listOf = [](const Route &one) { return QJsonValue(toJson(std::vector<Route>{one})); };
    QTest::newRow("looked for by a removal") << u"read"_s << listOf(route(u"DELETE"_s, u"/users/{id}"_s));
    QTest::newRow("listed by a change") << u"list"_s << listOf(route(u"POST"_s, u"/logout"_s));
    QTest::newRow("a text that is not ours") << u"text"_s << QJsonValue(u"Invoice 17"_s);
    QTest::newRow("no text") << u"text"_s << QJsonValue(QString());
}

void TestUndoJournal::refusesWhatIsNoEntry()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject object = toJson(record());
    QVERIFY(journalEntryFromJson(object));
    object.insert(member, value);
    QVERIFY(!journalEntryFromJson(object));
    QVERIFY(!journalEntryFromJson({}));
}

void TestUndoJournal::keepsNoSecret_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isKept");
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("a title") << json << QByteArray(R"({"title":"Plan B"})") << true;
    QTest::newRow("a switch") << json << QByteArray(R"({"public":true,"rows":20})") << true;
    QTest::newRow("a form") << form << QByteArray("title=Plan+B") << true;
    QTest::newRow("a password") << json << QByteArray(R"({"title":"x","password":"correct-horse"})") << false;
    QTest::newRow("a token") << json << QByteArray(R"({"token":"ghp_abcdefghijklmnopqrstuvwxyz0123456789"})") << false;
    QTest::newRow("an address of a person") << json << QByteArray(R"({"mail":"anna@acme.com"})") << false;
    QTest::newRow("a password in a form") << form << QByteArray("title=x&password=correct-horse") << false;
    QTest::newRow("nothing is known") << json << QByteArray() << false;
}

void TestUndoJournal::keepsNoSecret()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(bool, isKept);
    JournalEntry entry = record();
    entry.kind = LeftKind::Value;
    setOldValue(entry, contentType, body);
    QCOMPARE(entry.oldValue == OldValue::Kept, isKept);
    const QByteArray stored = QJsonDocument(toJson(entry)).toJson();
    QCOMPARE(stored.contains(R"("old_value": "may_be_secret")"), !isKept);
    for (const QByteArray &secret : {"correct-horse", "ghp_", "anna@acme.com"})
        QVERIFY2(!stored.contains(secret), stored.constData());
    JournalEntry opened = record(); // an id that opens what it names
    opened.recordId = u"ghp_abcdefghijklmnopqrstuvwxyz0123456789"_s;
    QVERIFY(tidied(opened).recordId.isEmpty());
}

void TestUndoJournal::tellsRunsApart()
{
    JournalEntry first = record(), second = record(), third = record();
    first.run = third.run = u"one"_s;
    second.run = u"two"_s;
    second.hasRunEnded = true;
    third.at = first.at.addSecs(60);
    second.at = first.at.addSecs(30);
    const auto runs = byRun({third, second, first});
    QCOMPARE(runs.size(), 2U);
    QCOMPARE(runs.front().size(), 2U);
    QVERIFY(headlineOf(runs.front()).contains(u"was cut off"_s));
    QVERIFY(headlineOf(runs.back()).contains(u"could not take away"_s));
}

QTEST_GUILESS_MAIN(TestUndoJournal)
#include "tst_undojournal.moc"
