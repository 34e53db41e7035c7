#include "models/delivery.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

std::optional<QDateTime> timeFrom(const QJsonValue &value)
{
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

std::optional<ProofState> stateFrom(const QJsonValue &value)
{
    for (const auto state : {ProofState::Pass, ProofState::Fail, ProofState::Missing, ProofState::Unknown}) {
        if (toWord(state) == value.toString())
            return state;
    }
    return std::nullopt;
}

QJsonArray toJson(const std::vector<ProvenSignature> &signatures)
{
    QJsonArray array;
    for (const ProvenSignature &signature : signatures)
        array.append(QJsonObject{{u"domain"_s, signature.domain},
                                 {u"selector"_s, signature.selector},
                                 {u"state"_s, toWord(signature.state)},
                                 {u"aligned"_s, signature.aligned}});
    return array;
}

std::optional<std::vector<ProvenSignature>> signaturesFrom(const QJsonArray &array)
{
    std::vector<ProvenSignature> signatures;
    for (const QJsonValue value : array) {
        const auto state = stateFrom(value["state"_L1]);
        if (!state)
            return std::nullopt;
        signatures.push_back(
            {value["domain"_L1].toString(), value["selector"_L1].toString(), *state, value["aligned"_L1].toBool()});
    }
    return signatures;
}

} // namespace

QJsonObject toJson(const DeliverySetup &setup)
{
    return {{u"host"_s, setup.host},
            {u"port"_s, setup.port},
            {u"security"_s, toWord(setup.security)},
            {u"user"_s, setup.user},
            {u"keychain_entry"_s, setup.keychainEntry},
            {u"from"_s, setup.from},
            {u"to"_s, setup.to},
            {u"user_is_password"_s, setup.userIsPassword}};
}

std::optional<DeliverySetup> deliverySetupFromJson(const QJsonObject &json)
{
    const auto security = smtpSecurityFromWord(json["security"_L1].toString());
    const int port = json["port"_L1].toInt(-1);
    if (!security || port < 0 || port > 65535)
        return std::nullopt;
    return DeliverySetup{json["host"_L1].toString(), static_cast<quint16>(port),           *security,
                         json["user"_L1].toString(), json["keychain_entry"_L1].toString(), json["from"_L1].toString(),
                         json["to"_L1].toString(),   json["user_is_password"_L1].toBool()};
}

QJsonObject toJson(const SentMessage &sent)
{
    return {{u"at"_s, timeText(sent.at)}, {u"token"_s, sent.token}, {u"answer"_s, sent.answer}};
}

std::optional<SentMessage> sentMessageFromJson(const QJsonObject &json)
{
    const auto at = timeFrom(json["at"_L1]);
    if (!at)
        return std::nullopt;
    return SentMessage{*at, json["token"_L1].toString(), json["answer"_L1].toString()};
}

QJsonObject toJson(const DeliveryProof &proof)
{
    return {{u"at"_s, timeText(proof.at)},        {u"domain"_s, proof.domain},
            {u"dmarc"_s, toWord(proof.dmarc)},    {u"old_dmarc"_s, toWord(proof.oldDmarc)},
            {u"by_dkim"_s, proof.byDkim},         {u"by_spf"_s, proof.bySpf},
            {u"spf_result"_s, proof.spfResult},   {u"spf_domain"_s, proof.spfDomain},
            {u"spf_aligned"_s, proof.spfAligned}, {u"signatures"_s, toJson(proof.signatures)},
            {u"own_test"_s, proof.isOwnTest},     {u"vouched"_s, proof.isVouched},
            {u"typed"_s, proof.isTyped}};
}

std::optional<DeliveryProof> deliveryProofFromJson(const QJsonObject &json)
{
    const auto at = timeFrom(json["at"_L1]);
    const auto dmarc = stateFrom(json["dmarc"_L1]);
    const auto oldDmarc = stateFrom(json["old_dmarc"_L1]);
    auto signatures = signaturesFrom(json["signatures"_L1].toArray());
    if (!at || !dmarc || !oldDmarc || !signatures)
        return std::nullopt;
    DeliveryProof proof;
    proof.at = *at;
    proof.domain = json["domain"_L1].toString();
    proof.dmarc = *dmarc;
    proof.oldDmarc = *oldDmarc;
    proof.byDkim = json["by_dkim"_L1].toBool();
    proof.bySpf = json["by_spf"_L1].toBool();
    proof.spfResult = json["spf_result"_L1].toString();
    proof.spfDomain = json["spf_domain"_L1].toString();
    proof.spfAligned = json["spf_aligned"_L1].toBool();
    proof.signatures = std::move(*signatures);
    proof.isOwnTest = json["own_test"_L1].toBool();
    proof.isVouched = json["vouched"_L1].toBool();
    proof.isTyped = json["typed"_L1].toBool();
    return proof;
}

} // namespace cockpit
