#include "checks/tokens/forgery.h"

#include "checks/tokens/base64url.h"
#include "checks/tokens/nestedtoken.h"

#include <QJsonArray>
#include <QRandomGenerator>

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
    OrderedJson header = forge.header(u"alg"_s, u"RS256"_s);
    header.set(u"jwk"_s, keys.own->jwk(forge.token().header.text(u"kid"_s)));
    forge.add(ForgeryKind::EmbeddedKey, u"jwk: a key of ours in the header"_s, header,
              {.kind = Kind::Rs256, .ownKey = keys.own});
}

QString otherAddress(const QString &was)
{
    return was.startsWith("https://"_L1) ? u"https://launch-cockpit.example"_s : u"launch-cockpit.example"_s;
}

char otherLetter(char c, quint32 random)
{
    if (c >= '0' && c <= '9')
        return static_cast<char>('0' + random % 10);
    if (c >= 'a' && c <= 'f')
        return static_cast<char>('a' + random % 6);
    if (c >= 'g' && c <= 'z')
        return static_cast<char>('g' + random % 20);
    return c >= 'A' && c <= 'Z' ? static_cast<char>('A' + random % 26) : c;
}

} // namespace

QByteArray withOneLetterChanged(const QByteArray &text)
{
    QByteArray changed = text;
    const qsizetype middle = text.size() / 2;
    for (qsizetype at = middle; at < text.size(); ++at) {
        const char c = changed[at];
        // One of the two is another letter, but for a sign between the parts.
        for (const char other : {otherLetter(c, 0), otherLetter(c, 1)}) {
            if (other == c)
                continue;
            changed[at] = other;
            return changed;
        }
    }
    return changed + 'a';
}

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

Secret inventedLike(const Secret &value)
{
    QByteArray text = value.reveal();
    for (char &c : text)
        c = otherLetter(c, QRandomGenerator::system()->generate());
    return Secret(text);
}

std::vector<Forgery> forgeriesOfOpaque(const Secret &value)
{
    constexpr qsizetype kShortest = 8;
    if (value.reveal().size() < kShortest)
        return {};
    const QByteArray &text = value.reveal();
    std::vector<Forgery> made;
    made.push_back({ForgeryKind::Altered, u"one letter changed"_s, Secret(withOneLetterChanged(text))});
    made.push_back({ForgeryKind::Cut, u"its second half left out"_s, Secret(text.left(text.size() / 2))});
    // What signed values have behind their last dot or hyphens is the signature.
    const qsizetype dot = std::max(text.lastIndexOf('.'), text.lastIndexOf("--"));
    if (dot > 0)
        made.push_back({ForgeryKind::Cut, u"its last part left out"_s, Secret(text.left(dot))});
    return made;
}

} // namespace cockpit
