// DKIM key records (RFC 6376 section 3.6.1, RFC 8301, RFC 8463).
#pragma once

#include <QByteArray>
#include <QString>

namespace cockpit {

enum class DkimKeyStatus { Valid, Weak, Invalid, Revoked };
QString toWord(DkimKeyStatus status);

struct DkimKey
{
    DkimKeyStatus status = DkimKeyStatus::Invalid;
    QString keyType; // "rsa", "ed25519"
    int keyBits = 0;
    bool isTest = false;   // t=y: receivers treat the mail as unsigned
    bool isStrict = false; // t=s: not for addresses of subdomains
    QByteArray publicKey;  // RSA: SubjectPublicKeyInfo in DER; Ed25519: the 32 bytes. Empty when there is none
    QString problem;       // Invalid, Weak: a sentence

    bool operator==(const DkimKey &) const = default;
};

// What stands where a signature says that its key is.
enum class SignatureKeyState { Found, Missing, DnsFailure };
struct SignatureKey
{
    SignatureKeyState state = SignatureKeyState::Missing;
    DkimKey key;
};

// Anything that stands at a selector; what is no key at all is Invalid.
DkimKey readDkimKey(const QByteArray &text);

// Has the marks of a key record, so that it is not a text that a wildcard answered with.
bool resemblesDkimKey(const QByteArray &text);

} // namespace cockpit
