// What is forged is taken to the practice shop's reader of tokens, which shares no code with the forge.
#include "app/practice/shop/rsakeys.h"
#include "app/practice/shop/tokens.h"
#include "checks/tokens/base64url.h"
#include "checks/tokens/commonsecrets.h"
#include "checks/tokens/forgery.h"
#include "checks/tokens/nestedtoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <openssl/rsa.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNow = 1'800'000'000;

const shop::TokenKeys &keys()
{
    static const shop::TokenKeys made = shop::newTokenKeys();
    return made;
}

shop::TokenRules rulesWith(const FaultSet<ShopFault> &faults, TokenSigning signing = TokenSigning::Rs256)
{
    shop::TokenRules rules;
    rules.faults = faults;
    rules.signing = signing;
    rules.issuer = u"https://api.example.com"_s;
    rules.stagingIssuer = u"https://api.staging.example.com"_s;
    rules.audience = u"app.example.com"_s;
    rules.now = kNow;
    return rules;
}

Jwt goodToken(const shop::TokenRules &rules)
{
    const QJsonObject claims{{u"iss"_s, rules.issuer}, {u"aud"_s, rules.audience}, {u"sub"_s, u"7"_s},
                             {u"role"_s, u"member"_s}, {u"iat"_s, kNow},           {u"exp"_s, kNow + 900}};
    return *jwtIn(Secret(shop::signToken(claims, keys(), rules)));
}

std::vector<Forgery> forgedFor(const Jwt &token, const shop::TokenRules &rules)
{
    static const auto own = OwnKey::made();
    ForgeryKeys published{.spellings = {}, .own = own};
    const QByteArray jwks = QJsonDocument(shop::jwksOf(keys(), rules.usedSigning())).toJson(QJsonDocument::Compact);
    for (const PublishedKey &key : publishedKeysIn(jwks))
        published.spellings = key.spellings;
    return forgeriesOf(token, published, QDateTime::fromSecsSinceEpoch(kNow, Qt::UTC));
}

QStringList takenKinds(const std::vector<Forgery> &forged, const shop::TokenRules &rules)
{
    QStringList kinds;
    for (const Forgery &one : forged) {
        if (shop::takenClaims(one.token.reveal(), keys(), rules))
            kinds.append(toWord(one.kind));
    }
    kinds.removeDuplicates();
    return kinds;
}

// What the owner of the key reads in an encrypted token (RFC 7516 section 5.2); empty when it does not open.
QByteArray opened(const QByteArray &token, EVP_PKEY *key, const EVP_MD *digest)
{
    const auto bytes = [](const QByteArray &text) { return reinterpret_cast<const unsigned char *>(text.constData()); };
    const auto room = [](QByteArray &text) { return reinterpret_cast<unsigned char *>(text.data()); };
    const QList<QByteArray> parts = token.split('.');
    if (parts.size() != 5)
        return {};
    const QByteArray sealedKey = *fromBase64Url(parts[1]);
    const std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>> unwrap(EVP_PKEY_CTX_new(key, nullptr));
    QByteArray contentKey(sealedKey.size(), '\0');
    auto size = static_cast<size_t>(contentKey.size());
    if (EVP_PKEY_decrypt_init(unwrap.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(unwrap.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_oaep_md(unwrap.get(), digest) != 1 ||
        EVP_PKEY_decrypt(unwrap.get(), room(contentKey), &size, bytes(sealedKey),
                         static_cast<size_t>(sealedKey.size())) != 1 ||
        size != 32)
        return {};
    const QByteArray iv = *fromBase64Url(parts[2]);
    const QByteArray text = *fromBase64Url(parts[3]);
    QByteArray tag = *fromBase64Url(parts[4]);
    QByteArray plain(text.size(), '\0');
    const std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>> open(EVP_CIPHER_CTX_new());
    int done = 0;
    const bool isOpen =
        EVP_DecryptInit_ex(open.get(), EVP_aes_256_gcm(), nullptr, bytes(contentKey), bytes(iv)) == 1 &&
        EVP_DecryptUpdate(open.get(), nullptr, &done, bytes(parts[0]), static_cast<int>(parts[0].size())) == 1 &&
        EVP_DecryptUpdate(open.get(), room(plain), &done, bytes(text), static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(open.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag.size()), tag.data()) == 1 &&
        EVP_DecryptFinal_ex(open.get(), room(tag), &done) == 1;
    return isOpen ? plain : QByteArray();
}

} // namespace

class TestForgery : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsTakenByAGoodReader();
    void eachFaultTakesItsForgery_data();
    void eachFaultTakesItsForgery();
    void badClaimsOverAGoodSignature_data();
    void badClaimsOverAGoodSignature();
    void bytes();
    void nested_data();
    void nested();
    void namesAnotherAccount_data();
    void namesAnotherAccount();
    void opaque();
    void inventsLikeText_data();
    void inventsLikeText();
};

void TestForgery::nothingIsTakenByAGoodReader()
{
    for (const TokenSigning signing : {TokenSigning::Rs256, TokenSigning::Hs256}) {
        const shop::TokenRules rules = rulesWith({}, signing);
        const Jwt token = goodToken(rules);
        QVERIFY(shop::takenClaims(token.whole.reveal(), keys(), rules));
        const std::vector<Forgery> forged = forgedFor(token, rules);
        QCOMPARE(takenKinds(forged, rules), QStringList());
        QVERIFY(forged.size() >= 20);
        QVERIFY(forged.size() <= std::size_t(kMostForgeries));
        for (const Forgery &one : forged)
            QVERIFY(one.token.reveal() != token.whole.reveal());
    }
}

void TestForgery::eachFaultTakesItsForgery_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("kind");
    QTest::newRow("none") << AlgNone << u"alg_none"_s;
    QTest::newRow("None") << AlgNoneOtherCase << u"alg_none"_s;
    QTest::newRow("ignored") << SignatureIgnored << u"wrong_signature"_s;
    QTest::newRow("stripped") << SignatureStripped << u"no_signature"_s;
    QTest::newRow("blank key") << BlankKey << u"blank_key"_s;
    QTest::newRow("key confusion") << KeyConfusion << u"key_confusion"_s;
    QTest::newRow("kid file") << KidFile << u"kid_file"_s;
    QTest::newRow("kid sql") << KidSql << u"kid_sql"_s;
    QTest::newRow("embedded key") << EmbeddedKey << u"embedded_key"_s;
    QTest::newRow("the key of an address") << EmbeddedKey << u"key_address"_s;
}

void TestForgery::eachFaultTakesItsForgery()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, kind);
    const shop::TokenRules rules = rulesWith({fault});
    const QStringList taken = takenKinds(forgedFor(goodToken(rules), rules), rules);
    QVERIFY2(taken.contains(kind), qPrintable(taken.join(u' ')));
}

void TestForgery::badClaimsOverAGoodSignature_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("kind");
    QTest::newRow("expired") << ExpiredAccepted << u"expired"_s;
    QTest::newRow("not yet valid") << NotYetValidAccepted << u"not_yet_valid"_s;
    QTest::newRow("no exp") << NoExpiry << u"without_expiry"_s;
    QTest::newRow("audience") << WrongAudience << u"other_audience"_s;
    QTest::newRow("issuer") << WrongIssuer << u"other_issuer"_s;
    QTest::newRow("crit") << UnknownCritAccepted << u"unknown_crit"_s;
}

void TestForgery::badClaimsOverAGoodSignature()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, kind);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(kNow, Qt::UTC);
    const shop::TokenRules rules = rulesWith({ShopFault::WeakSecret, fault});
    const Jwt token = goodToken(rules);
    const auto secret = commonSecretOf(token, u"example.com"_s);
    QVERIFY(secret);
    const Forgery way = signedWithSecret(token, *secret);
    QVERIFY(shop::takenClaims(way.token.reveal(), keys(), rules));
    const std::vector<Forgery> forged = claimForgeriesOf(token, way, now);
    QVERIFY(forged.size() <= std::size_t(kMostClaimForgeries));
    const QStringList taken = takenKinds(forged, rules);
    QVERIFY2(taken.contains(kind), qPrintable(taken.join(u' ')));
    QVERIFY2(takenKinds(forged, rulesWith({ShopFault::WeakSecret})).isEmpty(), qPrintable(taken.join(u' ')));
}

void TestForgery::bytes()
{
    const QByteArray text = toBase64Url(R"({"typ":"JWT","alg":"RS256","x":1})") + '.' + toBase64Url(R"({"b":1,"a":2})");
    const auto token = jwtIn(Secret(text + ".c2lnbmF0dXJl"));
    QVERIFY(token);
    const std::vector<Forgery> forged = forgeriesOf(*token, {}, QDateTime::fromSecsSinceEpoch(kNow, Qt::UTC));
    const QByteArray none = toBase64Url(R"({"typ":"JWT","alg":"none","x":1})") + '.' + toBase64Url(R"({"b":1,"a":2})");
    QCOMPARE(forged[0].token.reveal(), none + '.'); // the order of the fields is kept, and the last dot
    QCOMPARE(forged[4].token.reveal(), none);
    QCOMPARE(forged[5].token.reveal(), none + ".c2lnbmF0dXJl");
    QCOMPARE(forged[6].token.reveal(), text + '.');
    QCOMPARE(forged[7].token.reveal(), text);
    std::map<QString, qsizetype> zeros; // the length of each signature (RFC 7518 section 3.4)
    for (const Forgery &one : forged) {
        if (one.kind == ForgeryKind::ZeroSignature)
            zeros[one.header.text(u"alg"_s)] = fromBase64Url(one.token.reveal().split('.').last())->size();
    }
    QCOMPARE(zeros, (std::map<QString, qsizetype>{{u"ES256"_s, 64}, {u"ES384"_s, 96}, {u"ES512"_s, 132}}));
    for (const Forgery &one : forged)
        QVERIFY2(!one.token.reveal().contains('=') && !one.token.reveal().contains('+'), qPrintable(one.what));
}

void TestForgery::nested_data()
{
    QTest::addColumn<QString>("use");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<bool>("isMade");
    QTest::newRow("for encryption") << u"enc"_s << u"RSA-OAEP-256"_s << true;
    QTest::newRow("by the older way") << u"enc"_s << u"RSA-OAEP"_s << true;
    QTest::newRow("for signatures") << u"sig"_s << u"RS256"_s << false;
    QTest::newRow("does not say") << QString() << QString() << false;
}

void TestForgery::nested()
{
    QFETCH(QString, use);
    QFETCH(QString, algorithm);
    QFETCH(bool, isMade);
    static const KeyPtr pair = shop::newRsaKey();
    QJsonObject jwk = shop::rsaJwk(pair.get());
    jwk["use"_L1] = use;
    jwk["alg"_L1] = algorithm;
    const auto published =
        publishedKeysIn(QJsonDocument(QJsonObject{{u"keys"_s, QJsonArray{jwk}}}).toJson(QJsonDocument::Compact));
    QCOMPARE(published.size(), std::size_t(1));
    const Jwt token = goodToken(rulesWith({}));
    const auto made = nestedUnsigned(token, published[0]);
    QCOMPARE(made.has_value(), isMade);
    if (!made)
        return;
    const EVP_MD *digest = algorithm == "RSA-OAEP"_L1 ? EVP_sha1() : EVP_sha256();
    const QByteArray inside = opened(made->reveal(), pair.get(), digest);
    QVERIFY(inside.endsWith('.'));
    const auto claims = jwtIn(Secret(inside));
    QVERIFY(claims);
    QCOMPARE(claims->algorithm(), u"none"_s);
    QCOMPARE(claims->claims, token.claims);
    const auto forged = forgeriesOf(token, {.spellings = {}, .own = {}, .encryption = published[0]},
                                    QDateTime::fromSecsSinceEpoch(kNow, Qt::UTC));
    QVERIFY(std::ranges::find(forged, ForgeryKind::Nested, &Forgery::kind) != forged.end());
}

void TestForgery::namesAnotherAccount_data()
{
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QStringList>("made"); // the claims
    QTest::newRow("by sub") << QByteArray(R"({"sub":"7","role":"member"})")
                            << QByteArray(R"({"sub":"8","role":"admin"})")
                            << QStringList{u"{\"sub\":\"8\",\"role\":\"member\"}"_s,
                                           u"{\"sub\":\"8\",\"role\":\"admin\"}"_s};
    QTest::newRow("by a number of its own")
        << QByteArray(R"({"sub":"user","uid":7})") << QByteArray(R"({"sub":"user","uid":8})")
        << QStringList{u"{\"sub\":\"user\",\"uid\":8}"_s, u"{\"sub\":\"user\",\"uid\":8}"_s};
    QTest::newRow("of the same account") << QByteArray(R"({"sub":"7","jti":"a"})")
                                         << QByteArray(R"({"sub":"7","jti":"b"})") << QStringList();
    QTest::newRow("by none that we know") << QByteArray(R"({"x":"7"})") << QByteArray(R"({"x":"8"})") << QStringList();
}

// Under the old signature, and nothing else is changed.
void TestForgery::namesAnotherAccount()
{
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);
    const QByteArray header = toBase64Url(R"({"alg":"RS256"})") + '.';
    const Jwt own = *jwtIn(Secret(header + toBase64Url(mine) + ".c2lnbmF0dXJl"));
    const Jwt other = *jwtIn(Secret(header + toBase64Url(theirs) + ".b3RoZXI"));
    QStringList made;
    for (const Forgery &one : accountForgeriesOf(own, other)) {
        QCOMPARE(one.kind, ForgeryKind::OtherAccount);
        const Jwt token = *jwtIn(one.token);
        QCOMPARE(token.signaturePart(), QByteArray("c2lnbmF0dXJl"));
        made.append(QString::fromUtf8(token.claims.compact()));
    }
    QTEST(made, "made");
    QVERIFY(made.size() <= kMostAccountForgeries);
}

void TestForgery::opaque()
{
    QCOMPARE(forgeriesOfOpaque(Secret("short")).size(), std::size_t(0));
    QCOMPARE(forgeriesOfOpaque(Secret("8f14e45fceea167a5a36dedd")).size(), std::size_t(2));
    const auto made = forgeriesOfOpaque(Secret("s:abcdefgh.c2lnbmF0dXJl"));
    QCOMPARE(made.size(), std::size_t(3));
    QCOMPARE(made[2].token.reveal(), QByteArray("s:abcdefgh"));
}

void TestForgery::inventsLikeText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("hexadecimal") << QByteArray("8f14e45fceea167a5a36dedd4bea2543");
    QTest::newRow("uuid") << QByteArray("d9428888-122b-4f6c-9c5d-0a4b1c2d3e4f");
    QTest::newRow("letters") << QByteArray("AbCdEfGhIjKlMnOpQrStUvWxYz");
    QTest::newRow("percent") << QByteArray("s%3Aabcdefghijklmnop.qrstuv");
}

void TestForgery::inventsLikeText()
{
    QFETCH(QByteArray, text);
    const QByteArray invented = inventedLike(Secret(text)).reveal();
    QCOMPARE(invented.size(), text.size());
    QVERIFY(invented != text);
    const QByteArray changed = withOneLetterChanged(text);
    QCOMPARE(changed.size(), text.size());
    int differences = 0;
    for (qsizetype i = 0; i < text.size(); ++i)
        differences += changed[i] == text[i] ? 0 : 1;
    QCOMPARE(differences, 1);
}

QTEST_GUILESS_MAIN(TestForgery)
#include "tst_forgery.moc"
