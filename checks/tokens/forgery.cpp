#include "checks/tokens/forgery.h"

#include "checks/tokens/base64url.h"
#include "checks/tokens/nestedtoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using Kind = SigningWay::Kind;

constexpr qint64 kDay = 24LL * 3600;

// RFC 7518 section 3.4.
qsizetype ecdsaBytesOf(const QString &algorithm)
{
    if (algorithm == "ES512"_L1)
        return 132;
    return algorithm == "ES384"_L1 ? 96 : 64;
}

Secret tokenWith(const Jwt &token, const OrderedJson &header, const OrderedJson &claims, const SigningWay &way)
{
    const QByteArray text = toBase64Url(header.compact()) + '.' + toBase64Url(claims.compact());
    switch (way.kind) {
    case Kind::Old:
        return Secret(text + '.' + token.signaturePart());
    case Kind::Empty:
        return Secret(text + '.');
    case Kind::Absent:
        return Secret(text);
    case Kind::Broken:
        return Secret(text + '.' + withOneLetterChanged(token.signaturePart()));
    case Kind::Zeros:
        return Secret(text + '.' + toBase64Url(QByteArray(ecdsaBytesOf(header.text(u"alg"_s)), '\0')));
    case Kind::Hmac:
        return Secret(text + '.' +
                      toBase64Url(hmacSignature(header.text(u"alg"_s), way.key.reveal(), text).value_or(QByteArray())));
    case Kind::Rs256:
        return Secret(text + '.' + toBase64Url(way.ownKey ? way.ownKey->rs256(text) : QByteArray()));
    }
    Q_UNREACHABLE();
}

// One round of forgeries from one token.
class Forge
{
public:
    Forge(const Jwt &token, const QDateTime &now) : m_token(token), m_now(now.toSecsSinceEpoch()) {}

    void add(ForgeryKind kind, const QString &what, const OrderedJson &header, const SigningWay &way)
    {
        addClaims(kind, what, header, m_token.claims, way);
    }
    void addClaims(ForgeryKind kind, const QString &what, const OrderedJson &header, const OrderedJson &claims,
                   const SigningWay &way)
    {
        m_made.push_back({kind, what, tokenWith(m_token, header, claims, way), header, way});
    }
    // Header and claims as they came, not written anew.
    void addAsItCame(ForgeryKind kind, const QString &what, const QByteArray &text, const SigningWay &way)
    {
        addMade({kind, what, Secret(text), m_token.header, way});
    }
    void addMade(Forgery forgery) { m_made.push_back(std::move(forgery)); }

    OrderedJson header(const QString &name, const QJsonValue &value) const
    {
        OrderedJson changed = m_token.header;
        changed.set(name, value);
        return changed;
    }
    // Of tokens signed with HS384 or HS512 the library expects these.
    OrderedJson hmacHeader() const
    {
        return isHmacAlgorithm(m_token.algorithm()) ? m_token.header : header(u"alg"_s, u"HS256"_s);
    }
    OrderedJson claims(const QString &name, const QJsonValue &value) const
    {
        OrderedJson changed = m_token.claims;
        changed.set(name, value);
        return changed;
    }

    const Jwt &token() const { return m_token; }
    qint64 now() const { return m_now; }
    std::vector<Forgery> made() { return std::move(m_made); }

private:
    const Jwt &m_token;
    const qint64 m_now;
    std::vector<Forgery> m_made;
};

void addWithoutSignature(Forge &forge)
{
    for (const QString &none : {u"none"_s, u"None"_s, u"NONE"_s, u"nOnE"_s})
        forge.add(ForgeryKind::AlgorithmNone, u"alg: "_s + none, forge.header(u"alg"_s, none), {.kind = Kind::Empty});
    const OrderedJson none = forge.header(u"alg"_s, u"none"_s);
    forge.add(ForgeryKind::AlgorithmNone, u"alg: none, without the last dot"_s, none, {.kind = Kind::Absent});
    forge.add(ForgeryKind::AlgorithmNone, u"alg: none, with the old signature"_s, none, {.kind = Kind::Old});
    const Jwt &token = forge.token();
    const QByteArray begin = token.signedPart();
    forge.addAsItCame(ForgeryKind::NoSignature, u"empty signature"_s, begin + '.', {.kind = Kind::Empty});
    forge.addAsItCame(ForgeryKind::NoSignature, u"no signature, no last dot"_s, begin, {.kind = Kind::Absent});
    forge.addAsItCame(ForgeryKind::WrongSignature, u"one letter of the signature changed"_s,
                      begin + '.' + withOneLetterChanged(token.signaturePart()), {.kind = Kind::Broken});
}

// The first of these claims that the token has, with another value under the old signature.
void addOtherValue(Forge &forge, const QStringList &names, const QJsonValue &other)
{
    const auto &claims = forge.token().claims;
    const auto name = std::ranges::find_if(names, [&](const QString &one) { return claims.has(one); });
    if (name == names.end() || claims.value(*name).isObject())
        return;
    const QJsonValue was = claims.value(*name);
    QJsonValue becomes = was.isString() && other.isDouble() ? QJsonValue(u"1"_s) : other;
    if (was.isArray())
        becomes = QJsonArray{other};
    if (becomes == was)
        becomes = 2;
    forge.addClaims(ForgeryKind::ChangedClaims, *name + u" changed, old signature"_s, forge.token().header,
                    forge.claims(*name, becomes), {});
}

void addChanged(Forge &forge)
{
    const SigningWay old{};
    const bool isPlain = forge.token().header.text(u"typ"_s).compare("JWT"_L1, Qt::CaseInsensitive) == 0;
    forge.add(ForgeryKind::ChangedHeader, u"typ changed, old signature"_s,
              forge.header(u"typ"_s, isPlain ? u"at+jwt"_s : u"JWT"_s), old);
    OrderedJson nested = forge.header(u"cty"_s, u"JWT"_s);
    forge.add(ForgeryKind::ChangedHeader, u"cty added, old signature"_s, nested, old);
    OrderedJson unencoded = forge.header(u"b64"_s, false); // RFC 7797
    unencoded.set(u"crit"_s, QJsonArray{u"b64"_s});
    forge.add(ForgeryKind::ChangedHeader, u"b64: false, old signature"_s, unencoded, old);
    OrderedJson critical = forge.header(u"crit"_s, QJsonArray{u"x-launch-cockpit"_s});
    critical.set(u"x-launch-cockpit"_s, 1);
    forge.add(ForgeryKind::ChangedHeader, u"unknown crit, old signature"_s, critical, old);
    const OrderedJson &header = forge.token().header;
    forge.addClaims(ForgeryKind::ChangedClaims, u"exp put off, old signature"_s, header,
                    forge.claims(u"exp"_s, forge.now() + 365 * kDay), old);
    addOtherValue(forge, {u"role"_s, u"roles"_s, u"scope"_s, u"permissions"_s}, u"admin"_s);
    addOtherValue(forge, {u"aud"_s}, u"launch-cockpit.example"_s);
    addOtherValue(forge, {u"iss"_s}, u"https://launch-cockpit.example"_s);
    addOtherValue(forge, {u"tenant"_s, u"tenant_id"_s, u"org_id"_s, u"organization_id"_s, u"account_id"_s}, 1);
}

void addKeyIds(Forge &forge)
{
    const SigningWay blank{.kind = Kind::Hmac, .key = Secret(QByteArray(""))};
    forge.add(ForgeryKind::BlankKey, u"HMAC with an empty key"_s, forge.hmacHeader(), blank);
    const auto withKid = [&](const QString &kid) {
        OrderedJson header = forge.hmacHeader();
        header.set(u"kid"_s, kid);
        return header;
    };
    for (const QString &kid : {u""_s, u"0"_s})
        forge.add(ForgeryKind::BlankKey, u"kid: \"%1\", HMAC with an empty key"_s.arg(kid), withKid(kid), blank);
    for (const QString &kid : {u"/dev/null"_s, u"../../../../dev/null"_s})
        forge.add(ForgeryKind::KeyIdFile, u"kid: "_s + kid + u", HMAC with an empty key"_s, withKid(kid), blank);
    const QString sql = u"x' UNION SELECT '1';--"_s; // reads nothing, changes nothing
    forge.add(ForgeryKind::KeyIdSql, u"kid: "_s + sql, withKid(sql),
              {.kind = Kind::Hmac, .key = Secret(QByteArray("1"))});
}

void addForeignKeys(Forge &forge, const ForgeryKeys &keys)
{
    std::size_t used = 0;
    for (const KeySpelling &spelling : keys.spellings) {
        if (used++ == kMostKeySpellings)
            break;
        forge.add(ForgeryKind::KeyConfusion, u"HMAC with the public key: "_s + spelling.name,
                  forge.header(u"alg"_s, u"HS256"_s), {.kind = Kind::Hmac, .key = Secret(spelling.bytes)});
    }
    for (const QString &curve : {u"ES256"_s, u"ES384"_s, u"ES512"_s})
        forge.add(ForgeryKind::ZeroSignature, curve + u" with a signature of zeros"_s, forge.header(u"alg"_s, curve),
                  {.kind = Kind::Zeros});
    const auto nested = keys.encryption ? nestedUnsigned(forge.token(), *keys.encryption) : std::nullopt;
    if (nested)
        forge.addMade({ForgeryKind::Nested, u"alg: none inside an encrypted token"_s, *nested});
    if (!keys.own)
        return;
    const QJsonObject jwk = keys.own->jwk(forge.token().header.text(u"kid"_s));
    const SigningWay ours{.kind = Kind::Rs256, .ownKey = keys.own};
    OrderedJson embedded = forge.header(u"alg"_s, u"RS256"_s);
    embedded.set(u"jwk"_s, jwk);
    forge.add(ForgeryKind::EmbeddedKey, u"jwk: a key of ours in the header"_s, embedded, ours);
    // The address is the key set itself: whoever reads it has asked nobody.
    const QByteArray set = QJsonDocument(QJsonObject{{u"keys"_s, QJsonArray{jwk}}}).toJson(QJsonDocument::Compact);
    OrderedJson addressed = forge.header(u"alg"_s, u"RS256"_s);
    addressed.set(u"jku"_s, QString::fromLatin1("data:application/json;base64," + set.toBase64()));
    forge.add(ForgeryKind::KeyAddress, u"jku: a data: address with a key of ours"_s, addressed, ours);
}

// What says whose token it is, the usual names first.
QString accountClaimOf(const Jwt &token, const Jwt &other)
{
    static const QStringList names{u"sub"_s, u"user_id"_s, u"userId"_s, u"uid"_s,
                                   u"oid"_s, u"id"_s,      u"email"_s,  u"preferred_username"_s};
    const auto differs = [&](const QString &name) {
        return token.claims.has(name) && other.claims.has(name) && token.claims.value(name) != other.claims.value(name);
    };
    const auto found = std::ranges::find_if(names, differs);
    return found == names.end() ? QString() : *found;
}

QString otherAddress(const QString &was)
{
    return was.startsWith("https://"_L1) ? u"https://launch-cockpit.example"_s : u"launch-cockpit.example"_s;
}

} // namespace

std::vector<Forgery> forgeriesOf(const Jwt &token, const ForgeryKeys &keys, const QDateTime &now)
{
    Forge forge(token, now);
    addWithoutSignature(forge);
    addChanged(forge);
    addKeyIds(forge);
    addForeignKeys(forge, keys);
    std::vector<Forgery> made = forge.made();
    std::erase_if(made, [&](const Forgery &one) { return one.token == token.whole; });
    return made;
}

std::vector<Forgery> accountForgeriesOf(const Jwt &token, const Jwt &other)
{
    Forge forge(token, {});
    const QString name = accountClaimOf(token, other);
    if (name.isEmpty()) // two tokens of one account, or of a product that names it elsewhere
        return {};
    forge.addClaims(ForgeryKind::OtherAccount, name + u" of another test account, old signature"_s, token.header,
                    forge.claims(name, other.claims.value(name)), {});
    forge.addClaims(ForgeryKind::OtherAccount, u"all claims of another test account, old signature"_s, token.header,
                    other.claims, {});
    return forge.made();
}

std::vector<Forgery> claimForgeriesOf(const Jwt &token, const Forgery &accepted, const QDateTime &now)
{
    Forge forge(token, now);
    const auto add = [&](ForgeryKind kind, const QString &what, const OrderedJson &claims) {
        forge.addClaims(kind, what, accepted.header, claims, accepted.way);
    };
    add(ForgeryKind::Expired, u"exp an hour ago"_s, forge.claims(u"exp"_s, forge.now() - 3600));
    add(ForgeryKind::NotYetValid, u"nbf tomorrow"_s, forge.claims(u"nbf"_s, forge.now() + kDay));
    if (token.claims.has(u"exp"_s)) {
        OrderedJson without = token.claims;
        without.remove(u"exp"_s);
        add(ForgeryKind::WithoutExpiry, u"exp removed"_s, without);
    }
    for (const auto &[name, kind] :
         {std::pair{u"aud"_s, ForgeryKind::OtherAudience}, std::pair{u"iss"_s, ForgeryKind::OtherIssuer}}) {
        if (token.claims.has(name))
            add(kind, name + u" of somebody else"_s, forge.claims(name, otherAddress(token.claims.text(name))));
    }
    OrderedJson critical = accepted.header;
    critical.set(u"crit"_s, QJsonArray{u"x-launch-cockpit"_s});
    critical.set(u"x-launch-cockpit"_s, 1);
    forge.add(ForgeryKind::UnknownCritical, u"crit names what nobody understands"_s, critical, accepted.way);
    return forge.made();
}

Forgery signedWithSecret(const Jwt &token, const Secret &secret)
{
    const SigningWay way{.kind = Kind::Hmac, .key = secret};
    OrderedJson claims = token.claims;
    claims.set(u"lc"_s, 1); // another token than the one that was given
    return {ForgeryKind::KnownSecret, u"signed with a common secret"_s, tokenWith(token, token.header, claims, way),
            token.header, way};
}

} // namespace cockpit
