// DKIM-Signature fields (RFC 6376 section 3.5) and their verification (section 6.1), offline once the key is known.
#pragma once

#include "checks/mail/dkimcanon.h"
#include "checks/mail/dkimkey.h"
#include "checks/mail/message.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class DkimAlgorithm { RsaSha256, Ed25519Sha256 };

struct DkimSignature
{
    QString domain;   // d=, lower case
    QString selector; // s=
    QString identity; // i=, or "@" and the domain
    DkimAlgorithm algorithm = DkimAlgorithm::RsaSha256;
    Canonicalization headerForm = Canonicalization::Simple;
    Canonicalization bodyForm = Canonicalization::Simple;
    QStringList signedFields;         // h=, lower case, in its order, with repetitions
    QByteArray bodyHash;              // bh=, decoded
    QByteArray value;                 // b=, decoded
    std::optional<qint64> bodyLength; // l=: bytes of the canonical body that are covered
    QDateTime signedAt;               // t=, may be invalid
    QDateTime expires;                // x=, may be invalid

    QString keyName() const { return selector + QStringLiteral("._domainkey.") + domain; }
    bool operator==(const DkimSignature &) const = default;
};

// BadInput says what receivers hold against it.
[[nodiscard]] Result<DkimSignature> parseDkimSignature(const MessageField &field);

enum class DkimVerdict {
    Pass,
    BodyChanged,   // the body is not the one that was signed
    BodyMissing,   // there is no body, though one was signed: the header alone was pasted
    HeaderChanged, // the signature does not fit header and key
    Expired,       // x= has passed
    KeyUnusable,   // invalid, revoked or of another type
};
QString toWord(DkimVerdict verdict); // "body_changed"

struct DkimVerification
{
    DkimVerdict verdict = DkimVerdict::HeaderChanged;
    QString reason;            // a sentence; empty for Pass
    qint64 uncoveredBytes = 0; // l=: bytes of the body that anybody could have added
    bool headerFits = false;   // the signature fits header and key, whatever the body is

    bool operator==(const DkimVerification &) const = default;
};

// field: the signature's own, one of the message's. key: what stands at keyName().
DkimVerification verifyDkim(const Message &message, const MessageField &field, const DkimSignature &signature,
                            const DkimKey &key, const QDateTime &now);

} // namespace cockpit
