#include "checks/access/codelook.h"
#include "checks/access/resetlink.h"
#include "models/access/onetimecode.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kStepBegins = QDateTime::fromSecsSinceEpoch(kCodeStepSeconds * 60'000'000LL, Qt::UTC);

LinkExchange exchange(int status)
{
    LinkExchange made;
    made.request.url = QUrl(u"https://api.acme.test/otp/verify"_s);
    made.answer.status = status;
    return made;
}

CodeLook look(CodeKind kind, LinkUse again, bool isSignedInByIt = true)
{
    CodeLook made{.account = u"Sam"_s, .route = u"POST /otp/verify"_s, .host = u"api.acme.test"_s, .kind = kind};
    made.isGiven = true;
    made.first = LinkUse::Accepted;
    made.again = again;
    made.isSignedInByIt = isSignedInByIt;
    made.firstAt = kStepBegins;
    made.againAt = kStepBegins.addSecs(1);
    made.firstUse = exchange(200);
    made.secondUse = exchange(again == LinkUse::Accepted ? 200 : 401);
    return made;
}

ProjectFacts factsOf(const QString &path, const QByteArray &body, const QByteArray &type = "application/json")
{
    ProjectFacts facts;
    Route route;
    route.method = u"POST"_s;
    route.path = path;
    route.host = u"api.acme.test"_s;
    facts.routes = {route};
    facts.samples = {{u"POST"_s, path, u"api.acme.test"_s, type, body, {}}};
    return facts;
}

const Target &target()
{
    static const Target target{u"acme.test"_s, {{HostRole::Api, u"api.acme.test"_s, 443}}};
    return target;
}

} // namespace

class TestCodeJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void saysWhatWasSeen();
    void joinsTheJudgementOfLinks();
    void findsTheRoute_data();
    void findsTheRoute();
    void prefersTheRouteThatSaysCode();
    void prefersTheSurerName();
    void putsInWhatTheVisitGot_data();
    void putsInWhatTheVisitGot();
    void readsCodes_data();
    void readsCodes();
};

void TestCodeJudge::judges_data()
{
    using enum LinkUse;
    QTest::addColumn<CodeLook>("seen");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("isTold");
    QTest::addColumn<bool>("isOpen");
    const auto row = [](const char *name, const CodeLook &seen, const char *expected, bool isTold, bool isOpen) {
        QTest::newRow(name) << seen << QString::fromLatin1(expected) << isTold << isOpen;
    };
    using enum CodeKind;
    row("once", look(SignIn, Refused), "", true, false);
    row("twice, the code is all", look(SignIn, Accepted), "code_reusable:high:proven", true, false);
    row("twice, beside a password", look(SecondFactor, Accepted), "code_reusable:medium:proven", true, false);
    row("twice, for a new password", look(NewPassword, Accepted, false), "code_reusable:high:lead", true, false);
    row("twice, of an address", look(Confirmation, Accepted, false), "code_reusable:medium:lead", true, false);
    row("twice, by the answers", look(SignIn, Accepted, false), "code_reusable:high:lead", true, false);
    row("neither nor", look(SignIn, Unclear), "", false, true);
    CodeLook waiting{.account = u"Sam"_s, .route = u"POST /otp/verify"_s};
    waiting.notTold = u"Type a code."_s;
    row("none was handed in", waiting, "", false, true);
    CodeLook refused = look(SignIn, NotTried);
    refused.first = Refused;
    refused.notTold = u"It was not accepted."_s;
    row("not even once", refused, "", false, true);
    // RFC 6238: used or not, a code is refused when its step is over.
    CodeLook late = look(SecondFactor, Refused);
    late.againAt = kStepBegins.addSecs(kCodeStepSeconds - 1);
    row("an app's code, at the end of its step", late, "", true, false);
    late.againAt = kStepBegins.addSecs(kCodeStepSeconds);
    row("an app's code, in the next step", late, "", false, true);
    late.kind = SignIn;
    row("a letter's code, half a minute later", late, "", true, false);
    late = look(SecondFactor, Accepted);
    late.againAt = kStepBegins.addSecs(kCodeStepSeconds);
    row("taken again in the next step", late, "code_reusable:medium:proven", true, false);
}

void TestCodeJudge::judges()
{
    QFETCH(CodeLook, seen);
    QFETCH(QString, expected);
    QFETCH(bool, isTold);
    QFETCH(bool, isOpen);
    const CodeVerdict verdict = judgeCode(seen, {});
    QStringList found;
    for (const Finding &finding : verdict.findings)
        found << finding.code + u':' + toWord(finding.severity) + u':' + toWord(finding.proof);
    QCOMPARE(found.join(u' '), expected);
    QCOMPARE(verdict.isTold, isTold);
    QCOMPARE(verdict.gaps.isSaid(), isOpen);
    QCOMPARE(verdict.gaps.hidden().empty(), isTold); // what was not told closes nothing
    QCOMPARE(!verdict.seen.isEmpty(), isTold && expected.isEmpty());
}

void TestCodeJudge::saysWhatWasSeen()
{
    const Secret code("482913");
    CodeLook seen = look(CodeKind::SecondFactor, LinkUse::Accepted);
    seen.firstUse->request.method = "POST";
    seen.firstUse->request.body = R"({"code":"482913"})";
    const Finding finding = judgeCode(seen, {code}).findings.front();
    for (const QString &word : {u"POST /otp/verify"_s, u"1 s"_s, u"Sam"_s, u"RFC 6238 section 5.2"_s})
        QVERIFY2(finding.whatWeSaw.contains(word), qPrintable(finding.whatWeSaw));
    QCOMPARE(finding.host, u"api.acme.test"_s);
    QCOMPARE(finding.evidence.size(), std::size_t(2));
    QVERIFY2(!finding.evidence.front().body.contains("482913"_L1), qPrintable(finding.evidence.front().body));
    seen.kind = CodeKind::SignIn;
    QVERIFY(!judgeCode(seen, {}).findings.front().whatWeSaw.contains("RFC 6238"_L1)); // a letter's
}

void TestCodeJudge::joinsTheJudgementOfLinks()
{
    ResetLook both{.account = u"Sam"_s, .route = u"POST /reset"_s};
    both.first = LinkUse::Accepted;
    both.again = LinkUse::Refused;
    both.old = LinkUse::Refused; // and what else links are to tell was told
    both.given = {u"reset_link"_s, u"reset_link_2"_s};
    both.strength = TokenStrength{.bits = 128};
    both.sessionLives = false;
    QCOMPARE(said(judgeResetLink(both)), u"pass"_s);
    both.code = look(CodeKind::SignIn, LinkUse::Refused);
    QCOMPARE(said(judgeResetLink(both)), u"pass"_s);
    QVERIFY(judgeResetLink(both).summary.contains("a used code is refused"_L1));
    both.code = look(CodeKind::SignIn, LinkUse::Unclear);
    QCOMPARE(said(judgeResetLink(both)), u"info"_s);
    both.code = look(CodeKind::SignIn, LinkUse::Accepted);
    QCOMPARE(said(judgeResetLink(both)), u"code_reusable:high"_s);
    both.again = LinkUse::Accepted;
    QCOMPARE(said(judgeResetLink(both)), u"code_reusable:high reset_reusable:high"_s);
    ResetLook none{.account = u"Sam"_s, .route = u"POST /forgot"_s};
    none.notTold = u"Paste the links."_s;
    none.code = look(CodeKind::SignIn, LinkUse::NotTried);
    none.code->notTold = u"Type a code."_s;
    const Judged judged = judgeResetLink(none);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.reason.contains("Paste the links. Type a code."_L1));
}

void TestCodeJudge::findsTheRoute_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // kind, whether the password comes before, and the body; empty: none
    const auto row = [](const char *name, const char *path, const QByteArray &body, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(path) << body << QString::fromLatin1(expected);
    };
    row("a letter's", "/otp/verify", R"({"code":"123456","email":"person@example.com"})",
        R"(sign_in {"code":"{{code}}","email":"{{user}}"})");
    row("of Supabase", "/auth/v1/verify", R"({"email":"person@example.com","token":"{{code}}","type":"email"})",
        R"(sign_in {"email":"{{user}}","token":"{{code}}","type":"email"})");
    row("after the password", "/mfa/verify", R"({"challenge_id":"<value>","code":"123456"})",
        R"(second_factor password {"challenge_id":"<value>","code":"{{code}}"})");
    row("with the password", "/session", R"({"email":"person@example.com","otp":"<value>","password":"<value>"})",
        R"(second_factor {"email":"{{user}}","otp":"{{code}}","password":"{{password}}"})");
    row("who it is alone beside it", "/two-factor", R"({"email":"person@example.com","otp":"<value>"})",
        R"(second_factor password {"email":"{{user}}","otp":"{{code}}"})");
    row("nobody beside it", "/verify", R"({"code":"123456"})", R"(second_factor password {"code":"{{code}}"})");
    row("for a new password", "/password/reset",
        R"({"code":"123456","email":"person@example.com","new_password":"<value>"})",
        R"(new_password {"code":"{{code}}","email":"{{user}}","new_password":"{{password}}"})");
    row("of an address", "/verify-email", R"({"code":"123456","email":"person@example.com"})",
        R"(confirmation {"code":"{{code}}","email":"{{user}}"})");
    row("said by the person", "/session/go-on", R"({"number":"{{code}}","user":"person@example.com"})",
        R"(sign_in {"number":"{{code}}","user":"{{user}}"})");
    row("a coupon", "/coupons/redeem", R"({"code":"123456"})", "");
    row("the token of a link", "/password/reset", R"({"password":"<value>","token":"<value>"})", "");
    row("a path with a hole", "/factors/{id}/verify", R"({"code":"123456"})", "");
    row("no example", "/otp/verify", "", "");
}

void TestCodeJudge::findsTheRoute()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    const auto route = codeRouteOf(target(), factsOf(path, body));
    QString printed;
    if (route)
        printed = toWord(route->kind) + (route->needsPassword ? u" password "_s : u" "_s) + route->point.body;
    QCOMPARE(printed, expected);
}

void TestCodeJudge::prefersTheRouteThatSaysCode()
{
    ProjectFacts facts = factsOf(u"/verify-email"_s, R"({"code":"123456","email":"person@example.com"})");
    const ProjectFacts second =
        factsOf(u"/go-on"_s, "email=person%40example.com&number=%7B%7Bcode%7D%7D", "application/x-www-form-urlencoded");
    facts.routes.push_back(second.routes.front());
    facts.samples.push_back(second.samples.front());
    const auto route = codeRouteOf(target(), facts);
    QVERIFY(route);
    QCOMPARE(route->point.url, QUrl(u"https://api.acme.test/go-on"_s));
    QCOMPARE(route->point.body, u"email={{user}}&number={{code}}"_s);
    facts.routes.back().host = u"elsewhere.test"_s; // nothing is sent to hosts that are not the target's
    QCOMPARE(codeRouteOf(target(), facts)->point.route.path, u"/verify-email"_s);
}

// An "otp" is surer than a "code", whichever route comes first.
void TestCodeJudge::prefersTheSurerName()
{
    ProjectFacts facts = factsOf(u"/verify"_s, R"({"code":"123456","email":"person@example.com"})");
    const ProjectFacts second = factsOf(u"/session"_s, R"({"email":"person@example.com","otp":"123456"})");
    facts.routes.push_back(second.routes.front());
    facts.samples.push_back(second.samples.front());
    const auto route = codeRouteOf(target(), facts);
    QVERIFY(route);
    QCOMPARE(route->point.route.path, u"/session"_s);
}

void TestCodeJudge::putsInWhatTheVisitGot_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("missing");
    const QString wanted = uR"({"challenge_id":"<value>","code":"{{code}}","type":"totp"})"_s;
    const QString filled = uR"({"challenge_id":"{{of_visit_0}}","code":"{{code}}","type":"totp"})"_s;
    QTest::newRow("at the top") << QByteArray(R"({"challenge_id":"new","type":"mfa"})") << wanted << filled << u""_s;
    QTest::newRow("deeper") << QByteArray(R"({"data":{"mfa":[{"challenge_id":"new"}]}})") << wanted << filled << u""_s;
    QTest::newRow("the outer one counts")
        << QByteArray(R"({"a":{"challenge_id":"old"},"challenge_id":"new"})") << wanted << filled << u""_s;
    QTest::newRow("an old one in the example")
        << QByteArray(R"({"session_token":"new"})")
        << uR"({"code":"{{code}}","session_token":"7f000001-0000-4000-8000-000000000001"})"_s
        << uR"({"code":"{{code}}","session_token":"{{of_visit_0}}"})"_s << u""_s;
    QTest::newRow("not handed out") << QByteArray(R"({"status":"mfa_required"})") << wanted << wanted
                                    << u"challenge_id"_s;
    QTest::newRow("no JSON") << QByteArray("<html>") << wanted << wanted << u"challenge_id"_s;
}

void TestCodeJudge::putsInWhatTheVisitGot()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, body);
    QFETCH(QString, expected);
    QFETCH(QString, missing);
    EntryPoint point{.kind = EntryKind::Login, .route = {}, .url = {}};
    point.contentType = "application/json";
    point.body = body;
    const VisitBody made = visitBodyOf(point, textsIn(answer));
    QCOMPARE(made.text, expected);
    QCOMPARE(made.missing, missing);
    if (missing.isEmpty())
        QCOMPARE(made.given.at(u"of_visit_0"_s).reveal(), QByteArray("new"));
}

void TestCodeJudge::readsCodes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("six digits") << u"123456"_s << u"123456"_s;
    QTest::newRow("with its blank") << u" 123 456\n"_s << u"123456"_s;
    QTest::newRow("with a dash") << u"123-456"_s << u"123456"_s;
    QTest::newRow("four") << u"0042"_s << u"0042"_s;
    QTest::newRow("three") << u"042"_s << u""_s;
    QTest::newRow("letters, too") << u"K7QX2P"_s << u"K7QX2P"_s;
    QTest::newRow("of a list for emergencies") << u"ab12c-d34ef"_s << u"ab12c-d34ef"_s; // its dash belongs to it
    QTest::newRow("the key of an app") << u"JBSWY3DPEHPK3PXP"_s << u""_s;
    QTest::newRow("an address") << u"https://x.test/123456"_s << u""_s;
    QTest::newRow("a sentence") << u"your code is 123456"_s << u""_s;
    QTest::newRow("nothing") << u""_s << u""_s;
}

void TestCodeJudge::readsCodes()
{
    QFETCH(QString, text);
    QTEST(oneTimeCodeIn(text), "expected");
}

QTEST_APPLESS_MAIN(TestCodeJudge)
#include "tst_codejudge.moc"
