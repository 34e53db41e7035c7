// When a session is renewed: by its refresh token, or, for a program, by another token in its place.
#include "tests/checks/actors/jsonaccount.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class TestSessionRefresh : public QObject
{
    Q_OBJECT

private slots:
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
};

QTEST_GUILESS_MAIN(TestSessionRefresh)
#include "tst_sessionrefresh.moc"
