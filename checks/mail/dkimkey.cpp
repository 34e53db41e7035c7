#include "checks/mail/dkimkey.h"

#include "checks/mail/taglist.h"
#include "checks/net/opensslhandles.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DkimKey)
};

constexpr int kSmallestRsa = 1024; // RFC 8301 section 3.2: verifiers must not accept less
constexpr int kNormalRsa = 2048;   // and signers should use this
constexpr qsizetype kEd25519Bytes = 32;

// SubjectPublicKeyInfo is what most publish; the text of the RFC also allows the bare RSAPublicKey.
KeyPtr readRsa(const QByteArray &der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const auto size = static_cast<long>(der.size());
    const unsigned char *position = bytes;
    KeyPtr key(d2i_PUBKEY(nullptr, &position, size));
    if (!key) {
        position = bytes;
        key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &position, size));
    }
    const bool isRsa = key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA;
    return isRsa && position == bytes + size ? std::move(key) : KeyPtr();
}

QByteArray derOf(const EVP_PKEY *key)
{
    unsigned char *bytes = nullptr;
    const int size = i2d_PUBKEY(key, &bytes);
    QByteArray der(reinterpret_cast<const char *>(bytes), std::max(size, 0));
    OPENSSL_free(bytes);
    return der;
}

// Names of DKIM tags are case-sensitive (RFC 6376 section 3.2), those of DMARC are not.
std::optional<QString> exactly(const std::vector<Tag> &tags, QLatin1StringView name)
{
    const auto it = std::ranges::find_if(tags, [&](const Tag &tag) { return tag.name == name; });
    return it == tags.end() ? std::nullopt : std::optional(it->value);
}

// "y : s" has two entries: blanks may stand around the colon.
QStringList listOf(const std::vector<Tag> &tags, QLatin1StringView name)
{
    QStringList entries = exactly(tags, name).value_or(QString()).split(u':', Qt::SkipEmptyParts);
    for (QString &entry : entries)
        entry = entry.trimmed().toLower();
    return entries;
}

DkimKey invalid(DkimKey key, const QString &problem)
{
    key.status = DkimKeyStatus::Invalid;
    key.problem = problem;
    return key;
}

DkimKey judgeRsa(DkimKey key, const QByteArray &der)
{
    const KeyPtr rsa = readRsa(der);
    if (!rsa)
        return invalid(key, Text::tr("The key is cut off or is no RSA key."));
    key.keyBits = EVP_PKEY_get_bits(rsa.get());
    key.publicKey = derOf(rsa.get());
    if (key.keyBits < kSmallestRsa)
        return invalid(key, Text::tr("The key has %1 bits; receivers refuse less than 1024.").arg(key.keyBits));
    key.status = key.keyBits < kNormalRsa ? DkimKeyStatus::Weak : DkimKeyStatus::Valid;
    if (key.status == DkimKeyStatus::Weak)
        key.problem = Text::tr("The key has %1 bits; 2048 is the norm.").arg(key.keyBits);
    return key;
}

DkimKey judgeEd25519(DkimKey key, const QByteArray &raw)
{
    key.keyBits = 256;
    if (raw.size() != kEd25519Bytes)
        return invalid(key, Text::tr("An Ed25519 key has 32 bytes, this one %1.").arg(raw.size()));
    key.publicKey = raw;
    key.status = DkimKeyStatus::Valid;
    return key;
}

} // namespace

QString toWord(DkimKeyStatus status)
{
    switch (status) {
    case DkimKeyStatus::Valid:
        return u"valid"_s;
    case DkimKeyStatus::Weak:
        return u"weak"_s;
    case DkimKeyStatus::Invalid:
        return u"invalid"_s;
    case DkimKeyStatus::Revoked:
        return u"revoked"_s;
    }
    Q_UNREACHABLE();
}

DkimKey readDkimKey(const QByteArray &text)
{
    DkimKey key;
    const auto tags = parseTagList(text, TagNames::ExactCase);
    if (!tags)
        return invalid(key, tags.error());
    const bool versionIsFirst = !exactly(*tags, "v"_L1) || tags->front().name == "v"_L1;
    if (exactly(*tags, "v"_L1).value_or(u"DKIM1"_s) != "DKIM1"_L1 || !versionIsFirst)
        return invalid(key, Text::tr("The version is not DKIM1, or does not come first."));
    key.keyType = exactly(*tags, "k"_L1).value_or(u"rsa"_s).toLower();
    const QStringList flags = listOf(*tags, "t"_L1);
    key.isTest = flags.contains(u"y"_s);
    key.isStrict = flags.contains(u"s"_s);
    // RFC 8301: rsa-sha1 counts no more, so that a key for SHA-1 alone can sign nothing.
    if (const QStringList hashes = listOf(*tags, "h"_L1); !hashes.isEmpty() && !hashes.contains(u"sha256"_s))
        return invalid(key, Text::tr("It allows only hashes that receivers no longer accept (h= without sha256)."));
    const QStringList services = listOf(*tags, "s"_L1);
    if (!services.isEmpty() && !services.contains(u"*"_s) && !services.contains(u"email"_s))
        return invalid(key, Text::tr("It is not meant for mail (s= without email)."));
    const auto published = exactly(*tags, "p"_L1);
    if (!published)
        return invalid(key, Text::tr("There is no key in it (p= is missing)."));
    const QByteArray base64 = published->simplified().remove(u' ').toLatin1(); // blanks inside are legal
    if (base64.isEmpty()) {
        key.status = DkimKeyStatus::Revoked;
        return key;
    }
    const auto decoded =
        QByteArray::fromBase64Encoding(base64, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return invalid(key, Text::tr("The key is not valid base64: quotation marks or other characters got into it."));
    if (key.keyType == "rsa"_L1)
        return judgeRsa(key, *decoded);
    if (key.keyType == "ed25519"_L1)
        return judgeEd25519(key, *decoded);
    return invalid(key, Text::tr("Receivers do not know keys of type \"%1\".").arg(key.keyType.left(20)));
}

bool resemblesDkimKey(const QByteArray &text)
{
    return text.contains("DKIM1") || text.contains("p=") || text.contains("k=rsa");
}

} // namespace cockpit
