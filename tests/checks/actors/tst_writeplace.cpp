#include "checks/actors/casetally.h"
#include "checks/actors/formvalues.h"
#include "checks/actors/writeanswer.h"
#include "checks/actors/writeplace.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

Route routeOf(const QString &method, const QString &path, bool safe = true)
{
    Route route;
    route.method = method;
    route.path = path;
    route.safeToWrite = safe;
    return route;
}

RouteSample sampleOf(const QString &method, const QString &path, const QByteArray &body,
                     const QByteArray &type = "application/json")
{
    return {method, path, {}, type, body, {}};
}

const QByteArray kNote = R"({"title":"Opening hours"})";

std::vector<Route> notes()
{
    return {routeOf(u"GET"_s, u"/notes"_s, false), routeOf(u"GET"_s, u"/notes/{id}"_s, false),
            routeOf(u"DELETE"_s, u"/notes/{id}"_s)};
}

} // namespace

class TestWritePlace : public QObject
{
    Q_OBJECT

private slots:
    void tellsPlaces_data();
    void tellsPlaces();
    void leavesWhatIsNotMarked();
    void readsForms_data();
    void readsForms();
    void readsInputs_data();
    void readsInputs();
    void readsAnswers_data();
    void readsAnswers();
    void keepsWhatSignsIn();
    void keepsTheKindOfASample();
    void findsRecordsInLists_data();
    void findsRecordsInLists();
    void knowsANo_data();
    void knowsANo();
    void closesALook_data();
    void closesALook();
    void keepsWhatIsOpen();
    void keepsTheSurerFinding();
    void groupsByCode();
};

void TestWritePlace::tellsPlaces_data()
{
    QTest::addColumn<Route>("route");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("expected"); // the kind, or why not; empty: neither
    const QByteArray json = "application/json";
    const QByteArray form = "application/x-www-form-urlencoded";
    QTest::newRow("makes a record") << routeOf(u"POST"_s, u"/notes"_s) << kNote << json << u"create"_s;
    QTest::newRow("changes a record") << routeOf(u"PATCH"_s, u"/notes/{id}"_s) << kNote << json << u"update"_s;
    QTest::newRow("changes a record by a form")
        << routeOf(u"POST"_s, u"/notes/{id}"_s) << QByteArray("title=x") << form << u"update"_s;
    QTest::newRow("changes a record, no body known")
        << routeOf(u"PUT"_s, u"/notes/{id}"_s) << QByteArray() << json << u"update"_s;
    QTest::newRow("looks something up") << routeOf(u"POST"_s, u"/notes/search"_s) << kNote << json << u"question"_s;
    QTest::newRow("the settings") << routeOf(u"PUT"_s, u"/settings"_s) << kNote << json << u"settings"_s;
    QTest::newRow("the own account by a form")
        << routeOf(u"POST"_s, u"/account"_s) << QByteArray("name=x") << form << u"settings"_s;
    QTest::newRow("makes what nothing removes")
        << routeOf(u"POST"_s, u"/orders"_s) << kNote << json << u"no_way_back"_s;
    QTest::newRow("does something") << routeOf(u"POST"_s, u"/coupons/redeem"_s) << kNote << json << u"no_way_back"_s;
    QTest::newRow("of a record that nobody saw")
        << routeOf(u"PATCH"_s, u"/orders/{id}"_s) << kNote << json << u"no_seen_id"_s;
    QTest::newRow("the settings, no body known")
        << routeOf(u"PUT"_s, u"/settings"_s) << QByteArray() << json << u"no_body"_s;
    QTest::newRow("a list as body") << routeOf(u"PUT"_s, u"/settings"_s) << QByteArray("[1]") << json
                                    << u"other_body"_s;
    QTest::newRow("plain text as body") << routeOf(u"PUT"_s, u"/settings"_s) << QByteArray("x")
                                        << QByteArray("text/plain") << u"other_body"_s;
    QTest::newRow("files") << routeOf(u"POST"_s, u"/uploads"_s) << QByteArray() << QByteArray() << u""_s;
    QTest::newRow("reads") << routeOf(u"GET"_s, u"/notes/search"_s) << QByteArray() << QByteArray() << u""_s;
}

void TestWritePlace::tellsPlaces()
{
    QFETCH(Route, route);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    QFETCH(QString, expected);
    std::vector<Route> routes = notes();
    routes.push_back(routeOf(u"GET"_s, u"/settings"_s, false));
    routes.push_back(routeOf(u"GET"_s, u"/account"_s, false));
    routes.push_back(routeOf(u"GET"_s, u"/orders"_s, false));
    if (route.path != "/notes"_L1) // which makes the records that others are about
        routes.push_back(routeOf(u"POST"_s, u"/notes"_s));
    std::vector<RouteSample> samples{sampleOf(u"POST"_s, u"/notes"_s, kNote)};
    if (!body.isEmpty())
        samples.push_back(sampleOf(route.method, route.path, body, type));
    routes.push_back(route);
    const WritePlaces found = writePlaces(routes, samples);
    QString word;
    for (const WritePlace &place : found.places) {
        if (place.route == route)
            word = toWord(place.kind);
    }
    for (const UntriedWrite &one : found.notTried) {
        if (one.route == route) {
            word = toWord(one.why);
            QVERIFY(describe(one.why, route).contains(route.path));
        }
    }
    QCOMPARE(word, expected);
}

void TestWritePlace::leavesWhatIsNotMarked()
{
    std::vector<Route> routes = notes();
    routes.push_back(routeOf(u"POST"_s, u"/notes"_s, false));
    routes.push_back(routeOf(u"PATCH"_s, u"/notes/{id}"_s, false));
    const WritePlaces found = writePlaces(routes, {sampleOf(u"POST"_s, u"/notes"_s, kNote)});
    QVERIFY(found.places.empty());
    QVERIFY(found.notTried.empty());
}

void TestWritePlace::readsForms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // with b=2 in it
    QTest::newRow("behind") << QByteArray("a=1") << QByteArray("a=1&b=2");
    QTest::newRow("in place") << QByteArray("b=1&a=x+y") << QByteArray("a=x+y&b=2");
    QTest::newRow("empty") << QByteArray() << QByteArray("b=2");
    QTest::newRow("bytes stay") << QByteArray("a=%2f%2F") << QByteArray("a=%2f%2F&b=2");
}

void TestWritePlace::readsForms()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    QCOMPARE(formBodyWith(body, {{u"b"_s, u"2"_s}}), expected);
    const FormValues values = formValuesOf(expected);
    QVERIFY(std::ranges::find(values, u"b"_s, &FormValue::name)->value == "2"_L1);
    QCOMPARE(formValuesOf(formBodyOf(values)), values);
}

void TestWritePlace::readsInputs_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("expected"); // name=value
    QTest::newRow("plain") << QByteArray(R"(<input name="a" value="1">)") << u"a=1"_s;
    QTest::newRow("other quotes") << QByteArray("<INPUT value='x y' name=a>") << u"a=x y"_s;
    QTest::newRow("entities") << QByteArray(R"(<input name="a" value="Tom &amp; Ann">)") << u"a=Tom & Ann"_s;
    QTest::newRow("hidden") << QByteArray(R"(<input type="hidden" name="a" value="1">)") << u""_s;
    QTest::newRow("password") << QByteArray(R"(<input type=password name="a" value="1">)") << u""_s;
    QTest::newRow("without a value") << QByteArray(R"(<input name="a">)") << u"a="_s;
    QTest::newRow("not closed") << QByteArray(R"(<input name="a" value="1")") << u""_s;
}

void TestWritePlace::readsInputs()
{
    QFETCH(QByteArray, html);
    QFETCH(QString, expected);
    QStringList found;
    for (const FormValue &one : inputsIn(html))
        found.append(one.name + u'=' + one.value);
    QCOMPARE(found.join(u' '), expected);
}

void TestWritePlace::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QJsonValue>("expected");
    const QJsonValue none(QJsonValue::Undefined);
    QTest::newRow("at the top") << QByteArray(R"({"a":1})") << QJsonValue(1);
    QTest::newRow("in a wrapper") << QByteArray(R"({"data":{"a":1}})") << QJsonValue(1);
    QTest::newRow("the outer one") << QByteArray(R"({"x":{"a":2},"a":1})") << QJsonValue(1);
    QTest::newRow("in a list") << QByteArray(R"({"items":[{"a":1}]})") << none;
    QTest::newRow("too deep") << QByteArray(R"({"b":{"b":{"b":{"b":{"a":1}}}}})") << none;
    QTest::newRow("null") << QByteArray(R"({"a":null})") << QJsonValue(QJsonValue::Null);
    QTest::newRow("no JSON") << QByteArray("oops") << none;
}

void TestWritePlace::readsAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(QJsonValue, expected);
    const auto found = memberIn(answer(200, "Content-Type: application/json", body), u"a"_s);
    QCOMPARE(found.has_value(), !expected.isUndefined());
    if (found)
        QCOMPARE(*found, expected);
}

// A test account whose address or password was changed could not sign in any more.
void TestWritePlace::keepsWhatSignsIn()
{
    const HttpResponse shown =
        answer(200, "Content-Type: application/json", R"({"name":"Ann","email":"ann@acme.test","phone":"1","id":7})");
    QCOMPARE(currentJson(R"({"name":"x","email":"y","phone":"2","title":"z"})", shown),
             QByteArray(R"({"name":"Ann"})"));
    QCOMPARE(currentJson(R"({"title":"z"})", shown), QByteArray());
    const HttpResponse page = answer(200, "Content-Type: text/html",
                                     R"(<form><input name="name" value="Ann"><input name="email" value="a@b"></form>)");
    QCOMPARE(currentForm("name=x&email=y&other=z", page), QByteArray("name=Ann"));
}

void TestWritePlace::keepsTheKindOfASample()
{
    for (const QByteArray type :
         {"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=x"}) {
        const auto sample = checkedSample(sampleOf(u"POST"_s, u"/notes"_s, "title=x", type));
        QVERIFY(sample);
        QCOMPARE(sample->contentType, QByteArray("application/x-www-form-urlencoded"));
    }
}

void TestWritePlace::findsRecordsInLists_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("by its id") << QByteArray(R"({"items":[{"id":6,"a":1},{"id":7,"a":2}]})")
                               << QByteArray(R"({"a":2,"id":7})");
    QTest::newRow("by the text") << QByteArray(R"([{"a":"x"},{"a":"LC-CANARY-abcdefghij23"}])")
                                 << QByteArray(R"({"a":"LC-CANARY-abcdefghij23"})");
    QTest::newRow("not there") << QByteArray(R"([{"id":6}])") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("oops") << QByteArray();
}

void TestWritePlace::findsRecordsInLists()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, expected);
    const auto found =
        recordInList(answer(200, "Content-Type: application/json", list), u"7"_s, u"LC-CANARY-abcdefghij23"_s);
    QCOMPARE(found ? found->body : QByteArray(), expected);
}

void TestWritePlace::knowsANo_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    QTest::newRow("an error") << QByteArray(R"({"error":"x"})") << true;
    QTest::newRow("errors") << QByteArray(R"({"errors":[{"a":1}]})") << true;
    QTest::newRow("no errors") << QByteArray(R"({"errors":[],"data":{}})") << false;
    QTest::newRow("null") << QByteArray(R"({"error":null})") << false;
    QTest::newRow("no success") << QByteArray(R"({"success":false})") << true;
    QTest::newRow("success") << QByteArray(R"({"success":true})") << false;
    QTest::newRow("status") << QByteArray(R"({"status":"error"})") << true;
    QTest::newRow("a status of the record") << QByteArray(R"({"status":"open"})") << false;
    QTest::newRow("a list") << QByteArray("[]") << false;
}

void TestWritePlace::knowsANo()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, expected);
    QCOMPARE(saysNo(answer(200, "Content-Type: application/json", body)), expected);
}

void TestWritePlace::closesALook_data()
{
    QTest::addColumn<int>("told");
    QTest::addColumn<bool>("isFound");
    QTest::addColumn<QStringList>("open");
    QTest::addColumn<QString>("brokenOff");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    const QStringList none;
    QTest::newRow("all told") << 2 << false << none << QString() << Outcome::Pass << QString();
    QTest::newRow("one open") << 1 << false << QStringList{u"One."_s} << QString() << Outcome::Info << u"One."_s;
    QTest::newRow("nothing told") << 0 << false << QStringList{u"One."_s} << QString() << Outcome::NotRun << u"One."_s;
    QTest::newRow("no case") << 0 << false << none << QString() << Outcome::NotRun << QString();
    QTest::newRow("broken off") << 2 << false << QStringList{u"One."_s} << u"Stop."_s << Outcome::NotRun
                                << u"Stop. One."_s;
    QTest::newRow("found") << 1 << true << none << QString() << Outcome::Fail << QString();
    QTest::newRow("found, and one open") << 1 << true << QStringList{u"One."_s} << QString() << Outcome::Fail
                                         << u"One."_s;
    QTest::newRow("found, then broken off") << 0 << true << none << u"Stop."_s << Outcome::Fail << u"Stop."_s;
    QStringList many;
    for (int i = 1; i <= 12; ++i)
        many.append(u"%1."_s.arg(i));
    QTest::newRow("a dozen sentences") << 1 << false << many << QString() << Outcome::Info << many.join(u' ');
    QTest::newRow("two more") << 1 << false << many + QStringList{u"13."_s, u"14."_s} << QString() << Outcome::Info
                              << many.join(u' ') + u" And 2 more."_s;
}

void TestWritePlace::closesALook()
{
    QFETCH(int, told);
    QFETCH(bool, isFound);
    QFETCH(QStringList, open);
    QFETCH(QString, brokenOff);
    CaseTally tally{.told = told, .gaps = LookGaps(brokenOff)};
    tally.gaps.keep({.code = u"other"_s});
    tally.gaps.say(open);
    if (isFound)
        tally.findings.push_back({.code = u"found"_s, .severity = Severity::High});
    const Judged judged = judgedFrom(tally, u"seen"_s, {{u"requests"_s, 3}});
    QTEST(judged.outcome, "outcome");
    QTEST(judged.reason, "reason");
    QCOMPARE(judged.summary, u"seen"_s);
    QCOMPARE(judged.observed["requests"_L1].toInt(), 3);
    QCOMPARE(judged.observed["broken_off"_L1].toString(), brokenOff);
    // What was broken off may have missed anything.
    const QJsonObject gap = judged.observed["not_seen"_L1].toArray().at(0).toObject();
    QCOMPARE(gap["code"_L1].toString(), brokenOff.isEmpty() ? u"other"_s : QString());
}

void TestWritePlace::keepsWhatIsOpen()
{
    CaseTally tally;
    tally.addRow({{u"route"_s, u"a"_s}}, {});
    tally.addRow({{u"route"_s, u"b"_s}}, u"b did not tell."_s);
    QCOMPARE(tally.told, 1);
    QCOMPARE(tally.gaps.sentences(), QStringList{u"b did not tell."_s});
    QCOMPARE(tally.rows.size(), 2);
    QVERIFY(!tally.rows[0].toObject().contains("not_tested"_L1));
    QCOMPARE(tally.rows[1].toObject()["not_tested"_L1].toString(), u"b did not tell."_s);
    const QJsonArray notTried = tally.addNotTried({{routeOf(u"POST"_s, u"/notes"_s), WriteObstacle::NoBody}});
    QCOMPARE(notTried.at(0)["route"_L1].toString(), u"POST /notes"_s);
    QCOMPARE(notTried.at(0)["why"_L1].toString(), toWord(WriteObstacle::NoBody));
    QCOMPARE(tally.gaps.sentences().size(), 2);
}

void TestWritePlace::keepsTheSurerFinding()
{
    std::vector<Finding> findings;
    addOnce(findings, {.code = u"a"_s, .proof = Proof::Strong});
    addOnce(findings, {.code = u"a"_s, .proof = Proof::Lead});
    addOnce(findings, {.code = u"b"_s, .proof = Proof::Lead});
    QCOMPARE(findings.size(), std::size_t(2));
    QCOMPARE(findings[0].proof, Proof::Strong);
    addOnce(findings, {.code = u"b"_s, .proof = Proof::Proven});
    QCOMPARE(findings.size(), std::size_t(2));
    QCOMPARE(findings[1].proof, Proof::Proven);
}

void TestWritePlace::groupsByCode()
{
    const std::vector<QString> words{u"b1"_s, u"a1"_s, u"b2"_s, u"a2"_s, u"c1"_s};
    const auto letterOf = [](const QString &word) { return word.left(1); };
    QStringList groups;
    for (const auto &group : groupedByCode(words, letterOf)) {
        QStringList one;
        for (const QString *word : group)
            one.append(*word);
        groups.append(one.join(u'+'));
    }
    QCOMPARE(groups, (QStringList{u"b1+b2"_s, u"a1+a2"_s, u"c1"_s}));
}

QTEST_GUILESS_MAIN(TestWritePlace)
#include "tst_writeplace.moc"
