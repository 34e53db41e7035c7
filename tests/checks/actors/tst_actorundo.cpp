#include "checks/actors/canaryremoval.h"
#include "checks/actors/recordowner.h"
#include "checks/actors/stranger.h"
#include "tests/checks/actors/jsonaccount.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJlLW9mLWFubmE";

WebAnswer hidden()
{
    return {.status = 404, .body = R"({"error":"not found"})"};
}

WebAnswer refused(int status = 401)
{
    return {.status = status, .body = R"({"error":"sign in"})"};
}

// What a product says at /notes/41, which is gone, and at /notes.
using Notes = std::function<WebAnswer(const WebRequest &)>;

} // namespace

Q_DECLARE_METATYPE(Notes)

class TestActorUndo : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhoIsSignedIn_data();
    void knowsWhoIsSignedIn();
    void asksOnceForAllRecords_data();
    void asksOnceForAllRecords();
    void aStrangerDiffersInSecretsAlone();
};

void TestActorUndo::knowsWhoIsSignedIn_data()
{
    QTest::addColumn<Notes>("notes");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isKnown"); // that it is signed in; else nothing tells
    const auto row = [](const char *name, const QString &path, bool isKnown, const Notes &notes) {
        QTest::newRow(name) << notes << path << isKnown;
    };
    const auto isAnna = [](const WebRequest &request) { return request.cookie("sid") == kSession; };
    row("strangers have to sign in", u"/notes/41"_s, true,
        [isAnna](const WebRequest &request) { return isAnna(request) ? hidden() : refused(); });
    row("hidden from everybody", u"/notes/41"_s, false, [](const WebRequest &) { return hidden(); });
    row("a list for everybody", u"/notes"_s, false,
        [](const WebRequest &) { return WebAnswer{.body = R"([{"id":7}])"}; });
    row("a list with more for her", u"/notes"_s, true, [isAnna](const WebRequest &request) {
        return WebAnswer{.body = isAnna(request) ? R"([{"id":7},{"id":8}])" : R"([{"id":7}])"};
    });
    // Her session has ended, and nobody looks it up.
    row("asks for the key of the product", u"/notes/41"_s, false,
        [](const WebRequest &request) { return request.header("apikey") == "for-browsers" ? hidden() : refused(); });
    row("asks whether there is a cookie", u"/notes/41"_s, false,
        [](const WebRequest &request) { return request.cookie("sid").isEmpty() ? refused(302) : hidden(); });
    row("asks whether the cookie can be read", u"/notes/41"_s, false,
        [isAnna](const WebRequest &request) { return isAnna(request) ? hidden() : refused(400); });
    row("limits", u"/notes/41"_s, false,
        [isAnna](const WebRequest &request) { return isAnna(request) ? hidden() : refused(429); });
}

void TestActorUndo::knowsWhoIsSignedIn()
{
    QFETCH(Notes, notes);
    QFETCH(QString, path);
    QFETCH(bool, isKnown);
    WebLab lab;
    serve(lab);
    lab.on("GET", "/notes*", notes);
    ActorRun run;
    Wire wire(run.seen, kCheck, 10);
    TestActor actor = account(lab);
    actor.whoAmIUrl.clear();
    actor.signIn.headers = {{u"apikey"_s, u"for-browsers"_s}};
    ActorSession session(actor, wire);
    const ActiveRequest read = get(lab.url(path));
    const auto answer = session.ask(read);
    QVERIFY(answer);
    const int before = lab.count();
    const auto isIn = session.wasSignedIn({read, *answer, Clock::now()}, Deadline::in(std::chrono::seconds(10)));
    QCOMPARE(isIn.has_value(), isKnown);
    QVERIFY(isKnown ? *isIn : isIn.error().kind == ErrorKind::NotFound);
    QCOMPARE(lab.count(), before + 1);
}

void TestActorUndo::asksOnceForAllRecords_data()
{
    QTest::addColumn<bool>("listTells");  // strangers do not get it
    QTest::addColumn<bool>("isNameless"); // the address for that says nothing
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<int>("controls"); // requests beside the removals
    // Who that is, a stranger at the record, the list, and a stranger at the list.
    QTest::newRow("nobody knows") << false << true << false << 4;
    QTest::newRow("nobody knows, and no address says who it is") << false << false << false << 3;
    QTest::newRow("the list tells") << true << true << true << 4;
}

// Six records of one check, each with a step of its own.
void TestActorUndo::asksOnceForAllRecords()
{
    QFETCH(bool, listTells);
    QFETCH(bool, isNameless);
    QFETCH(bool, isKnown);
    QFETCH(int, controls);
    WebLab lab;
    serve(lab);
    const auto isIn = std::make_shared<std::atomic_bool>(false); // and nobody is named from then on
    lab.on("GET", "/who",
           [isIn](const WebRequest &) { return WebAnswer{.body = isIn->exchange(true) ? "" : "anna@acme.test"}; });
    lab.on("GET", "/notes/*", [](const WebRequest &) { return hidden(); });
    lab.on("DELETE", "/notes/*", [](const WebRequest &) { return WebAnswer{.status = 204}; });
    lab.on("GET", "/notes", [listTells](const WebRequest &request) {
        return listTells && request.cookie("sid") != kSession ? refused() : WebAnswer{.body = R"([{"id":7}])"};
    });
    ActorRun run(200);
    Wire wire(run.seen, kCheck, 60);
    TestActor actor = account(lab);
    actor.whoAmIUrl = isNameless ? lab.url(u"/who"_s).toString() : QString();
    actor.whoAmIPointer.clear();
    ActorSession session(actor, wire);
    const auto routeOf = [](const QString &method, const QString &path) {
        Route route;
        route.method = method;
        route.path = path;
        route.safeToWrite = method != "GET"_L1;
        return route;
    };
    const CanaryPlan plan{.create = routeOf(u"POST"_s, u"/notes"_s),
                          .remove = routeOf(u"DELETE"_s, u"/notes/{id}"_s),
                          .read = routeOf(u"GET"_s, u"/notes/{id}"_s),
                          .list = routeOf(u"GET"_s, u"/notes"_s)};
    const QUrl home = lab.url(u"/"_s);
    const Target target{u"127.0.0.1"_s, {{HostRole::Api, home.host(), static_cast<std::uint16_t>(home.port())}}};
    constexpr int kRecords = 6;
    std::vector<CanaryRemoval> removals;
    for (int i = 0; i < kRecords; ++i) {
        RecordOwner owner = recordOwner(session);
        owner.send = [&session, home](ActiveRequest request) { // the lab has no TLS
            request.url.setScheme(home.scheme());
            return session.ask(std::move(request));
        };
        owner.asStranger = [&session, home](ActiveRequest read, Deadline deadline) {
            read.url.setScheme(home.scheme());
            return session.askAsStranger(read, deadline);
        };
        removals.push_back({.text = newCanaryText(),
                            .id = QString::number(41 + i),
                            .plan = plan,
                            .target = target,
                            .owner = owner,
                            .isProven = true});
    }
    const Deadline deadline = Deadline::in(std::chrono::seconds(20));
    for (CanaryRemoval &removal : removals) {
        const auto removed = removeCanary(removal, deadline);
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        removal.gone->request.url.setScheme(home.scheme());
    }
    const int before = lab.count();
    for (CanaryRemoval &removal : removals) {
        const auto shown = confirmGone(removal, deadline);
        QVERIFY2(shown.has_value() == isKnown, shown ? "" : qPrintable(shown.error().message));
        QVERIFY(shown || shown.error().kind == ErrorKind::NotFound);
    }
    QCOMPARE(lab.count(), before + controls);
}

void TestActorUndo::aStrangerDiffersInSecretsAlone()
{
    Session session;
    const QUrl url(u"https://app.example.com/"_s);
    QVERIFY(session.jar.takeHeader(Secret("lang=en; sid=s%3A8c1f2a77.Zm9vYmFyYmF6"), url));
    session.token = Secret(kToken);
    session.further = {{"apikey", Secret("for-browsers-only")}};
    const Session stranger = strangerLike(session);
    QCOMPARE(stranger.jar.cookies().size(), std::size_t{2});
    QCOMPARE(stranger.jar.valueOf(u"lang"_s)->reveal(), QByteArray("en"));
    const QByteArray cookie = stranger.jar.valueOf(u"sid"_s)->reveal();
    QVERIFY(cookie.contains("%3A") && cookie.count('.') == 1 && !cookie.contains("8c1f2a77"));
    const QByteArray token = stranger.token->reveal();
    const qsizetype signature = kToken.lastIndexOf('.') + 1;
    QCOMPARE(token.first(signature), kToken.first(signature));
    QCOMPARE(token.size(), kToken.size());
    QVERIFY(token != kToken);
    QVERIFY(stranger.further == session.further);
}

QTEST_GUILESS_MAIN(TestActorUndo)
#include "tst_actorundo.moc"
