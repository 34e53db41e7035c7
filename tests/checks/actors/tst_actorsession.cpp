#include "checks/actors/writetrial.h"
#include "tests/checks/actors/jsonaccount.h"

#include <QTest>

#include <stdexcept>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

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
