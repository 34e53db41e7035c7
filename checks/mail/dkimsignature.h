// DKIM-Signature fields (RFC 6376 section 3.5) and their verification (section 6.1), offline once the key is known.
#pragma once

#include "checks/mail/dkimcanon.h"
#include "checks/mail/dkimkey.h"
#include "checks/mail/message.h"
#include "checks/mail/taglist.h"

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
// The tags of an ARC-Message-Signature (RFC 8617 section 4.1.2): the same without v=; i= is its place in the chain, not
// an identity.
[[nodiscard]] Result<DkimSignature> readArcMessageSignature(const std::vector<Tag> &tags);
// Those of an ARC-Seal (section 4.1.3), which covers no body and names no fields: that are always the sets of the
// chain.
[[nodiscard]] Result<DkimSignature> readArcSeal(const std::vector<Tag> &tags);

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

// Why the key cannot have made this signature; empty when it can.
QString problemOfKey(const DkimKey &key, const DkimSignature &signature);
// The field of a signature as it covers itself: canonical, with an empty b=, without the CRLF at its end.
QByteArray signatureFieldItself(const MessageField &field, Canonicalization form);
// Whether the value of the signature is one of these bytes by this key, whose type has to be right.
bool isSignatureOf(const QByteArray &bytes, const DkimSignature &signature, const DkimKey &key);

// field: the signature's own, one of the message's. key: what stands at keyName().
DkimVerification verifyDkim(const Message &message, const MessageField &field, const DkimSignature &signature,
                            const DkimKey &key, const QDateTime &now);

} // namespace cockpit
