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
    void comesBackFromJson();
    void refusesForeignJson_data();
    void refusesForeignJson();
    void teachesEachSelectorOnce();
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

void DeliveryValuesTest::comesBackFromJson()
{
    const SentMessage sent{kAt, u"abc"_s, u"250 Ok"_s};
    const DeliveryProof proof = proofOf(story(), sent, kAt);
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

QTEST_GUILESS_MAIN(DeliveryValuesTest)
#include "tst_deliveryvalues.moc"
