#include "checks/mail/delivery.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);

// Signed and sent in the name of the domain, an hour ago.
DeliveryProof goodProof()
{
    DeliveryProof proof;
    proof.at = kNow.addSecs(-3600);
    proof.domain = u"acme.example"_s;
    proof.dmarc = proof.oldDmarc = ProofState::Pass;
    proof.byDkim = proof.bySpf = true;
    proof.spfResult = u"pass"_s;
    proof.spfDomain = u"acme.example"_s;
    proof.spfAligned = true;
    proof.signatures = {{u"acme.example"_s, u"s1"_s, ProofState::Pass, true}};
    return proof;
}

using Change = std::function<void(DeliveryProof &)>;

} // namespace

class DeliveryTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void needsAMessage();
    void observesTheProof();
    void saysWhatAPersonSaid();
};

void DeliveryTest::judges_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, Change change, Outcome outcome, const QString &code = {}) {
        QTest::newRow(name) << change << outcome << code;
    };
    using enum Outcome;
    row(
        "both prove it", [](DeliveryProof &) {}, Pass);
    row(
        "the program's own test", [](DeliveryProof &p) { p.isOwnTest = true; }, Pass);
    row(
        "DKIM alone", [](DeliveryProof &p) { p.bySpf = false; }, Pass);
    row(
        "SPF alone", [](DeliveryProof &p) { p.byDkim = false; }, Warn, u"spf_alone"_s);
    row(
        "neither", [](DeliveryProof &p) { p.dmarc = p.oldDmarc = ProofState::Fail; }, Fail, u"not_aligned"_s);
    row(
        "fails by the rules of 2026 alone", [](DeliveryProof &p) { p.dmarc = ProofState::Fail; }, Fail,
        u"not_aligned"_s);
    row(
        "fails by the older rules alone", [](DeliveryProof &p) { p.oldDmarc = ProofState::Fail; }, Fail,
        u"not_aligned"_s);
    row(
        "no policy", [](DeliveryProof &p) { p.dmarc = p.oldDmarc = ProofState::Missing; }, Warn, u"no_policy"_s);
    row(
        "not judged to the end", [](DeliveryProof &p) { p.dmarc = ProofState::Unknown; }, NotRun);
    row(
        "not judged to the end by the older rules", [](DeliveryProof &p) { p.oldDmarc = ProofState::Unknown; }, NotRun);
    row(
        "of a subdomain", [](DeliveryProof &p) { p.domain = u"news.acme.example"_s; }, Pass);
    row(
        "of another domain", [](DeliveryProof &p) { p.domain = u"other.example"_s; }, NotRun);
    row(
        "of a domain that only ends alike", [](DeliveryProof &p) { p.domain = u"notacme.example"_s; }, NotRun);
    row(
        "of no domain", [](DeliveryProof &p) { p.domain.clear(); }, NotRun);
    row(
        "30 days old", [](DeliveryProof &p) { p.at = kNow.addDays(-30); }, Pass);
    row(
        "a second older", [](DeliveryProof &p) { p.at = kNow.addDays(-30).addSecs(-1); }, NotRun);
    row(
        "read this second", [](DeliveryProof &p) { p.at = kNow; }, Pass);
    row(
        "read in the future", [](DeliveryProof &p) { p.at = kNow.addSecs(1); }, NotRun);
}

void DeliveryTest::judges()
{
    QFETCH(Change, change);
    QFETCH(QString, code);
    DeliveryProof proof = goodProof();
    change(proof);
    const Judged judged = judgeDelivery(proof, u"acme.example"_s, kNow);
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.findings.empty() ? QString() : judged.findings.front().code, code);
    QCOMPARE(judged.reason.isEmpty(), judged.outcome != Outcome::NotRun);
    QCOMPARE(judged.summary.isEmpty(), judged.outcome == Outcome::NotRun);
}

void DeliveryTest::needsAMessage()
{
    const Judged judged = judgeDelivery(std::nullopt, u"acme.example"_s, kNow);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QCOMPARE(judged.reason, labelOf(Need::Message));
    QCOMPARE(deliveryCheck().needs, std::vector{Need::Message});
}

void DeliveryTest::observesTheProof()
{
    const QJsonObject observed = judgeDelivery(goodProof(), u"acme.example"_s, kNow).observed;
    QCOMPARE(observed["dmarc"_L1].toString(), u"pass"_s);
    QCOMPARE(observed["signatures"_L1][0]["selector"_L1].toString(), u"s1"_s);
    QCOMPARE(observed["read_at"_L1].toString(), u"2026-11-28T11:00:00Z"_s);
}

void DeliveryTest::saysWhatAPersonSaid()
{
    DeliveryProof proof = goodProof();
    proof.dmarc = proof.oldDmarc = ProofState::Fail;
    const Judged plain = judgeDelivery(proof, u"acme.example"_s, kNow);
    QVERIFY(!plain.findings.front().whatWeSaw.contains(u"A person"_s));
    QVERIFY(!plain.observed["typed"_L1].toBool(true) && !plain.observed["vouched"_L1].toBool(true));
    proof.isTyped = proof.isVouched = true;
    const Judged judged = judgeDelivery(proof, u"acme.example"_s, kNow);
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"A person typed"_s));
    QVERIFY(judged.findings.front().whatWeSaw.contains(u"A person said"_s));
    QVERIFY(judged.observed["typed"_L1].toBool() && judged.observed["vouched"_L1].toBool());
}

QTEST_GUILESS_MAIN(DeliveryTest)
#include "tst_delivery.moc"
