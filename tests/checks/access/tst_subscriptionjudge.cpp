#include "checks/access/sockethandshake.h"
#include "checks/access/tenantisolation.h"
#include "checks/web/report.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kCanary = "LC-CANARY-abcdefghij23";
const QByteArray kJson = "Content-Type: application/json";

// A look in which one kind of record is kept back, so that the rest decides.
TenantLook soundLook()
{
    TenantLook look;
    look.owner = u"Bella (Birch)"_s;
    look.outsider = u"Carl (Cedar)"_s;
    look.markers = Markers(
        {{QString::fromLatin1(kCanary), MarkerKind::Canary, {}}, {u"Lantern Hotel"_s, MarkerKind::Value, u"/name"_s}});
    ResourceLook resource{.name = u"note"_s, .id = u"7"_s};
    resource.record = answer(200, kJson, R"({"id":7,"title":"LC-CANARY-abcdefghij23"})");
    for (int i = 0; i < kFewestCrossings; ++i)
        resource.crossed.push_back(
            {.crossing = {.routeName = u"GET /notes/{id}"_s}, .answer = answer(404, kJson, "{}")});
    look.resources = {resource};
    return look;
}

SocketAnswer opened(const QByteArray &heard, int status = 101)
{
    ActiveRequest request = handshakeRequest({}, QUrl(u"https://app.example.com/ws"_s), "https://app.example.com");
    std::ranges::find(request.headers, QByteArray("Sec-WebSocket-Key"), &Header::name)->value =
        "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3
    HttpResponse got = status == 101 ? answer(101, "Upgrade: websocket\nConnection: Upgrade\n"
                                                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                                     : answer(status, kJson, "{}");
    got.body = heard;
    return {request, got};
}

// "agreed", "refused", "news", "silence", "unclear"; "agreed!": and the owner's test record; "agreed~": and a text of
// the owner's; "agreed=": and what was said to it; "-": not tried.
std::optional<Subscriber> subscriberOf(const QString &word)
{
    if (word == "-"_L1)
        return std::nullopt;
    QByteArray heard = R"({"type":"x"})";
    if (word.endsWith(u'!'))
        heard += "\n{\"record\":{\"title\":\"" + kCanary + " 2\"}}";
    if (word.endsWith(u'~'))
        heard += "\n{\"record\":{\"name\":\"Lantern Hotel\"}}";
    if (word.endsWith(u'='))
        heard += "\n{\"you_said\":\"" + kCanary + "\"}";
    Subscriber one{.opened = opened(heard), .said = R"({"type":"subscribe","note_id":7})"};
    if (word.endsWith(u'='))
        one.said += kCanary;
    one.word = word.startsWith(u"agreed"_s)    ? SocketWord::Agreed
               : word.startsWith(u"refused"_s) ? SocketWord::Refused
               : word.startsWith(u"news"_s)    ? SocketWord::News
               : word.startsWith(u"unclear"_s) ? SocketWord::Unclear
                                               : SocketWord::Silence;
    return one;
}

} // namespace

class TestSubscriptionJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void showsWhatWasSaid();
    void leavesOpenWhatItDidNotSee();
    void saysWhatWasNotSaid();
    void weighsCookies_data();
    void weighsCookies();
    void saysThatNobodySubscribed_data();
    void saysThatNobodySubscribed();
};

void TestSubscriptionJudge::judges_data()
{
    QTest::addColumn<QString>("seen");   // owner outsider nobody madeUp
    QTest::addColumn<QString>("change"); // "told": and the owner was; "untold": to nobody; "none"
    QTest::addColumn<bool>("namesRecord");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &seen, const QString &change, const QString &expected,
                        bool namesRecord = true) { QTest::newRow(name) << seen << change << namesRecord << expected; };
    const QString told = u"told"_s;
    const QString untold = u"untold"_s;
    const QString none = u"none"_s;
    row("refused", u"agreed refused refused -"_s, told, u"pass"_s);
    row("told of the change", u"agreed agreed! refused -"_s, told, u"cross_subscription:critical"_s);
    row("told, without an agreement", u"silence silence! refused -"_s, told, u"cross_subscription:critical"_s);
    row("told by opening", u"agreed news! refused -"_s, none, u"cross_subscription:critical"_s);
    row("told, and refused in words", u"agreed refused! refused -"_s, told, u"cross_subscription:critical"_s);
    row("a stranger is told", u"agreed agreed! agreed! -"_s, told, u"open_to_strangers:critical"_s);
    row("another text of the owner's", u"agreed agreed~ refused -"_s, told, u"cross_subscription:high"_s);
    row("its own words repeated", u"agreed agreed= refused -"_s, told, u"pass"_s);
    row("agreed to, and told nothing", u"agreed agreed refused -"_s, told, u"pass"_s);
    row("silence, and told nothing", u"silence silence silence -"_s, told, u"pass"_s);
    row("without ids, told nothing", u"agreed agreed agreed -"_s, told, u"pass"_s, false);
    row("without ids, told", u"agreed agreed! refused -"_s, told, u"cross_subscription:critical"_s, false);
    row("agreed to, no event, made-up refused", u"agreed agreed refused refused"_s, none, u"cross_subscription:high"_s);
    row("the same, and a change told to nobody", u"agreed agreed refused refused"_s, untold,
        u"cross_subscription:high"_s);
    row("agreed to, as whatever is asked", u"agreed agreed refused agreed"_s, none, u"info"_s);
    row("agreed to, made-up not tried", u"agreed agreed refused -"_s, none, u"info"_s);
    row("agreed to, without ids", u"agreed agreed refused refused"_s, none, u"info"_s, false);
    row("refused, without an event", u"agreed refused refused -"_s, none, u"pass"_s);
    row("silence where the owner was agreed to", u"agreed silence silence -"_s, none, u"pass"_s);
    row("silence for all", u"silence silence silence -"_s, none, u"info"_s);
    row("silence for all, a change told to nobody", u"silence silence silence -"_s, untold, u"info"_s);
    row("the owner is refused", u"refused - - -"_s, none, u"info"_s);
    row("a broken server for the outsider", u"agreed unclear refused -"_s, told, u"info"_s);
    row("the same, without an event", u"agreed unclear refused -"_s, none, u"info"_s);
    row("a broken server for the stranger", u"agreed refused unclear -"_s, told, u"info"_s);
    row("the stranger got no answer", u"agreed refused - -"_s, told, u"info"_s);
    row("a broken server for the owner", u"unclear - - -"_s, none, u"info"_s);
    row("told, and cut off", u"agreed unclear! refused -"_s, told, u"cross_subscription:critical"_s);
    row("agreed to, and the made-up one broke", u"agreed agreed refused unclear"_s, none, u"info"_s);
    row("the outsider got no answer", u"agreed - refused -"_s, told, u"info"_s);
}

void TestSubscriptionJudge::judges()
{
    QFETCH(QString, seen);
    QFETCH(QString, change);
    QFETCH(bool, namesRecord);
    QFETCH(QString, expected);
    TenantLook look = soundLook();
    SubscriptionTry one{.routeName = u"GET /ws"_s, .namesRecord = namesRecord};
    const QStringList words = seen.split(u' ');
    one.owner = subscriberOf(words.at(0));
    one.outsider = subscriberOf(words.at(1));
    one.nobody = subscriberOf(words.at(2));
    one.madeUp = subscriberOf(words.at(3));
    one.hasChanged = change != "none"_L1;
    one.ownerWasTold = change == "told"_L1;
    look.subscriptions = {one};
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::Info || judged.reason.contains("GET /ws"_L1));
    QCOMPARE(unseenSubjects(judged.observed).contains(u"GET /ws"_s), judged.outcome == Outcome::Info);
    for (const Finding &finding : judged.findings) {
        const Proof wanted = expected.endsWith(u"high"_s) ? Proof::Lead : Proof::Proven;
        QCOMPARE(finding.proof, wanted);
        QCOMPARE(finding.subject, u"GET /ws"_s);
    }
    const QJsonObject row = judged.observed["subscriptions"_L1][0].toObject();
    QCOMPARE(row["dialect"_L1].toString(), u"plain"_s);
    QCOMPARE(row["owner_was_told"_L1].toBool(), change == "told"_L1);
}

// The messages stand in the proof, without the token; of what came only the shape and the marker.
void TestSubscriptionJudge::showsWhatWasSaid()
{
    TenantLook look = soundLook();
    look.known = {Secret(QByteArray("tok-abcdefghijklmnop"))};
    SubscriptionTry one{.routeName = u"GET /ws"_s, .namesRecord = true};
    one.owner = subscriberOf(u"agreed"_s);
    one.outsider = subscriberOf(u"agreed!"_s);
    one.outsider->said = "{\"type\":\"auth\",\"token\":\"tok-abcdefghijklmnop\"}\n" + one.outsider->said;
    one.outsider->opened.answer.body += "\n{\"name\":\"Somebody Else\"}";
    one.ownerWasTold = true;
    look.subscriptions = {one};
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(judged.findings.size(), 1u);
    const QString body = judged.findings.front().evidence.front().body;
    QVERIFY2(body.contains("\"note_id\":7"_L1), qPrintable(body));
    QVERIFY2(body.contains(QString::fromLatin1(kCanary)), qPrintable(body));
    QVERIFY2(!body.contains("tok-abc"_L1) && !body.contains("Somebody"_L1), qPrintable(body));
}

// What could not be told closes no earlier finding, of another customer's or of a stranger's.
void TestSubscriptionJudge::leavesOpenWhatItDidNotSee()
{
    TenantLook look = soundLook();
    look.subscriptions = {{.routeName = u"GET /ws"_s, .notTested = u"GET /ws did not answer."_s}};
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(judged.outcome, Outcome::Info);
    QCOMPARE(judged.reason, u"GET /ws did not answer."_s);
    const QJsonObject gap = judged.observed["not_seen"_L1][0].toObject();
    QCOMPARE(gap["subject"_L1].toString(), u"GET /ws"_s);
    QVERIFY(gap["code"_L1].toString().isEmpty());
    CheckResult result;
    result.outcome = judged.outcome;
    result.observed = judged.observed;
    for (const QString &code : {u"cross_subscription"_s, u"open_to_strangers"_s}) {
        Finding finding = makeFinding(code, Severity::Critical, Proof::Proven, Impact::DataExposure, {}, {});
        finding.subject = u"GET /ws"_s;
        QVERIFY2(!hasSeen(result, finding), qPrintable(code));
    }
}

// Messages that may change something stay unsaid: that is told, and closes nothing open nor keeps anything open.
void TestSubscriptionJudge::saysWhatWasNotSaid()
{
    TenantLook look = soundLook();
    SubscriptionTry one{.routeName = u"GET /ws"_s, .namesRecord = true};
    one.owner = subscriberOf(u"agreed"_s);
    one.outsider = subscriberOf(u"refused"_s);
    one.nobody = subscriberOf(u"refused"_s);
    one.leftOut = 2;
    look.subscriptions = {one};
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains("GET /ws"_L1) && judged.reason.contains(u'2'), qPrintable(judged.reason));
    QVERIFY(unseenSubjects(judged.observed).isEmpty());
    QCOMPARE(judged.observed["subscriptions"_L1][0]["left_out"_L1].toInt(), 2);
}

void TestSubscriptionJudge::weighsCookies_data()
{
    QTest::addColumn<std::optional<CrossSiteReach>>("cookie");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("words"); // in what is said
    using Reach = std::optional<CrossSiteReach>;
    QTest::newRow("None") << Reach(CrossSiteReach::Everywhere) << u"foreign_origin_socket:high"_s << u"SameSite=None"_s;
    QTest::newRow("none said") << Reach(CrossSiteReach::SomeBrowsers) << u"foreign_origin_socket:medium"_s
                               << u"no SameSite"_s;
    QTest::newRow("Lax") << Reach(CrossSiteReach::Kept) << u"foreign_origin_socket:low"_s << u"Lax or Strict"_s;
    QTest::newRow("pasted") << Reach(CrossSiteReach::Unknown) << u"foreign_origin_socket:medium"_s
                            << u"could not be seen"_s;
    QTest::newRow("not looked at") << Reach() << u"foreign_origin_socket:medium"_s << u"could not be seen"_s;
}

void TestSubscriptionJudge::weighsCookies()
{
    QFETCH(std::optional<CrossSiteReach>, cookie);
    QFETCH(QString, expected);
    QFETCH(QString, words);
    TenantLook look = soundLook();
    SocketTry socket{.routeName = u"GET /ws/notes"_s};
    socket.owner = opened({});
    socket.foreign = opened({});
    socket.nobody = opened({}, 401);
    socket.outsider = opened({}, 403);
    socket.cookie = cookie;
    look.sockets = {socket};
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(said(judged), expected);
    QVERIFY2(judged.findings.front().whatWeSaw.contains(words), qPrintable(judged.findings.front().whatWeSaw));
    QCOMPARE(judged.observed["sockets"_L1][0].toObject().contains("cookie"_L1), cookie.has_value());
}

void TestSubscriptionJudge::saysThatNobodySubscribed_data()
{
    QTest::addColumn<bool>("isForOutsider");
    QTest::addColumn<bool>("isTried");
    QTest::addColumn<QString>("expected");
    QTest::newRow("opens for both") << true << false << u"info"_s;
    QTest::newRow("opens for both, and was subscribed on") << true << true << u"pass"_s;
    QTest::newRow("opens for its owner alone") << false << false << u"pass"_s;
    QTest::newRow("broke for a foreign site, and was subscribed on") << true << true << u"info"_s;
}

void TestSubscriptionJudge::saysThatNobodySubscribed()
{
    QFETCH(bool, isForOutsider);
    QFETCH(bool, isTried);
    QFETCH(QString, expected);
    TenantLook look = soundLook();
    SocketTry socket{.routeName = u"GET /ws"_s};
    socket.owner = opened({});
    socket.outsider = opened({}, isForOutsider ? 101 : 403);
    socket.stranger = opened({}, 401);
    socket.nobody = opened({}, 401);
    // Who asks for what on it says nothing of the Origin.
    const bool isBroken = QByteArray(QTest::currentDataTag()).startsWith("broke");
    if (isBroken)
        socket.foreign = opened({}, 503);
    look.sockets = {socket};
    if (isTried) {
        SubscriptionTry one{.routeName = u"GET /ws"_s, .namesRecord = true};
        one.owner = subscriberOf(u"agreed"_s);
        one.outsider = subscriberOf(u"refused"_s);
        one.nobody = subscriberOf(u"refused"_s);
        look.subscriptions = {one};
    }
    const Judged judged = judgeTenantIsolation(look);
    QCOMPARE(said(judged), expected);
    QCOMPARE(unseenSubjects(judged.observed).contains(u"GET /ws"_s), judged.outcome == Outcome::Info);
}

QTEST_GUILESS_MAIN(TestSubscriptionJudge)
#include "tst_subscriptionjudge.moc"
