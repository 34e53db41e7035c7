#include "tests/checks/engine/gatescene.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestActiveGate : public QObject
{
    Q_OBJECT

private slots:
    void nobodySendsWhatWasNotAnnounced()
    {
        ActiveGate gate(terms(10));
        QCOMPARE(enter(gate, note()), u"refused"_s);
        QVERIFY(gate.announce(u"access.roles"_s, 2));
        QCOMPARE(enter(gate, note()), u"let out"_s);
        QCOMPARE(enter(gate, note()), u"let out"_s);
        QCOMPARE(enter(gate, note()), u"refused"_s);
        QCOMPARE(enter(gate, note(u"access.invite"_s)), u"refused"_s);
        QCOMPARE(gate.sent(), 2);
        QCOMPARE(gate.sentBy(u"access.roles"_s), 2);
        QCOMPARE(gate.left(), 8);
    }

    void hosts_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("errand");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("a host of the terms") << u"app.acme.test"_s << int(ActiveErrand::Check) << u"let out"_s;
        QTest::newRow("in capitals") << u"APP.acme.test"_s << int(ActiveErrand::Check) << u"let out"_s;
        QTest::newRow("below it") << u"x.app.acme.test"_s << int(ActiveErrand::Check) << u"refused"_s;
        QTest::newRow("another") << u"victim.test"_s << int(ActiveErrand::Check) << u"refused"_s;
        QTest::newRow("none") << QString() << int(ActiveErrand::Check) << u"refused"_s;
        QTest::newRow("where accounts sign in") << u"login.idp.test"_s << int(ActiveErrand::SignIn) << u"let out"_s;
        QTest::newRow("the same, attacked") << u"login.idp.test"_s << int(ActiveErrand::Check) << u"refused"_s;
        QTest::newRow("the same, undone") << u"login.idp.test"_s << int(ActiveErrand::Undo) << u"refused"_s;
        const QString vendor = u"identitytoolkit.googleapis.com"_s;
        QTest::newRow("a vendor") << vendor << int(ActiveErrand::Vendor) << u"let out"_s;
        QTest::newRow("a vendor, attacked") << vendor << int(ActiveErrand::Check) << u"refused"_s;
        QTest::newRow("no vendor") << u"app.acme.test"_s << int(ActiveErrand::Vendor) << u"refused"_s;
    }

    void hosts()
    {
        QFETCH(QString, host);
        QFETCH(int, errand);
        QFETCH(QString, wanted);
        ActiveTerms some = terms(10);
        some.signInHosts = {u"login.idp.test"_s};
        ActiveGate gate(some);
        QVERIFY(gate.announce(u"access.roles"_s, 1));
        ActiveRequestNote asked = note(u"access.roles"_s, ActiveErrand(errand));
        asked.host = host;
        QCOMPARE(enter(gate, asked), wanted);
        QCOMPARE(gate.sent(), wanted == u"let out"_s ? 1 : 0);
    }

    void keepsThePace()
    {
        ActiveGate gate(terms(100, 20));
        QVERIFY(gate.announce(u"access.roles"_s, 9));
        const auto began = Clock::now();
        for (int i = 0; i < 9; ++i)
            QCOMPARE(enter(gate, note()), u"let out"_s);
        QVERIFY(elapsedMs(began) >= 395); // eight waits of 50 ms
    }

    // However many threads ask, no more than the budget is let out.
    void countsExactlyWithManyThreads()
    {
        ActiveGate gate(terms(40));
        QVERIFY(gate.announce(u"access.roles"_s, 30));
        std::atomic_int leaves = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&] {
                    for (int k = 0; k < 8; ++k) {
                        if (gate.enter(note(), CancelToken(), Deadline::in(10s)))
                            ++leaves;
                    }
                });
            }
        }
        QCOMPARE(leaves.load(), 30);
        QCOMPARE(gate.sent(), 30);
    }

    void aRequestThatIsTooLateTakesNothing()
    {
        ActiveGate gate(terms(10, 0.5));
        QVERIFY(gate.announce(u"access.roles"_s, 3));
        QCOMPARE(enter(gate, note()), u"let out"_s);
        const auto began = Clock::now();
        QCOMPARE(enter(gate, note(), {}, Deadline::in(100ms)), u"too late"_s);
        QVERIFY(elapsedMs(began) < 1000); // it is known at once
        QCOMPARE(gate.sent(), 1);
    }

    void stopEndsTheWait()
    {
        ActiveGate gate(terms(10, 0.1));
        QVERIFY(gate.announce(u"access.roles"_s, 3));
        QCOMPARE(enter(gate, note()), u"let out"_s);
        CancelToken token;
        std::jthread stopper([&gate, token] {
            awaitThat([&gate] { return gate.sent() == 2; }); // taken, and given back when the wait ends
            token.cancel();
        });
        const auto began = Clock::now();
        QCOMPARE(enter(gate, note(), token, Deadline::in(60s)), u"cancelled"_s);
        QVERIFY(elapsedMs(began) < 1000);
        QCOMPARE(gate.sent(), 1);
    }

    void theKillSwitchEndsTheWait()
    {
        const auto killed = std::make_shared<std::atomic_bool>(false);
        ActiveTerms some = terms(10, 0.1);
        some.killed = killed;
        ActiveGate gate(some);
        QVERIFY(gate.announce(u"access.roles"_s, 3));
        QCOMPARE(enter(gate, note()), u"let out"_s);
        std::jthread killer([&gate, killed] {
            awaitThat([&gate] { return gate.sent() == 2; });
            *killed = true;
        });
        const auto began = Clock::now();
        QCOMPARE(enter(gate, note(), {}, Deadline::in(60s)), u"refused"_s);
        QVERIFY(elapsedMs(began) < 1000);
        QCOMPARE(enter(gate, note()), u"refused"_s); // and whatever comes after
        QVERIFY(gate.isOver(ActiveErrand::Check, {}, Deadline::never()));
    }

    void undoingHasAGraceOfItsOwn()
    {
        ActiveGate gate(terms(10, 0.1));
        CancelToken token;
        token.cancel();
        for (int i = 0; i < kUndoRequests; ++i)
            QCOMPARE(enter(gate, note(u"access.roles"_s, ActiveErrand::Undo), token), u"let out"_s);
        QCOMPARE(enter(gate, note(u"access.roles"_s, ActiveErrand::Undo), token), u"refused"_s);
        QCOMPARE(enter(gate, note(), token), u"cancelled"_s); // nothing else
        QCOMPARE(gate.sent(), kUndoRequests);
        QCOMPARE(gate.left(), 10); // the budget is not touched
    }

    void undoingIsPaidForWhileTheRunGoesOn()
    {
        ActiveGate gate(terms(10));
        QVERIFY(gate.announce(u"access.roles"_s, 1));
        QCOMPARE(enter(gate, note(u"access.roles"_s, ActiveErrand::Undo)), u"let out"_s);
        QCOMPARE(gate.left(), 9);
        QCOMPARE(enter(gate, note(u"access.roles"_s, ActiveErrand::Undo)), u"let out"_s); // beyond what was announced
        QCOMPARE(gate.left(), 9);
    }

    void theGraceEnds()
    {
        ActiveGate gate(terms(10));
        CancelToken token;
        token.cancel();
        QVERIFY(!gate.isOver(ActiveErrand::Undo, token, Deadline::never()));
        QTRY_VERIFY_WITH_TIMEOUT(gate.isOver(ActiveErrand::Undo, token, Deadline::never()), 5000);
        QCOMPARE(enter(gate, note(u"access.roles"_s, ActiveErrand::Undo), token), u"cancelled"_s);
    }

    void writesDownWhatWasSent()
    {
        ActiveGate gate(terms(10));
        ActiveRequestNote written = note(u"access.roles"_s, ActiveErrand::Undo);
        written.note = u"may change data"_s;
        gate.done(note(), 200, 12ms);
        gate.done(written, 0, 5ms);
        QCOMPARE(gate.log().size(), 2u);
        const LoggedRequest first = gate.log().front();
        QCOMPARE(first.checkId, u"access.roles"_s);
        QCOMPARE(first.method, u"GET"_s);
        QCOMPARE(first.host, u"app.acme.test"_s);
        QCOMPARE(first.route, u"/invoices/{id}"_s);
        QCOMPARE(first.actor, u"Anna"_s);
        QCOMPARE(first.status, 200);
        QCOMPARE(first.durationMs, 12);
        QVERIFY(first.at.isValid());
        QCOMPARE(gate.logSince(1).front().note, u"undo, may change data"_s);
        QVERIFY(gate.logSince(7).empty());
    }

    void theLogHasNoQueryValues()
    {
        ActiveGate gate(terms(10));
        ActiveRequestNote asked = note();
        asked.route = u"/reset?token=Wq8rT2kLm4Zx9"_s;
        gate.done(asked, 200, 1ms);
        QVERIFY(!gate.log().front().route.contains(u"Wq8rT2kLm4Zx9"_s));
    }

    void locksThrowAwayAccountsOnly()
    {
        ActiveTerms some = terms(10);
        some.throwAway = {u"one"_s, u"two"_s};
        ActiveGate gate(some);
        QVERIFY(!gate.mayLock(u"owner"_s));
        QVERIFY(gate.mayLock(u"one"_s));
        QVERIFY(!gate.mayLock(u"two"_s)); // one account in a run
        QVERIFY(gate.mayLock(u"one"_s));
    }

    void knowsWhatIsToBeMasked()
    {
        ActiveTerms some = terms(100);
        some.secrets.emplace(u"anna"_s, Secret(R"({"password":"correct horse","apikey":"battery staple"})"));
        ActiveGate gate(some);
        gate.learnSecret(Secret("session-value-1"));
        gate.learnSecret(Secret("session-value-1"));
        gate.learnSecret(Secret());
        std::vector<QByteArray> known;
        for (const Secret &secret : gate.knownSecrets())
            known.push_back(secret.reveal());
        QCOMPARE(std::ranges::count(known, QByteArray("correct horse")), 1);
        QCOMPARE(std::ranges::count(known, QByteArray("battery staple")), 1);
        QCOMPARE(std::ranges::count(known, QByteArray("session-value-1")), 1);
        QCOMPARE(std::ranges::count(known, QByteArray()), 0);
    }

    void termsOfAPermission()
    {
        Permission permission;
        permission.proof = ControlProof{.method = ControlMethod::TxtRecord,
                                        .domain = u"acme.example"_s,
                                        .provenAt = QDateTime::currentDateTimeUtc()};
        permission.budget = {.requests = 1'000'000, .perSecond = 1000, .lockableAccounts = 99};
        const Target target{u"acme.example"_s,
                            {{HostRole::App, u"app.acme.example"_s}, {HostRole::Mail, u"mail.acme.example"_s}}};
        TestActor anna;
        anna.id = u"anna"_s;
        anna.signIn.url = u"https://acme.idp.example/oauth/token"_s;
        anna.whoAmIUrl = u"https://app.acme.example/me?k={{key}}"_s;
        anna.signIn.logoutUrl = u"https://b\u00fccher.example/out"_s;
        anna.isThrowAway = true;
        const ActiveTerms made = activeTermsOf(permission, target, {anna}, {});
        QCOMPARE(made.hosts, QStringList{u"app.acme.example"_s});
        QCOMPARE(made.signInHosts,
                 QStringList({u"acme.idp.example"_s, u"xn--bcher-kva.example"_s, u"app.acme.example"_s}));
        QCOMPARE(made.throwAway, QStringList{u"anna"_s});
        QCOMPARE(made.budget.requests, kMostActiveRequests);
        QCOMPARE(made.budget.perSecond, kMostActivePerSecond);
        QCOMPARE(made.budget.lockableAccounts, kMostLockableAccounts);
    }
};

QTEST_GUILESS_MAIN(TestActiveGate)
#include "tst_activegate.moc"
