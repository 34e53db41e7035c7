#include "checks/actors/recordowner.h"
#include "checks/actors/stranger.h"
#include "tests/checks/actors/jsonaccount.h"

#include <QTest>

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
