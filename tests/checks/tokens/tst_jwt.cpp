#include "checks/tokens/base64url.h"
#include "checks/tokens/commonsecrets.h"
#include "checks/tokens/publishedkeys.h"
#include "checks/tokens/tokenclaims.h"
#include "checks/tokens/tokensignature.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// RFC 7515 appendix A.1.
const QByteArray kExample = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
                            "VlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const QByteArray kExampleKey = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

QByteArray signedToken(const QByteArray &header, const QByteArray &claims, const QByteArray &key,
                       const QString &algorithm = u"HS256"_s)
{
    const QByteArray text = toBase64Url(header) + '.' + toBase64Url(claims);
    return text + '.' + toBase64Url(*hmacSignature(algorithm, key, text));
}

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT

private slots:
    void readsBase64Url_data();
    void readsBase64Url();
    void keepsOrder_data();
    void keepsOrder();
    void changesMembers();
    void readsTokens_data();
    void readsTokens();
    void readsClaims_data();
    void readsClaims();
    void readsTheExampleOfTheStandard();
    void readsTimes_data();
    void readsTimes();
    void guessesSecrets_data();
    void guessesSecrets();
    void spellsKeys();
    void refusesKeySets_data();
    void refusesKeySets();
};

void TestJwt::readsBase64Url_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isGood");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray() << true << QByteArray();
    QTest::newRow("one byte") << QByteArray("_w") << true << QByteArray("\xff");
    QTest::newRow("no padding") << QByteArray("YQ") << true << QByteArray("a");
    QTest::newRow("padding") << QByteArray("YQ==") << false << QByteArray();
    QTest::newRow("the other alphabet") << QByteArray("/w") << false << QByteArray();
    QTest::newRow("a length that nothing has") << QByteArray("abcde") << false << QByteArray();
    QTest::newRow("a blank") << QByteArray("YW I") << false << QByteArray();
}

void TestJwt::readsBase64Url()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isGood);
    QFETCH(QByteArray, bytes);
    const auto read = fromBase64Url(text);
    QCOMPARE(read.has_value(), isGood);
    if (read)
        QCOMPARE(*read, bytes);
}

void TestJwt::keepsOrder_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // empty: refused
    QTest::newRow("order") << QByteArray("{\"z\":1,\"a\":2}") << QByteArray("{\"z\":1,\"a\":2}");
    QTest::newRow("blanks") << QByteArray("{ \"z\" :\t1 ,\r\n \"a\": [ 1, 2 ] }")
                            << QByteArray("{\"z\":1,\"a\":[1,2]}");
    QTest::newRow("blanks within text") << QByteArray("{\"a\":\"x y, z}\"}") << QByteArray("{\"a\":\"x y, z}\"}");
    QTest::newRow("quotation marks") << QByteArray("{\"a\\\"b\":\"c\\\\\",\"d\":1}")
                                     << QByteArray("{\"a\\\"b\":\"c\\\\\",\"d\":1}");
    QTest::newRow("numbers as written") << QByteArray("{\"a\":1.50,\"b\":12345678901234567890}")
                                        << QByteArray("{\"a\":1.50,\"b\":12345678901234567890}");
    QTest::newRow("nested") << QByteArray("{\"a\":{\"z\":{},\"b\":[{\"y\":1}]},\"c\":null}")
                            << QByteArray("{\"a\":{\"z\":{},\"b\":[{\"y\":1}]},\"c\":null}");
    QTest::newRow("empty") << QByteArray("{}") << QByteArray("{}");
    QTest::newRow("a name twice") << QByteArray("{\"alg\":\"none\",\"alg\":\"HS256\"}") << QByteArray();
    QTest::newRow("a name twice, spelled differently") << QByteArray("{\"a\":1,\"\\u0061\":2}") << QByteArray();
    QTest::newRow("a list") << QByteArray("[1]") << QByteArray();
    QTest::newRow("broken") << QByteArray("{\"a\":") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestJwt::keepsOrder()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto object = OrderedJson::parsed(text);
    QCOMPARE(object.has_value(), !expected.isEmpty());
    if (object)
        QCOMPARE(object->compact(), expected);
}

void TestJwt::changesMembers()
{
    auto object = OrderedJson::parsed("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x\":[1]}");
    QVERIFY(object);
    object->set(u"alg"_s, u"none"_s);
    object->set(u"kid"_s, u"a\"b"_s);
    QCOMPARE(object->compact(), QByteArray("{\"typ\":\"JWT\",\"alg\":\"none\",\"x\":[1],\"kid\":\"a\\\"b\"}"));
    object->remove(u"typ"_s);
    QCOMPARE(object->compact(), QByteArray("{\"alg\":\"none\",\"x\":[1],\"kid\":\"a\\\"b\"}"));
    QVERIFY(object->value(u"nothing"_s).isUndefined());
    QCOMPARE(object->value(u"x"_s).toArray().size(), 1);
}

void TestJwt::readsTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("isToken");
    const QByteArray good = signedToken("{\"alg\":\"HS256\"}", "{\"sub\":\"1\"}", "k");
    QTest::newRow("signed") << good << true;
    QTest::newRow("unsigned") << toBase64Url("{\"alg\":\"none\"}") + ".e30." << true;
    QTest::newRow("two parts") << good.left(good.lastIndexOf('.')) << false;
    QTest::newRow("encrypted") << QByteArray("a.b.c.d.e") << false;
    QTest::newRow("no alg") << signedToken("{\"typ\":\"JWT\"}", "{}", "k") << false;
    QTest::newRow("claims are a list") << signedToken("{\"alg\":\"HS256\"}", "[]", "k") << false;
    QTest::newRow("an address") << QByteArray("www.example.com") << false;
    QTest::newRow("padding") << good + "=" << false;
    QTest::newRow("random") << QByteArray("8f14e45fceea167a5a36dedd4bea2543") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TestJwt::readsTokens()
{
    QFETCH(QByteArray, token);
    QFETCH(bool, isToken);
    QCOMPARE(jwtIn(Secret(token)).has_value(), isToken);
}

void TestJwt::readsClaims_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("subject"); // empty: no claims
    const QByteArray good = signedToken("{\"alg\":\"HS256\"}", "{\"sub\":\"ann\"}", "k");
    const QByteArray longest(16 * 1024, 'A');
    QTest::newRow("signed") << good << u"ann"_s;
    QTest::newRow("signature cut off") << good.left(good.lastIndexOf('.') + 1) << u"ann"_s;
    QTest::newRow("signature blotted out") << good.left(good.lastIndexOf('.') + 1) + "****" << u"ann"_s;
    QTest::newRow("padded") << QByteArray("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ==.x") << u"ann"_s;
    QTest::newRow("without the second dot") << good.left(good.lastIndexOf('.')) << QString();
    QTest::newRow("no alg") << signedToken("{\"typ\":\"JWT\"}", "{\"sub\":\"ann\"}", "k") << QString();
    QTest::newRow("a list") << signedToken("{\"alg\":\"HS256\"}", "[\"ann\"]", "k") << QString();
    QTest::newRow("a header too long") << longest + 'A' + good.mid(good.indexOf('.')) << QString();
    QTest::newRow("an address") << QByteArray("www.example.com") << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestJwt::readsClaims()
{
    QFETCH(QByteArray, token);
    QTEST(tokenClaims(token).value("sub"_L1).toString(), "subject");
}

void TestJwt::readsTheExampleOfTheStandard()
{
    const auto token = jwtIn(Secret(kExample));
    QVERIFY(token);
    QCOMPARE(token->algorithm(), u"HS256"_s);
    QCOMPARE(token->claims.text(u"iss"_s), u"joe"_s);
    QVERIFY(isSignedWith(*token, *fromBase64Url(kExampleKey)));
    QVERIFY(!isSignedWith(*token, "secret"));
    QCOMPARE(token->signedPart() + '.' + token->signaturePart(), kExample);
    QCOMPARE(timeClaim(token->claims, u"exp"_s)->toSecsSinceEpoch(), qint64(1300819380));
}

void TestJwt::readsTimes_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<qint64>("life"); // -1: none
    QTest::newRow("with iat") << QByteArray("{\"iat\":1000,\"exp\":1900}") << qint64(900);
    QTest::newRow("without iat, from now") << QByteArray("{\"exp\":5060}") << qint64(60);
    QTest::newRow("over") << QByteArray("{\"exp\":4000}") << qint64(-1000);
    QTest::newRow("fraction") << QByteArray("{\"iat\":1000,\"exp\":1900.7}") << qint64(900);
    QTest::newRow("no exp") << QByteArray("{\"iat\":1000}") << qint64(-1);
    QTest::newRow("text is no date") << QByteArray("{\"exp\":\"1900\"}") << qint64(-1);
    QTest::newRow("beyond calendars") << QByteArray("{\"exp\":1e30}") << qint64(-1);
}

void TestJwt::readsTimes()
{
    QFETCH(QByteArray, claims);
    QFETCH(qint64, life);
    const auto seen = lifeOf(*OrderedJson::parsed(claims), QDateTime::fromSecsSinceEpoch(5000, Qt::UTC));
    QCOMPARE(seen.value_or(-1), life);
}

void TestJwt::guessesSecrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("isGuessed");
    for (const char *word : {"secret", "changeme", "your-256-bit-secret", "acme", "Acme123", "acme-jwt-secret",
                             "acme.example", "super-secret-jwt-token-with-at-least-32-characters-long"})
        QTest::newRow(word) << QByteArray(word) << u"HS256"_s << u"acme.example"_s << true;
    QTest::newRow("no secret at all") << QByteArray() << u"HS256"_s << u"acme.example"_s << true;
    QTest::newRow("without the hyphen") << QByteArray("acmeshop") << u"HS256"_s << u"acme-shop.example"_s << true;
    QTest::newRow("of another product") << QByteArray("acme") << u"HS256"_s << u"birch.example"_s << false;
    QTest::newRow("without a domain") << QByteArray("secret") << u"HS384"_s << QString() << true;
    QTest::newRow("HS512") << QByteArray("changeme") << u"HS512"_s << u"acme.example"_s << true;
    QTest::newRow("random") << QByteArray("x9Jd7aLw2PqEfG4hTzYvUbNcMkRs") << u"HS256"_s << u"acme.example"_s << false;
}

void TestJwt::guessesSecrets()
{
    QFETCH(QByteArray, secret);
    QFETCH(QString, algorithm);
    QFETCH(QString, domain);
    QFETCH(bool, isGuessed);
    const QByteArray header = "{\"alg\":\"" + algorithm.toLatin1() + "\"}";
    const auto token = jwtIn(Secret(signedToken(header, "{\"sub\":\"1\"}", secret, algorithm)));
    QVERIFY(token);
    const auto found = commonSecretOf(*token, domain);
    QCOMPARE(found.has_value(), isGuessed);
    if (found)
        QCOMPARE(found->reveal(), secret);
    const std::vector<QByteArray> all = commonSecrets(u"acme.example"_s);
    QCOMPARE(QSet<QByteArray>(all.begin(), all.end()).size(), qsizetype(all.size()));
    QVERIFY(all.size() > 150);
}

void TestJwt::spellsKeys()
{
    const auto own = OwnKey::made();
    QVERIFY(own);
    const QByteArray set =
        QJsonDocument(QJsonObject{{u"keys"_s, QJsonArray{own->jwk(u"k1"_s)}}}).toJson(QJsonDocument::Compact);
    const std::vector<PublishedKey> keys = publishedKeysIn(set);
    QCOMPARE(keys.size(), std::size_t(1));
    QCOMPARE(keys[0].kid, u"k1"_s);
    QCOMPARE(keys[0].use, u"sig"_s);
    QStringList names;
    for (const KeySpelling &spelling : keys[0].spellings)
        names.append(spelling.name);
    QCOMPARE(names.size(), 5);
    QVERIFY(keys[0].spellings[0].bytes.startsWith("-----BEGIN PUBLIC KEY-----\n"));
    QVERIFY(keys[0].spellings[0].bytes.endsWith("-----END PUBLIC KEY-----\n"));
    QCOMPARE(keys[0].spellings[1].bytes + '\n', keys[0].spellings[0].bytes);
    QVERIFY(keys[0].spellings[2].bytes.startsWith("-----BEGIN RSA PUBLIC KEY-----\n"));
    QCOMPARE(keys[0].spellings[4].bytes, set);
}

void TestJwt::refusesKeySets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("keys");
    QTest::newRow("EC key of RFC 7517 appendix A.1")
        << QByteArray(
               "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
               "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}")
        << 1;
    QTest::newRow("Ed25519 key of RFC 8037 appendix A.2")
        << QByteArray("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_"
                      "7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}")
        << 1;
    QTest::newRow("a point that is on no curve")
        << QByteArray("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}") << 0;
    QTest::newRow("an RSA key without its number") << QByteArray("{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\"}]}") << 0;
    QTest::newRow("a shared key") << QByteArray("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}") << 0;
    QTest::newRow("no keys") << QByteArray("{\"keys\":[]}") << 0;
    QTest::newRow("a page") << QByteArray("<html></html>") << 0;
    QTest::newRow("nothing") << QByteArray() << 0;
}

void TestJwt::refusesKeySets()
{
    QFETCH(QByteArray, text);
    QFETCH(int, keys);
    QCOMPARE(int(publishedKeysIn(text).size()), keys);
    QVERIFY(spellingsOfCertificate(text).empty());
}

QTEST_GUILESS_MAIN(TestJwt)
#include "tst_jwt.moc"
