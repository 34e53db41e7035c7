// abuse.error-leak: a leak that an earlier look forced stays open until its route was wholly asked again; what was not
// asked or brought no answer is said.
#include "checks/abuse/breakroute.h"
#include "checks/abuse/leaksowed.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"api.example.com"_s;
const QString kNotes = u"GET /notes/{id}"_s;

QJsonObject leaked(const QString &key = u"leaks"_s, const QString &route = kNotes)
{
    return {{key, QJsonArray{QJsonObject{{u"route"_s, route}, {u"kind"_s, u"trace"_s}, {u"host"_s, kHost}}}},
            {u"left_out"_s, QJsonArray()}};
}

// As a look of today writes it: by which request, and what the good one got then.
QJsonObject leakedBy(const QString &what, int usualStatus)
{
    QJsonObject before = leaked();
    QJsonObject row = before[u"leaks"_s].toArray().at(0).toObject();
    row.insert(u"what"_s, what);
    row.insert(u"usual_status"_s, usualStatus);
    before.insert(u"leaks"_s, QJsonArray{row});
    return before;
}

// One other route was asked, and told: its error is plain.
ErrorLook lookAt(const QJsonObject &before)
{
    ErrorLook look;
    look.good = 1;
    look.before = before;
    look.listed = {kNotes, u"GET /people"_s};
    look.asked = {u"GET /people"_s};
    look.errors = {{u"GET /people"_s, u"null"_s, {}, answer(500, {}, "oops"), {}}};
    return look;
}

bool closes(const Judged &judged, const QString &code, const QString &host = kHost)
{
    CheckResult result{.checkId = u"abuse.error-leak"_s, .host = {}, .outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = code;
    earlier.host = host;
    return hasSeen(result, earlier);
}

} // namespace

class TestLeaksOwed : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatWasNotForcedAgain_data();
    void keepsWhatWasNotForcedAgain();
    void endsWhereTheSameWasAnswered_data();
    void endsWhereTheSameWasAnswered();
    void narrowsWhatMayBeAnywhere();
    void saysWhatWasNotAsked_data();
    void saysWhatWasNotAsked();
    void remembersOverTwoLooks();
    void readsWhatAPlaceTold_data();
    void readsWhatAPlaceTold();
};

void TestLeaksOwed::keepsWhatWasNotForcedAgain_data()
{
    QTest::addColumn<ErrorLook>("look");
    QTest::addColumn<bool>("isClosed");
    const auto with = [](ErrorLook look, const auto &change) {
        change(look);
        return look;
    };
    const auto asked = [](ErrorLook &look) { look.asked.append(kNotes); };
    const auto partly = [](ErrorLook &look) {
        look.asked.append(kNotes);
        look.notePartly(kNotes);
    };
    const auto gone = [](ErrorLook &look) { look.listed.removeAll(kNotes); };
    const auto otherSilent = [](ErrorLook &look) {
        look.asked.append(kNotes);
        look.noteSilent(u"GET /people"_s);
    };
    const QJsonObject now = leaked();
    // As an earlier version wrote it where a request had no answer.
    QJsonObject old{{u"leaks"_s, QJsonArray()}};
    noteUnseen({{}}, old);
    QTest::newRow("another route was asked alone") << lookAt(now) << false;
    QTest::newRow("asked again") << with(lookAt(now), asked) << true;
    QTest::newRow("asked again in part") << with(lookAt(now), partly) << false;
    QTest::newRow("another one was silent") << with(lookAt(now), otherSilent) << true;
    QTest::newRow("the project has it no more") << with(lookAt(now), gone) << true;
    QTest::newRow("owed by the look before") << lookAt(leaked(u"not_tried_again"_s)) << false;
    QTest::newRow("nothing was found") << lookAt({{u"left_out"_s, QJsonArray()}}) << true;
    QTest::newRow("an earlier version did not know where, and all told") << lookAt(old) << true;
    QTest::newRow("an earlier version did not know where") << with(lookAt(old), otherSilent) << false;
}

void TestLeaksOwed::keepsWhatWasNotForcedAgain()
{
    QFETCH(ErrorLook, look);
    const Judged judged = judgeErrorLeak(look, {});
    QTEST(closes(judged, u"stack_trace_forced"_s), "isClosed");
    if (!look.before[u"leaks"_s].toArray().isEmpty()) // what was found is known: all else closes
        QVERIFY(closes(judged, u"version_forced"_s) && closes(judged, u"stack_trace_forced"_s, u"app.example.com"_s));
    QCOMPARE(judged.outcome == Outcome::Pass, judged.reason.isEmpty());
}

void TestLeaksOwed::endsWhereTheSameWasAnswered_data()
{
    QTest::addColumn<QJsonObject>("before");
    QTest::addColumn<QList<int>>("statuses"); // of the good read, the two broken ones, the false token; 0: no answer
    QTest::addColumn<bool>("isClosed");
    QTest::addColumn<QString>("reason");
    const QJsonObject let = leakedBy(u"an id"_s, 200);
    const QString kept = u"refused the good request there as well"_s;
    const QString untried = u"That was not tried again there"_s;
    const auto row = [](const char *name, const QJsonObject &before, const QList<int> &statuses, bool isClosed,
                        const QString &reason = {}) {
        QTest::newRow(name) << before << statuses << isClosed << reason;
    };
    row("let in", let, {200, 400, 404, 401}, true);
    row("wants a word that nobody gave, and the broken ones are told", let, {400, 400, 500, 401}, true);
    row("the same, as an earlier version wrote it", leaked(), {400, 400, 404, 401}, true);
    row("the good one had no answer", let, {0, 400, 404, 401}, true, u"brought no answer"_s);
    row("another one had no answer", let, {200, 400, 0, 401}, true, u"brought no answer"_s);
    row("it had no answer", let, {200, 0, 404, 401}, false, u"brought no answer"_s);
    row("kept out at the door", let, {403, 403, 403, 401}, false, kept);
    row("led to the login", let, {302, 302, 302, 302}, false, kept);
    row("the door is behind what broke", let, {403, 400, 403, 401}, true);
    row("kept out at the door, as when it leaked", leakedBy(u"an id"_s, 403), {403, 403, 403, 401}, true);
    row("the good one breaks it", let, {500, 500, 500, 500}, false, kept);
    row("nobody answers behind a gateway", let, {502, 502, 502, 502}, false, kept);
    row("only the token is refused", leakedBy(u"a token"_s, 200), {403, 403, 403, 401}, true);
    row("not asked", let, {}, false, untried);
}

void TestLeaksOwed::endsWhereTheSameWasAnswered()
{
    QFETCH(QJsonObject, before);
    QFETCH(QList<int>, statuses);
    QFETCH(QString, reason);
    ErrorLook look = lookAt(before);
    if (!statuses.isEmpty())
        look.asked.append(kNotes);
    RouteAnswers answers(kNotes, look);
    const QStringList names{{}, u"an id"_s, u"another id"_s, u"a token"_s};
    for (qsizetype at = 0; at < statuses.size(); ++at) {
        if (statuses[at] == 0)
            look.noteSilent(kNotes);
        else
            answers.add({names[at], {}, at == 3}, answer(statuses[at], {}, "plain"));
    }
    answers.finish();
    const Judged judged = judgeErrorLeak(look, {});
    QTEST(closes(judged, u"stack_trace_forced"_s), "isClosed");
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    const auto owed = leaksIn(judged.observed); // what was known of it goes along
    QVERIFY(closes(judged, u"stack_trace_forced"_s) ? owed.empty() : owed == leaksIn(before));
}

// From any route to the one that was silent, which then tells.
void TestLeaksOwed::narrowsWhatMayBeAnywhere()
{
    QJsonObject old{{u"leaks"_s, QJsonArray()}};
    noteUnseen({{}}, old);
    ErrorLook look = lookAt(old);
    look.noteSilent(kNotes);
    Judged judged = judgeErrorLeak(look, {});
    QCOMPARE(leaksIn(judged.observed), std::vector<OwedLeak>{{.route = kNotes}});
    QVERIFY2(judged.reason.contains(u"An earlier look found something at GET /notes/{id}"_s),
             qPrintable(judged.reason));
    look = lookAt(judged.observed);
    look.asked.append(kNotes);
    look.noteSilent(u"GET /people"_s); // is no longer of interest
    judged = judgeErrorLeak(look, {});
    QVERIFY(leaksIn(judged.observed).empty() && closes(judged, u"stack_trace_forced"_s));
    look = lookAt(old);
    look.brokenOff = u"Stopped."_s;
    QCOMPARE(leaksIn(judgeErrorLeak(look, {}).observed), std::vector<OwedLeak>{{}});
}

void TestLeaksOwed::saysWhatWasNotAsked_data()
{
    QTest::addColumn<ErrorLook>("look");
    QTest::addColumn<QString>("reason");
    ErrorLook look = lookAt({});
    look.noteSilent(kNotes);
    look.noteSilent(kNotes);
    QTest::newRow("no answer") << look << u"2 request(s) brought no answer that could be read"_s;
    QTest::newRow("where") << look << u"That was at GET /notes/{id}."_s;
    look = lookAt({});
    look.beyond = {kNotes, u"GET /x"_s};
    QTest::newRow("more than one look asks") << look << u"Not tried, 2 more: GET /notes/{id}, GET /x."_s;
    look = lookAt({});
    look.without = {kNotes};
    QTest::newRow("no request was left") << look << u"at 1 more route(s): GET /notes/{id}."_s;
    look = lookAt({});
    look.unsentTo = {u"POST /notes"_s};
    QTest::newRow("bodies that were left out") << look << u"Not all bad bodies went to POST /notes"_s;
    look = lookAt({});
    look.notSignedIn = u"Nobody could sign in."_s;
    QTest::newRow("nobody signed in") << look << look.notSignedIn;
    look = lookAt(leaked());
    QTest::newRow("owed") << look << u"An earlier look found something at GET /notes/{id}"_s;
}

void TestLeaksOwed::saysWhatWasNotAsked()
{
    QFETCH(ErrorLook, look);
    QFETCH(QString, reason);
    Judged judged = judgeErrorLeak(look, {});
    QCOMPARE(said(judged), u"info"_s);
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    look.errors.clear(); // nothing could be forced
    judged = judgeErrorLeak(look, {});
    QCOMPARE(said(judged), u"not_run"_s);
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    QVERIFY(!judged.hasNothingToTry || look.beyond.isEmpty());
}

void TestLeaksOwed::remembersOverTwoLooks()
{
    QJsonObject before = leaked();
    for (int at = 0; at < 3; ++at) {
        const Judged judged = judgeErrorLeak(lookAt(before), {});
        QVERIFY(!closes(judged, u"stack_trace_forced"_s));
        before = judged.observed;
        QVERIFY(before[u"leaks"_s].toArray().isEmpty());
    }
}

void TestLeaksOwed::readsWhatAPlaceTold_data()
{
    QTest::addColumn<PlaceRun>("place");
    QTest::addColumn<int>("silent");
    QTest::addColumn<bool>("isPartly");
    PlaceRun place;
    place.place.route.method = u"POST"_s;
    place.place.route.path = u"/notes"_s;
    place.control = TriedBody{.request = {}, .answer = answer(201), .wasTaken = true};
    place.stillTakes = true;
    QTest::newRow("wholly told") << place << 0 << false;
    PlaceRun other = place;
    other.notTold = {u"null a"_s, u"null b"_s};
    QTest::newRow("two bodies had no answer") << other << 2 << true;
    other = place;
    other.notSent = {u"null a"_s};
    other.leftOut = 1;
    QTest::newRow("one was not sent") << other << 0 << true;
    other = place;
    other.stillTakes = false;
    QTest::newRow("it does not take the good body any more") << other << 0 << true;
    other.control.reset();
    QTest::newRow("it never did") << other << 1 << true;
}

void TestLeaksOwed::readsWhatAPlaceTold()
{
    QFETCH(PlaceRun, place);
    BadInputRun run;
    run.places = {place};
    ErrorLook look;
    addErrorsOf(run, look);
    QTEST(look.silent, "silent");
    QTEST(look.partly.contains("POST /notes"_L1), "isPartly");
    QCOMPARE(look.asked, QStringList{u"POST /notes"_s});
}

QTEST_GUILESS_MAIN(TestLeaksOwed)
#include "tst_leaksowed.moc"
