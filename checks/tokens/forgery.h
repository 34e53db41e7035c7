// Tokens as an attacker would make them from one that the product gave us (facts 16, RFC 8725). None of them makes the
// product fetch anything from anywhere: what is asked is only whether it takes what it did not sign. The only other
// person that one may name is a second test account (accountForgeriesOf).
#pragma once

#include "checks/tokens/publishedkeys.h"
#include "checks/tokens/tokensignature.h"

#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class ForgeryKind {
    AlgorithmNone,  // alg none, in four spellings (RFC 7519 section 6, RFC 8725 section 3.1)
    NoSignature,    // the signature left out, the algorithm kept
    WrongSignature, // one letter of the signature changed
    ChangedHeader,  // another header under the old signature
    ChangedClaims,  // other claims under the old signature
    OtherAccount,   // the id, or all claims, of a second test account under the old signature
    BlankKey,       // HS256 with an empty key
    KeyConfusion,   // HS256 with the public key as its secret (RFC 8725 section 2.1)
    KeyIdFile,      // "kid" names a file that is empty
    KeyIdSql,       // "kid" brings its own key by way of the database
    EmbeddedKey,    // "jwk" brings a key of ours (RFC 7515 section 4.1.3)
    KeyAddress,     // "jku" is a data: address (RFC 2397) that holds a key of ours: nothing is fetched to read it
    ZeroSignature,  // an ECDSA signature of zeros (CVE-2022-21449)
    Nested,         // unsigned, inside an encrypted token
    KnownSecret,    // signed with a secret that was guessed
    Expired,        // from here on: good signatures over claims that are to be refused
    NotYetValid,
    WithoutExpiry,
    OtherAudience,
    OtherIssuer,
    UnknownCritical, // "crit" names what nobody understands (RFC 7515 section 4.1.11)
    Invented,        // no token of the product at all: random text of the same form
    Altered,         // of a token that is no JWT: one letter changed
    Cut,             // of a token that is no JWT: its second half left out
};
QString toWord(ForgeryKind value);

// How a token gets its signature.
struct SigningWay
{
    enum class Kind {
        Old,    // the signature that the token had
        Empty,  // none, with the dot before it
        Absent, // none, and no dot
        Broken, // the old one with a letter changed
        Zeros,
        Hmac,
        Rs256,
    };
    Kind kind = Kind::Old;
    Secret key = {};                   // Hmac
    std::optional<OwnKey> ownKey = {}; // Rs256
};

struct Forgery
{
    ForgeryKind kind = ForgeryKind::Invented;
    QString what; // what was done, in words for developers: "alg: none"; never a value of the token
    Secret token;
    OrderedJson header = {};
    SigningWay way = {};
};

struct ForgeryKeys
{
    std::vector<KeySpelling> spellings;          // of the keys that the product publishes
    std::optional<OwnKey> own;                   // empty: none is embedded
    std::optional<PublishedKey> encryption = {}; // of the product, to encrypt to
};

constexpr std::size_t kMostKeySpellings = 10;
// Of the first round, with all spellings.
constexpr int kMostForgeries = 31 + static_cast<int>(kMostKeySpellings);

// The first round: all that needs no key of the product.
std::vector<Forgery> forgeriesOf(const Jwt &token, const ForgeryKeys &keys, const QDateTime &now);

// The same token with the account of `other`, a token of a second test account, under the signature that it had: its
// id alone ("sub", or what stands for it), and all of its claims. Nothing where both say the same.
constexpr int kMostAccountForgeries = 2;
std::vector<Forgery> accountForgeriesOf(const Jwt &token, const Jwt &other);

// The second round: with a way to sign that the product takes, claims that it is to refuse.
constexpr int kMostClaimForgeries = 6;
std::vector<Forgery> claimForgeriesOf(const Jwt &token, const Forgery &accepted, const QDateTime &now);
// The token signed anew with the secret that was guessed: the way to begin the second round with.
Forgery signedWithSecret(const Jwt &token, const Secret &secret);

// For tokens and cookies that are no JWT. Nothing for values too short to be told from a word.
std::vector<Forgery> forgeriesOfOpaque(const Secret &value);
// Random text with the length and the kinds of letters of the other; dots and hyphens stay where they are.
Secret inventedLike(const Secret &value);
// A letter in the middle is another one. The last ones of base64 may hold bits that nobody reads.
QByteArray withOneLetterChanged(const QByteArray &text);

} // namespace cockpit
