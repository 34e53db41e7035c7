#include "checks/access/credentiallook.h"
#include "checks/access/forgedtoken.h"
#include "checks/access/forgedtokenlook.h"
#include "models/unseen.h"
#include "tests/checks/access/soundproduct.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QString kFiles = u"https://files.harbor-ledger.example/me"_s; // another service of the same company
const QByteArray kMine = "{\"email\":\"mia.lund@acme.example\",\"phone\":\"+46 70 1740611\"}";

TestActor pastedActor(const QString &id, const TestActor &like)
{
    TestActor actor = like;
    actor.id = id;
    actor.name = u"Pasted "_s + id;
    actor.signIn = {};
    actor.signIn.kind = SignInKind::BearerToken;
    return actor;
}

// The shop, its accounts, and tokens that the same signer made for other times and services.
struct TokenScene
{
    explicit TokenScene(ShopLab &given) : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        facts = factsOf(lab, [](const ShopRouteLine &) { return false; });
        const auto actors =
            actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
        facts.actors = actors;
        secrets = secretsOf(lab.shop());
    }
    // service: where the account is asked who it is; empty: at the shop.
    void paste(const QString &id, const QJsonObject &claims, const QString &service = {})
    {
        const TestActor like = facts.actors.front();
        const PracticeAccount account = lab.shop().account(kBirch, like.role);
        facts.actors.push_back(pastedActor(id, like));
        if (!service.isEmpty())
            facts.actors.back().whoAmIUrl = service;
        secrets.emplace(id, Secret(lab.shop().tokenWith(account, claims)));
    }
    void pasteAll()
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        paste(u"old"_s, {{u"exp"_s, now - 3600}, {u"iat"_s, now - 7200}});
        paste(u"early"_s, {{u"nbf"_s, now + 86400}});
        paste(u"audience"_s, {{u"aud"_s, u"files.harbor-ledger.example"_s}}, kFiles);
        paste(u"issuer"_s, {{u"iss"_s, u"https://login.other.example"_s}}, kFiles);
    }
    AttackRun newRun(int requests = 400) { return AttackRun(lab.netOptions(), {host}, secrets, requests); }
    Judged judged(AttackRun &run) { return run.run(forgedTokenCheck(), targetOf({host}), facts); }

    ShopLab &lab;
    QString host;
    ProjectFacts facts;
    std::map<QString, Secret> secrets;
};

} // namespace

class TestForgedToken : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsNothingInTheCleanShop();
    void findsNothingInTheCleanDesk();
    void findsFaults_data();
    void findsFaults();
    void triesClaimsWithAGuessedSecret();
    void tokensOfTheProductItself_data();
    void tokensOfTheProductItself();
    void provesNothingByTheJudgedAnswer_data() { addGuestPages(); }
    void provesNothingByTheJudgedAnswer();
    void looksAtBothClocks_data();
    void looksAtBothClocks();
    void findsFaultsInACookie();
    void findsARememberedSignature_data();
    void findsARememberedSignature();
    void hostile_data();
    void hostile();
    void stops();
    void staysInsideItsBudget();

private:
    std::unique_ptr<ShopLab> m_lab; // one for all rows: keys and certificates take long to make
};

void TestForgedToken::initTestCase()
{
    m_lab = std::make_unique<ShopLab>();
    QVERIFY2(m_lab->isReady(), qPrintable(m_lab->problem()));
}

void TestForgedToken::findsNothingInTheCleanShop()
{
    m_lab->setFaults({});
    m_lab->reset();
    TokenScene scene(*m_lab);
    scene.pasteAll();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    // Its tokens are sound; of its private routes there are more than a look tries, which is said.
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info &&
                 judged.reason.startsWith("Private routes without a bad credential sent to them, as ten"_L1),
             qPrintable(toldIn(judged)));
    QVERIFY2(judged.observed["tried"_L1].toArray().size() > 25, qPrintable(toldIn(judged)));
    QVERIFY(judged.observed["published_keys"_L1].toInt() >= 6);
    qInfo("%d requests", run.gate->sentBy(u"access.forged-token"_s));
    // Without a token that has expired, not all of it was tried.
    TokenScene bare(*m_lab);
    AttackRun second = bare.newRun();
    QCOMPARE(bare.judged(second).outcome, Outcome::Info);
}

void TestForgedToken::findsNothingInTheCleanDesk()
{
    DeskLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const QString host = QString::fromLatin1(lab.desk().host());
    SignIn form;
    form.kind = SignInKind::Form;
    form.url = lab.url("/login").toString();
    form.bodyTemplate = u"email={{user}}&password={{password}}&csrf_token={{csrf}}"_s;
    ProjectFacts facts;
    facts.actors = actorsOf(lab.desk(), form, lab.url("/account").toString(), {});
    AttackRun run(lab.netOptions(), {host}, secretsOf(lab.desk()));
    const Judged judged = run.run(forgedTokenCheck(), targetOf({host}), facts);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QCOMPARE(judged.observed["kind"_L1].toString(), u"opaque"_s);
}

void TestForgedToken::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("codes");
    QTest::newRow("none") << AlgNone << u"alg_none"_s;
    QTest::newRow("None") << AlgNoneOtherCase << u"alg_none"_s;
    QTest::newRow("ignored") << SignatureIgnored << u"signature_ignored"_s;
    QTest::newRow("stripped") << SignatureStripped << u"signature_stripped"_s;
    QTest::newRow("blank key") << BlankKey << u"blank_key"_s;
    QTest::newRow("key confusion") << KeyConfusion << u"key_confusion"_s;
    QTest::newRow("kid file") << KidFile << u"kid_file"_s;
    QTest::newRow("kid sql") << KidSql << u"kid_sql"_s;
    QTest::newRow("embedded key") << EmbeddedKey << u"embedded_key"_s;
    QTest::newRow("expired") << ExpiredAccepted << u"expired_accepted"_s;
    QTest::newRow("not yet valid") << NotYetValidAccepted << u"not_yet_valid_accepted"_s;
    QTest::newRow("audience") << WrongAudience << u"other_audience_accepted"_s;
    QTest::newRow("issuer") << WrongIssuer << u"other_issuer_accepted"_s;
    QTest::newRow("weak secret") << WeakSecret << u"weak_secret"_s;
    QTest::newRow("personal data") << PersonalDataInToken << u"personal_data"_s;
}

void TestForgedToken::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, codes);
    m_lab->setFaults({fault});
    m_lab->reset();
    TokenScene scene(*m_lab);
    scene.pasteAll();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
    if (fault != ShopFault::PersonalDataInToken)
        QCOMPARE(judged.findings.front().proof, Proof::Proven);
}

// What only a signer can try is tried once there is a way to sign.
void TestForgedToken::triesClaimsWithAGuessedSecret()
{
    m_lab->setFaults({ShopFault::WeakSecret, ShopFault::UnknownCritAccepted, ShopFault::ExpiredAccepted});
    m_lab->reset();
    TokenScene scene(*m_lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(codesIn(judged) == QStringList({u"expired_accepted"_s, u"unknown_crit_accepted"_s, u"weak_secret"_s}),
             qPrintable(toldIn(judged)));
}

void TestForgedToken::tokensOfTheProductItself_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("service");
    const QString host = QString::fromLatin1(m_lab->shop().appHost());
    QTest::newRow("an issuer per customer") << QJsonObject{{u"iss"_s, u"https://login.other.example"_s}} << QString();
    QTest::newRow("an audience per app") << QJsonObject{{u"aud"_s, u"mobile.harbor-ledger.example"_s}} << QString();
    QTest::newRow("one of several audiences")
        << QJsonObject{{u"aud"_s, QJsonArray{u"files.harbor-ledger.example"_s, host}}} << kFiles;
    QTest::newRow("no audience") << QJsonObject{{u"aud"_s, QJsonValue::Null}} << kFiles;
}

// A product that takes several issuers and audiences because they are all its own.
void TestForgedToken::tokensOfTheProductItself()
{
    QFETCH(QJsonObject, claims);
    QFETCH(QString, service);
    m_lab->setFaults({ShopFault::WrongIssuer, ShopFault::WrongAudience});
    m_lab->reset();
    TokenScene scene(*m_lab);
    scene.paste(u"ours"_s, claims, service);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Info, qPrintable(toldIn(judged)));
}

// Only what names the account proves that its token was taken.
void TestForgedToken::provesNothingByTheJudgedAnswer()
{
    QFETCH(QByteArray, page);
    QFETCH(QString, codes);
    const Judged judged = judgedWithEnded(forgedTokenCheck(), page);
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
}

void TestForgedToken::looksAtBothClocks_data()
{
    QTest::addColumn<int>("begins"); // seconds from now by this computer
    QTest::addColumn<int>("ends");
    QTest::addColumn<int>("theirClock"); // the product's, seconds from ours
    QTest::addColumn<QString>("fault");
    constexpr int kAlways = 86400;
    QTest::newRow("begins tomorrow") << 86400 << 2 * kAlways << 0 << u"not yet valid"_s;
    QTest::newRow("begins in ten minutes") << 600 << kAlways << 0 << u"not yet valid"_s;
    QTest::newRow("has begun by their clock") << 600 << kAlways << 900 << QString();
    QTest::newRow("has not begun by either") << 1300 << kAlways << 900 << u"not yet valid"_s;
    QTest::newRow("within what clocks differ") << 100 << kAlways << 0 << QString();
    QTest::newRow("has begun by ours, and their clock is behind") << -10 << kAlways << -900 << QString();
    QTest::newRow("ended by both") << -kAlways << -1300 << -900 << u"expired"_s;
    QTest::newRow("ended by ours alone") << -kAlways << -1000 << -900 << QString();
}

// A token of the product's own whose time is judged by one wrong clock would be no finding.
void TestForgedToken::looksAtBothClocks()
{
    QFETCH(int, begins);
    QFETCH(int, ends);
    QFETCH(int, theirClock);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
    const auto at = [&](int seconds) { return now.addSecs(seconds).toSecsSinceEpoch(); };
    const QJsonObject claims{{u"nbf"_s, at(begins)}, {u"exp"_s, at(ends)}};
    const auto token = jwtIn(Secret("eyJhbGciOiJSUzI1NiJ9." +
                                    QJsonDocument(claims)
                                        .toJson(QJsonDocument::Compact)
                                        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) +
                                    ".c2lnbmF0dXJl"));
    QVERIFY(token);
    PrivateAnswer page;
    const QString date = QLocale::c().toString(now.addSecs(theirClock), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    page.good = answer(200, kJson + "\r\nDate: " + date.toLatin1(), kMine);
    const auto fault = pastedFaultOf(*token, nullptr, nowByBoth(page, now));
    const QString said = !fault ? QString() : *fault == ForgeryKind::NotYetValid ? u"not yet valid"_s : u"expired"_s;
    QTEST(said, "fault");
}

// The same token, kept in a cookie alone.
void TestForgedToken::findsFaultsInACookie()
{
    ShopLab lab({.faults = {ShopFault::AlgNone}, .setsCookie = true});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    TokenScene scene(lab);
    for (TestActor &actor : scene.facts.actors)
        actor.signIn.tokenPointer = QString::fromLatin1(kShopCookie);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(codesIn(judged) == QStringList{u"alg_none"_s}, qPrintable(toldIn(judged)));
    QCOMPARE(judged.observed["place"_L1].toString(), QString::fromLatin1(kShopCookie));
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestForgedToken::findsARememberedSignature_data()
{
    QTest::addColumn<bool>("remembers");
    QTest::addColumn<QString>("expected");
    QTest::newRow("by its signature") << true << u"alg_none:critical signature_ignored:critical"_s;
    QTest::newRow("by the whole token") << false << u"info"_s; // no token that has expired, of others and so on
}

// A product that remembers which tokens were good, to check each but once: by the signature alone it takes any claims
// that stand before it.
void TestForgedToken::findsARememberedSignature()
{
    QFETCH(bool, remembers);
    const auto encoded = [](const QByteArray &text) {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    std::set<QByteArray> good;
    const auto keyOf = [&](const QByteArray &token) { return remembers ? token.split('.').last() : token; };
    WebLab web;
    web.on("POST", "/login", [&](const WebRequest &request) {
        if (!request.body.contains("correct-horse-battery"))
            return WebAnswer{.status = 401, .body = R"({"error":"unauthorized"})"};
        const QByteArray who = request.body.contains("mia.lund") ? "mia.lund@acme.example" : "otto.berg@birch.example";
        const QByteArray text = encoded(R"({"alg":"RS256"})") + '.' + encoded(R"({"sub":")" + who.left(4) + R"("})");
        const QByteArray token = text + '.' + encoded("signature number " + QByteArray::number(qlonglong(good.size())));
        good.insert(keyOf(token));
        return WebAnswer{.body = R"({"access_token":")" + token + R"("})"};
    });
    web.on("GET", "/me", [&](const WebRequest &request) {
        const QByteArray token = request.header("authorization").mid(7);
        const auto read = jwtIn(Secret(token));
        // What the token says of its time and its conditions is looked at each time.
        const auto ends = read ? timeClaim(read->claims, u"exp"_s) : std::nullopt;
        const auto begins = read ? timeClaim(read->claims, u"nbf"_s) : std::nullopt;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const bool isNow = (!ends || *ends > now) && (!begins || *begins <= now);
        if (!read || !isNow || read->header.has(u"crit"_s) || good.count(keyOf(token)) == 0)
            return WebAnswer{.status = 401, .body = R"({"error":"unauthorized"})"};
        const bool isMia = read->claims.text(u"sub"_s) == "mia."_L1;
        return WebAnswer{.body =
                             isMia ? R"({"email":"mia.lund@acme.example"})" : R"({"email":"otto.berg@birch.example"})"};
    });
    ProjectFacts facts;
    for (const auto &[id, mail, tenant] : {std::tuple{u"a1"_s, u"mia.lund@acme.example"_s, u"Acme"_s},
                                           std::tuple{u"a2"_s, u"otto.berg@birch.example"_s, u"Birch"_s}}) {
        TestActor actor;
        actor.id = id;
        actor.name = mail;
        actor.role = u"member"_s;
        actor.tenant = tenant;
        actor.userName = mail;
        actor.signIn = jsonSignIn(web.url(u"/login"_s));
        actor.whoAmIUrl = web.url(u"/me"_s).toString();
        actor.whoAmIPointer = u"/email"_s;
        facts.actors.push_back(actor);
    }
    const Secret password("correct-horse-battery");
    AttackRun run({}, {web.host()}, {{u"a1"_s, password}, {u"a2"_s, password}});
    const Judged judged = run.run(forgedTokenCheck(), targetOf({web.host()}), facts);
    QFETCH(QString, expected);
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
    int asOthers = 0;
    for (const QJsonValue &row : judged.observed["tried"_L1].toArray())
        asOthers += row["kind"_L1] == "other_account"_L1 ? 1 : 0;
    QCOMPARE(asOthers, kMostAccountForgeries);
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"access.forged-token"_s));
    QVERIFY(run.gate->sentBy(u"access.forged-token"_s) <= kForgedTokenCeiling);
    if (remembers)
        QCOMPARE(judged.findings.front().proof, Proof::Proven);
}

void TestForgedToken::hostile_data()
{
    addHostileRows(14);
}

void TestForgedToken::hostile()
{
    QFETCH(int, row);
    const QString wrong = wrongUnder(hostileRows(14)[static_cast<std::size_t>(row)], forgedTokenCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestForgedToken::stops()
{
    const QString wrong = wrongWhenStopped(forgedTokenCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestForgedToken::staysInsideItsBudget()
{
    m_lab->setFaults({});
    m_lab->reset();
    TokenScene scene(*m_lab);
    scene.pasteAll();
    AttackRun run = scene.newRun();
    (void)scene.judged(run);
    QVERIFY(run.gate->sentBy(u"access.forged-token"_s) > 30);
    const int announced = run.gate->mostAnnouncedBy(u"access.forged-token"_s);
    QVERIFY(announced >= kForgedTokenCeiling);
    QVERIFY(announced <= kForgedTokenCeiling + credentialLookCeiling(scene.facts.routes));
    QVERIFY(run.gate->sentBy(u"access.forged-token"_s) <= announced);
    AttackRun poor = scene.newRun(40); // less than it needs: nothing is sent
    QCOMPARE(scene.judged(poor).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
}

QTEST_GUILESS_MAIN(TestForgedToken)
#include "tst_forgedtoken.moc"
