#include "checks/access/sessionexpiry.h"
#include "checks/engine/runner.h"
#include "tests/checks/access/sessionscene.h"
#include "tests/checks/engine/fakechecks.h"

#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.session-expiry"_s;
constexpr std::chrono::hours kAMonth{31 * 24};

// An account that may be spoilt, and the route that changes its password, marked as safe.
template<typename Scene, typename Product>
void mayChangePassword(Scene &scene, const Product &product, const QString &path, const QByteArray &type,
                       const QByteArray &body)
{
    const PracticeAccount account = throwAwayOf(product.accounts(), kBirch);
    TestActor actor = scene.facts.actors.front();
    actor.id = u'a' + account.id;
    actor.name = account.name;
    actor.role = account.role;
    actor.tenant = account.tenant;
    actor.userName = account.email;
    actor.isThrowAway = true;
    scene.facts.actors.push_back(actor);
    for (Route &route : scene.facts.routes) {
        if (route.path == path && route.method == "POST"_L1)
            route.safeToWrite = true;
    }
    std::erase_if(scene.facts.samples, [&](const RouteSample &sample) { return sample.path == path; });
    scene.facts.samples.push_back({u"POST"_s, path, scene.host, type, body, {}});
}

// A product whose change of the password ends every session, also the one that changed it.
class EndingProduct
{
public:
    explicit EndingProduct(const WebAnswer &toTheChange = {.status = 204}) : m_toTheChange(toTheChange)
    {
        m_lab.on("POST", "/login", [this](const WebRequest &request) { return signIn(request); });
        m_lab.on("GET", "/me", [this](const WebRequest &request) {
            return isIn(request) ? WebAnswer{.body = "{\"email\":\"mia.lund@acme.example\"}"} : refused();
        });
        m_lab.on("POST", "/password", [this](const WebRequest &request) { return change(request); });
    }

    void refuseSignIns() { m_refusesSignIns = true; }
    QByteArray password() const { return m_password; }
    QUrl url(const QString &path) const { return m_lab.url(path); }
    PasswordChangePlan plan() const
    {
        TestActor actor;
        actor.id = u"a1"_s;
        actor.name = u"Mia Lund"_s;
        actor.userName = u"mia.lund@acme.example"_s;
        actor.signIn = jsonSignIn(url(u"/login"_s));
        actor.whoAmIUrl = url(u"/me"_s).toString();
        actor.whoAmIPointer = u"/email"_s;
        actor.isThrowAway = true;
        Route route;
        route.method = u"POST"_s;
        route.path = u"/password"_s;
        route.host = m_lab.host();
        return {actor,
                route,
                {u"POST"_s,
                 route.path,
                 route.host,
                 "application/json",
                 "{\"old_password\":\"\",\"new_password\":\"\"}",
                 {}},
                url(route.path)};
    }
    AttackRun run() const { return AttackRun({}, {m_lab.host()}, {{u"a1"_s, Secret(m_password)}}); }

private:
    static WebAnswer refused() { return {.status = 401, .body = "{\"error\":\"unauthorized\"}"}; }
    bool isIn(const WebRequest &request) const { return m_tokens.count(request.header("authorization").mid(7)) > 0; }
    WebAnswer signIn(const WebRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        if (m_refusesSignIns || body["password"_L1].toString().toLatin1() != m_password)
            return refused();
        const QByteArray token = "opaque-" + QByteArray::number(++m_count) + "-5d0c1e99a7";
        m_tokens.insert(token);
        return {.body = "{\"access_token\":\"" + token + "\"}"};
    }
    WebAnswer change(const WebRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        if (!isIn(request) || body["old_password"_L1].toString().toLatin1() != m_password)
            return refused();
        m_password = body["new_password"_L1].toString().toLatin1();
        m_tokens.clear();
        return m_toTheChange;
    }

    WebLab m_lab;
    const WebAnswer m_toTheChange;
    QByteArray m_password = "correct-horse-battery";
    std::set<QByteArray> m_tokens;
    bool m_refusesSignIns = false;
    int m_count = 0;
};

TestActor pastedActor(const TestActor &like, SignInKind kind)
{
    TestActor actor = like;
    actor.id = u"pasted"_s;
    actor.name = u"Pasted"_s;
    actor.signIn = {};
    actor.signIn.kind = kind;
    return actor;
}

} // namespace

Q_DECLARE_METATYPE(cockpit::lab::WebAnswer)

class TestSessionExpiry : public QObject
{
    Q_OBJECT

private slots:
    void changesBackWhereAllSessionsEnd_data();
    void changesBackWhereAllSessionsEnd();
    void saysThatThePasswordIsLeft();
    void remembersPastedSessions();
    void shop_data();
    void shop();
    void desk_data();
    void desk();
    void sessionForEver_data();
    void sessionForEver();
    void followsPastedSessionsInARun_data();
    void followsPastedSessionsInARun();
    void twoSignIns_data();
    void twoSignIns();
    void provesNothingByTheJudgedAnswer_data() { addGuestPages(); }
    void provesNothingByTheJudgedAnswer();
    void readsTheLifeOfACookie_data();
    void readsTheLifeOfACookie();
    void ownTokenAfterItsEnd_data();
    void ownTokenAfterItsEnd();
    void hostile_data();
    void hostile();
    void stops();
    void stopsAndChangesBack();
    void refusesLittleBudget();
};

void TestSessionExpiry::changesBackWhereAllSessionsEnd_data()
{
    QTest::addColumn<WebAnswer>("toTheChange");
    QTest::addColumn<bool>("isStopped");
    const WebAnswer done{.status = 204, .body = {}};
    QTest::newRow("says that it is done") << done << false;
    QTest::newRow("leads to the login") << redirectTo("/login") << false;
    QTest::newRow("stopped before it is undone") << done << true;
}

void TestSessionExpiry::changesBackWhereAllSessionsEnd()
{
    QFETCH(WebAnswer, toTheChange);
    QFETCH(bool, isStopped);
    EndingProduct product(toTheChange);
    const QByteArray before = product.password();
    AttackRun run = product.run();
    const ProjectFacts facts;
    const Target target = targetOf({u"127.0.0.1"_s});
    const Look look{.seen = run.seen,
                    .target = target,
                    .policy = run.policy,
                    .facts = facts,
                    .startedAt = QDateTime::currentDateTimeUtc()};
    Wire wire(look, kId, kPasswordChangeRequests);
    UndoList undo([&] { return run.seen.isOver(); });
    const auto seen = tryPasswordChange(look, product.plan(), wire, undo);
    QVERIFY2(seen, seen ? "" : qPrintable(seen.error().message));
    QVERIFY(product.password() != before);
    if (isStopped)
        run.token.cancel();
    const UndoReport report = undo.run();
    QVERIFY2(report.isClean(), qPrintable(report.left.join(u' ')));
    QCOMPARE(product.password(), before);
    QVERIFY(wire.sent() <= kPasswordChangeRequests);
}

void TestSessionExpiry::saysThatThePasswordIsLeft()
{
    EndingProduct product;
    AttackRun run = product.run();
    const ProjectFacts facts;
    const Target target = targetOf({u"127.0.0.1"_s});
    const Look look{.seen = run.seen,
                    .target = target,
                    .policy = run.policy,
                    .facts = facts,
                    .startedAt = QDateTime::currentDateTimeUtc()};
    Wire wire(look, kId, kPasswordChangeRequests);
    UndoList undo([&] { return run.seen.isOver(); });
    QVERIFY(tryPasswordChange(look, product.plan(), wire, undo));
    product.refuseSignIns();
    const UndoReport report = undo.run();
    QCOMPARE(report.left.size(), 1);
    QVERIFY2(report.left.front().contains(u"by hand"_s), qPrintable(report.left.front()));
    QVERIFY(!report.left.front().contains(QString::fromLatin1(product.password())));
}

void TestSessionExpiry::remembersPastedSessions()
{
    const QString since = u"2026-01-02T03:04:05Z"_s;
    const QDateTime then(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    const auto noted = [](const QJsonObject &row) { return QJsonObject{{u"pasted"_s, QJsonArray{row}}}; };
    QJsonObject row{{u"account"_s, u"a"_s}, {u"mark"_s, u"01ff"_s}, {u"since"_s, since}};
    QCOMPARE(pastedBefore(noted(row), u"a"_s, "01ff"), (PastedBefore{then, {}})); // of a version that noted no more
    QVERIFY(!pastedBefore(noted(row), u"a"_s, "02ff"));                           // another value
    QVERIFY(!pastedBefore(noted(row), u"b"_s, "01ff"));
    QVERIFY(!pastedBefore({}, u"a"_s, "01ff"));
    row.insert(u"seen"_s, u"2026-01-02T05:04:05Z"_s);
    QCOMPARE(pastedBefore(noted(row), u"a"_s, "01ff"), (PastedBefore{then, then.addSecs(7200)}));
    row.insert(u"since"_s, u"yesterday"_s);
    QVERIFY(!pastedBefore(noted(row), u"a"_s, "01ff"));
}

void TestSessionExpiry::shop_data()
{
    QTest::addColumn<QList<ShopFault>>("faults");
    QTest::addColumn<QString>("codes");
    QTest::newRow("clean") << QList<ShopFault>() << QString();
    QTest::newRow("no end") << QList<ShopFault>{ShopFault::NoExpiry} << u"no_expiry"_s;
    QTest::newRow("long life") << QList<ShopFault>{ShopFault::LongLife} << u"long_life"_s;
    QTest::newRow("expired") << QList<ShopFault>{ShopFault::ExpiredAccepted} << u"expired_accepted"_s;
    QTest::newRow("password") << QList<ShopFault>{ShopFault::PasswordChangeKeepsSessions}
                              << u"password_keeps_sessions"_s;
}

void TestSessionExpiry::shop()
{
    QFETCH(QList<ShopFault>, faults);
    QFETCH(QString, codes);
    ShopSetup setup;
    for (const ShopFault fault : faults)
        setup.faults.add(fault);
    ShopLab lab(setup);
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopSessions scene(lab);
    mayChangePassword(scene, lab.shop(), u"/api/me/password"_s, "application/json",
                      "{\"old_password\":\"\",\"new_password\":\"\"}");
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    scene.facts.actors.push_back(pastedActor(scene.facts.actors.front(), SignInKind::BearerToken));
    const PracticeAccount account = lab.shop().account(kBirch, scene.facts.actors.front().role);
    scene.secrets.emplace(u"pasted"_s, Secret(lab.shop().tokenWith(account, {{u"exp"_s, now - 7200}})));
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, sessionExpiryCheck());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY2(!codes.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QVERIFY2(judged.observed["password_change"_L1].toString() == (codes.startsWith(u"password"_s) ? u"in"_s : u"out"_s),
             qPrintable(toldIn(judged)));
    QCOMPARE(lab.shop().journal().count("POST", "/api/me/password"), 2); // there and back
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
    QVERIFY(run.gate->sentBy(kId) <= kSessionExpiryCeiling + kPasswordChangeRequests + 1);
}

void TestSessionExpiry::desk_data()
{
    QTest::addColumn<QList<DeskFault>>("faults");
    QTest::addColumn<QString>("codes");
    QTest::newRow("clean") << QList<DeskFault>() << QString();
    QTest::newRow("fixation") << QList<DeskFault>{DeskFault::SessionFixation} << u"fixation"_s;
    QTest::newRow("password") << QList<DeskFault>{DeskFault::PasswordChangeKeepsSessions}
                              << u"password_keeps_sessions"_s;
}

void TestSessionExpiry::desk()
{
    QFETCH(QList<DeskFault>, faults);
    QFETCH(QString, codes);
    DeskSetup setup;
    for (const DeskFault fault : faults)
        setup.faults.add(fault);
    DeskLab lab(setup);
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    DeskSessions scene(lab);
    mayChangePassword(scene, lab.desk(), u"/account/password"_s, "application/x-www-form-urlencoded",
                      "old_password=a&new_password=b");
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, sessionExpiryCheck());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    // Its cookies do not say when the server forgets them.
    QVERIFY2(!codes.isEmpty() || judged.outcome == Outcome::Info, qPrintable(toldIn(judged)));
    QVERIFY(judged.observed["fixation"_L1].toString() != "not_tried"_L1);
    QCOMPARE(lab.desk().journal().count("POST", "/account/password"), 2);
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestSessionExpiry::sessionForEver_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QString>("expected");
    QTest::newRow("clean") << false << u"pass"_s;
    QTest::newRow("for ever") << true << u"lives_on:high"_s;
}

// Two runs with a month between them; the account administers its product.
void TestSessionExpiry::sessionForEver()
{
    QFETCH(bool, isFaulty);
    QFETCH(QString, expected);
    DeskLab lab(isFaulty ? DeskSetup{.faults = {DeskFault::SessionForEver}} : DeskSetup{});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    DeskSessions scene(lab);
    scene.facts.fingerprintKey = QByteArray(32, 'k');
    AttackRun first = scene.newRun();
    const TestActor &member = scene.facts.actors.front();
    {
        Wire wire(first.seen, u"access.account"_s, kSignInRequests);
        const auto session = sessionOf(member, wire);
        QVERIFY(session);
        const QByteArray value = session->jar.valueOf(QString::fromLatin1(kDeskCookie))->reveal();
        scene.secrets.emplace(u"pasted"_s, Secret(kDeskCookie + '=' + value));
    }
    scene.facts.actors.push_back(pastedActor(member, SignInKind::Cookie));
    AttackRun second = scene.newRun();
    const Judged earlier = scene.judged(second, sessionExpiryCheck());
    QVERIFY2(earlier.outcome == Outcome::Info, qPrintable(toldIn(earlier)));
    QVERIFY2(earlier.observed["pasted"_L1].toArray().size() == 1, qPrintable(toldIn(earlier)));
    CheckResult key;
    key.checkId = kId;
    scene.facts.observedBefore[key.key()] = earlier.observed;
    lab.desk().clock().advance(kAMonth);
    AttackRun third = scene.newRun();
    const Target target = targetOf({scene.host});
    const qint64 month = std::chrono::seconds(kAMonth).count();
    const Judged later = sessionExpiryCheck().look({.seen = third.seen,
                                                    .target = target,
                                                    .policy = third.policy,
                                                    .facts = scene.facts,
                                                    .startedAt = QDateTime::currentDateTimeUtc().addSecs(month)});
    QVERIFY2(said(later) == expected, qPrintable(toldIn(later)));
}

void TestSessionExpiry::followsPastedSessionsInARun_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("followed");
    QTest::newRow("this computer has a key") << QByteArray(32, 'k') << 1;
    QTest::newRow("it has none") << QByteArray() << 0;
}

// As the program looks: the project names no files, and the key comes from the machine.
void TestSessionExpiry::followsPastedSessionsInARun()
{
    QFETCH(QByteArray, key);
    QFETCH(int, followed);
    SoundProduct product;
    ProjectFacts facts = product.facts();
    TestActor pasted = pastedActor(product.actor(), SignInKind::BearerToken);
    AttackRun first = product.run();
    std::map<QString, Secret> secrets{{product.actor().id, *first.gate->secretOf(product.actor().id)}};
    {
        Wire wire(first.seen, u"access.account"_s, kSignInRequests);
        const auto session = sessionOf(product.actor(), wire);
        QVERIFY(session && session->token);
        secrets.emplace(pasted.id, *session->token);
    }
    facts.actors.push_back(pasted);
    const CheckCatalog catalog = shippedCatalog();
    CheckRegistry registry;
    registry.add(sessionExpiryCheck());
    Runner runner(
        {.catalog = &catalog, .registry = &registry, .detectProviders = {}, .fingerprintKey = [=] { return key; }});
    RunRequest request;
    request.plan.target = product.target();
    request.plan.facts = facts;
    request.plan.only = {kId};
    request.plan.active = ActiveTerms{.budget = {.requests = 400, .perSecond = 2000},
                                      .hosts = {product.target().hosts.front().name},
                                      .secrets = secrets};
    QSignalSpy finished(&runner, &Runner::finished);
    const auto started = runner.start(request);
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QVERIFY(finished.wait(30000));
    const CheckResult result = finished.front().front().value<Run>().results.front();
    QVERIFY2(result.observed["pasted"_L1].toArray().size() == followed, qPrintable(result.reason));
    QCOMPARE(result.reason.contains("no key"_L1), followed == 0);
}

void TestSessionExpiry::twoSignIns_data()
{
    QTest::addColumn<int>("differs");
    QTest::addColumn<QString>("twice");
    QTest::addColumn<QString>("codes");
    QTest::newRow("by an id") << int(SoundProduct::Differs::ById) << u"different"_s << QString();
    QTest::newRow("by the second alone") << int(SoundProduct::Differs::BySecond) << u"different"_s << QString();
    QTest::newRow("never") << int(SoundProduct::Differs::Never) << u"same"_s << u"same_session"_s;
}

// Both sign-ins fall into one second.
void TestSessionExpiry::twoSignIns()
{
    QFETCH(int, differs);
    QFETCH(QString, twice);
    QFETCH(QString, codes);
    SoundProduct product;
    product.setTokensDiffer(static_cast<SoundProduct::Differs>(differs));
    AttackRun run = product.run();
    const Judged judged = run.run(sessionExpiryCheck(), product.target(), product.facts());
    QVERIFY2(judged.observed["two_sign_ins"_L1].toString() == twice, qPrintable(toldIn(judged)));
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY(run.gate->sentBy(kId) <= kSessionExpiryCeiling);
}

// Only what names the account proves that its token was taken.
void TestSessionExpiry::provesNothingByTheJudgedAnswer()
{
    QFETCH(QByteArray, page);
    QFETCH(QString, codes);
    const Judged judged = judgedWithEnded(sessionExpiryCheck(), page);
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
}

void TestSessionExpiry::readsTheLifeOfACookie_data()
{
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<QString>("codes");
    const auto expires = [](int days) {
        const QDateTime end = QDateTime::currentDateTimeUtc().addDays(days);
        return "; Expires=" + QLocale::c().toString(end, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    };
    const QByteArray aQuarter = "; Max-Age=7776000";
    QTest::newRow("until the browser closes") << QByteArray() << QString();
    QTest::newRow("Max-Age of 90 days") << aQuarter << u"long_cookie"_s;
    QTest::newRow("Expires in 90 days") << expires(90) << u"long_cookie"_s;
    QTest::newRow("Expires tomorrow") << expires(1) << QString();
    QTest::newRow("Max-Age goes before Expires (RFC 6265 section 5.3)") << "; Max-Age=3600" + expires(90) << QString();
    QTest::newRow("also where it is the longer one") << aQuarter + expires(1) << u"long_cookie"_s;
}

// As the product hands it out at the sign-in.
void TestSessionExpiry::readsTheLifeOfACookie()
{
    QFETCH(QByteArray, attributes);
    QFETCH(QString, codes);
    WebLab lab;
    std::atomic_int count = 0;
    const QByteArray prefix = "5d0c1e99a7b34f82-";
    lab.on("POST", "/login", [&](const WebRequest &request) {
        WebAnswer answer{.body = "{}"};
        if (!request.body.contains("correct-horse-battery"))
            return WebAnswer{.status = 401};
        answer.headers.emplace_back("Set-Cookie",
                                    "sid=" + prefix + QByteArray::number(++count) + "; Path=/; HttpOnly" + attributes);
        return answer;
    });
    lab.on("GET", "/me", [&](const WebRequest &request) {
        const bool isIn =
            request.cookie("sid").startsWith(prefix) && request.cookie("sid").mid(prefix.size()).toInt() > 0;
        return isIn ? WebAnswer{.body = "{\"email\":\"mia.lund@acme.example\"}"} : WebAnswer{.status = 401};
    });
    TestActor actor = SoundProduct().actor();
    actor.signIn = jsonSignIn(lab.url(u"/login"_s));
    actor.signIn.tokenPointer.clear();
    actor.whoAmIUrl = lab.url(u"/me"_s).toString();
    ProjectFacts facts;
    facts.actors = {actor};
    AttackRun run({}, {lab.host()}, {{actor.id, Secret("correct-horse-battery")}});
    const Judged judged = run.run(sessionExpiryCheck(), targetOf({lab.host()}), facts);
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY2(judged.outcome != Outcome::NotRun && judged.outcome != Outcome::Error, qPrintable(toldIn(judged)));
}

void TestSessionExpiry::ownTokenAfterItsEnd_data()
{
    QTest::addColumn<int>("life");
    QTest::addColumn<int>("clockBehind"); // -1: its answers do not tell the time
    QTest::addColumn<QString>("codes");
    QTest::newRow("long over") << -400 << -1 << u"expired_accepted"_s;
    QTest::newRow("long over by both clocks") << -400 << 0 << u"expired_accepted"_s;
    QTest::newRow("over by a clock that is ahead") << -400 << 600 << QString();
    QTest::newRow("within what clocks differ") << -100 << -1 << QString();
}

void TestSessionExpiry::ownTokenAfterItsEnd()
{
    QFETCH(int, life);
    QFETCH(int, clockBehind);
    QFETCH(QString, codes);
    SoundProduct product;
    product.setTokenLife(life); // and it does not look
    if (clockBehind >= 0)
        product.setClockBehind(clockBehind);
    AttackRun run = product.run();
    const Judged judged = run.run(sessionExpiryCheck(), product.target(), product.facts());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY2(judged.observed["expired"_L1].toArray().size() == (codes.isEmpty() ? 0 : 1), qPrintable(toldIn(judged)));
}

void TestSessionExpiry::hostile_data()
{
    addHostileRows(6);
}

void TestSessionExpiry::hostile()
{
    QFETCH(int, row);
    const QString wrong = wrongUnder(hostileRows(6)[static_cast<std::size_t>(row)], sessionExpiryCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestSessionExpiry::stops()
{
    const QString wrong = wrongWhenStopped(sessionExpiryCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestSessionExpiry::stopsAndChangesBack()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopSessions scene(lab);
    mayChangePassword(scene, lab.shop(), u"/api/me/password"_s, "application/json",
                      "{\"old_password\":\"\",\"new_password\":\"\"}");
    AttackRun run = scene.newRun();
    std::jthread stopper([&] {
        while (lab.shop().journal().count("POST", "/api/me/password") == 0)
            std::this_thread::yield();
        run.token.cancel();
    });
    const Judged judged = scene.judged(run, sessionExpiryCheck());
    stopper.join();
    QVERIFY2(judged.findings.empty(), qPrintable(toldIn(judged)));
    QCOMPARE(lab.shop().journal().count("POST", "/api/me/password"), 2);
    AttackRun again = scene.newRun(); // the old password opens the account again
    Wire wire(again.seen, u"access.account"_s, kSignInRequests);
    QVERIFY(sessionOf(scene.facts.actors.back(), wire));
}

void TestSessionExpiry::refusesLittleBudget()
{
    SoundProduct product;
    AttackRun poor = product.run(30);
    QCOMPARE(poor.run(sessionExpiryCheck(), product.target(), product.facts()).outcome, Outcome::NotRun);
    QCOMPARE(product.lab().count(), 0);
}

QTEST_GUILESS_MAIN(TestSessionExpiry)
#include "tst_sessionexpiry.moc"
