#include "models/delivery.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kAt(QDate(2026, 11, 28), QTime(12, 0, 0, 5), Qt::UTC);

DeliverySetup goodSetup()
{
    return {u"smtp.acme.example"_s, 587, SmtpSecurity::StartTls, u"product"_s, u"entry"_s, u"hello@acme.example"_s,
            u"me@reader.example"_s};
}

MessageStory story()
{
    MessageStory told;
    told.authorDomain = u"acme.example"_s;
    told.token = u"abc"_s;
    told.spf.state = ProofState::Pass;
    told.spf.result = u"pass"_s;
    told.spf.domain = u"mail.acme.example"_s;
    told.spf.alignment = {false, true, true, false};
    SignatureStory own{ProofState::Pass, u"pass"_s, u"acme.example"_s, u"s1"_s, u"rsa-sha256"_s, 2048, {}, {}};
    own.alignment = {true, true, true, false};
    SignatureStory other{ProofState::Fail, u"no_key"_s, u"esp.example"_s, u"x"_s, u"rsa-sha256"_s, 0, {}, {}};
    told.signatures = {own, other, own};
    told.dmarc.state = ProofState::Pass;
    told.dmarc.byDkim = told.dmarc.bySpf = true;
    told.oldDmarc.state = ProofState::Pass;
    told.oldDmarc.byDkim = true;
    return told;
}

using Change = std::function<void(DeliverySetup &)>;

} // namespace

class DeliveryValuesTest : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void keepsWhatWasProved();
    void usesAProof_data();
    void usesAProof();
    void knowsWhatAPersonTyped();
    void keepsNoSecretAsUserName_data();
    void keepsNoSecretAsUserName();
    void comesBackFromJson();
    void refusesForeignJson_data();
    void refusesForeignJson();
    void teachesEachSelectorOnce();
    void findsTheDecidingSignature_data();
    void findsTheDecidingSignature();
};

void DeliveryValuesTest::saysWhatIsMissing_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("isComplete");
    const auto row = [](const char *name, Change change, bool isComplete) {
        QTest::newRow(name) << change << isComplete;
    };
    row(
        "complete", [](DeliverySetup &) {}, true);
    row(
        "no host", [](DeliverySetup &s) { s.host.clear(); }, false);
    row(
        "host with a path", [](DeliverySetup &s) { s.host = u"smtp.acme.example/x"_s; }, false);
    row(
        "no port", [](DeliverySetup &s) { s.port = 0; }, false);
    row(
        "no user, no password",
        [](DeliverySetup &s) {
            s.user.clear();
            s.keychainEntry.clear();
        },
        true);
    row(
        "user without a password", [](DeliverySetup &s) { s.keychainEntry.clear(); }, false);
    row(
        "line break in the user", [](DeliverySetup &s) { s.user = u"a\nb"_s; }, false);
    row(
        "no sender", [](DeliverySetup &s) { s.from.clear(); }, false);
    row(
        "sender without a domain", [](DeliverySetup &s) { s.from = u"hello"_s; }, false);
    row(
        "sender without a name", [](DeliverySetup &s) { s.from = u"@acme.example"_s; }, false);
    row(
        "line break in the sender", [](DeliverySetup &s) { s.from += u"\r\nBcc: x@y.example"_s; }, false);
    row(
        "two recipients", [](DeliverySetup &s) { s.to = u"a@b.example,c@d.example"_s; }, false);
    row(
        "recipient with a display name", [](DeliverySetup &s) { s.to = u"Me <me@reader.example>"_s; }, false);
    row(
        "very long recipient", [](DeliverySetup &s) { s.to = QString(250, u'a') + u"@b.example"_s; }, false);
    row(
        "plus address", [](DeliverySetup &s) { s.to = u"me+test@reader.example"_s; }, true);
}

void DeliveryValuesTest::saysWhatIsMissing()
{
    QFETCH(Change, change);
    DeliverySetup setup = goodSetup();
    change(setup);
    QTEST(whatIsMissing(setup).isEmpty(), "isComplete");
}

void DeliveryValuesTest::keepsWhatWasProved()
{
    const SentMessage sent{kAt, u"abc"_s, u"250 Ok"_s};
    const DeliveryProof proof = proofOf(story(), sent, kAt);
    QCOMPARE(proof.domain, u"acme.example"_s);
    QVERIFY(proof.byDkim && !proof.bySpf); // by both standards, or it does not count
    QVERIFY(proof.spfAligned && proof.signatures[0].aligned && !proof.signatures[1].aligned);
    QVERIFY(proof.isOwnTest);
    QVERIFY(!proofOf(story(), std::nullopt, kAt).isOwnTest);
    QVERIFY(!proofOf(story(), SentMessage{kAt, u"other"_s, {}}, kAt).isOwnTest);
    MessageStory untagged = story();
    untagged.token.clear();
    QVERIFY(!proofOf(untagged, SentMessage{kAt, {}, {}}, kAt).isOwnTest);
}

void DeliveryValuesTest::usesAProof_data()
{
    QTest::addColumn<ProofState>("dmarc");
    QTest::addColumn<ProofState>("oldDmarc");
    QTest::addColumn<QString>("author");
    QTest::addColumn<bool>("isOwnTest");
    QTest::addColumn<ProofUse>("first"); // nothing is known yet
    QTest::addColumn<ProofUse>("later");
    using enum ProofState;
    const QString ours = u"acme.example"_s;
    const auto keep = ProofUse::Keep, leave = ProofUse::Leave, ask = ProofUse::Ask;
    QTest::newRow("proved") << Pass << Pass << ours << false << keep << keep;
    QTest::newRow("proved, of a subdomain") << Pass << Pass << u"news.acme.example"_s << false << keep << keep;
    QTest::newRow("fails by both") << Fail << Fail << ours << false << ask << ask;
    QTest::newRow("fails by the rules of 2026") << Fail << Pass << ours << false << ask << ask;
    QTest::newRow("fails by the older rules") << Pass << Fail << ours << false << ask << ask;
    QTest::newRow("nothing could prove it") << Missing << Missing << ours << false << ask << ask;
    QTest::newRow("own test that fails") << Fail << Fail << ours << true << keep << keep;
    QTest::newRow("own test without a policy") << Missing << Missing << ours << true << keep << keep;
    QTest::newRow("cannot be told") << Unknown << Unknown << ours << false << keep << leave;
    QTest::newRow("cannot be told by the older rules") << Pass << Unknown << ours << false << keep << leave;
    QTest::newRow("own test that cannot be told") << Unknown << Pass << ours << true << keep << leave;
    QTest::newRow("own test as another domain") << Pass << Pass << u"other.example"_s << true << keep << leave;
    QTest::newRow("of a stranger") << Pass << Pass << u"other.example"_s << false << leave << leave;
    QTest::newRow("ends alike") << Pass << Pass << u"notacme.example"_s << false << leave << leave;
    QTest::newRow("of nobody") << Pass << Pass << QString() << false << leave << leave;
}

void DeliveryValuesTest::usesAProof()
{
    DeliveryProof proof = proofOf(story(), {}, kAt);
    const DeliveryProof known = proof;
    QFETCH(ProofState, dmarc);
    QFETCH(ProofState, oldDmarc);
    QFETCH(QString, author);
    QFETCH(bool, isOwnTest);
    proof.dmarc = dmarc;
    proof.oldDmarc = oldDmarc;
    proof.domain = author;
    proof.isOwnTest = isOwnTest;
    QTEST(useOf(proof, std::nullopt, u"acme.example"_s), "first");
    QTEST(useOf(proof, known, u"acme.example"_s), "later");
}

void DeliveryValuesTest::knowsWhatAPersonTyped()
{
    MessageStory told = story();
    QVERIFY(!proofOf(told, {}, kAt).isTyped);
    told.spf.addressSource = FactSource::Person;
    QVERIFY(proofOf(told, {}, kAt).isTyped);
    told.spf.addressSource = FactSource::Claimed;
    told.spf.senderSource = FactSource::Person;
    QVERIFY(proofOf(told, {}, kAt).isTyped);
}

void DeliveryValuesTest::keepsNoSecretAsUserName_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<bool>("isTheSame");
    QTest::newRow("another") << u"product"_s << QByteArray("token-1") << false;
    QTest::newRow("the same") << u"token-1"_s << QByteArray("token-1") << true;
    QTest::newRow("the same, kept with its line break") << u"token-1"_s << QByteArray("token-1\n") << true;
    QTest::newRow("a part of it") << u"token"_s << QByteArray("token-1") << false;
    QTest::newRow("no user") << QString() << QByteArray() << false;
}

void DeliveryValuesTest::keepsNoSecretAsUserName()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, password);
    QFETCH(bool, isTheSame);
    DeliverySetup setup = goodSetup();
    setup.user = user;
    const DeliverySetup kept = withoutSecret(setup, Secret(password));
    QCOMPARE(kept.userIsPassword, isTheSame);
    QCOMPARE(kept.user, isTheSame ? QString() : user);
    QCOMPARE(needsPassword(kept), !user.isEmpty());
    QCOMPARE(deliverySetupFromJson(toJson(kept)), std::optional(kept));
    DeliverySetup without = kept;
    without.keychainEntry.clear();
    QCOMPARE(whatIsMissing(without).isEmpty(), user.isEmpty());
}

void DeliveryValuesTest::comesBackFromJson()
{
    const SentMessage sent{kAt, u"abc"_s, u"250 Ok"_s};
    DeliveryProof proof = proofOf(story(), sent, kAt);
    proof.isVouched = proof.isTyped = true;
    QCOMPARE(deliverySetupFromJson(toJson(goodSetup())), std::optional(goodSetup()));
    QCOMPARE(sentMessageFromJson(toJson(sent)), std::optional(sent));
    QCOMPARE(deliveryProofFromJson(toJson(proof)), std::optional(proof));
}

void DeliveryValuesTest::refusesForeignJson_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("a state that is none") << u"dmarc"_s << QJsonValue(u"maybe"_s);
    QTest::newRow("no time") << u"at"_s << QJsonValue();
    QTest::newRow("a signature with a state that is none")
        << u"signatures"_s << QJsonValue(QJsonArray{QJsonObject{{u"state"_s, u"maybe"_s}}});
}

void DeliveryValuesTest::refusesForeignJson()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(proofOf(story(), std::nullopt, kAt));
    json[key] = value;
    QVERIFY(!deliveryProofFromJson(json));
    QVERIFY(!deliverySetupFromJson({{u"port"_s, 70000}, {u"security"_s, u"tls"_s}}));
    QVERIFY(!deliverySetupFromJson({{u"port"_s, 25}, {u"security"_s, u"none"_s}}));
    QVERIFY(!sentMessageFromJson({}));
}

void DeliveryValuesTest::teachesEachSelectorOnce()
{
    QCOMPARE(selectorsFor(u"acme.example"_s, story()), QStringList{u"s1"_s});
    QVERIFY(selectorsFor(u"esp.example"_s, story()).isEmpty()); // its key was not found
}

void DeliveryValuesTest::findsTheDecidingSignature_data()
{
    QTest::addColumn<QString>("signatures"); // each a state and whether it is aligned
    QTest::addColumn<int>("decides");        // -1: none
    QTest::newRow("none") << QString() << -1;
    QTest::newRow("the first of equals") << u"P+ P+"_s << 0;
    QTest::newRow("in the author's name") << u"P- P+"_s << 1;
    QTest::newRow("one that passes before one that may") << u"U+ P-"_s << 1;
    QTest::newRow("one that may before one that fails") << u"F+ U-"_s << 1;
    QTest::newRow("all fail") << u"F- F+ F+"_s << 1;
}

void DeliveryValuesTest::findsTheDecidingSignature()
{
    QFETCH(QString, signatures);
    QFETCH(int, decides);
    MessageStory told;
    for (const QString &word : signatures.split(u' ', Qt::SkipEmptyParts)) {
        SignatureStory signature;
        signature.state = word[0] == u'P' ? ProofState::Pass : word[0] == u'U' ? ProofState::Unknown : ProofState::Fail;
        signature.alignment.walk = signature.alignment.list = word[1] == u'+';
        told.signatures.push_back(signature);
    }
    const SignatureStory *deciding = decidingSignature(told);
    QCOMPARE(deciding ? int(deciding - told.signatures.data()) : -1, decides);
}

QTEST_GUILESS_MAIN(DeliveryValuesTest)
#include "tst_deliveryvalues.moc"
