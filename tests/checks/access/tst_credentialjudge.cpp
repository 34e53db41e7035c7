// access.forged-token: what is made of the table of routes and bad credentials.
#include "checks/access/credentialfindings.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kAddress = u"https://api.example.com/orders"_s;
const QByteArray kOrders =
    R"([{"id":1,"customer":"orders@harborcafe.example","total":1250},{"id":2,"customer":"Mill","total":9}])";

CredentialRow rowWith(int status, const QByteArray &body, AccessClass access = AccessClass::SignedIn)
{
    CredentialRow row{.route = {}, .request = {}, .account = u"Ann"_s, .good = {}, .stranger = {}, .markers = {}};
    row.route.method = u"GET"_s;
    row.route.path = u"/orders"_s;
    row.route.access = access;
    row.request.url = QUrl(kAddress);
    row.good = answer(200, kJson, kOrders, kAddress);
    row.stranger = answer(401, kJson, R"({"error":"unauthorized"})", kAddress);
    row.markers = Markers({{u"orders@harborcafe.example"_s, MarkerKind::Mail, {}}});
    row.tries = {{BadCredential::Invented, row.request, answer(status, kJson, body, kAddress), StrangerAfter::Closed}};
    return row;
}

CredentialRow rowOf(BadCredential kind, int status, const QByteArray &body)
{
    CredentialRow row = rowWith(status, body);
    row.tries.front().kind = kind;
    return row;
}

CredentialTable tableWith(const CredentialRow &row)
{
    return {.actor = u"Ann"_s, .rows = {row}, .columns = {BadCredential::Invented}};
}

bool hides(const CredentialTable &table, const QString &code, const QString &route = u"GET /orders"_s)
{
    return std::ranges::any_of(credentialGaps(table).hidden(), [&](const Unseen &gap) {
        return gap.code == code && (gap.subject.isEmpty() || gap.subject == route);
    });
}

} // namespace

class CredentialJudgeTest : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void saysOnceWhatIsTakenEverywhere();
    void believesNoRouteWithoutControl_data();
    void believesNoRouteWithoutControl();
    void keepsWhatWasProvenBefore();
    void tellsEndedSessionsWhereOthersEnd();
    void namesRoutesWithoutTheEndedSession();
    void knowsAnEndByTheSignInAlone_data();
    void knowsAnEndByTheSignInAlone();
    void seesWhatHasTold_data();
    void seesWhatHasTold();
    void leavesOpenWhatWasNotAsked_data();
    void leavesOpenWhatWasNotAsked();
    void closesNothingThatCannotBeTried();
    void makesColumns_data();
    void makesColumns();
};

void CredentialJudgeTest::tells_data()
{
    QTest::addColumn<CredentialRow>("row");
    QTest::addColumn<QString>("expected"); // severity and proof; empty: nothing
    QTest::newRow("refused") << rowWith(401, "{}") << QString();
    QTest::newRow("forbidden") << rowWith(403, "{}") << QString();
    QTest::newRow("says no with 200") << rowWith(200, R"({"error":"unauthorized"})") << QString();
    QTest::newRow("an empty list") << rowWith(200, "[]") << QString();
    QTest::newRow("something else") << rowWith(200, R"({"hello":1})") << QString();
    QTest::newRow("broken") << rowWith(500, "{}") << QString();
    QTest::newRow("limited") << rowWith(429, "{}") << QString();
    QTest::newRow("the private text") << rowWith(200, kOrders) << u"critical proven"_s;
    QTest::newRow("other records of the same form")
        << rowWith(200, R"([{"id":7,"customer":"Other","total":3}])") << u"high strong"_s;
    QTest::newRow("the same, for administrators")
        << rowWith(200, R"([{"id":7,"customer":"Other","total":3}])", AccessClass::Admin) << u"critical strong"_s;
}

void CredentialJudgeTest::tells()
{
    QFETCH(CredentialRow, row);
    const auto findings = credentialFindings(tableWith(row), {}, {});
    QString told;
    if (!findings.empty())
        told = toWord(findings.front().severity) + u' ' + toWord(findings.front().proof);
    QTEST(told, "expected");
    if (!findings.empty()) {
        QCOMPARE(findings.front().subject, u"GET /orders"_s);
        QVERIFY(!findings.front().evidence.front().body.contains(u"Other"_s));
    }
}

void CredentialJudgeTest::saysOnceWhatIsTakenEverywhere()
{
    const CredentialTable table = tableWith(rowWith(200, kOrders));
    QVERIFY(credentialFindings(table, {BadCredential::Invented}, {}).empty());
    QCOMPARE(credentialFindings(table, {BadCredential::Altered}, {}).size(), 1U);
}

void CredentialJudgeTest::believesNoRouteWithoutControl_data()
{
    QTest::addColumn<StrangerAfter>("after");
    QTest::newRow("a stranger was let in as well") << StrangerAfter::Open;
    QTest::newRow("a stranger got no answer that tells") << StrangerAfter::Unclear;
    QTest::newRow("nobody asked as a stranger") << StrangerAfter::Unasked;
}

// Neither a finding nor a refusal: an earlier finding stays open, and a sentence says so.
void CredentialJudgeTest::believesNoRouteWithoutControl()
{
    QFETCH(StrangerAfter, after);
    CredentialRow row = rowWith(200, kOrders);
    row.tries.front().after = after;
    const CredentialTable table = tableWith(row);
    QVERIFY(credentialFindings(table, {}, {}).empty());
    QVERIFY(hides(table, kRouteOpened));
    QCOMPARE(credentialGaps(table).sentences().size(), 1);
}

// What the ended session told, or did not, is nothing about the others.
void CredentialJudgeTest::keepsWhatWasProvenBefore()
{
    CredentialRow row = rowWith(200, kOrders);
    CredentialTry ended = row.tries.front();
    ended.kind = BadCredential::Ended;
    ended.after = StrangerAfter::Unclear;
    row.tries.push_back(ended);
    const CredentialTable table = tableWith(row);
    const auto findings = credentialFindings(table, {}, {});
    QCOMPARE(findings.size(), 1U);
    QCOMPARE(findings.front().code, kRouteOpened);
    QVERIFY(hides(table, codeOf(BadCredential::Ended)));
}

// Where no route ends a session, access.logout says so.
void CredentialJudgeTest::tellsEndedSessionsWhereOthersEnd()
{
    CredentialTable table = tableWith(rowOf(BadCredential::Ended, 200, kOrders));
    QVERIFY(credentialFindings(table, {}, {}).empty());
    QVERIFY(hides(table, codeOf(BadCredential::Ended)));
    table.rows.push_back(rowOf(BadCredential::Ended, 500, "{}"));
    QVERIFY(credentialFindings(table, {}, {}).empty());
    CredentialRow admins = rowOf(BadCredential::Ended, 403, R"({"error":"forbidden"})");
    admins.isActors = false; // refused for its role
    table.rows.push_back(admins);
    QVERIFY(credentialFindings(table, {}, {}).empty());
    table.rows.push_back(rowOf(BadCredential::Ended, 401, R"({"error":"unauthorized"})"));
    const auto findings = credentialFindings(table, {}, {});
    QCOMPARE(findings.size(), 1U);
    QCOMPARE(findings.front().severity, Severity::High);
    QCOMPARE(findings.front().code, codeOf(BadCredential::Ended));
    QVERIFY(findings.front().title != credentialFindings(tableWith(rowWith(200, kOrders)), {}, {}).front().title);
}

// It told at one route. Where the account itself may read and it was not sent, that is said; an administrator's session
// is ended nowhere, which takes no pass away.
void CredentialJudgeTest::namesRoutesWithoutTheEndedSession()
{
    CredentialRow row = rowWith(401, "{}");
    CredentialTry ended = row.tries.front();
    ended.kind = BadCredential::Ended;
    CredentialRow other = row;
    other.route.path = u"/carts"_s;
    row.tries.push_back(ended);
    CredentialTable table = tableWith(row);
    QVERIFY(!credentialGaps(table).takesPass());
    table.rows.push_back(other);
    const LookGaps left = credentialGaps(table);
    QVERIFY2(left.sentences().join(u' ').contains("GET /carts"_L1), qPrintable(left.sentences().join(u' ')));
    QVERIFY(hides(table, codeOf(BadCredential::Ended), u"GET /carts"_s));
    table.rows.back().isActors = false;
    QVERIFY(!credentialGaps(table).takesPass());
    QVERIFY(hides(table, codeOf(BadCredential::Ended), u"GET /carts"_s));
}

void CredentialJudgeTest::knowsAnEndByTheSignInAlone_data()
{
    QTest::addColumn<CredentialRow>("other"); // beside a route at which the ended session goes on
    QTest::addColumn<bool>("hasEnded");
    const auto ended = [](const HttpResponse &said) {
        CredentialRow row = rowOf(BadCredential::Ended, 401, "{}");
        row.tries.front().answer = said;
        return row;
    };
    const auto json = [](int status, const QByteArray &body) { return answer(status, kJson, body, kAddress); };
    const auto sent = [](const QByteArray &where) { return answer(302, "Location: " + where, {}, kAddress); };
    const QByteArray form = "<form><input type=\"email\"><input type=\"password\"></form>";
    const QByteArray denied = R"({"error":"unauthorized"})";
    CredentialRow inWords = ended(json(200, denied));
    inWords.stranger = json(200, denied);
    CredentialRow ofRecord = inWords;
    ofRecord.route.path = u"/orders/{id}"_s;
    QTest::newRow("refused") << ended(json(401, "{}")) << true;
    QTest::newRow("forbidden") << ended(json(403, "{}")) << true;
    QTest::newRow("sent to the login") << ended(sent("/login")) << true;
    QTest::newRow("shown the login") << ended(answer(200, "Content-Type: text/html", form, kAddress)) << true;
    QTest::newRow("no with 200, as a stranger had it") << inWords << true;
    QTest::newRow("the same of one record") << ofRecord << false;
    QTest::newRow("another no with 200") << ended(json(200, R"({"error":"no such order"})")) << false;
    QTest::newRow("an empty list") << ended(json(200, "[]")) << false;
    QTest::newRow("not found") << ended(json(404, denied)) << false;
    QTest::newRow("gone") << ended(json(410, "{}")) << false;
    QTest::newRow("a bad request") << ended(json(400, "{}")) << false;
    QTest::newRow("a conflict") << ended(json(409, "{}")) << false;
}

// A test record that was removed meanwhile, or a list that it stood in alone, is no end of a session: where nothing
// else ends one, access.logout says so, and no route is a finding of its own.
void CredentialJudgeTest::knowsAnEndByTheSignInAlone()
{
    QFETCH(CredentialRow, other);
    QFETCH(bool, hasEnded);
    CredentialTable table = tableWith(rowOf(BadCredential::Ended, 200, kOrders));
    table.rows.push_back(other);
    QCOMPARE(endsNowhere(table), !hasEnded);
    QCOMPARE(credentialFindings(table, {}, {}).size(), hasEnded ? 1U : 0U);
}

void CredentialJudgeTest::seesWhatHasTold_data()
{
    QTest::addColumn<CredentialRow>("row");
    QTest::addColumn<bool>("hidden");
    QTest::newRow("refused") << rowWith(401, "{}") << false;
    QTest::newRow("a bad request") << rowWith(400, "{}") << false;
    QTest::newRow("not found") << rowWith(404, "{}") << false;
    QTest::newRow("an empty list") << rowWith(200, "[]") << false;
    QTest::newRow("opened") << rowWith(200, kOrders) << false;
    QTest::newRow("broken") << rowWith(503, "{}") << true;
    QTest::newRow("limited") << rowWith(429, "{}") << true;
    QTest::newRow("something else") << rowWith(200, R"({"hello":1})") << true;
    QTest::newRow("another one was asked") << rowOf(BadCredential::Ended, 401, "{}") << true;
}

void CredentialJudgeTest::seesWhatHasTold()
{
    QFETCH(CredentialRow, row);
    QFETCH(bool, hidden);
    const CredentialTable table = tableWith(row);
    QCOMPARE(hides(table, kRouteOpened), hidden);
    QCOMPARE(!credentialGaps(table).sentences().isEmpty(), hidden);
}

void CredentialJudgeTest::leavesOpenWhatWasNotAsked_data()
{
    QTest::addColumn<CredentialTable>("left");
    const QStringList one{u"GET /a"_s};
    QTest::newRow("did not tell") << CredentialTable{.actor = {}, .rows = {}, .untold = one};
    QTest::newRow("no requests left") << CredentialTable{.actor = {}, .rows = {}, .leftOut = one};
    QTest::newRow("no address, or no permission") << CredentialTable{.actor = {}, .rows = {}, .unreachable = one};
    QTest::newRow("nobody may read it") << CredentialTable{.actor = {}, .rows = {}, .unreadable = one};
}

void CredentialJudgeTest::leavesOpenWhatWasNotAsked()
{
    QFETCH(CredentialTable, left);
    CredentialTable table = tableWith(rowWith(401, "{}"));
    QVERIFY(!hides(table, kRouteOpened, u"GET /a"_s));
    QVERIFY(credentialGaps(table).sentences().isEmpty());
    left.rows = table.rows;
    left.columns = table.columns;
    table = left;
    QVERIFY(hides(table, kRouteOpened, u"GET /a"_s));
    QVERIFY(!hides(table, kRouteOpened));
    QVERIFY(credentialGaps(table).sentences().join(u' ').contains(u"GET /a"_s));
    QVERIFY(credentialWords(table).contains(u"1 of 2"_s));
}

// Nobody brings a key or has pasted an expired token, and the session was not ended: those findings stay, and are not
// mixed up with what any word opened.
void CredentialJudgeTest::closesNothingThatCannotBeTried()
{
    CredentialTable table = tableWith(rowWith(401, "{}"));
    for (const BadCredential kind : {BadCredential::OtherKey, BadCredential::Expired, BadCredential::Ended})
        QVERIFY(hides(table, codeOf(kind)));
    QVERIFY(!hides(table, kRouteOpened));
    table.refusedSignOut = 403;
    QVERIFY(credentialGaps(table).sentences().join(u' ').contains(u"403"_s));
}

void CredentialJudgeTest::makesColumns_data()
{
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("expected");
    const QByteArray jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0."
                           "3Q2Jr6vVb7cC8m0m2v1kq4l5n6o7p8q9r0s1t2u3v4w";
    QTest::newRow("a signed token") << jwt << QByteArray() << u"word invented altered unsigned"_s;
    QTest::newRow("and a key") << jwt << QByteArray("X-Api-Key") << u"word invented altered unsigned other_key"_s;
    QTest::newRow("a session cookie") << QByteArray("q8Zk3mVt0pLr7uYx2sAb") << QByteArray()
                                      << u"word invented altered"_s;
    QTest::newRow("too short to be altered") << QByteArray("abc") << QByteArray() << u"word invented"_s;
}

void CredentialJudgeTest::makesColumns()
{
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, header);
    QStringList kinds;
    for (const CredentialColumn &column : credentialColumns(Secret(good), std::nullopt, header)) {
        kinds.append(toWord(column.kind));
        QVERIFY(!describe(column.kind).isEmpty());
        QVERIFY(column.value.reveal() != good);
    }
    QVERIFY(kinds.size() <= static_cast<qsizetype>(kMostColumns));
    QTEST(kinds.join(u' '), "expected");
}

QTEST_GUILESS_MAIN(CredentialJudgeTest)
#include "tst_credentialjudge.moc"
