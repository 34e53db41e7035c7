// abuse.schema: what an earlier look found on a route by a body stays open until that body was told again there,
// whatever other routes answer; and what is no longer there is let go.
#include "tests/checks/abuse/schemascene.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestSchemaOwed : public QObject
{
    Q_OBJECT

private slots:
    void bodies_data();
    void bodies();
    void remembersOverTwoLooks();
    void letsGoWhatIsNotListed();
    void tellsEachRouteApart();
    void doesNotPassWhatNothingShows();
    void closesWhatWasToldOfAllRoutes_data();
    void closesWhatWasToldOfAllRoutes();
};

void TestSchemaOwed::bodies_data()
{
    using enum MutationKind;
    QTest::addColumn<std::vector<PlaceRun>>("places"); // of /notes
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("by");
    QTest::addColumn<bool>("isClosed");
    QTest::addColumn<QString>("reason");
    const QString code = u"wrong_type_accepted"_s;
    const auto row = [&](const char *name, const PlaceRun &place, bool isClosed, const QString &reason,
                         const QString &by = kWrongType, const QString &of = u"wrong_type_accepted"_s) {
        QTest::newRow(name) << std::vector<PlaceRun>{place} << of << by << isClosed << reason;
    };
    const TriedMutation refused = tried(WrongType, u"pages"_s, 422);
    const TriedMutation other = tried(Null, u"title"_s, 422);
    const QString untried = u"An earlier look found something at POST /notes"_s;
    row("refused", placeAt(kNotes, {refused}), true, {});
    row("another body of its kind was refused", placeAt(kNotes, {other}), true, {}, u"null title"_s);
    row("cut", placeAt(kNotes, {tried(WrongType, u"pages"_s, 201, R"({"pages":0})")}), true, {});
    row("left out of the record", placeAt(kNotes, {tried(WrongType, u"pages"_s, 201, R"({"pages":3})"), other}), true,
        {});
    row("taken, and nothing shows it", placeAt(kNotes, {tried(WrongType, u"pages"_s, 201), other}), false,
        u"nothing shows whether it kept"_s);
    row("the same, and it broke the server then", placeAt(kNotes, {tried(WrongType, u"pages"_s, 201), other}), true,
        u"nothing shows whether it kept"_s, kWrongType, u"crash"_s);
    PlaceRun place = placeAt(kNotes, {other});
    place.notSent = {kWrongType};
    place.leftOut = 1;
    row("no request was left for it", place, false, u"No request was left for 1 bad request"_s);
    row("no request was left for another one", place, true, u"No request was left"_s, u"null title"_s);
    place = placeAt(kNotes, {other});
    place.notTold = {kWrongType};
    row("the server hung up on it", place, false, untried);
    place.unanswered = {describe(WrongType)};
    row("no answer in time", place, false, u"gave no answer in time"_s);
    row("no answer in time to another one", place, true, u"gave no answer in time"_s, u"null title"_s);
    place = placeAt(kNotes, {refused});
    place.stillTakes = false;
    place.notTested = u"It does not take the good body any more."_s;
    row("the good body is refused as well in the end", place, false, place.notTested);
    place = placeAt(kNotes, {});
    place.control.reset();
    place.stillTakes = false;
    place.notTested = u"It is not there."_s;
    row("it could not be opened", place, false, place.notTested);
    row("its field is gone", placeAt(kNotes, {other}), true, {}, u"wrong_type weight"_s);
    place = placeAt(kNotes, {other});
    place.fieldsLeftOut = 2;
    row("its field is beyond those that are tried", place, false, u"takes more fields than a run tries"_s);
    row("its field is gone, and others are beyond", place, true, u"takes more fields"_s, u"wrong_type weight"_s);
    PlaceRun first = placeAt(kNotes, {other});
    first.notSent = {kWrongType};
    QTest::newRow("told in a second turn")
        << std::vector<PlaceRun>{first, placeAt(kNotes, {refused})} << code << kWrongType << true << QString();
    QTest::newRow("the route was not tried") << std::vector<PlaceRun>() << code << kWrongType << false << untried;
}

void TestSchemaOwed::bodies()
{
    QFETCH(std::vector<PlaceRun>, places);
    QFETCH(QString, code);
    QFETCH(QString, by);
    QFETCH(QString, reason);
    const SchemaFound found{kNotes, code, kHost, by};
    const Judged judged = judgeAbuseSchema(runWith(places), {}, {}, beforeWith({found}));
    QTEST(closes(judged, found), "isClosed");
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    QVERIFY2(closes(judged, {u"POST /people"_s, code, kHost, by}), qPrintable(judged.reason));
    QCOMPARE(judged.outcome == Outcome::Pass, judged.reason.isEmpty());
    QCOMPARE(judged.observed.contains("not_tried_again"_L1), !closes(judged, found));
}

// What two looks did not ask is still owed at the third.
void TestSchemaOwed::remembersOverTwoLooks()
{
    const PlaceRun kept = placeAt(kNotes, {tried(MutationKind::WrongType, u"pages"_s, 201, R"({"pages":"x"})")});
    const SchemaFound found{kNotes, u"wrong_type_accepted"_s, kHost, kWrongType};
    SchemaBefore before = beforeWith({});
    Judged judged = judgeAbuseSchema(runWith({kept}), {}, {}, before);
    QCOMPARE(judged.findings.size(), 1U);
    QCOMPARE(judged.findings.front().subject, kNotes);
    QCOMPARE(foundIn(judged.observed), std::vector<SchemaFound>{found});
    for (int look = 0; look < 2; ++look) {
        before.observed = judged.observed;
        judged = judgeAbuseSchema(runWith({}), {}, {}, before);
        QVERIFY(judged.findings.empty() && !closes(judged, found));
    }
    before.observed = judged.observed;
    judged =
        judgeAbuseSchema(runWith({placeAt(kNotes, {tried(MutationKind::WrongType, u"pages"_s, 422)})}), {}, {}, before);
    QVERIFY(closes(judged, found));
    QVERIFY(foundIn(judged.observed).empty());
}

void TestSchemaOwed::letsGoWhatIsNotListed()
{
    const SchemaFound found{u"POST /gone"_s, u"crash"_s, kHost, kWrongType};
    const Judged judged = judgeAbuseSchema(runWith({}), {}, {}, beforeWith({found}));
    QVERIFY(closes(judged, found));
    QCOMPARE(said(judged), u"pass"_s);
}

// One finding for each route and kind, short however many bodies there are; what is put there once serves the others.
void TestSchemaOwed::tellsEachRouteApart()
{
    std::vector<TriedMutation> bodies;
    for (const QString &field : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}) {
        bodies.push_back(tried(MutationKind::WrongType, field, 500));
        bodies.push_back(tried(MutationKind::TooLong, field, 422));
    }
    BadInputRun run = runWith({placeAt(kNotes, bodies), placeAt(u"POST /teams"_s, bodies)});
    const Judged judged = judgeAbuseSchema(run, {});
    QCOMPARE(judged.findings.size(), 2U);
    QCOMPARE(judged.findings.front().subject, kNotes);
    QCOMPARE(judged.findings.back().subject, u"POST /teams"_s);
    QVERIFY2(judged.findings.front().whatWeSaw.startsWith("POST /notes (a: "_L1) &&
                 judged.findings.front().whatWeSaw.contains("And 2 more."_L1),
             qPrintable(judged.findings.front().whatWeSaw));
    QVERIFY(judged.findings.front().effortMinutes > judged.findings.back().effortMinutes);
    QCOMPARE(judged.findings.front().evidence.size(), 3U);
    QCOMPARE(foundIn(judged.observed).size(), 10U);
}

// One body was refused, another one taken; whether it was kept, nobody shows.
void TestSchemaOwed::doesNotPassWhatNothingShows()
{
    using enum MutationKind;
    PlaceRun place = placeAt(kNotes, {tried(WrongType, u"pages"_s, 422), tried(Null, u"pages"_s, 201)});
    const Judged judged = judgeAbuseSchema(runWith({place}), {});
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(describe(Null)), qPrintable(judged.reason));
    place.tried.back().mutation.mustBeRefused = false; // an ordinary text may be kept
    QCOMPARE(said(judgeAbuseSchema(runWith({place}), {})), u"pass"_s);
    // No page shows a field that its form does not have.
    place.tried.back() = tried(ExtraField, kExtraName, 303);
    place.tried.back().tried.wasTaken = true;
    place.tried.back().tried.after = answer(200, "Content-Type: text/html", "<html></html>");
    QCOMPARE(said(judgeAbuseSchema(runWith({place}), {})), u"info"_s);
    place.place.contentType = "application/x-www-form-urlencoded";
    QCOMPARE(said(judgeAbuseSchema(runWith({place}), {})), u"pass"_s);
}

void TestSchemaOwed::closesWhatWasToldOfAllRoutes_data()
{
    using enum MutationKind;
    QTest::addColumn<std::vector<PlaceRun>>("places");
    QTest::addColumn<QJsonObject>("row"); // of /notes, as the earlier version wrote it
    QTest::addColumn<bool>("hidAll");
    QTest::addColumn<QStringList>("open"); // grave ones
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isClosed");
    const QString tooLong = u"too_long_accepted"_s;
    const QJsonObject clean{{u"kept"_s, QJsonArray()}, {u"crashed"_s, 0}};
    const QJsonObject kept{{u"kept"_s, QJsonArray{u"too_long"_s}}, {u"crashed"_s, 1}};
    const std::vector<PlaceRun> none;
    const std::vector told{placeAt(kNotes, {tried(WrongType, u"pages"_s, 422)})};
    PlaceRun cut = placeAt(kNotes, {tried(Null, u"title"_s, 422)});
    cut.notSent = {kWrongType};
    // A field that nothing shows, like a password.
    const std::vector writeOnly{placeAt(kNotes, {tried(WrongType, u"pages"_s, 422), tried(Null, u"secret"_s, 201)})};
    const auto row = [&](const char *name, const std::vector<PlaceRun> &places, const QJsonObject &of, bool isClosed,
                         const QString &code = u"too_long_accepted"_s, bool hidAll = false,
                         const QStringList &open = {}) {
        QTest::newRow(name) << places << of << hidAll << open << code << isClosed;
    };
    row("its routes were told", told, kept, true);
    row("one of them was not", {cut}, kept, false);
    row("one of them was not tried", none, kept, false);
    row("it was not at the one that was not tried", none, clean, true);
    row("a crash, and it was not tried", none, kept, false, u"crash"_s);
    row("another fault than was found there", none, kept, true, u"missing_accepted"_s);
    row("a field shows nothing of another fault", writeOnly, kept, true);
    row("a field shows nothing of it", writeOnly, {{u"kept"_s, QJsonArray{u"null"_s}}}, false,
        u"wrong_type_accepted"_s);
    row("that look could not tell all", none, clean, false, tooLong, true);
    row("that look could not tell all, and this one does", writeOnly, clean, true, tooLong, true);
    row("open, and the rows do not say where", none, clean, false, u"sql_error"_s, false, {u"sql_error"_s});
    row("the same, and it was told", writeOnly, clean, true, u"sql_error"_s, false, {u"sql_error"_s});
}

// Of a look by an earlier version, which wrote down the routes and not by what something was found on them.
void TestSchemaOwed::closesWhatWasToldOfAllRoutes()
{
    QFETCH(std::vector<PlaceRun>, places);
    QFETCH(QJsonObject, row);
    QFETCH(bool, hidAll);
    QFETCH(QStringList, open);
    QFETCH(QString, code);
    SchemaBefore before = beforeWith({});
    before.openOfAll = open;
    row.insert(u"route"_s, kNotes);
    before.observed = {{u"routes"_s, QJsonArray{row}}};
    if (hidAll)
        noteUnseen({{}}, before.observed);
    const SchemaFound old{{}, code, kHost, {}}; // whose finding has no subject
    for (int look = 0; look < 2; ++look) {
        const Judged judged = judgeAbuseSchema(runWith(places), {}, {}, before);
        QTEST(closes(judged, old), "isClosed");
        before.observed = judged.observed;
    }
}

QTEST_GUILESS_MAIN(TestSchemaOwed)
#include "tst_schemaowed.moc"
