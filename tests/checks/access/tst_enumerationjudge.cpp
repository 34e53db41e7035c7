// access.enumeration: what is compared of answers, and what is made of them.
#include "checks/access/enumeration.h"
#include "checks/access/enumerationlook.h"
#include "models/unseen.h"
#include "tests/checks/abuse/abusescene.h"
#include "tests/checks/web/pages.h"

#include <QTest>

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
