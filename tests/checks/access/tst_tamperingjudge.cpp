// Which other ways there are to ask for a private address, and what their answers say.
#include "checks/access/contentswaps.h"
#include "checks/access/methodtampering.h"
#include "checks/access/tamperings.h"
#include "checks/net/requesttarget.h"
#include "models/testcells.h"
#include "tests/checks/access/bypassscene.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kAddress = u"https://api.example.com/api/admin/users"_s;

BypassLook lookWith(const HttpResponse &given, const QByteArray &method = "GET")
{
    BypassLook look;
    look.targets.push_back(adminsAddress(u"/api/admin/users"_s));
    look.baselines = {answer(404, kJson, R"({"error":"not_found"})", u"https://api.example.com/lc-1"_s)};
    BypassTry tried{.way = {u"trailing_slash"_s, u"a slash at the end"_s, {}}, .answer = given};
    tried.way.request.method = method;
    tried.way.request.url = QUrl(kAddress + u'/');
    look.tries.push_back(tried);
    return look;
}

// What stands in the request line.
QByteArray targetOf(const ActiveRequest &request)
{
    return targetIn(request.headers).value_or(request.url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
}

QString wordsFor(BypassVerdict::Way way)
{
    return QStringList{u"refused"_s, u"open"_s, u"unclear"_s, u"not asked"_s}.at(static_cast<int>(way));
}

} // namespace

class TestTamperingJudge : public QObject
{
    Q_OBJECT

private slots:
    void asksInOtherWays_data();
    void asksInOtherWays();
    void swapsTheKind_data();
    void swapsTheKind();
    void postsOnlyWhereNothingChanges_data();
    void postsOnlyWhereNothingChanges();
    void judges_data();
    void judges();
    void comparesTheLengthOfLess();
    void believesOnlyWhileTheControlHolds();
};

void TestTamperingJudge::asksInOtherWays_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QStringList>("lines"); // method and what is asked for, as it is sent
    const QString users = u"/api/admin/users"_s;
    QTest::newRow("slash") << users << u"trailing_slash"_s << QStringList{u"GET /api/admin/users/"_s};
    QTest::newRow("case") << users << u"other_case"_s << QStringList{u"GET /API/ADMIN/USERS"_s};
    QTest::newRow("double slash") << users << u"double_slash"_s << QStringList{u"GET /api/admin//users"_s};
    QTest::newRow("double slash at the beginning") << u"/admin"_s << u"double_slash"_s << QStringList{u"GET //admin"_s};
    QTest::newRow("semicolon") << users << u"semicolon"_s << QStringList{u"GET /api/admin/users;x"_s};
    QTest::newRow("encoded slash") << users << u"encoded_slash"_s
                                   << QStringList{u"GET /api/admin%2Fusers"_s, u"GET /api/admin/lc/..%2fusers"_s};
    QTest::newRow("no slash to encode") << u"/admin"_s << u"encoded_slash"_s << QStringList{u"GET /lc/..%2fadmin"_s};
    QTest::newRow("json") << users << u"json_suffix"_s << QStringList{u"GET /api/admin/users.json"_s};
    QTest::newRow("dot") << users << u"dot_segment"_s
                         << QStringList{u"GET /api/admin/./users"_s, u"GET /api/admin/lc/../users"_s};
    QTest::newRow("dot at the beginning")
        << u"/admin"_s << u"dot_segment"_s << QStringList{u"GET /./admin"_s, u"GET /lc/../admin"_s};
    QTest::newRow("encoded dot") << users << u"encoded_dot"_s
                                 << QStringList{u"GET /api/admin/%2e/users"_s, u"GET /api/admin/lc/%2e%2e/users"_s};
    QTest::newRow("encoded dot at the beginning")
        << u"/admin"_s << u"encoded_dot"_s << QStringList{u"GET /%2e/admin"_s, u"GET /lc/%2e%2e/admin"_s};
    QTest::newRow("dots with a parameter")
        << users << u"dot_parameter"_s << QStringList{u"GET /api/admin/lc/..;/users"_s};
    QTest::newRow("no version") << users << u"version_alias"_s
                                << QStringList{u"GET /api/v1/admin/users"_s, u"GET /api/v0/admin/users"_s,
                                               u"GET /v1/admin/users"_s, u"GET /api/internal/admin/users"_s};
    QTest::newRow("second version") << u"/api/v2/users"_s << u"version_alias"_s
                                    << QStringList{u"GET /api/v1/users"_s, u"GET /api/v3/users"_s, u"GET /api/users"_s};
    QTest::newRow("first of all versions")
        << u"/v0/users"_s << u"version_alias"_s << QStringList{u"GET /v1/users"_s, u"GET /users"_s};
    QTest::newRow("a page has no version") << u"/admin"_s << u"version_alias"_s << QStringList();
    QTest::newRow("original address") << users << u"original_url"_s << QStringList{u"GET /pricing?lc=1"_s};
    QTest::newRow("override, by header and query, and in a form")
        << users << u"method_override"_s
        << QStringList{u"POST /api/admin/users?_method=GET"_s, u"POST /api/admin/users"_s};
    QTest::newRow("unknown method") << users << u"unknown_method"_s << QStringList{u"LCGET /api/admin/users"_s};
    QTest::newRow("head") << users << u"head_request"_s << QStringList{u"HEAD /api/admin/users"_s};
}

void TestTamperingJudge::asksInOtherWays()
{
    QFETCH(QString, path);
    QFETCH(QString, code);
    BypassTarget target = adminsAddress(path);
    target.deniesPost = true;
    auto ways = tamperings(target, u"/pricing"_s);
    std::ranges::copy(postTamperings(target, {}), std::back_inserter(ways));
    QVERIFY(ways.size() <= static_cast<std::size_t>(kTamperings));
    QStringList lines;
    for (const BypassWay &way : ways) {
        QVERIFY(!way.label.isEmpty());
        if (way.code == code)
            lines << QString::fromLatin1(way.request.method + ' ' + targetOf(way.request));
    }
    // Without an authority a path of two slashes would be one.
    lines.replaceInStrings(u"GET /.//"_s, u"GET //"_s);
    QTEST(lines, "lines");
}

void TestTamperingJudge::swapsTheKind_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArrayList>("expected"); // type and body
    const QByteArray form = "application/x-www-form-urlencoded";
    const QByteArray xml = "application/xml <?xml version=\"1.0\" encoding=\"UTF-8\"?><request>";
    QTest::newRow("an object") << QByteArray("application/json") << QByteArray(R"({"a":"x & y","n":2,"o":{"p":1}})")
                               << QByteArrayList{form + " a=x%20%26%20y&n=2",
                                                 R"(text/plain {"a":"x & y","n":2,"o":{"p":1}})",
                                                 xml + "<a>x &amp; y</a><n>2</n></request>"};
    QTest::newRow("a form") << form << QByteArray("a=x+y")
                            << QByteArrayList{R"(application/json {"a":"x y"})", "text/plain a=x+y",
                                              xml + "<a>x y</a></request>"};
    QTest::newRow("a name that XML does not know")
        << QByteArray("application/vnd.api+json") << QByteArray(R"({"1 a":true})")
        << QByteArrayList{form + " 1%20a=true", R"(text/plain {"1 a":true})", xml + "</request>"};
    QTest::newRow("a list") << QByteArray("application/json") << QByteArray("[1]") << QByteArrayList();
    QTest::newRow("nothing flat") << QByteArray("application/json") << QByteArray(R"({"o":{}})") << QByteArrayList();
    QTest::newRow("a file") << QByteArray("multipart/form-data") << QByteArray("x") << QByteArrayList();
}

void TestTamperingJudge::swapsTheKind()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QByteArrayList swaps;
    for (const ContentSwap &one : contentSwaps(type, body)) {
        swaps << one.contentType + ' ' + one.body;
        QVERIFY(!one.label.isEmpty());
    }
    QVERIFY(swaps.size() <= kMostContentSwaps);
    QTEST(swaps, "expected");
}

// POST may change something: a program does not tell what a path that is on no list does with it.
void TestTamperingJudge::postsOnlyWhereNothingChanges_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("deniesPost");
    QTest::addColumn<bool>("isListed");
    QTest::addColumn<bool>("isSafe");
    QTest::addColumn<bool>("expected");
    const QString users = u"/api/admin/users"_s;
    QTest::newRow("on no list") << users << false << false << false << false;
    QTest::newRow("on no list, and it has no POST") << users << true << false << false << true;
    QTest::newRow("listed") << users << false << true << false << false;
    QTest::newRow("listed, whatever it says") << users << true << true << false << false;
    QTest::newRow("listed as safe") << users << false << true << true << true;
    // Whose record it is nobody has said: a test record alone is asked for so.
    const QString order = u"/api/orders/{id}"_s;
    QTest::newRow("somebody's record, listed as safe") << order << false << true << true << false;
    QTest::newRow("somebody's record, which has no POST") << order << true << false << false << false;
}

void TestTamperingJudge::postsOnlyWhereNothingChanges()
{
    QFETCH(QString, path);
    QFETCH(bool, deniesPost);
    QFETCH(bool, isListed);
    QFETCH(bool, isSafe);
    Route post;
    post.method = u"POST"_s;
    post.path = path;
    post.safeToWrite = isSafe;
    BypassTarget target = adminsAddress(post.path);
    target.deniesPost = deniesPost;
    const auto ways = postTamperings(target, isListed ? std::vector{post} : std::vector<Route>());
    QTEST(!ways.empty(), "expected");
    for (const BypassWay &way : ways)
        QVERIFY(way.request.method == "POST" && way.request.writes);
    for (const BypassWay &way : tamperings(target, u"/"_s))
        QVERIFY(way.request.method != "POST");
}

void TestTamperingJudge::judges_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, int status, const QByteArray &body, const QString &expected,
                        const QString &outcome, const QByteArray &method = "GET", const QByteArray &head = kJson) {
        QTest::newRow(name) << method << status << head << body << expected << outcome;
    };
    row("refused", 401, "{}", u"refused"_s, u"pass"_s);
    row("nothing there", 404, R"({"error":"not_found"})", u"refused"_s, u"pass"_s);
    row("not a method there", 405, "{}", u"refused"_s, u"pass"_s);
    row("sent to the usual spelling", 301, {}, u"refused"_s, u"pass"_s, "GET", "Location: /api/admin/users");
    row("says no with 200", 200, R"({"error":"forbidden"})", u"refused"_s, u"pass"_s);
    row("the same data", 200, kAnnAndTom, u"open"_s, u"fail"_s);
    row("data of the same kind", 200, R"([{"id":9,"email":"x@other.example"}])", u"open"_s, u"fail"_s);
    row("the data beside a refusal", 403, kAnnAndTom, u"open"_s, u"fail"_s);
    row("something else", 200, R"({"hello":1})", u"unclear"_s, u"not_run"_s);
    row("broken", 500, "{}", u"unclear"_s, u"not_run"_s);
    row("one too many", 429, "{}", u"unclear"_s, u"not_run"_s);
    row("a page that is no data", 200, "<p>Hello</p>", u"unclear"_s, u"not_run"_s, "GET", "Content-Type: text/html");
    row("head refused", 401, {}, u"refused"_s, u"pass"_s, "HEAD");
    row("head with another length", 200, {}, u"unclear"_s, u"not_run"_s, "HEAD", kJson + "\r\nContent-Length: 12");
    row("head with the length of the data", 200, {}, u"open"_s, u"warn"_s, "HEAD",
        kJson + "\r\nContent-Length: " + QByteArray::number(kAnnAndTom.size()));
}

void TestTamperingJudge::judges()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    const BypassLook look = lookWith(answer(status, head, body, kAddress + u'/'), method);
    QTEST(wordsFor(verdictOf(look, look.tries.front()).way), "expected");
    const Judged judged = judgeMethodTampering(look);
    QTEST(toWord(judged.outcome), "outcome");
    QCOMPARE(judged.findings.empty(), judged.outcome == Outcome::Pass || judged.outcome == Outcome::NotRun);
}

// HEAD with the length of the empty list that came in the ordinary way leads no further than that.
void TestTamperingJudge::comparesTheLengthOfLess()
{
    BypassLook look = lookWith(answer(200, kJson + "\r\nContent-Length: 2", {}, kAddress), "HEAD");
    look.targets.front().attackers = {{.actor = {}, .refused = answer(200, kJson, "[]"), .isGivenLess = true}};
    QCOMPARE(wordsFor(verdictOf(look, look.tries.front()).way), u"refused"_s);
    look.tries.front().answer =
        answer(200, kJson + "\r\nContent-Length: " + QByteArray::number(kAnnAndTom.size()), {}, kAddress);
    QCOMPARE(wordsFor(verdictOf(look, look.tries.front()).way), u"open"_s);
}

void TestTamperingJudge::believesOnlyWhileTheControlHolds()
{
    BypassLook look = lookWith(answer(401, kJson, "{}", kAddress));
    look.targets.front().holds = false;
    QCOMPARE(judgeMethodTampering(look).outcome, Outcome::NotRun);
    look = lookWith(answer(200, kJson, kAnnAndTom, kAddress));
    look.tries.front().isRefuted = true; // the ordinary address let in as well, right afterwards
    QCOMPARE(judgeMethodTampering(look).outcome, Outcome::NotRun);
    look.targets.clear();
    QCOMPARE(judgeMethodTampering(look).outcome, Outcome::NotRun);
}

QTEST_GUILESS_MAIN(TestTamperingJudge)
#include "tst_tamperingjudge.moc"
