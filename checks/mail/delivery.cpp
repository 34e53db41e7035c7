#include "checks/mail/delivery.h"

#include "checks/net/dnsname.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

constexpr int kEffortMinutes = 30;

QString dayOf(const QDateTime &time)
{
    return time.toUTC().date().toString(Qt::ISODate);
}

// Why the proof does not count; empty when it does.
QString objectionTo(const DeliveryProof &proof, const QString &domain, const QDateTime &now)
{
    if (!isOfDomain(proof, domain))
        return Text::tr("The last message that was read came from %1, not from %2. Read one of yours on the page "
                        "\"A message\".")
            .arg(proof.domain, domain);
    if (proof.at > now)
        return Text::tr("The last message was read in the future, by this computer's clock. Read one again on the page "
                        "\"A message\".");
    if (proof.at.addDays(kProofDays) < now)
        return Text::tr("The last message was read on %1, more than %n day(s) ago. Read a new one on the page "
                        "\"A message\".",
                        nullptr, kProofDays)
            .arg(dayOf(proof.at));
    if (proof.dmarc == ProofState::Unknown || proof.oldDmarc == ProofState::Unknown)
        return Text::tr("The last message that was read could not be judged to the end. Read it again, whole, on the "
                        "page \"A message\".");
    return {};
}

// What of it rests on a person's word.
QStringList saidByAPerson(const DeliveryProof &proof)
{
    QStringList said;
    if (proof.isTyped)
        said << Text::tr("A person typed which server handed it over, or its sender on the envelope.");
    if (proof.isVouched)
        said << Text::tr("A person said that it is mail of the product.");
    return said;
}

QString seenIn(const DeliveryProof &proof)
{
    QStringList signatures;
    for (const ProvenSignature &signature : proof.signatures)
        signatures << u"%1 (%2)"_s.arg(signature.domain, toWord(signature.state));
    const QString dkim = signatures.isEmpty() ? Text::tr("none") : signatures.join(u", "_s);
    const QString spf = proof.spfResult.isEmpty() ? Text::tr("not known") : proof.spfResult;
    const QString seen = Text::tr("The message from %1, read on %2: SPF %3 for %4, DKIM signatures: %5.")
                             .arg(proof.domain, dayOf(proof.at), spf,
                                  proof.spfDomain.isEmpty() ? Text::tr("nobody") : proof.spfDomain, dkim);
    return (QStringList{seen} + saidByAPerson(proof)).join(u'\n');
}

Finding found(const QString &code, Severity severity, const QString &title, const DeliveryProof &proof)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.proof = Proof::Strong;
    finding.impact = Impact::EmailDelivery;
    finding.title = title;
    finding.whatWeSaw = seenIn(proof);
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = {{Text::tr("What the message proved"), finding.whatWeSaw}};
    return finding;
}

QJsonObject observedOf(const DeliveryProof &proof)
{
    QJsonArray signatures;
    for (const ProvenSignature &signature : proof.signatures)
        signatures.append(QJsonObject{{u"domain"_s, signature.domain},
                                      {u"selector"_s, signature.selector},
                                      {u"result"_s, toWord(signature.state)},
                                      {u"aligned"_s, signature.aligned}});
    return {{u"domain"_s, proof.domain},
            {u"read_at"_s, proof.at.toUTC().toString(Qt::ISODate)},
            {u"dmarc"_s, toWord(proof.dmarc)},
            {u"dmarc_rfc7489"_s, toWord(proof.oldDmarc)},
            {u"by_dkim"_s, proof.byDkim},
            {u"by_spf"_s, proof.bySpf},
            {u"spf"_s, QJsonObject{{u"result"_s, proof.spfResult.isEmpty() ? QJsonValue() : proof.spfResult},
                                   {u"domain"_s, proof.spfDomain.isEmpty() ? QJsonValue() : proof.spfDomain},
                                   {u"aligned"_s, proof.spfAligned}}},
            {u"signatures"_s, signatures},
            {u"own_test"_s, proof.isOwnTest},
            {u"vouched"_s, proof.isVouched},
            {u"typed"_s, proof.isTyped}};
}

std::vector<Finding> findingsOf(const DeliveryProof &proof)
{
    const bool failed = proof.dmarc == ProofState::Fail || proof.oldDmarc == ProofState::Fail;
    const bool missing = proof.dmarc == ProofState::Missing || proof.oldDmarc == ProofState::Missing;
    if (failed)
        return {found(u"not_aligned"_s, Severity::High, Text::tr("Receivers take your mail for a fake"), proof)};
    if (missing)
        return {
            found(u"no_policy"_s, Severity::Medium, Text::tr("Receivers do not check who your mail is from"), proof)};
    if (!proof.byDkim)
        return {
            found(u"spf_alone"_s, Severity::Low, Text::tr("Your mail is believed only until it is forwarded"), proof)};
    return {};
}

Judged lookAtDelivery(const Look &look)
{
    return judgeDelivery(look.facts.delivery, look.target.domain, look.startedAt);
}

} // namespace

Judged judgeDelivery(const std::optional<DeliveryProof> &proof, const QString &domain, const QDateTime &now)
{
    if (!proof)
        return notRun(labelOf(Need::Message));
    Judged judged;
    if (const QString objection = objectionTo(*proof, domain, now); !objection.isEmpty()) {
        judged = notRun(objection);
        judged.observed = observedOf(*proof);
        return judged;
    }
    judged.observed = observedOf(*proof);
    judged.findings = findingsOf(*proof);
    judged.outcome = outcomeFor(judged.findings);
    judged.evidence = {{Text::tr("What the message proved"), seenIn(*proof)}};
    if (judged.outcome != Outcome::Pass)
        judged.summary = judged.findings.front().title;
    else
        judged.summary = proof->isOwnTest
                             ? Text::tr("The test message arrived and is believed by receivers")
                             : Text::tr("A message of %1 arrived and is believed by receivers").arg(proof->domain);
    return judged;
}

Check deliveryCheck()
{
    return {.id = u"mail.delivery"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {Need::Message},
            .look = lookAtDelivery};
}

} // namespace cockpit
