#include "models/jsonplaces.h"

#include <QStringList>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "/a/* (a) 1": the path, the name and the value of a place.
QString wordsOf(const JsonPlace &place)
{
    return place.path() + u" ("_s + place.name + u") "_s +
           (place.isLeaf()          ? place.value.toVariant().toString()
            : place.value.isArray() ? u"[]"_s
                                    : u"{}"_s);
}

// Lists in lists, with a word inside of the last one.
QByteArray nested(int lists)
{
    return QByteArray(lists, '[') + "\"word\"" + QByteArray(lists, ']');
}

} // namespace

class TestJsonPlaces : public QObject
{
    Q_OBJECT

private slots:
    void visitsEveryPlace_data();
    void visitsEveryPlace();
    void visitsLeavesAlone();
    void goesNoDeeper_data();
    void goesNoDeeper();
    void endsWhenToldSo_data();
    void endsWhenToldSo();
    void readsDocuments_data();
    void readsDocuments();
};

void TestJsonPlaces::visitsEveryPlace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("an empty object") << QByteArray("{}") << QStringList{u" () {}"_s};
    QTest::newRow("members by their names, before what they hold")
        << QByteArray(R"({"b":1,"a":{"c":"x"}})")
        << QStringList{u" () {}"_s, u"/a (a) {}"_s, u"/a/c (c) x"_s, u"/b (b) 1"_s};
    QTest::newRow("a list has its order, and its items its name")
        << QByteArray(R"({"mails":["z","a"]})")
        << QStringList{u" () {}"_s, u"/mails (mails) []"_s, u"/mails/* (mails) z"_s, u"/mails/* (mails) a"_s};
    QTest::newRow("a list of objects") << QByteArray(R"([{"id":7},{"id":8}])")
                                       << QStringList{u" () []"_s, u"/* () {}"_s, u"/*/id (id) 7"_s, u"/* () {}"_s,
                                                      u"/*/id (id) 8"_s};
    QTest::newRow("a list in a list") << QByteArray(R"({"a":[[true]]})")
                                      << QStringList{u" () {}"_s, u"/a (a) []"_s, u"/a/* (a) []"_s,
                                                     u"/a/*/* (a) true"_s};
    QTest::newRow("an empty name") << QByteArray(R"({"":null})") << QStringList{u" () {}"_s, u"/ () "_s};
}

void TestJsonPlaces::visitsEveryPlace()
{
    QFETCH(QByteArray, json);
    QStringList seen;
    QVERIFY(visitJson(jsonRoot(json), [&](const JsonPlace &place) {
        seen.append(wordsOf(place));
        return true;
    }));
    QTEST(seen, "expected");
}

void TestJsonPlaces::visitsLeavesAlone()
{
    QStringList seen;
    int members = 0;
    const auto note = [&](const JsonPlace &place) {
        seen.append(wordsOf(place));
        members += place.isMember() ? 1 : 0;
        return true;
    };
    QVERIFY(visitJsonLeaves(jsonRoot(R"({"a":[1,{"b":null}],"c":{},"d":[]})"), note));
    QCOMPARE(seen, (QStringList{u"/a/* (a) 1"_s, u"/a/*/b (b) "_s}));
    QCOMPARE(members, 1);
    QVERIFY(visitJsonLeaves(QJsonValue(u"alone"_s), note));
    QCOMPARE(seen.back(), u" () alone"_s);
    QCOMPARE(members, 1);
}

void TestJsonPlaces::goesNoDeeper_data()
{
    QTest::addColumn<int>("lists");
    QTest::addColumn<int>("deepest");
    QTest::addColumn<bool>("isSeen");
    QTest::newRow("the last level") << 3 << 3 << true;
    QTest::newRow("one below it") << 4 << 3 << false;
    QTest::newRow("the whole value alone") << 0 << 0 << true;
    QTest::newRow("as deep as usual") << kDeepestJson << kDeepestJson << true;
    QTest::newRow("deeper than usual") << kDeepestJson + 1 << kDeepestJson << false;
    QTest::newRow("as deep as a document may be") << 1000 << kDeepestJson << false;
}

void TestJsonPlaces::goesNoDeeper()
{
    QFETCH(int, lists);
    QFETCH(int, deepest);
    const QJsonValue value = lists == 0 ? QJsonValue(u"word"_s) : jsonRoot(nested(lists));
    QVERIFY(lists == 0 || value.isArray());
    bool isSeen = false;
    const auto look = [&](const JsonPlace &place) {
        isSeen = isSeen || place.value == QJsonValue(u"word"_s);
        return true;
    };
    QVERIFY(visitJsonLeaves(value, look, deepest));
    QTEST(isSeen, "isSeen");
}

void TestJsonPlaces::endsWhenToldSo_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("in an object") << QByteArray(R"({"a":1,"b":"end","c":3})");
    QTest::newRow("in a list") << QByteArray(R"([1,"end",3])");
    QTest::newRow("further down") << QByteArray(R"([1,{"b":["end",2]},3])");
}

void TestJsonPlaces::endsWhenToldSo()
{
    QFETCH(QByteArray, json);
    int seen = 0;
    QVERIFY(!visitJsonLeaves(jsonRoot(json), [&](const JsonPlace &place) {
        ++seen;
        return place.value != QJsonValue(u"end"_s);
    }));
    QCOMPARE(seen, 2);
}

void TestJsonPlaces::readsDocuments_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QJsonValue::Type>("type");
    QTest::addColumn<int>("size");
    QTest::newRow("an object") << QByteArray(R"( {"a":1} )") << QJsonValue::Object << 1;
    QTest::newRow("a list") << QByteArray("[1,2]") << QJsonValue::Array << 2;
    QTest::newRow("a text alone") << QByteArray("\"a\"") << QJsonValue::Object << 0;
    QTest::newRow("nothing") << QByteArray() << QJsonValue::Object << 0;
    QTest::newRow("cut off") << QByteArray(R"({"a":)") << QJsonValue::Object << 0;
    QTest::newRow("a page") << QByteArray("<html>") << QJsonValue::Object << 0;
}

void TestJsonPlaces::readsDocuments()
{
    QFETCH(QByteArray, document);
    const QJsonValue value = jsonRoot(document);
    QTEST(value.type(), "type");
    const QVariant plain = value.toVariant();
    QTEST(static_cast<int>(value.isArray() ? plain.toList().size() : plain.toMap().size()), "size");
}

QTEST_GUILESS_MAIN(TestJsonPlaces)
#include "tst_jsonplaces.moc"
