// access.enumeration: what is compared of answers, and what is made of them.
#include "checks/access/enumeration.h"
#include "checks/access/enumerationlook.h"
#include "models/unseen.h"
#include "tests/checks/abuse/abusescene.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <functional>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

AnswerFeatures features(int status, const char *body = "no")
{
    return {.status = status, .body = QString::fromLatin1(body)};
}

EnumerationEntry entry(const std::vector<AnswerFeatures> &known, const std::vector<AnswerFeatures> &unknown,
                       double knownLonger = 0)
{
    EnumerationEntry made{.kind = EntryKind::Login, .route = u"POST /login"_s};
    double jitter = 0;
    for (const AnswerFeatures &one : unknown)
        made.samples.push_back({false, one, 20 + (jitter += 0.1)});
    for (const AnswerFeatures &one : known)
        made.samples.push_back({true, one, 20.05 + knownLonger + (jitter += 0.1)});
    return made;
}

// Seven of each kind that are alike but for these parts; `turn` counts the answers of a kind.
using Parts = std::function<AnswerTraces(bool isKnown, int turn)>;
EnumerationEntry entryOfParts(const Parts &parts, int each = 7)
{
    const auto same = std::vector<AnswerFeatures>(static_cast<std::size_t>(each), features(200));
    EnumerationEntry made = entry(same, same);
    int known = 0;
    int unknown = 0;
    for (EnumerationSample &sample : made.samples) {
        sample.name = sample.isKnown ? u"sam"_s : unknown == 0 ? u"nobody"_s : u"somebody"_s;
        sample.traces = parts(sample.isKnown, sample.isKnown ? known++ : unknown++);
        sample.features.body = sample.traces.count(u"body/noise"_s) > 0 ? sample.traces[u"body/noise"_s] : u"no"_s;
    }
    return made;
}

// Beside seven of each kind, answers for an account in that state.
EnumerationEntry entryWithState(AccountState state, const std::vector<AnswerFeatures> &answers,
                                const AnswerFeatures &ofUsual = features(401))
{
    const auto no = std::vector<AnswerFeatures>(7, features(401));
    EnumerationEntry made = entry(std::vector<AnswerFeatures>(7, ofUsual), no);
    made.asksStates.insert(state);
    for (const AnswerFeatures &one : answers)
        made.samples.push_back({.isKnown = true, .features = one, .isTimed = false, .state = state});
    return made;
}

std::vector<AnswerFeatures> times(std::size_t count, const AnswerFeatures &one)
{
    return std::vector<AnswerFeatures>(count, one);
}

} // namespace

class TestEnumerationJudge : public QObject
{
    Q_OBJECT

private slots:
    void readsFeatures_data();
    void readsFeatures();
    void judges_data();
    void judges();
    void readsTraces();
    void comparesWhatIsStable_data();
    void comparesWhatIsStable();
    void judgesStates_data();
    void judgesStates();
    void leavesTheFirstOnesOut();
    void keepsOpenWhatDidNotTell_data();
    void keepsOpenWhatDidNotTell();
};

void TestEnumerationJudge::readsFeatures_data()
{
    QTest::addColumn<HttpResponse>("one");
    QTest::addColumn<HttpResponse>("other");
    QTest::addColumn<bool>("isSame");
    const auto json = [](int status, const QByteArray &body, const QByteArray &more = {}) {
        return answer(status, "Content-Type: application/json\n" + more, body);
    };
    QTest::newRow("the address comes back")
        << json(200, R"({"sent_to":"a@x.test"})") << json(200, R"({"sent_to":"bb@x.test"})") << true;
    QTest::newRow("the address, escaped")
        << answer(200, {}, "<p>a&#64;x.test</p>") << answer(200, {}, "<p>bb&#64;x.test</p>") << true;
    QTest::newRow("other numbers") << json(201, R"({"id":7,"left":"3 tries"})")
                                   << json(201, R"({"id":81,"left":"2 tries"})") << true;
    QTest::newRow("other tokens in a page") << answer(200, {}, "<input value=\"k2Jd83jdksl2mdkw92kd\">")
                                            << answer(200, {}, "<input value=\"99sJd83jdksl2mdkw9xx\">") << true;
    QTest::newRow("other times and ids of requests")
        << json(401, R"({"request_id":"a1","at":"2026-01-01T10:00:00Z"})", "Date: now\nX-Request-Id: 1")
        << json(401, R"({"request_id":"b2","at":"2026-01-01T10:00:09Z"})", "Date: then\nX-Request-Id: 2") << true;
    QTest::newRow("a counter in a header") << json(401, "{}", "X-RateLimit-Remaining: 4\nX-RateLimit-Limit: 8")
                                           << json(401, "{}", "X-RateLimit-Remaining: 3") << true;
    const auto person = [](const char *id, const char *rest, const char *mail = "a@x.test") {
        return QByteArray(R"({"id":")") + id + R"(","aud":"authenticated","email":")" + mail + R"(",)" + rest + '}';
    };
    QTest::newRow("Supabase and an address that is taken")
        << json(200, person("3b241101-e2bb-4255-8caf-4136c566a962",
                            R"("role":"","identities":[],"user_metadata":{},"created_at":"2026-01-01T10:00:00Z")"))
        << json(200, person("99c41101-e2bb-4255-8caf-4136c566a111",
                            R"("role":"authenticated","identities":[{"provider":"email","id":"9"}],)"
                            R"("user_metadata":{"name":"x"},"created_at":"2026-01-01T10:00:09Z")",
                            "bb@x.test"))
        << true;
    QTest::newRow("Supabase and an address that is refused")
        << json(422, R"({"code":"user_already_exists"})") << json(200, person("3b241101", R"("identities":[])"))
        << false;
    QTest::newRow("another status") << json(401, "{}") << json(404, "{}") << false;
    QTest::newRow("another text") << json(401, R"({"error":"wrong_password"})")
                                  << json(401, R"({"error":"no_such_account"})") << false;
    QTest::newRow("a member more") << json(201, R"({"id":1,"note":"has one"})") << json(201, R"({"id":2})") << false;
    QTest::newRow("a cookie more") << json(200, "{}", "Set-Cookie: known=1") << json(200, "{}") << false;
    QTest::newRow("leads elsewhere") << answer(302, "Location: /login?error=password")
                                     << answer(302, "Location: /login?error=user") << false;
    QTest::newRow("leads to the same with the address") << answer(302, "Location: /check?email=a%40x.test")
                                                        << answer(302, "Location: /check?email=bb%40x.test") << true;
    QTest::newRow("a header more") << json(200, "{}", "X-User-Exists: 1") << json(200, "{}") << false;
}

void TestEnumerationJudge::readsFeatures()
{
    QFETCH(HttpResponse, one);
    QFETCH(HttpResponse, other);
    QFETCH(bool, isSame);
    const AnswerFeatures a = featuresOf(one, u"a@x.test"_s);
    const AnswerFeatures b = featuresOf(other, u"bb@x.test"_s);
    QVERIFY2((a == b) == isSame,
             qPrintable(a.body + u" | "_s + b.body + u" | "_s + a.location + u" | "_s + b.location));
}

void TestEnumerationJudge::judges_data()
{
    QTest::addColumn<EnumerationEntry>("seen");
    QTest::addColumn<QString>("expected");
    const AnswerFeatures no = features(401);
    QTest::newRow("the same") << entry(times(7, no), times(7, no)) << u"pass"_s;
    QTest::newRow("another status") << entry(times(7, no), times(7, features(404))) << u"tells_by_answer:medium"_s;
    QTest::newRow("another text") << entry(times(2, features(401, "wrong")), times(3, features(401, "none")))
                                  << u"tells_by_answer:medium"_s;
    QTest::newRow("one answer of each is chance")
        << entry(times(1, features(401, "a")), times(3, features(401, "b"))) << u"not_run"_s;
    auto mixed = times(6, features(401, "a"));
    mixed.push_back(features(401, "b"));
    QTest::newRow("unknown ones differ, too") << entry(times(7, features(401, "b")), mixed) << u"not_run"_s;
    QTest::newRow("80 ms longer") << entry(times(7, no), times(7, no), 80) << u"tells_by_time:medium"_s;
    QTest::newRow("80 ms less") << entry(times(7, no), times(7, no), -80) << u"tells_by_time:medium"_s;
    QTest::newRow("10 ms longer") << entry(times(7, no), times(7, no), 10) << u"pass"_s;
    QTest::newRow("too few for the time") << entry(times(6, no), times(6, no), 80) << u"info"_s;
    QTest::newRow("both") << entry(times(7, no), times(7, features(404)), 80)
                          << u"tells_by_answer:medium tells_by_time:medium"_s;
    EnumerationEntry signUp = entry(times(2, features(409)), times(3, features(202)));
    signUp.kind = EntryKind::SignUp;
    QTest::newRow("sign-up says so") << signUp << u"tells_by_answer:low"_s;
    EnumerationEntry made = signUp;
    made.made = {u"lc1@example.com"_s};
    QTest::newRow("sign-up made accounts") << made << u"tells_by_answer:low"_s;
    const auto lookup = [](const std::vector<AnswerFeatures> &known, const std::vector<AnswerFeatures> &unknown) {
        EnumerationEntry made = entry(known, unknown);
        made.kind = EntryKind::Lookup;
        return made;
    };
    QTest::newRow("look-up, the same") << lookup(times(3, features(200)), times(3, features(200))) << u"pass"_s;
    QTest::newRow("look-up tells") << lookup(times(3, features(200)), times(3, features(404)))
                                   << u"public_oracle:medium"_s;
    QTest::newRow("look-up, broken off") << lookup(times(1, features(200)), times(2, features(404))) << u"not_run"_s;
    QTest::newRow("look-up, a picture for each name")
        << lookup(times(3, features(200)), {features(200, "a"), features(200, "b"), features(200, "c")})
        << u"not_run"_s;
    EnumerationEntry byName = lookup(times(3, features(200)), times(3, features(404)));
    byName.byMail = false;
    QTest::newRow("look-up by a name") << byName << u"public_oracle:low"_s;
    EnumerationEntry closed;
    closed.kind = EntryKind::Lookup;
    closed.notTested = u"It answers as any address."_s;
    closed.isClosed = true;
    QTest::newRow("look-up, closed to strangers") << closed << u"not_run"_s;
    EnumerationEntry none;
    none.notTested = u"It was not tried."_s;
    QTest::newRow("not tried") << none << u"not_run"_s;
}

void TestEnumerationJudge::judges()
{
    QFETCH(EnumerationEntry, seen);
    QFETCH(QString, expected);
    const Judged judged = judgeEnumeration({.entries = {seen}});
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    for (const QString &address : seen.made)
        QVERIFY2(judged.reason.contains(address), qPrintable(judged.reason));
}

void TestEnumerationJudge::readsTraces()
{
    const AnswerTraces redirect =
        tracesOf(answer(302, "Location: /login?error=7&email=a%40x.test\nSet-Cookie: sid=1; Expires=Mon; Max-Age=9\n"
                             "X-User: a@x.test\nDate: now"),
                 u"a@x.test"_s);
    QCOMPARE(redirect, (AnswerTraces{{u"location/path"_s, u"/login"_s},
                                     {u"location/?error"_s, u"7"_s},
                                     {u"location/?email"_s, u"@"_s},
                                     {u"cookies/sid"_s, u"1; Max-Age=9"_s},
                                     {u"headers/x-user"_s, u"@"_s}}));
    const AnswerTraces json = tracesOf(answer(200, {}, R"({"error":{"code":17},"list":[true]})"), {});
    QCOMPARE(json, (AnswerTraces{{u"body//error/code"_s, u"[17]"_s},
                                 {u"body//list/length"_s, u"1"_s},
                                 {u"body//list/0"_s, u"[true]"_s}}));
    const AnswerTraces html = tracesOf(answer(200, {}, "<p>Sent to a@x.test</p>\n<p>Bye</p>"), u"a@x.test"_s);
    QCOMPARE(html,
             (AnswerTraces{{u"body/<p>"_s, {}}, {u"body/Sent to @"_s, {}}, {u"body/</p>"_s, {}}, {u"body/Bye"_s, {}}}));
}

void TestEnumerationJudge::comparesWhatIsStable_data()
{
    QTest::addColumn<EnumerationEntry>("seen");
    QTest::addColumn<QString>("expected");
    const QString tells = u"tells_by_answer:medium"_s;
    const auto row = [](const char *name, const QString &expected, const Parts &parts, int each = 7) {
        QTest::newRow(name) << entryOfParts(parts, each) << expected;
    };
    const auto number = [](int value) { return QString::number(value); };
    row("the same parts", u"pass"_s, [](bool, int) { return AnswerTraces{{u"headers/x-a"_s, u"1"_s}}; });
    row("another value of a header", tells, [](bool isKnown, int) {
        return AnswerTraces{{u"headers/x-a"_s, isKnown ? u"1"_s : u"0"_s}};
    });
    row("another value of a cookie", tells, [](bool isKnown, int) {
        return AnswerTraces{{u"cookies/state"_s, isKnown ? u"wrong"_s : u"none"_s}};
    });
    row("a header of another name each time", u"pass"_s, [&](bool isKnown, int turn) {
        return AnswerTraces{{u"headers/x-"_s + number(isKnown ? 100 + turn : turn), {}}};
    });
    row("a cookie beside headers that change", tells, [&](bool isKnown, int turn) {
        AnswerTraces traces{{u"headers/x-r"_s, number(isKnown ? 100 + turn : turn)}};
        if (isKnown)
            traces[u"cookies/known"_s] = number(turn);
        return traces;
    });
    row("a number that counts for both", u"pass"_s, [&](bool, int turn) {
        return AnswerTraces{{u"body//left"_s, number(9 - turn)}};
    });
    row("the number of an error", tells, [&](bool isKnown, int) {
        return AnswerTraces{{u"body//code"_s, number(isKnown ? 1001 : 1002)}};
    });
    row("a saying of the day, and a word that tells", u"tells_by_answer:medium"_s, [&](bool isKnown, int turn) {
        AnswerTraces traces{{u"body/noise"_s, number(isKnown ? 100 + turn : turn)}};
        traces[isKnown ? u"body/Wrong password"_s : u"body/No such account"_s] = QString();
        return traces;
    });
    row("a picture of the name", u"pass"_s, [&](bool isKnown, int turn) {
        return AnswerTraces{{u"body/<svg "_s + (isKnown ? u"s"_s : turn == 0 ? u"n"_s : u"o"_s), {}}};
    });
    row("a text that nobody's names have in common", tells, [&](bool isKnown, int) {
        return isKnown ? AnswerTraces() : AnswerTraces{{u"body/No such account"_s, {}}};
    });
    row("a saying of the day alone", u"not_run"_s, [&](bool isKnown, int turn) {
        return AnswerTraces{{u"body/noise"_s, number(isKnown ? 100 + turn : turn)}};
    });
    // One of two at random is the same three times more often than one would like.
    row(
        "few answers amid noise", u"not_run"_s,
        [&](bool isKnown, int turn) {
            return AnswerTraces{{u"body/noise"_s, number(isKnown ? 100 + turn : turn)},
                                {u"headers/x-b"_s, isKnown ? u"a"_s : u"b"_s}};
        },
        4);
    row(
        "few answers without noise", tells,
        [](bool isKnown, int) {
            return AnswerTraces{{u"headers/x-b"_s, isKnown ? u"a"_s : u"b"_s}};
        },
        4);
    row("what is of each name", u"pass"_s, [&](bool isKnown, int turn) {
        // Two names that nobody has, and one account: "a***@…"
        return AnswerTraces{{u"headers/x-to"_s, isKnown ? u"s***"_s : turn == 0 ? u"q***"_s : u"l***"_s}};
    });
}

void TestEnumerationJudge::comparesWhatIsStable()
{
    QFETCH(EnumerationEntry, seen);
    const Judged judged = judgeEnumeration({.entries = {seen}});
    QTEST(said(judged), "expected");
}

void TestEnumerationJudge::judgesStates_data()
{
    QTest::addColumn<EnumerationEntry>("seen");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("open"); // the code that stays open
    using enum AccountState;
    const AnswerFeatures no = features(401);
    const AnswerFeatures locked = features(423, "this account is locked");
    const auto row = [](const char *name, const EnumerationEntry &seen, const char *expected, const char *open = "") {
        QTest::newRow(name) << seen << QString::fromLatin1(expected) << QString::fromLatin1(open);
    };
    row("locked, and says so", entryWithState(Locked, times(2, locked)), "tells_locked:medium");
    row("locked, and says nothing", entryWithState(Locked, times(2, no)), "pass");
    row("unverified, and says so", entryWithState(Unverified, times(2, locked)), "tells_unverified:medium");
    row("locked, as every account", entryWithState(Locked, times(2, locked), locked), "tells_by_answer:medium");
    row("locked, and otherwise than other accounts", entryWithState(Locked, times(2, locked), features(404)),
        "tells_by_answer:medium tells_locked:medium");
    row("one answer", entryWithState(Locked, times(1, locked)), "info", "tells_locked");
    row("no answer", entryWithState(Locked, {}), "info", "tells_locked");
    row("now so, now so", entryWithState(Locked, {no, locked}), "info", "tells_locked");
}

void TestEnumerationJudge::judgesStates()
{
    QFETCH(EnumerationEntry, seen);
    QFETCH(QString, open);
    const Judged judged = judgeEnumeration({.entries = {seen}});
    QTEST(said(judged), "expected");
    QStringList codes;
    for (const Unseen &one : unseenIn(judged.observed))
        codes.append(one.code);
    QCOMPARE(codes.join(u' '), open);
    QVERIFY(judged.observed["entries"_L1][0]["states"_L1].isObject());
    QCOMPARE(judged.observed["entries"_L1][0]["known"_L1].toInt(), 7); // usual ones alone
}

// Caches fill with the first answers, and where only few came these count as well.
void TestEnumerationJudge::leavesTheFirstOnesOut()
{
    for (const int each : {33, 10, 9}) {
        const auto same = times(static_cast<std::size_t>(each), features(401));
        EnumerationEntry seen = entry(same, same);
        int known = 0;
        for (EnumerationSample &sample : seen.samples)
            sample.milliseconds = sample.isKnown && known++ < kWarmUpPairs ? 900 : 20;
        const QJsonValue time = judgeEnumeration({.entries = {seen}}).observed["entries"_L1][0]["time"_L1];
        QCOMPARE(time["pairs"_L1].toInt(), each == 9 ? 9 : each - kWarmUpPairs);
        QVERIFY(each == 9 || time["same"_L1].toBool());
        QVERIFY(!time["different"_L1].toBool());
    }
}

void TestEnumerationJudge::keepsOpenWhatDidNotTell_data()
{
    QTest::addColumn<EnumerationEntry>("other"); // beside one that tells nothing
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QStringList>("open"); // codes of earlier findings about it that are not closed
    const AnswerFeatures no = features(401);
    const QStringList both{u"tells_by_answer"_s, u"tells_by_time"_s};
    const auto reset = [](EnumerationEntry made) {
        made.kind = EntryKind::Forgot;
        made.route = u"POST /forgot"_s;
        return made;
    };
    QTest::newRow("tells nothing either") << reset(entry(times(7, no), times(7, no))) << u"pass"_s << QStringList();
    EnumerationEntry skipped = reset({});
    skipped.notTested = u"It was not tried."_s;
    QTest::newRow("not tried") << skipped << u"info"_s << both;
    EnumerationEntry limited = reset(entry(times(1, no), times(1, no)));
    limited.stopped = u"It said that we ask too often."_s;
    QTest::newRow("limited") << limited << u"info"_s << both;
    auto mixed = times(6, features(401, "a"));
    mixed.push_back(features(401, "b"));
    QTest::newRow("now so, now so") << reset(entry(times(7, features(401, "b")), mixed)) << u"info"_s
                                    << QStringList{u"tells_by_answer"_s};
    QTest::newRow("too few for the time")
        << reset(entry(times(6, no), times(6, no))) << u"info"_s << QStringList{u"tells_by_time"_s};
    QTest::newRow("tells by its answers, too few for the time")
        << reset(entry(times(2, features(200)), times(3, no))) << u"warn"_s << QStringList{u"tells_by_time"_s};
    EnumerationEntry closed = reset({});
    closed.kind = EntryKind::Lookup;
    closed.notTested = u"It answers as any address."_s;
    closed.isClosed = true;
    QTest::newRow("a look-up that was closed") << closed << u"pass"_s << QStringList();
}

void TestEnumerationJudge::keepsOpenWhatDidNotTell()
{
    QFETCH(EnumerationEntry, other);
    QFETCH(QStringList, open);
    const Judged judged =
        judgeEnumeration({.entries = {entry(times(7, features(401)), times(7, features(401))), other}});
    QTEST(toWord(judged.outcome), "outcome");
    QCOMPARE(!judged.reason.isEmpty(), !open.isEmpty()); // also beside a finding
    CheckResult result{.checkId = u"access.enumeration"_s, .outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.checkId = result.checkId;
    for (const QString &code : {u"tells_by_answer"_s, u"tells_by_time"_s}) {
        earlier.code = code;
        earlier.subject = u"POST /forgot"_s;
        QCOMPARE(!hasSeen(result, earlier), open.contains(code));
        earlier.subject = u"POST /login"_s;
        QVERIFY(hasSeen(result, earlier));
    }
}

QTEST_GUILESS_MAIN(TestEnumerationJudge)
#include "tst_enumerationjudge.moc"
