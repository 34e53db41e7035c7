#include "checks/access/forgedtoken.h"
#include "checks/access/forgedtokenlook.h"
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

ForgedTokenLook lookWith(const HttpResponse &answerToForgery, ForgeryKind kind)
{
    ForgedTokenLook look;
    look.actor = u"Mia"_s;
    look.page.request.url = QUrl(u"https://app.example.com/me"_s);
    look.page.good = answer(200, kJson, kMine);
    look.page.stranger = answer(401, kJson, "{\"error\":\"unauthorized\"}");
    look.page.markers = Markers({{u"mia.lund@acme.example"_s, MarkerKind::Mail, {}}});
    look.token = jwtIn(Secret("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl"));
    look.goodLast = look.page.good;
    look.inventedLast = look.page.stranger;
    look.tried.push_back({.kind = kind, .what = u"x"_s, .request = look.page.request, .answer = answerToForgery});
    look.tried.push_back(
        {.kind = ForgeryKind::Expired, .what = u"x"_s, .request = look.page.request, .answer = look.page.stranger});
    return look;
}

} // namespace

class TestForgedToken : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judges_data();
    void judges();
    void judgesControls_data();
    void judgesControls();
    void judgesRepeatedClaims();
    void judgesIdentityTokens_data();
    void judgesIdentityTokens();
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

void TestForgedToken::judges_data()
{
    using enum ForgeryKind;
    QTest::addColumn<HttpResponse>("answerToForgery");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("expected");
    const HttpResponse taken = answer(200, kJson, kMine);
    const auto row = [](const char *name, const HttpResponse &response, ForgeryKind kind, const QString &expected) {
        QTest::newRow(name) << response << int(kind) << expected;
    };
    row("refused", answer(401, kJson, "{}"), AlgorithmNone, u"pass"_s);
    row("not understood", answer(400, kJson, "{\"error\":\"bad token\"}"), AlgorithmNone, u"pass"_s);
    row("sent to the login", answer(302, "Location: /login"), AlgorithmNone, u"pass"_s);
    row("200 that says no", answer(200, kJson, "{\"error\":\"unauthorized\"}"), AlgorithmNone, u"pass"_s);
    row("200 with something else", answer(200, kJson, "{\"plans\":[1,2]}"), AlgorithmNone, u"pass"_s);
    row("200 of the same form about nobody", answer(200, kJson, "{\"email\":\"\",\"phone\":\"\"}"), AlgorithmNone,
        u"info"_s);
    row("a limit", answer(429), AlgorithmNone, u"info"_s);
    row("broken", answer(500), AlgorithmNone, u"info"_s);
    row("none", taken, AlgorithmNone, u"alg_none:critical"_s);
    row("stripped", taken, NoSignature, u"signature_stripped:critical"_s);
    row("ignored", taken, WrongSignature, u"signature_ignored:critical"_s);
    row("changed header", taken, ChangedHeader, u"signature_ignored:critical"_s);
    row("changed claims", taken, ChangedClaims, u"signature_ignored:critical"_s);
    row("blank key", taken, BlankKey, u"blank_key:critical"_s);
    row("confusion", taken, KeyConfusion, u"key_confusion:critical"_s);
    row("file", taken, KeyIdFile, u"kid_file:critical"_s);
    row("sql", taken, KeyIdSql, u"kid_sql:critical"_s);
    row("embedded", taken, EmbeddedKey, u"embedded_key:critical"_s);
    row("nested", taken, Nested, u"nested_unsigned:critical"_s);
    row("zeros", taken, ZeroSignature, u"zero_signature:critical"_s);
    row("early", taken, NotYetValid, u"not_yet_valid_accepted:medium"_s);
    row("no end", taken, WithoutExpiry, u"expired_accepted:high"_s);
    row("audience", taken, OtherAudience, u"other_audience_accepted:high"_s);
    row("issuer", taken, OtherIssuer, u"other_issuer_accepted:high"_s);
    row("crit", taken, UnknownCritical, u"unknown_crit_accepted:medium"_s);
    row("altered", taken, Altered, u"altered_accepted:high"_s);
}

void TestForgedToken::judges()
{
    QFETCH(HttpResponse, answerToForgery);
    QFETCH(int, kind);
    QFETCH(QString, expected);
    const Judged judged = judgeForgedToken(lookWith(answerToForgery, static_cast<ForgeryKind>(kind)));
    QCOMPARE(said(judged), expected);
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.proof, Proof::Proven);
    if (static_cast<ForgeryKind>(kind) == ForgeryKind::WithoutExpiry) // nothing that had expired was taken
        QVERIFY(!judged.findings.front().title.contains(u"expired"_s));
}

void TestForgedToken::judgesControls_data()
{
    QTest::addColumn<HttpResponse>("goodLast");
    QTest::addColumn<HttpResponse>("inventedLast");
    QTest::addColumn<int>("forgedStatus");
    QTest::addColumn<QString>("expected");
    const HttpResponse good = answer(200, kJson, kMine);
    const HttpResponse refused = answer(401, kJson, "{}");
    QTest::newRow("as at the start, taken") << good << refused << 200 << u"alg_none:critical"_s;
    QTest::newRow("locked at the end, refused") << refused << refused << 401 << u"not_run"_s;
    QTest::newRow("locked at the end, taken") << refused << refused << 200 << u"alg_none:critical"_s;
    QTest::newRow("a cache at the end, taken") << good << good << 200 << u"not_run"_s;
    QTest::newRow("limited at the end") << answer(429) << refused << 401 << u"not_run"_s;
}

void TestForgedToken::judgesControls()
{
    QFETCH(HttpResponse, goodLast);
    QFETCH(HttpResponse, inventedLast);
    QFETCH(int, forgedStatus);
    QFETCH(QString, expected);
    ForgedTokenLook look = lookWith(answer(forgedStatus, kJson, forgedStatus == 200 ? kMine : QByteArray("{}")),
                                    ForgeryKind::AlgorithmNone);
    look.goodLast = goodLast;
    look.inventedLast = inventedLast;
    const Judged judged = judgeForgedToken(look);
    QCOMPARE(said(judged), expected);
    if (judged.outcome == Outcome::NotRun)
        QVERIFY(!judged.reason.isEmpty());
}

// A server that tells in its refusal what the token claims has let nobody in.
void TestForgedToken::judgesRepeatedClaims()
{
    ForgedTokenLook look = lookWith(answer(200, kJson, "{\"problem\":{\"token of\":\"mia.lund@acme.example\"}}"),
                                    ForgeryKind::AlgorithmNone);
    look.token->claims.set(u"email"_s, u"mia.lund@acme.example"_s);
    QCOMPARE(said(judgeForgedToken(look)), u"personal_data:low"_s);
    look.tried[0].answer = look.page.good; // the answer itself
    QCOMPARE(said(judgeForgedToken(look)), u"alg_none:critical personal_data:low"_s);
}

void TestForgedToken::judgesIdentityTokens_data()
{
    QTest::addColumn<QStringList>("claims");
    QTest::addColumn<QString>("expected");
    QTest::newRow("access token") << QStringList{u"scope"_s} << u"pass"_s;
    QTest::newRow("nonce") << QStringList{u"nonce"_s} << u"identity_token:low"_s;
    QTest::newRow("nonce in an access token") << QStringList{u"nonce"_s, u"scope"_s} << u"pass"_s;
    QTest::newRow("at_hash") << QStringList{u"at_hash"_s} << u"identity_token:low"_s;
}

void TestForgedToken::judgesIdentityTokens()
{
    QFETCH(QStringList, claims);
    QFETCH(QString, expected);
    ForgedTokenLook look = lookWith(answer(401, kJson, "{}"), ForgeryKind::AlgorithmNone);
    for (const QString &claim : claims)
        look.token->claims.set(claim, u"x"_s);
    QCOMPARE(said(judgeForgedToken(look)), expected);
}

void TestForgedToken::findsNothingInTheCleanShop()
{
    m_lab->setFaults({});
    m_lab->reset();
    TokenScene scene(*m_lab);
    scene.pasteAll();
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
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
    QVERIFY(run.gate->sentBy(u"access.forged-token"_s) <= kForgedTokenCeiling);
    AttackRun poor = scene.newRun(40); // less than it needs: nothing is sent
    QCOMPARE(scene.judged(poor).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
}

QTEST_GUILESS_MAIN(TestForgedToken)
#include "tst_forgedtoken.moc"
