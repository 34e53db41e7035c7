// Proof that mail of the product arrives: the account that a test message goes out through, what was sent, and what a
// message that arrived proved. The message itself is never kept.
#pragma once

#include "models/messagestory.h"
#include "models/result.h"
#include "models/secret.h"

#include <QDateTime>
#include <QJsonObject>

#include <optional>

namespace cockpit {

enum class SmtpSecurity {
    Tls,      // from the first byte (port 465, RFC 8314)
    StartTls, // before anything else is said (port 587); refused when the server does not offer it
};
QString toWord(SmtpSecurity value);
std::optional<SmtpSecurity> smtpSecurityFromWord(QStringView word);

struct DeliverySetup
{
    QString host;
    quint16 port = 465;
    SmtpSecurity security = SmtpSecurity::Tls;
    QString user;          // empty: the server asks for none, or userIsPassword
    QString keychainEntry; // of the password
    QString from;
    QString to;
    bool userIsPassword = false; // one token for both, as Postmark wants it: it is a secret, and not kept here

    bool operator==(const DeliverySetup &) const = default;
};

// A sentence for the first thing that is missing or wrong; empty when a message can be sent.
QString whatIsMissing(const DeliverySetup &setup);
bool needsPassword(const DeliverySetup &setup);

// As the project may keep it: a user name that is the password itself becomes userIsPassword.
DeliverySetup withoutSecret(DeliverySetup setup, const Secret &password);

struct SentMessage
{
    QDateTime at;
    QString token; // stands in its header
    // The server's last line: "250 2.0.0 Ok: queued as 4F1A". Empty: the whole message went out, and nothing was heard
    // that says whether it was taken.
    QString answer;

    bool operator==(const SentMessage &) const = default;
};

struct ProvenSignature
{
    QString domain;
    QString selector;
    ProofState state = ProofState::Fail;
    bool aligned = false; // by both standards, relaxed

    bool operator==(const ProvenSignature &) const = default;
};

// What a message that arrived proved, when it was read.
struct DeliveryProof
{
    QDateTime at;
    QString domain; // of its author
    ProofState dmarc = ProofState::Unknown;
    ProofState oldDmarc = ProofState::Unknown;
    bool byDkim = false; // DMARC passes by it, by both standards
    bool bySpf = false;
    QString spfResult; // "softfail"; empty: could not be evaluated
    QString spfDomain;
    bool spfAligned = false;
    std::vector<ProvenSignature> signatures;
    bool isOwnTest = false; // it carries the token of the message that this program sent
    bool isVouched = false; // a person said that it is mail of the product
    bool isTyped = false;   // a person typed the server's address or the envelope's sender

    bool operator==(const DeliveryProof &) const = default;
};

struct Delivery
{
    std::optional<DeliverySetup> setup;
    std::optional<SentMessage> sent;
    std::optional<DeliveryProof> proof;

    bool operator==(const Delivery &) const = default;
};

DeliveryProof proofOf(const MessageStory &story, const std::optional<SentMessage> &sent, const QDateTime &at);

// What becomes of the proof that a message gave when it was read.
enum class ProofUse {
    Leave, // it says nothing about the domain: what was known before stays
    Keep,
    Ask, // it names the domain and does not prove it: anybody could have written it, and only a person knows
};
ProofUse useOf(const DeliveryProof &proof, const std::optional<DeliveryProof> &known, const QString &domain);
// Whether its author is the domain's, or one of a name below it.
bool isOfDomain(const DeliveryProof &proof, const QString &domain);

// As the project file keeps them. What it cannot have written gives nothing.
QJsonObject toJson(const DeliverySetup &setup);
QJsonObject toJson(const SentMessage &sent);
QJsonObject toJson(const DeliveryProof &proof);
std::optional<DeliverySetup> deliverySetupFromJson(const QJsonObject &json);
std::optional<SentMessage> sentMessageFromJson(const QJsonObject &json);
std::optional<DeliveryProof> deliveryProofFromJson(const QJsonObject &json);

} // namespace cockpit
