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
    row.tries = {{BadCredential::Invented, row.request, answer(status, kJson, body, kAddress)}};
    return row;
}

CredentialTable tableWith(const CredentialRow &row)
{
    return {.actor = u"Ann"_s, .rows = {row}};
}

} // namespace

class CredentialJudgeTest : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void saysOnceWhatIsTakenEverywhere();
    void believesNoRouteThatHasOpened();
    void tellsEndedSessionsWhereOthersEnd();
    void leavesOpenWhatWasNotAsked();
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

// Right afterwards a stranger was let in as well: it was not the credential.
void CredentialJudgeTest::believesNoRouteThatHasOpened()
{
    CredentialRow row = rowWith(200, kOrders);
    row.isStillClosed = false;
    QVERIFY(credentialFindings(tableWith(row), {}, {}).empty());
}

// Where no route ends a session, access.logout says so.
void CredentialJudgeTest::tellsEndedSessionsWhereOthersEnd()
{
    CredentialRow open = rowWith(200, kOrders);
    open.tries.front().kind = BadCredential::Ended;
    CredentialTable table = tableWith(open);
    QVERIFY(credentialFindings(table, {}, {}).empty());
    CredentialRow broken = rowWith(500, "{}");
    broken.tries.front().kind = BadCredential::Ended;
    table.rows.push_back(broken);
    QVERIFY(credentialFindings(table, {}, {}).empty());
    CredentialRow closed = rowWith(401, R"({"error":"unauthorized"})");
    closed.tries.front().kind = BadCredential::Ended;
    table.rows.push_back(closed);
    const auto findings = credentialFindings(table, {}, {});
    QCOMPARE(findings.size(), 1U);
    QCOMPARE(findings.front().severity, Severity::High);
}

void CredentialJudgeTest::leavesOpenWhatWasNotAsked()
{
    CredentialTable table = tableWith(rowWith(401, "{}"));
    QVERIFY(credentialGaps(table).empty());
    table.leftOut = {u"GET /a"_s};
    QCOMPARE(credentialGaps(table), (std::vector<Unseen>{{.subject = u"GET /a"_s, .code = kRouteOpened}}));
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
