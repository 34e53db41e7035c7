#include "checks/actors/writetrial.h"
#include "tests/checks/actors/actorlab.h"

#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kSession = "session-8c1f2a77";
const QString kCheck = u"access.roles"_s;

// A product with a login, a page that says who one is, and a logout.
void serve(WebLab &lab)
{
    lab.on("POST", "/login", [](const WebRequest &request) {
        if (!request.body.contains("correct-horse"))
            return WebAnswer{.status = 401};
        WebAnswer answer{.body = "{\"ok\":true}"};
        answer.headers.emplace_back("Set-Cookie", "sid=" + kSession + "; Path=/; HttpOnly");
        return answer;
    });
    const auto inside = [](const WebRequest &request, const WebAnswer &answer) {
        return request.cookie("sid") == kSession ? answer : WebAnswer{.status = 401, .body = "{\"error\":\"no\"}"};
    };
    lab.on("GET", "/me", [inside](const WebRequest &request) {
        return inside(request, {.body = "{\"user\":{\"email\":\"anna@acme.test\"}}"});
    });
    lab.on("GET", "/invoices", [inside](const WebRequest &request) { return inside(request, {.body = "[1]"}); });
    lab.on("POST", "/logout", [inside](const WebRequest &request) { return inside(request, {.body = "{}"}); });
}

TestActor account(const WebLab &lab)
{
    TestActor actor = anna(SignInKind::Json);
    actor.signIn.url = lab.url(u"/login"_s).toString();
    actor.signIn.bodyTemplate = u"{\"email\":\"{{user}}\",\"password\":\"{{password}}\"}"_s;
    actor.signIn.logoutUrl = lab.url(u"/logout"_s).toString();
    actor.whoAmIUrl = lab.url(u"/me"_s).toString();
    actor.whoAmIPointer = u"/user/email"_s;
    return actor;
}

Result<ActorHealth> healthOf(const TestActor &actor, const QByteArray &value = kPassword)
{
    ActiveTerms terms{.budget = {.requests = 100, .perSecond = 50}, .hosts = {u"127.0.0.1"_s}};
    terms.secrets.emplace(actor.id, Secret(value));
    return tryActor(actor, terms, NetOptions(), CancelToken());
}

} // namespace

class TestActorSession : public QObject
{
    Q_OBJECT

private slots:
    void allChecksShareOneSignIn()
    {
        WebLab lab;
        serve(lab);
        ActorRun run(200);
        const TestActor actor = account(lab);
        {
            std::vector<std::jthread> workers;
            for (int i = 0; i < 4; ++i) {
                workers.emplace_back([&run, &lab, actor, i] {
                    Wire wire(run.seen, kCheck + QString::number(i), 3);
                    ActorSession session(actor, wire);
                    for (int k = 0; k < 3; ++k)
                        (void)session.ask(get(lab.url(u"/invoices"_s)));
                });
            }
        }
        QCOMPARE(lab.count("/login"), 1);
        QCOMPARE(lab.count("/me"), 1);
        QCOMPARE(lab.count("/invoices"), 12);
        QCOMPARE(run.gate->sentBy(kSignInCheck), 2);
        QCOMPARE(run.gate->sent(), lab.count());
        QCOMPARE(run.gate->log().size(), static_cast<size_t>(lab.count()));
    }

    // Supabase's way: without the product's own key nothing is answered.
    void theProductsKeyGoesAlong()
    {
        WebLab lab;
        serve(lab);
        ActorRun run;
        Wire wire(run.seen, kCheck, 3);
        TestActor actor = account(lab);
        actor.signIn.headers = {{u"apikey"_s, u"for-browsers"_s}, {u"X-Trace"_s, u"1"_s}};
        ActorSession session(actor, wire);
        QVERIFY(session.ask(get(lab.url(u"/invoices"_s))));
        const WebRequest last = lab.requests().back();
        QCOMPARE(last.header("apikey"), QByteArray("for-browsers"));
        QVERIFY(!last.hasHeader("X-Trace"));
    }

    // A form gets the token of the page that was shown last at the sign-in, in the field where it stood.
    void formsCarryTheirToken()
    {
        WebLab lab;
        serve(lab);
        lab.on("POST", "/login", [](const WebRequest &) {
            WebAnswer answer = redirectTo("/home", 303);
            answer.headers.emplace_back("Set-Cookie", "sid=" + kSession + "; Path=/");
            return answer;
        });
        lab.on("GET", "/home", page("<form><input type=hidden name=csrf_token value=fresh-token-1></form>"));
        lab.on("POST", "/notes", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 3);
        ActorSession session(account(lab), wire);
        ActiveRequest request = send("POST", lab.url(u"/notes"_s), "csrf_token=old&title=a");
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        QVERIFY(session.ask(request));
        QCOMPARE(lab.requests().back().body, QByteArray("csrf_token=fresh-token-1&title=a"));
    }

    // A wrong password is tried once in a run, whoever asks: more would lock the account.
    void aWrongPasswordIsTriedOnce()
    {
        WebLab lab;
        serve(lab);
        ActorRun run(200, "battery-staple-77");
        Wire wire(run.seen, kCheck, 10);
        for (int i = 0; i < 3; ++i) {
            ActorSession session(account(lab), wire);
            const auto answer = session.ask(get(lab.url(u"/invoices"_s)));
            QCOMPARE(int(answer.error().kind), int(ErrorKind::NotPermitted));
            QVERIFY(!answer.error().message.contains(u"battery-staple"_s));
        }
        QCOMPARE(lab.count(), 1);
    }

    void noSecretIsInTheLog()
    {
        WebLab lab;
        serve(lab);
        ActorRun run;
        Wire wire(run.seen, kCheck, 3);
        ActorSession session(account(lab), wire);
        QVERIFY(session.ask(get(lab.url(u"/invoices?token=query-secret-1"_s))));
        const QByteArray log = toCsv(run.gate->log());
        for (const QByteArray &secret : {kPassword, kSession, QByteArray("query-secret-1")})
            QVERIFY2(!log.contains(secret), secret.constData());
        QVERIFY(log.contains("Anna"));
        std::vector<QByteArray> known;
        for (const Secret &secret : run.gate->knownSecrets())
            known.push_back(secret.reveal());
        QVERIFY(std::ranges::find(known, kSession) != known.end()); // masked wherever it stands
    }

    void ownHeadersAreKept()
    {
        WebLab lab;
        serve(lab);
        ActorRun run;
        Wire wire(run.seen, kCheck, 3);
        ActorSession session(account(lab), wire);
        ActiveRequest changed = get(lab.url(u"/invoices"_s));
        changed.headers = {{"Cookie", "sid=forged"}};
        const auto answer = session.ask(changed);
        QVERIFY(answer);
        QCOMPARE(answer->status, 401);
        QCOMPARE(session.ask(get(lab.url(u"/invoices"_s)))->status, 200); // the session is as it was
    }

    void health_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QString>("userName");
        QTest::addColumn<bool>("isSignedIn");
        QTest::addColumn<QString>("words");
        QTest::newRow("good") << kPassword << u"anna@acme.test"_s << true << u"Signed in as anna@acme.test."_s;
        QTest::newRow("another account") << kPassword << u"ben@acme.test"_s << false << u"not as ben@acme.test"_s;
        QTest::newRow("wrong password") << QByteArray("battery-staple-77") << u"anna@acme.test"_s << false << u"401"_s;
    }

    void health()
    {
        QFETCH(QByteArray, password);
        QFETCH(QString, userName);
        QFETCH(QString, words);
        WebLab lab;
        serve(lab);
        TestActor actor = account(lab);
        actor.userName = userName;
        const auto health = healthOf(actor, password);
        QVERIFY(health);
        QTEST(health->isSignedIn, "isSignedIn");
        QVERIFY2(health->sentence.contains(words), qPrintable(health->sentence));
        QVERIFY(lab.count() <= kSignInRequests + 1);
    }

    void aProductThatShowsItsLoginForEverything()
    {
        WebLab lab;
        WebAnswer login = page("<form method=post><input name=email><input type=password name=password></form>");
        login.headers.emplace_back("Set-Cookie", "sid=anonymous-visitor; Path=/");
        lab.on("", "*", login);
        const auto health = healthOf(account(lab));
        QVERIFY(health);
        QVERIFY(!health->isSignedIn);
    }

    void aPastedTokenThatIsOver()
    {
        WebLab lab;
        serve(lab);
        TestActor actor = account(lab);
        actor.signIn.kind = SignInKind::BearerToken;
        const auto health = healthOf(actor, "token-that-is-over");
        QVERIFY(health);
        QVERIFY(!health->isSignedIn);
    }

    void aFreshSessionSparesTheShared()
    {
        WebLab lab;
        serve(lab);
        ActorRun run;
        Wire wire(run.seen, kCheck, 10);
        ActorSession shared(account(lab), wire);
        QVERIFY(shared.signIn());
        QCOMPARE(int(shared.signOut().error().kind), int(ErrorKind::NotPermitted));
        auto fresh = shared.freshSession();
        QVERIFY(fresh);
        QCOMPARE(lab.count("/login"), 2);
        const auto out = fresh->signOut();
        QVERIFY(out);
        QCOMPARE(out->status, 200);
        QVERIFY(fresh->session().jar.valueOf(u"sid"_s)); // to be tried again
    }

    void withoutAValueThereIsNoSignIn()
    {
        WebLab lab;
        serve(lab);
        ActorRun run(60, {});
        Wire wire(run.seen, kCheck, 10);
        ActorSession session(account(lab), wire);
        QCOMPARE(int(session.signIn().error().kind), int(ErrorKind::NotFound));
        QCOMPARE(lab.count(), 0);
    }

    void renewalIsDue_data()
    {
        QTest::addColumn<int>("life"); // in seconds
        QTest::addColumn<int>("age");
        QTest::addColumn<bool>("isDue");
        QTest::newRow("an hour, new") << 3600 << 0 << false;
        QTest::newRow("an hour, about to end") << 3600 << 3571 << true;
        QTest::newRow("an hour, not yet") << 3600 << 3569 << false;
        QTest::newRow("a minute, half of it over") << 60 << 30 << true;
        QTest::newRow("20 seconds, new") << 20 << 0 << false;
        QTest::newRow("20 seconds, not yet") << 20 << 9 << false;
        QTest::newRow("20 seconds, half of it over") << 20 << 10 << true;
        QTest::newRow("ended when it came") << -5 << 0 << true;
        QTest::newRow("no word of its end") << 0 << 99999 << false;
    }

    void renewalIsDue()
    {
        QFETCH(int, life);
        QFETCH(int, age);
        const QDateTime since(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
        const QDateTime end = life == 0 ? QDateTime() : since.addSecs(life);
        QTEST(isRenewalDue(since, end, since.addSecs(age)), "isDue");
    }

    // Not for each request: tokens of a few seconds would be renewed as often as they are used.
    void aTokenThatEndsSoonIsRenewed_data()
    {
        QTest::addColumn<int>("first");  // how long it lives, in seconds
        QTest::addColumn<int>("next");   // each later one; -5: ended when it comes
        QTest::addColumn<bool>("waits"); // until half of the first life is over
        QTest::addColumn<int>("renewals");
        QTest::newRow("long") << 3600 << 3600 << false << 0;
        QTest::newRow("20 seconds") << 20 << 20 << false << 0;
        QTest::newRow("half of it over") << 1 << 3600 << true << 1;
        QTest::newRow("ended when it came") << -5 << 3600 << false << 1;
        QTest::newRow("each one ended when it came") << -5 << -5 << false << 1;
        QTest::newRow("20 seconds from then on") << -5 << 20 << false << 1;
    }

    void aTokenThatEndsSoonIsRenewed()
    {
        QFETCH(int, first);
        QFETCH(int, next);
        QFETCH(bool, waits);
        QFETCH(int, renewals);
        // One that ended says so by its own claim (RFC 7519 section 4.1.4).
        const auto tokens = [](int life, const QByteArray &name) {
            const qint64 end = QDateTime::currentSecsSinceEpoch() + life;
            const QByteArray claims = "{\"sub\":\"" + name + "\",\"exp\":" + QByteArray::number(end) + "}";
            const QByteArray token = "eyJhbGciOiJIUzI1NiJ9." +
                                     claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) +
                                     ".c2lnbmF0dXJl";
            const QByteArray said = life > 0 ? ",\"expires_in\":" + QByteArray::number(life) : QByteArray();
            return WebAnswer{.body =
                                 "{\"access_token\":\"" + token + "\",\"refresh_token\":\"refresh-0001\"" + said + "}"};
        };
        WebLab lab;
        lab.on("POST", "/login", [&](const WebRequest &) { return tokens(first, "first"); });
        lab.on("POST", "/refresh", [&](const WebRequest &) { return tokens(next, "next"); });
        lab.on("GET", "/me", WebAnswer{.body = "{\"user\":{\"email\":\"anna@acme.test\"}}"});
        lab.on("GET", "/invoices", WebAnswer{.body = "[]"});
        ActorRun run;
        TestActor actor = account(lab);
        actor.signIn.refreshUrl = lab.url(u"/refresh"_s).toString();
        Wire wire(run.seen, kCheck, 20);
        ActorSession session(actor, wire);
        QVERIFY(session.signIn());
        const QDateTime end = session.session().expiresAt;
        if (waits)
            QTRY_VERIFY(QDateTime::currentDateTimeUtc().msecsTo(end) < 400);
        for (int i = 0; i < 6; ++i)
            QVERIFY(session.ask(get(lab.url(u"/invoices"_s))));
        QCOMPARE(lab.count("/refresh"), renewals);
        QCOMPARE(lab.count("/invoices"), 6);
        const Session used = session.session();
        QCOMPARE(lab.requests().back().header("Authorization"), "Bearer " + used.token->reveal());
        QCOMPARE(used.expiresAt != end, renewals > 0);
    }

    // RFC 6749 section 4.4.3: a program has no refresh token, and asks for another one.
    void aProgramAsksForAnotherToken_data()
    {
        QTest::addColumn<int>("lifetime"); // of the first token, in seconds
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("tokens");
        QTest::addColumn<int>("status"); // of the answer in the end
        const QByteArray ended = "Bearer error=\"invalid_token\", error_description=\"expired\"";
        QTest::newRow("about to end") << 1 << QByteArray() << QByteArray("GET") << 2 << 200;
        QTest::newRow("refused as ended") << 3600 << ended << QByteArray("GET") << 2 << 200;
        QTest::newRow("a change is not repeated") << 3600 << ended << QByteArray("POST") << 1 << 401;
        QTest::newRow("refused for another reason") << 3600 << QByteArray("Bearer") << QByteArray("GET") << 1 << 401;
    }

    void aProgramAsksForAnotherToken()
    {
        QFETCH(int, lifetime);
        QFETCH(QByteArray, challenge);
        QFETCH(QByteArray, method);
        WebLab lab;
        std::atomic_int given = 0;
        lab.on("POST", "/token", [&](const WebRequest &) {
            const int number = ++given;
            return WebAnswer{.body = "{\"access_token\":\"token-number-" + QByteArray::number(number) +
                                     "\",\"expires_in\":" + QByteArray::number(number == 1 ? lifetime : 3600) + "}"};
        });
        const auto invoices = [&](const WebRequest &request) {
            if (request.header("Authorization") == "Bearer token-number-2")
                return WebAnswer{.body = "[]"};
            return WebAnswer{.status = 401, .headers = {{"WWW-Authenticate", challenge}}};
        };
        lab.on("GET", "/invoices", invoices);
        lab.on("POST", "/invoices", invoices);
        ActorRun run;
        TestActor actor = anna(SignInKind::OAuthClient);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        Wire wire(run.seen, kCheck, 10);
        ActorSession session(actor, wire);
        const auto answer = session.ask(send(method, lab.url(u"/invoices"_s)));
        QVERIFY(answer);
        QTEST(answer->status, "status");
        QTEST(given.load(), "tokens");
    }

    // A product that refuses every token as ended.
    void aProgramIsNotGivenTokensForEver()
    {
        WebLab lab;
        std::atomic_int given = 0;
        lab.on("POST", "/token", [&](const WebRequest &) {
            return WebAnswer{.body = "{\"access_token\":\"token-number-" + QByteArray::number(++given) + "\"}"};
        });
        lab.on("GET", "/invoices", [](const WebRequest &) {
            return WebAnswer{.status = 401, .headers = {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}}};
        });
        ActorRun run;
        TestActor actor = anna(SignInKind::OAuthClient);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        Wire wire(run.seen, kCheck, 20);
        ActorSession session(actor, wire);
        for (int i = 0; i < 5; ++i) {
            const auto answer = session.ask(get(lab.url(u"/invoices"_s)));
            QVERIFY(answer);
            QCOMPARE(answer->status, 401);
        }
        QCOMPARE(given.load(), 3);
        QCOMPARE(lab.count("/invoices"), 7);
    }

    // Each token is a sign-in: not one for each request, however short they last, and not for ever where none comes.
    void aProgramIsNotSignedInForEachRequest_data()
    {
        QTest::addColumn<int>("status"); // of the token endpoint, after the first token
        QTest::addColumn<int>("asks");
        QTest::addColumn<int>("tokens"); // that were asked for
        QTest::addColumn<int>("reads");  // that went out
        QTest::newRow("all of them end at once") << 200 << 5 << 2 << 5;
        QTest::newRow("no other one is given") << 503 << 14 << 11 << 4; // the first one is used in the end
    }

    void aProgramIsNotSignedInForEachRequest()
    {
        QFETCH(int, status);
        QFETCH(int, asks);
        WebLab lab;
        std::atomic_int given = 0;
        lab.on("POST", "/token", [&](const WebRequest &) {
            const int number = ++given;
            return WebAnswer{.status = number == 1 ? 200 : status,
                             .body = "{\"access_token\":\"token-number-" + QByteArray::number(number) +
                                     "\",\"expires_in\":1}"};
        });
        lab.on("GET", "/invoices", WebAnswer{.body = "[]"});
        ActorRun run;
        TestActor actor = anna(SignInKind::OAuthClient);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        Wire wire(run.seen, kCheck, 20);
        ActorSession session(actor, wire);
        for (int i = 0; i < asks; ++i)
            (void)session.ask(get(lab.url(u"/invoices"_s)));
        QTEST(given.load(), "tokens");
        QTEST(lab.count("/invoices"), "reads");
    }

    // What was promised to the list asks by the trial, also after something threw.
    void aTrialOutlivesWhatItUndoes()
    {
        WebLab lab;
        serve(lab);
        ActorRun run;
        Wire wire(run.seen, kCheck, 30);
        ActorSession session(account(lab), wire);
        WritePlace place{.kind = WriteKind::Question, .contentType = "application/json", .body = R"({"a":"b"})"};
        place.route.method = u"POST"_s;
        place.route.path = u"/notes"_s;
        Target target;
        QString asked;
        try {
            withTrial(
                place, target, session, [] { return false; },
                [&](WriteTrial &trial, UndoList &undo) {
                    undo.add(u"a"_s, 0, [&trial, &asked](Deadline) -> Result<void> {
                        asked = trial.place().route.path;
                        return {};
                    });
                    throw std::runtime_error("broken");
                });
        } catch (const std::runtime_error &) {
            asked += u" thrown"_s;
        }
        QCOMPARE(asked, u"/notes thrown"_s);
    }
};

QTEST_GUILESS_MAIN(TestActorSession)
#include "tst_actorsession.moc"
