#include "checks/mail/dkimsignature.h"

#include "checks/net/opensslhandles.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DkimSignature)
};

using Context = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

// Section 5.4.2: of fields with the same name the last one first; a name without a field left covers nothing.
QByteArray signedHeader(const Message &message, const MessageField &own, const DkimSignature &signature)
{
    std::map<QString, std::vector<const MessageField *>> left;
    for (const MessageField &field : message.fields) {
        if (&field != &own)
            left[QString::fromLatin1(field.name).toLower()].push_back(&field);
    }
    QByteArray header;
    for (const QString &name : signature.signedFields) {
        auto &fields = left[name];
        if (fields.empty())
            continue;
        header += canonicalField(fields.back()->raw, signature.headerForm);
        fields.pop_back();
    }
    return header + signatureFieldItself(own, signature.headerForm);
}

bool isSignedBy(const KeyPtr &key, const EVP_MD *digest, const QByteArray &data, const QByteArray &value)
{
    const Context context(EVP_MD_CTX_new());
    return key && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytesOf(value), static_cast<size_t>(value.size()), bytesOf(data),
                            static_cast<size_t>(data.size())) == 1;
}

DkimVerification refused(DkimVerdict verdict, const QString &reason, bool headerFits = false)
{
    return {verdict, reason, 0, headerFits};
}

QString headerReason()
{
    return Text::tr("A signed header was changed after signing, or the published key is not the one that signed.");
}

QString bodyMissing()
{
    return Text::tr("The header is as it was signed. Whether the body is cannot be checked, because it is not there.");
}

// covered: what l= says, or all of the body. Why the body is not the one that was signed; empty when it is.
QString bodyProblem(const QByteArray &body, qint64 covered, const DkimSignature &signature)
{
    if (covered > body.size())
        return Text::tr("The body is shorter than the part that was signed (l=).");
    if (sha256(body.left(covered)) != signature.bodyHash)
        return Text::tr("The body was changed after it was signed.");
    return {};
}

} // namespace

QString problemOfKey(const DkimKey &key, const DkimSignature &signature)
{
    switch (key.status) {
    case DkimKeyStatus::Revoked:
        return Text::tr("Its key is revoked.");
    case DkimKeyStatus::Invalid:
        return Text::tr("Its key cannot be used: %1").arg(key.problem);
    case DkimKeyStatus::Valid:
    case DkimKeyStatus::Weak:
        break;
    }
    const auto wanted = signature.algorithm == DkimAlgorithm::RsaSha256 ? "rsa"_L1 : "ed25519"_L1;
    if (key.keyType != wanted)
        return Text::tr("Its key is of another type (%1) than the signature.").arg(key.keyType);
    const QString identityDomain = signature.identity.mid(signature.identity.lastIndexOf(u'@') + 1).toLower();
    if (key.isStrict && identityDomain != signature.domain)
        return Text::tr("Its key is not for subdomains (t=s), but the signature speaks for %1.").arg(identityDomain);
    return {};
}

QByteArray signatureFieldItself(const MessageField &field, Canonicalization form)
{
    static const QRegularExpression value(u"((?:^[^:]*:|;)[ \\t\\r\\n]*b[ \\t\\r\\n]*=)[^;]*"_s);
    QString text = QString::fromLatin1(field.raw.left(field.raw.size() - 2));
    text.replace(value, u"\\1"_s);
    QByteArray canonical = canonicalField(text.toLatin1() + "\r\n", form);
    canonical.chop(2);
    return canonical;
}

bool isSignatureOf(const QByteArray &bytes, const DkimSignature &signature, const DkimKey &key)
{
    switch (signature.algorithm) {
    case DkimAlgorithm::RsaSha256: {
        const unsigned char *position = bytesOf(key.publicKey);
        const KeyPtr rsa(d2i_PUBKEY(nullptr, &position, static_cast<long>(key.publicKey.size())));
        return isSignedBy(rsa, EVP_sha256(), bytes, signature.value);
    }
    case DkimAlgorithm::Ed25519Sha256: {
        const KeyPtr ed(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(key.publicKey),
                                                    static_cast<size_t>(key.publicKey.size())));
        return isSignedBy(ed, nullptr, sha256(bytes), signature.value); // RFC 8463 section 3: of the hash
    }
    }
    Q_UNREACHABLE();
}

DkimVerification verifyDkim(const Message &message, const MessageField &field, const DkimSignature &signature,
                            const DkimKey &key, const QDateTime &now)
{
    if (const QString problem = problemOfKey(key, signature); !problem.isEmpty())
        return refused(DkimVerdict::KeyUnusable, problem);
    if (signature.expires.isValid() && signature.expires < now)
        return refused(DkimVerdict::Expired, Text::tr("It has expired (x=)."));
    const QByteArray body = canonicalBody(message.body, signature.bodyForm);
    const qint64 covered = signature.bodyLength.value_or(body.size());
    const QString bodyChange = bodyProblem(body, covered, signature);
    const bool headerFits = isSignatureOf(signedHeader(message, field, signature), signature, key);
    if (!bodyChange.isEmpty() && !message.body.isEmpty())
        return refused(DkimVerdict::BodyChanged, bodyChange, headerFits);
    if (!headerFits)
        return refused(DkimVerdict::HeaderChanged, headerReason());
    if (!bodyChange.isEmpty())
        return refused(DkimVerdict::BodyMissing, bodyMissing(), headerFits);
    return {DkimVerdict::Pass, {}, body.size() - covered, true};
}

} // namespace cockpit
