// access.forged-token: what is made of the answers.
#include "checks/access/forgedtoken.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kMine = "{\"email\":\"mia.lund@acme.example\",\"phone\":\"+46 70 1740611\"}";

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
    look.hasSigningKey = true;
    look.otherAccount = u"Otto"_s;
    look.tried.push_back({.kind = kind, .what = u"x"_s, .request = look.page.request, .answer = answerToForgery});
    // All others were tried, and refused.
    for (int one = 0; one <= static_cast<int>(ForgeryKind::UnknownCritical); ++one) {
        if (static_cast<ForgeryKind>(one) != kind)
            look.tried.push_back({.kind = static_cast<ForgeryKind>(one),
                                  .what = u"x"_s,
                                  .request = look.page.request,
                                  .answer = look.page.stranger});
    }
    return look;
}

// The same with all refused, and the answer to a token with the account of Otto in it.
ForgedTokenLook lookWithOther(const HttpResponse &answerToOther)
{
    ForgedTokenLook look = lookWith(answerToOther, ForgeryKind::OtherAccount);
    look.tried.front().markers = Markers({{u"otto.berg@birch.example"_s, MarkerKind::Mail, {}}});
    look.tried.front().claims = R"({"sub":"8","email":"otto.berg@birch.example"})";
    return look;
}

} // namespace

class TestForgedTokenJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void judgesOtherAccounts_data();
    void provesNoAccountThatAllAreShown();
    void judgesOtherAccounts();
    void namesWhatWasNotTried_data();
    void namesWhatWasNotTried();
    void passesNothingThatWasNotForged();
    void judgesControls_data();
    void judgesControls();
    void judgesRepeatedClaims();
    void judgesIdentityTokens_data();
    void judgesIdentityTokens();
};

void TestForgedTokenJudge::judges_data()
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

void TestForgedTokenJudge::judges()
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

void TestForgedTokenJudge::judgesOtherAccounts_data()
{
    QTest::addColumn<HttpResponse>("answerToOther");
    QTest::addColumn<HttpResponse>("answerToUnsigned");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<Proof>("proof");
    const HttpResponse refused = answer(401, kJson, "{}");
    const HttpResponse theirs = answer(200, kJson, R"({"email":"otto.berg@birch.example","phone":"+1"})");
    const HttpResponse blank = answer(200, kJson, R"({"email":"","phone":""})");
    const auto row = [](const char *name, const HttpResponse &other, const HttpResponse &bare, const char *expected,
                        Proof proof = Proof::Proven) {
        QTest::newRow(name) << other << bare << QString::fromLatin1(expected) << proof;
    };
    row("refused", refused, refused, "pass");
    row("shows the other one", theirs, refused, "signature_ignored:critical");
    row("shows the same one", answer(200, kJson, kMine), refused, "signature_ignored:critical");
    row("repeats its claims and refuses", answer(200, kJson, R"({"not you":{"a":"otto.berg@birch.example"}})"), refused,
        "info");
    row("says nothing of whose it is, and refuses unsigned ones", blank, refused, "signature_ignored:critical",
        Proof::Strong);
    row("says nothing of whose it is, to unsigned ones neither", blank, blank, "info");
    row("says nothing of whose it is, and is broken for unsigned ones", blank, answer(500), "info");
    row("limited", answer(429), refused, "info");
}

// A page about the other one that anybody gets who brings a token.
void TestForgedTokenJudge::provesNoAccountThatAllAreShown()
{
    const HttpResponse theirs = answer(200, kJson, R"({"room":"3","guide":{"mail":"otto.berg@birch.example"}})");
    ForgedTokenLook look = lookWithOther(theirs);
    look.inventedLast = theirs;
    const Judged judged = judgeForgedToken(look);
    QVERIFY2(judged.findings.empty(), qPrintable(said(judged)));
}

void TestForgedTokenJudge::judgesOtherAccounts()
{
    QFETCH(HttpResponse, answerToOther);
    QFETCH(HttpResponse, answerToUnsigned);
    QFETCH(Proof, proof);
    ForgedTokenLook look = lookWithOther(answerToOther);
    std::ranges::find(look.tried, ForgeryKind::NoSignature, &TriedToken::kind)->answer = answerToUnsigned;
    const Judged judged = judgeForgedToken(look);
    QTEST(said(judged), "expected");
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, proof);
        QVERIFY2(finding.whatWeSaw.contains("Otto"_L1), qPrintable(finding.whatWeSaw));
    }
}

void TestForgedTokenJudge::namesWhatWasNotTried_data()
{
    using enum ForgeryKind;
    QTest::addColumn<int>("kind"); // that was not tried
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("word"); // in what people read
    QTest::addColumn<QString>("code"); // of an earlier finding that is not closed
    const auto row = [](const char *name, ForgeryKind kind, const char *expected, const char *word, const char *code) {
        QTest::newRow(name) << int(kind) << QString::fromLatin1(expected) << QString::fromLatin1(word)
                            << QString::fromLatin1(code);
    };
    row("no second account", OtherAccount, "info", "second test account", "signature_ignored");
    row("no key of ours", EmbeddedKey, "info", "jwk", "embedded_key");
    row("no key of ours, for an address", KeyAddress, "info", "jku", "embedded_key");
    row("none expired", Expired, "info", "expired", "expired_accepted");
    row("none of another service", OtherAudience, "info", "aud", "other_audience_accepted");
    row("none of another issuer", OtherIssuer, "info", "iss", "other_issuer_accepted");
    row("none with a beginning to come", NotYetValid, "pass", "nbf", "not_yet_valid_accepted");
    row("none without an end", WithoutExpiry, "pass", "exp", "expired_accepted");
    row("none with a condition", UnknownCritical, "pass", "crit", "unknown_crit_accepted");
}

void TestForgedTokenJudge::namesWhatWasNotTried()
{
    QFETCH(int, kind);
    QFETCH(QString, word);
    QFETCH(QString, code);
    ForgedTokenLook look = lookWith(answer(401), ForgeryKind::AlgorithmNone);
    for (const char *claim : {"aud", "iss", "exp"})
        look.token->claims.set(QString::fromLatin1(claim), u"x"_s);
    look.noOtherAccount = u"Add a second test account."_s;
    std::erase_if(look.tried, [&](const TriedToken &one) { return int(one.kind) == kind; });
    const Judged judged = judgeForgedToken(look);
    QTEST(said(judged), "expected");
    QVERIFY2((judged.summary + judged.reason).contains(word), qPrintable(judged.summary + judged.reason));
    QCOMPARE(unseenIn(judged.observed), std::vector<Unseen>{{.code = code}});
    QCOMPARE(judged.observed["not_tried"_L1].toArray().size(), 1);
    // A claim that the token does not have says so.
    if (kind != int(ForgeryKind::OtherAudience))
        return;
    look.token->claims.remove(u"aud"_s);
    QVERIFY(judgeForgedToken(look).reason.contains("no claim aud"_L1));
}

// A key of the certificate is no key of the tokens, a limit of ours is told, and pasted tokens are no forgeries.
void TestForgedTokenJudge::passesNothingThatWasNotForged()
{
    ForgedTokenLook keyless = lookWith(answer(401), ForgeryKind::AlgorithmNone);
    keyless.hasSigningKey = false;
    QCOMPARE(said(judgeForgedToken(keyless)), u"info"_s);
    QCOMPARE(unseenIn(judgeForgedToken(keyless).observed), std::vector<Unseen>{{.code = u"key_confusion"_s}});
    keyless.token->header.set(u"alg"_s, u"HS256"_s); // there is no public key
    QCOMPARE(said(judgeForgedToken(keyless)), u"pass"_s);
    ForgedTokenLook cut = lookWith(answer(401), ForgeryKind::AlgorithmNone);
    cut.spellingsLeftOut = 3;
    QVERIFY(judgeForgedToken(cut).outcome == Outcome::Info && judgeForgedToken(cut).reason.contains(u'3'));
    cut.spellingsLeftOut = 0;
    cut.pastedLeftOut = 2;
    QCOMPARE(unseenIn(judgeForgedToken(cut).observed), std::vector<Unseen>{Unseen()});
    ForgedTokenLook nothing = lookWith(answer(401), ForgeryKind::Expired);
    nothing.token.reset();
    nothing.tried.resize(1);
    nothing.tried.front().pastedBy = u"Otto"_s;
    for (const std::size_t pasted : {1U, 0U}) {
        nothing.tried.resize(pasted);
        const Judged judged = judgeForgedToken(nothing);
        QCOMPARE(judged.outcome, Outcome::NotRun);
        QVERIFY2(judged.reason.contains("Nothing could be forged"_L1), qPrintable(judged.reason));
        QCOMPARE(unseenIn(judged.observed), std::vector<Unseen>{Unseen()});
    }
}

void TestForgedTokenJudge::judgesControls_data()
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

void TestForgedTokenJudge::judgesControls()
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
void TestForgedTokenJudge::judgesRepeatedClaims()
{
    ForgedTokenLook look = lookWith(answer(200, kJson, "{\"problem\":{\"token of\":\"mia.lund@acme.example\"}}"),
                                    ForgeryKind::AlgorithmNone);
    look.token->claims.set(u"email"_s, u"mia.lund@acme.example"_s);
    QCOMPARE(said(judgeForgedToken(look)), u"personal_data:low"_s);
    look.tried[0].answer = look.page.good; // the answer itself
    QCOMPARE(said(judgeForgedToken(look)), u"alg_none:critical personal_data:low"_s);
}

void TestForgedTokenJudge::judgesIdentityTokens_data()
{
    QTest::addColumn<QStringList>("claims");
    QTest::addColumn<QString>("expected");
    QTest::newRow("access token") << QStringList{u"scope"_s} << u"pass"_s;
    QTest::newRow("nonce") << QStringList{u"nonce"_s} << u"identity_token:low"_s;
    QTest::newRow("nonce in an access token") << QStringList{u"nonce"_s, u"scope"_s} << u"pass"_s;
    QTest::newRow("at_hash") << QStringList{u"at_hash"_s} << u"identity_token:low"_s;
}

void TestForgedTokenJudge::judgesIdentityTokens()
{
    QFETCH(QStringList, claims);
    QFETCH(QString, expected);
    ForgedTokenLook look = lookWith(answer(401, kJson, "{}"), ForgeryKind::AlgorithmNone);
    for (const QString &claim : claims)
        look.token->claims.set(claim, u"x"_s);
    QCOMPARE(said(judgeForgedToken(look)), expected);
}

QTEST_GUILESS_MAIN(TestForgedTokenJudge)
#include "tst_forgedtokenjudge.moc"
