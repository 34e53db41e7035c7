#include "checks/abuse/inputverdict.h"
#include "checks/abuse/schema.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kHtml = "Content-Type: text/html";

PlaceRun placeWith(WriteKind kind, const QByteArray &after)
{
    PlaceRun run;
    run.place.kind = kind;
    run.place.route.method = u"POST"_s;
    run.place.route.path = u"/notes"_s;
    run.control = TriedBody{.request = {}, .answer = answer(201, kJson, after), .wasTaken = true};
    run.control->after = answer(200, kJson, after);
    run.stillTakes = true;
    return run;
}

TriedMutation tried(MutationKind kind, const QStringList &path, const QJsonValue &sent, int status, bool wasTaken,
                    const QByteArray &after = {})
{
    TriedMutation one;
    one.mutation.kind = kind;
    one.mutation.path = path;
    one.mutation.sent = sent;
    one.mutation.mustBeRefused = true;
    one.tried.answer = answer(status, kJson, R"({"id":1})");
    one.tried.wasTaken = wasTaken;
    if (!after.isEmpty())
        one.tried.after = answer(200, after.startsWith('<') ? kHtml : kJson, after);
    return one;
}

} // namespace

class TestInputVerdict : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void asksWhetherItWasJsonBefore();
    void tellsMarks_data();
    void tellsMarks();
    void judges_data();
    void judges();
    void tellsWhatWasLeftOut_data();
    void tellsWhatWasLeftOut();
    void countsTurnsOfARouteOnce();
};

void TestInputVerdict::tells_data()
{
    QTest::addColumn<TriedMutation>("one");
    QTest::addColumn<QString>("expected");
    using enum MutationKind;
    const QByteArray good = R"({"id":1,"title":"LC-CANARY-abcdefghij23","pages":3})";
    for (const int status : {400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 428, 431})
        QTest::addRow("%d", status) << tried(WrongType, {u"pages"_s}, u"x"_s, status, false) << u"refused"_s;
    QTest::newRow("not implemented") << tried(WrongType, {u"pages"_s}, u"x"_s, 501, false) << u"refused"_s;
    QTest::newRow("200 that says no") << tried(WrongType, {u"pages"_s}, u"x"_s, 200, false) << u"refused"_s;
    QTest::newRow("500") << tried(WrongType, {u"pages"_s}, u"x"_s, 500, false) << u"crashed"_s;
    QTest::newRow("502") << tried(WrongType, {u"pages"_s}, u"x"_s, 502, false) << u"crashed"_s;
    QTest::newRow("429") << tried(WrongType, {u"pages"_s}, u"x"_s, 429, false) << u"held_back"_s;
    TriedMutation down = tried(WrongType, {u"pages"_s}, u"x"_s, 500, false);
    down.tookDown = true;
    QTest::newRow("500, and the good body as well") << down << u"took_down"_s;
    QTest::newRow("kept") << tried(WrongType, {u"pages"_s}, u"x"_s, 201, true, R"({"id":1,"pages":"x"})") << u"kept"_s;
    QTest::newRow("kept in a wrapper") << tried(WrongType, {u"pages"_s}, u"x"_s, 201, true, R"({"data":{"pages":"x"}})")
                                       << u"kept"_s;
    QTest::newRow("turned into a number")
        << tried(WrongType, {u"pages"_s}, u"17"_s, 201, true, R"({"id":1,"pages":17})") << u"altered"_s;
    QTest::newRow("as before") << tried(WrongType, {u"pages"_s}, u"x"_s, 201, true, good) << u"ignored"_s;
    QTest::newRow("shows nowhere") << tried(ExtraField, {u"lc_unexpected"_s}, u"y"_s, 201, true, good) << u"ignored"_s;
    QTest::newRow("a number with another form")
        << tried(Negative, {u"pages"_s}, -1, 201, true, R"({"pages":-1.0})") << u"kept"_s;
    QTest::newRow("nested") << tried(WrongType, {u"lines"_s, u"0"_s, u"n"_s}, u"x"_s, 201, true,
                                     R"({"lines":[{"n":"x"}]})")
                            << u"kept"_s;
    QTest::newRow("NaN that makes the record unreadable")
        << tried(NanToken, {u"pages"_s}, QJsonValue::Undefined, 201, true, R"({"id":1,"pages":NaN})") << u"kept"_s;
    QTest::newRow("NaN in a list, which is no JSON any more")
        << tried(NanToken, {u"pages"_s}, QJsonValue::Undefined, 201, true, R"({"items":[{"pages" : NaN}]})")
        << u"kept"_s;
    const auto unread = [](const QByteArray &body) {
        TriedMutation one = tried(NanToken, {u"pages"_s}, QJsonValue::Undefined, 201, true);
        one.tried.after = answer(200, kJson, body);
        return one;
    };
    QTest::newRow("NaN, and no content afterwards") << unread("") << u"unseen"_s;
    QTest::newRow("NaN, and a table afterwards") << unread("id,pages\n1,3\n") << u"unseen"_s;
    QTest::newRow("NaN, and XML afterwards") << unread("<note><pages>3</pages></note>") << u"unseen"_s;
    QTest::newRow("NaN of another field") << unread(R"({"id":1,"other_pages":NaN,"pages":3})") << u"unseen"_s;
    TriedMutation cut = unread(R"([{"id":1,"pages":NaN},{"id":2,"pa)");
    cut.tried.after->bodyTruncated = true;
    QTest::newRow("NaN, and a list that was cut") << cut << u"unseen"_s;
    QTest::newRow("NaN that became nothing")
        << tried(NanToken, {u"pages"_s}, QJsonValue::Undefined, 201, true, R"({"id":1,"pages":null})") << u"unseen"_s;
    QTest::newRow("a list around the value")
        << tried(WrongList, {u"pages"_s}, QJsonArray{3}, 201, true, R"({"id":1,"pages":[3]})") << u"kept"_s;
    QTest::newRow("the list taken off again")
        << tried(WrongList, {u"pages"_s}, QJsonArray{3}, 201, true, R"({"id":1,"pages":3})") << u"ignored"_s;
    QTest::newRow("nobody shows it") << tried(WrongType, {u"pages"_s}, u"x"_s, 201, true) << u"unseen"_s;
    QTest::newRow("whole body kept") << tried(TextType, {}, u"LC-CANARY-abcdefghij23-2"_s, 200, true,
                                              R"({"title":"LC-CANARY-abcdefghij23-2"})")
                                     << u"kept"_s;
    QTest::newRow("whole body ignored") << tried(TextType, {}, u"LC-CANARY-abcdefghij23-2"_s, 200, true, good)
                                        << u"ignored"_s;
    QTest::newRow("the mark of another body")
        << tried(TextType, {}, u"LC-CANARY-abcdefghij23-2"_s, 200, true, R"({"title":"LC-CANARY-abcdefghij23-23"})")
        << u"ignored"_s;
    QTest::newRow("record without what is required")
        << tried(Missing, {u"pages"_s}, {}, 201, true, R"({"id":1})") << u"kept"_s;
    QTest::newRow("long text on a page") << tried(TooLong, {u"memo"_s}, QString(300, u'a'), 303, true,
                                                  "<html><input value=\"" + QByteArray(300, 'a') + "\"></html>")
                                         << u"kept"_s;
    QTest::newRow("long text cut on a page") << tried(TooLong, {u"memo"_s}, QString(300, u'a'), 303, true,
                                                      "<html><input value=\"" + QByteArray(200, 'a') + "\"></html>")
                                             << u"unseen"_s;
}

void TestInputVerdict::tells()
{
    QFETCH(TriedMutation, one);
    QFETCH(QString, expected);
    const PlaceRun run = placeWith(WriteKind::Create, R"({"id":1,"title":"LC-CANARY-abcdefghij23","pages":3})");
    QCOMPARE(toWord(inputVerdictOf(one, run)), expected);
}

// Where the good record did not show as JSON either, nothing is told by an answer that is none.
void TestInputVerdict::asksWhetherItWasJsonBefore()
{
    const TriedMutation one =
        tried(MutationKind::NanToken, {u"pages"_s}, QJsonValue::Undefined, 201, true, R"({"id":1,"pages":NaN})");
    PlaceRun run = placeWith(WriteKind::Create, R"({"id":1,"pages":3})");
    QCOMPARE(toWord(inputVerdictOf(one, run)), u"kept"_s);
    run.control->after = answer(200, kJson, "pages: 3");
    QCOMPARE(toWord(inputVerdictOf(one, run)), u"unseen"_s);
    run.control->after.reset();
    QCOMPARE(toWord(inputVerdictOf(one, run)), u"unseen"_s);
}

void TestInputVerdict::tellsMarks_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("as it was sent") << kJson << QByteArray(R"({"a":"<lcmark>lc7x{{7*7}}lc7x${7*7}"})") << u""_s;
    QTest::newRow("worked out") << kJson << QByteArray(R"({"a":"<lcmark>lc7x49lc7x${7*7}"})") << u"evaluated"_s;
    QTest::newRow("another 49") << kJson << QByteArray(R"({"a":"49"})") << u""_s;
    QTest::newRow("an element") << kHtml << QByteArray("<html><p>lcplain<lcmark>lc7x</p></html>") << u"reflected"_s;
    QTest::newRow("escaped") << kHtml << QByteArray("<html><p>lcplain&lt;lcmark&gt;lc7x</p></html>") << u""_s;
    QTest::newRow("an element in JSON") << kJson << QByteArray(R"({"a":"<lcmark>"})") << u""_s;
}

void TestInputVerdict::tellsMarks()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    AskedRead read;
    read.answer = answer(200, head, body);
    read.control = answer(200, head, "<html></html>");
    const InputMarks marks = inputMarksOf(read, {});
    QCOMPARE((marks.isEvaluated ? u"evaluated"_s : QString()) + (marks.isReflected ? u"reflected"_s : QString()),
             expected);
}

void TestInputVerdict::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("wasTaken");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("brokenOff");
    QTest::addColumn<QString>("expected");
    QTest::newRow("refused") << 422 << false << QByteArray() << QString() << u"pass"_s;
    QTest::newRow("kept") << 201 << true << QByteArray(R"({"pages":"x"})") << QString()
                          << u"wrong_type_accepted:medium"_s;
    QTest::newRow("ignored alone tells nothing")
        << 201 << true << QByteArray(R"({"pages":3})") << QString() << u"not_run"_s;
    QTest::newRow("taken, and nobody shows it") << 201 << true << QByteArray() << QString() << u"not_run"_s;
    QTest::newRow("altered") << 201 << true << QByteArray(R"({"pages":0})") << QString() << u"pass"_s;
    QTest::newRow("crashed") << 500 << false << QByteArray() << QString() << u"crash:medium"_s;
    QTest::newRow("limited") << 429 << false << QByteArray() << QString() << u"not_run"_s;
    QTest::newRow("broken off") << 422 << false << QByteArray() << u"It was stopped."_s << u"not_run"_s;
}

void TestInputVerdict::judges()
{
    QFETCH(int, status);
    QFETCH(bool, wasTaken);
    QFETCH(QByteArray, after);
    QFETCH(QString, brokenOff);
    QFETCH(QString, expected);
    BadInputRun run;
    run.brokenOff = brokenOff;
    PlaceRun place = placeWith(WriteKind::Create, R"({"id":1,"pages":3})");
    place.tried = {tried(MutationKind::WrongType, {u"pages"_s}, u"x"_s, status, wasTaken, after)};
    run.places = {place};
    QCOMPARE(said(judgeAbuseSchema(run, {})), expected);
    // What got no answer is no proof of anything.
    run.places.front().unanswered = {describe(MutationKind::DeepBody)};
    const Judged open = judgeAbuseSchema(run, {});
    QVERIFY2(open.outcome != Outcome::Pass && open.reason.contains(describe(MutationKind::DeepBody)),
             qPrintable(open.reason));
    // Nor are fields for which a run has no room.
    run.places.front().unanswered.clear();
    run.places.front().fieldsLeftOut = 7;
    const Judged partly = judgeAbuseSchema(run, {});
    QVERIFY2(partly.outcome != Outcome::Pass && partly.reason.contains(u"7"_s), qPrintable(partly.reason));
}

void TestInputVerdict::tellsWhatWasLeftOut_data()
{
    QTest::addColumn<int>("leftOut");
    QTest::addColumn<bool>("isCapped");
    QTest::addColumn<QString>("notTested");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nothing") << 0 << false << QString() << Outcome::Pass << QString();
    QTest::newRow("more may be allowed") << 81 << false << QString() << Outcome::Info
                                         << u"to POST /notes. Allow more"_s;
    QTest::newRow("as many as one run sends")
        << 81 << true << QString() << Outcome::Info << u"one run sends 1500 of this kind at most"_s;
    QTest::newRow("the place was given up") << 81 << false << u"It broke."_s << Outcome::NotRun << u"It broke."_s;
}

// Refusals of what was sent tell nothing of the rest.
void TestInputVerdict::tellsWhatWasLeftOut()
{
    QFETCH(int, leftOut);
    QFETCH(bool, isCapped);
    QFETCH(QString, notTested);
    QFETCH(QString, reason);
    BadInputRun run;
    run.isCapped = isCapped;
    PlaceRun place = placeWith(WriteKind::Create, R"({"id":1,"pages":3})");
    place.tried = {tried(MutationKind::WrongType, {u"pages"_s}, u"x"_s, 422, false)};
    place.leftOut = leftOut;
    place.notTested = notTested;
    run.places = {place};
    const Judged judged = judgeAbuseSchema(run, {});
    QTEST(judged.outcome, "outcome");
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    QVERIFY2(judged.reason.isEmpty() || !notTested.isEmpty() || judged.reason.count("/notes"_L1) == 1,
             qPrintable(judged.reason));
    // What was found before by what was not sent is another matter (tst_schemaowed).
    const std::vector<Unseen> unseen = unseenIn(judged.observed);
    QCOMPARE(unseen == std::vector<Unseen>{{.subject = u"POST /notes"_s}}, !notTested.isEmpty());
    QCOMPARE(judged.observed["routes"_L1][0]["left_out"_L1].toInt(), leftOut);
}

// The second turn has a good body of its own; that it could not even be opened takes nothing from the first.
void TestInputVerdict::countsTurnsOfARouteOnce()
{
    BadInputRun run;
    PlaceRun first = placeWith(WriteKind::Create, R"({"id":1,"pages":3})");
    first.tried = {tried(MutationKind::WrongType, {u"pages"_s}, u"x"_s, 422, false)};
    PlaceRun second = first;
    second.tried = {tried(MutationKind::Null, {u"pages"_s}, QJsonValue::Null, 422, false)};
    run.places = {first, second};
    Judged judged = judgeAbuseSchema(run, {});
    QCOMPARE(said(judged), u"pass"_s);
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), 1);
    QCOMPARE(judged.observed["routes"_L1][0]["sent"_L1].toInt(), 2);
    run.places[1].tried.clear();
    run.places[1].notTested = u"It is not opened again."_s;
    judged = judgeAbuseSchema(run, {});
    QCOMPARE(said(judged), u"info"_s);
    QCOMPARE(judged.reason, u"It is not opened again."_s);
    QVERIFY(!judged.observed["routes"_L1][0].toObject().contains("not_tested"_L1));
}

QTEST_GUILESS_MAIN(TestInputVerdict)
#include "tst_inputverdict.moc"
