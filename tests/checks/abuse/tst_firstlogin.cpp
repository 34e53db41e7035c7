// abuse.lockout: where the first login was not tried and another one told, what was found at the first stays open.
#include "checks/abuse/lockout.h"
#include "checks/abuse/ratelimitneed.h"
#include "models/unseen.h"
#include "tests/checks/abuse/hostilelogin.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"app.example.com"_s;
const QStringList kCodes{u"locked_without_end"_s, u"longer_than_announced"_s, u"long_lock"_s};

SiegeReport reportOf(const QString &route, const QString &account, bool locks)
{
    SiegeReport made{.route = route, .host = kHost, .account = account};
    const LimitSignal minute{.kind = LimitKind::TooMany, .status = 429, .retryAfter = std::chrono::seconds(60)};
    const LimitSignal locked{.kind = LimitKind::Locked, .status = 423};
    made.byAccount = {.heard = 8, .sign = locks ? locked : minute};
    made.accountIsBlocked = true;
    made.duringBlock = OwnerReach::HeldBack;
    made.afterBlock = locks ? OwnerReach::HeldBack : OwnerReach::LetIn;
    made.waited = std::chrono::seconds(60);
    return made;
}

// Of the first login: without a subject.
bool closes(const Judged &judged, const QString &code, const QString &host)
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = code;
    earlier.host = host;
    return hasSeen(result, earlier);
}

// Each with its own account, and the first one's password is nowhere. The other door locks for good.
struct TwoDoors
{
    TwoDoors()
    {
        login.web.on("POST", "/partners/login", [this](const WebRequest &request) {
            if (wrong > 6)
                return WebAnswer{423, R"({"error":"account_locked"})"};
            const bool isRight = request.body.contains("the-right-password");
            wrong += isRight ? 0 : 1;
            return isRight ? WebAnswer{200, R"({"access_token":"abcdefghijklmnopqrstuvwxyz","id":1})"}
                           : WebAnswer{401, R"({"error":"sign_in_failed","id":2})"};
        });
        TestActor partner = login.facts.actors.front();
        partner.id = u"a2"_s;
        partner.name = u"Pat"_s;
        partner.userName = u"pat@acme.test"_s;
        partner.signIn = jsonSignIn(login.web.url(u"/partners/login"_s));
        login.facts.actors.push_back(partner);
    }

    std::atomic_int wrong = 0;
    HostileLogin login{lab::Manners{}};
};

} // namespace

class TestFirstLogin : public QObject
{
    Q_OBJECT

private slots:
    void staysOpenWhenAnotherTells_data();
    void staysOpenWhenAnotherTells();
    void staysOpenWithoutItsPassword();
};

void TestFirstLogin::staysOpenWhenAnotherTells_data()
{
    QTest::addColumn<bool>("isFirstTried");
    QTest::addColumn<bool>("otherLocks");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("both told") << true << false << Outcome::Pass;
    QTest::newRow("the first was not tried") << false << false << Outcome::Info;
    QTest::newRow("the first was not tried, and the other locks") << false << true << Outcome::Fail;
}

void TestFirstLogin::staysOpenWhenAnotherTells()
{
    QFETCH(bool, isFirstTried);
    QFETCH(bool, otherLocks);
    const SiegeReport first = reportOf(u"POST /login"_s, isFirstTried ? u"Sam"_s : QString(), false);
    const SiegeReport other = reportOf(u"POST /partners/login"_s, u"Pat"_s, otherLocks);
    const Judged judged = withOtherLogins(judgeLockout(first), {.reports = {other}});
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason.isEmpty(), isFirstTried);
    for (const QString &code : kCodes) {
        QVERIFY2(closes(judged, code, kHost) == isFirstTried, qPrintable(code));
        QVERIFY(closes(judged, code, u"partners.example.com"_s)); // a login that lives elsewhere
    }
}

void TestFirstLogin::staysOpenWithoutItsPassword()
{
    TwoDoors doors;
    const HostileLogin &login = doors.login;
    const std::vector<Allotment> allotments{
        {.account = kSiegeAccount, .wanted = 2 * kSiegeRequests, .granted = 2 * kSiegeRequests, .isLast = true}};
    const auto gate = std::make_shared<ActiveGate>(ActiveTerms{.budget = {.requests = 400, .perSecond = 2000},
                                                               .hosts = {login.web.host()},
                                                               .secrets = {{u"a2"_s, Secret("the-right-password")}},
                                                               .throwAway = {u"a1"_s, u"a2"_s}},
                                                   allotments);
    const CancelToken token;
    Observations seen({}, token, Deadline::in(std::chrono::seconds(120)), nullptr, passiveBudget(1), gate);
    const Policy policy;
    const Judged judged = lockoutCheck(quickPatience())
                              .look({.seen = seen,
                                     .target = login.target,
                                     .policy = policy,
                                     .facts = login.facts,
                                     .startedAt = QDateTime::currentDateTimeUtc()});
    QVERIFY2(said(judged) == "locked_without_end:high"_L1, qPrintable(said(judged) + judged.reason));
    QCOMPARE(judged.findings.front().subject, u"POST /partners/login"_s);
    QVERIFY2(judged.reason.contains("Sam"_L1), qPrintable(judged.reason));
    for (const QString &code : kCodes)
        QVERIFY2(!closes(judged, code, login.web.host()), qPrintable(code));
}

QTEST_GUILESS_MAIN(TestFirstLogin)
#include "tst_firstlogin.moc"
