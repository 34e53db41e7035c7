#include "checks/tokens/nestedtoken.h"

#include "checks/net/opensslhandles.h"
#include "checks/tokens/base64url.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using CipherPtr = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;

constexpr int kKeyBytes = 32; // RFC 7518 section 5.3
constexpr int kIvBytes = 12;
constexpr int kTagBytes = 16;

const unsigned char *bytesOf(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

unsigned char *bytesOf(QByteArray &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, '\0');
    return RAND_bytes(bytesOf(bytes), count) == 1 ? bytes : QByteArray();
}

KeyPtr keyFromDer(const PublishedKey &key)
{
    const auto der = std::ranges::find(key.spellings, u"DER"_s, &KeySpelling::name);
    if (der == key.spellings.end())
        return nullptr;
    const unsigned char *at = bytesOf(der->bytes);
    return KeyPtr(d2i_PUBKEY(nullptr, &at, static_cast<long>(der->bytes.size())));
}

// RFC 7518 section 4.3: RSA-OAEP is with SHA-1 by default, RSA-OAEP-256 with SHA-256.
QByteArray wrapped(const QByteArray &contentKey, EVP_PKEY *key, const EVP_MD *digest)
{
    const KeyContextPtr context(EVP_PKEY_CTX_new(key, nullptr));
    size_t size = 0;
    const auto length = static_cast<size_t>(contentKey.size());
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digest) != 1 ||
        EVP_PKEY_encrypt(context.get(), nullptr, &size, bytesOf(contentKey), length) != 1)
        return {};
    QByteArray out(static_cast<qsizetype>(size), '\0');
    if (EVP_PKEY_encrypt(context.get(), bytesOf(out), &size, bytesOf(contentKey), length) != 1)
        return {};
    return out.left(static_cast<qsizetype>(size));
}

struct Sealed
{
    QByteArray text;
    QByteArray tag;
};

std::optional<Sealed> sealedWith(const QByteArray &plain, const QByteArray &key, const QByteArray &iv,
                                 const QByteArray &header)
{
    const CipherPtr context(EVP_CIPHER_CTX_new());
    Sealed sealed{QByteArray(plain.size(), '\0'), QByteArray(kTagBytes, '\0')};
    int size = 0;
    const bool isGood =
        context && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytesOf(key), bytesOf(iv)) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &size, bytesOf(header), static_cast<int>(header.size())) == 1 &&
        EVP_EncryptUpdate(context.get(), bytesOf(sealed.text), &size, bytesOf(plain), static_cast<int>(plain.size())) ==
            1 &&
        EVP_EncryptFinal_ex(context.get(), bytesOf(sealed.tag), &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, bytesOf(sealed.tag)) == 1;
    return isGood ? std::optional(sealed) : std::nullopt;
}

QByteArray unsignedToken(const Jwt &token)
{
    OrderedJson header = token.header;
    header.set(u"alg"_s, u"none"_s);
    return toBase64Url(header.compact()) + '.' + toBase64Url(token.claims.compact()) + '.';
}

// RFC 7516 section 5.1.
std::optional<Secret> nested(const Jwt &token, const PublishedKey &key)
{
    const bool isOld = key.algorithm == "RSA-OAEP"_L1;
    auto header = OrderedJson::parsed("{}");
    header->set(u"alg"_s, isOld ? u"RSA-OAEP"_s : u"RSA-OAEP-256"_s);
    header->set(u"enc"_s, u"A256GCM"_s);
    header->set(u"cty"_s, u"JWT"_s);
    if (!key.kid.isEmpty())
        header->set(u"kid"_s, key.kid);
    const KeyPtr publicKey = keyFromDer(key);
    const QByteArray contentKey = randomBytes(kKeyBytes);
    const QByteArray iv = randomBytes(kIvBytes);
    const QByteArray head = toBase64Url(header->compact());
    if (!publicKey || contentKey.isEmpty() || iv.isEmpty())
        return std::nullopt;
    const QByteArray forServer = wrapped(contentKey, publicKey.get(), isOld ? EVP_sha1() : EVP_sha256());
    const auto sealed = sealedWith(unsignedToken(token), contentKey, iv, head);
    if (forServer.isEmpty() || !sealed)
        return std::nullopt;
    return Secret(head + '.' + toBase64Url(forServer) + '.' + toBase64Url(iv) + '.' + toBase64Url(sealed->text) + '.' +
                  toBase64Url(sealed->tag));
}

} // namespace

std::optional<Secret> nestedUnsigned(const Jwt &token, const PublishedKey &key)
{
    if (key.type != "RSA"_L1 || key.use != "enc"_L1)
        return std::nullopt;
    auto made = nested(token, key);
    ERR_clear_error();
    return made;
}

} // namespace cockpit
