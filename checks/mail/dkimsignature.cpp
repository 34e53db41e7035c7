#include "checks/mail/dkimsignature.h"

#include "models/hostname.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DkimSignature)
};

tl::unexpected<Error> bad(const QString &why)
{
    return failure(ErrorKind::BadInput, why);
}

// Names of DKIM tags are case-sensitive (RFC 6376 section 3.2).
std::optional<QString> exactly(const std::vector<Tag> &tags, QLatin1StringView name)
{
    const auto it = std::ranges::find_if(tags, [&](const Tag &tag) { return tag.name == name; });
    return it == tags.end() ? std::nullopt : std::optional(it->value);
}

// RFC 8616: in messages the domain may be written with its own letters; the key stands at its A-labels.
QString aLabels(const QString &domain)
{
    const bool isAscii = std::ranges::all_of(domain, [](QChar c) { return c.unicode() < 0x80; });
    return isAscii ? domain.toLower()
                   : QString::fromLatin1(QUrl::toAce(QString::fromUtf8(domain.toLatin1()))).toLower();
}

QString withoutBlanks(const std::optional<QString> &text)
{
    return text.value_or(QString()).simplified().remove(u' ');
}

std::optional<QByteArray> decoded(const QString &base64)
{
    const auto result = QByteArray::fromBase64Encoding(base64.toLatin1(), QByteArray::Base64Encoding |
                                                                              QByteArray::AbortOnBase64DecodingErrors);
    return result && !base64.isEmpty() ? std::optional(*result) : std::nullopt;
}

Result<void> readAlgorithm(const std::vector<Tag> &tags, DkimSignature &signature)
{
    const QString algorithm = withoutBlanks(exactly(tags, "a"_L1)).toLower();
    if (algorithm == "rsa-sha256"_L1)
        signature.algorithm = DkimAlgorithm::RsaSha256;
    else if (algorithm == "ed25519-sha256"_L1)
        signature.algorithm = DkimAlgorithm::Ed25519Sha256;
    else if (algorithm == "rsa-sha1"_L1)
        return bad(Text::tr("It is made with rsa-sha1, which receivers no longer accept (RFC 8301)."));
    else
        return bad(Text::tr("Receivers do not know its algorithm (a=%1).").arg(algorithm.left(40)));
    return {};
}

std::optional<Canonicalization> formOf(const QString &word)
{
    if (word == "simple"_L1)
        return Canonicalization::Simple;
    return word == "relaxed"_L1 ? std::optional(Canonicalization::Relaxed) : std::nullopt;
}

// c=: header/body; the body's form is simple when it is not named.
Result<void> readForms(const std::vector<Tag> &tags, DkimSignature &signature)
{
    const QStringList words = withoutBlanks(exactly(tags, "c"_L1).value_or(u"simple/simple"_s)).toLower().split(u'/');
    const auto header = formOf(words.value(0));
    const auto body = formOf(words.value(1, u"simple"_s));
    if (!header || !body || words.size() > 2)
        return bad(Text::tr("Its canonical form is not known (c=)."));
    signature.headerForm = *header;
    signature.bodyForm = *body;
    return {};
}

Result<std::optional<qint64>> numberOf(const std::vector<Tag> &tags, QLatin1StringView name)
{
    const auto text = exactly(tags, name);
    if (!text)
        return std::optional<qint64>();
    bool isNumber = false;
    const qint64 number = text->toLongLong(&isNumber);
    if (!isNumber || number < 0)
        return bad(Text::tr("Its tag %1= is no number.").arg(name));
    return std::optional(number);
}

Result<void> readNumbers(const std::vector<Tag> &tags, DkimSignature &signature)
{
    const auto length = numberOf(tags, "l"_L1);
    const auto signedAt = numberOf(tags, "t"_L1);
    const auto expires = numberOf(tags, "x"_L1);
    for (const auto *number : {&length, &signedAt, &expires}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    signature.bodyLength = *length;
    const auto time = [](qint64 seconds) { return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC); };
    if (*signedAt)
        signature.signedAt = time(**signedAt);
    if (*expires)
        signature.expires = time(**expires);
    if (*signedAt && *expires && **expires <= **signedAt)
        return bad(Text::tr("It ends before it begins (x= is not after t=)."));
    return {};
}

Result<void> readDomain(const std::vector<Tag> &tags, DkimSignature &signature)
{
    signature.domain = aLabels(withoutBlanks(exactly(tags, "d"_L1)));
    signature.selector = withoutBlanks(exactly(tags, "s"_L1)).toLower();
    signature.identity = u'@' + signature.domain;
    if (signature.domain.isEmpty() || signature.selector.isEmpty())
        return bad(Text::tr("It names no domain or no selector (d=, s=)."));
    return {};
}

Result<void> readIdentity(const std::vector<Tag> &tags, DkimSignature &signature)
{
    signature.identity = withoutBlanks(exactly(tags, "i"_L1).value_or(signature.identity));
    const QString identityDomain = aLabels(signature.identity.mid(signature.identity.lastIndexOf(u'@') + 1));
    if (!isWithin(identityDomain, signature.domain))
        return bad(Text::tr("It speaks for an address outside of its domain (i=)."));
    return {};
}

Result<void> readSignedFields(const std::vector<Tag> &tags, DkimSignature &signature)
{
    for (const QString &name : withoutBlanks(exactly(tags, "h"_L1)).toLower().split(u':', Qt::SkipEmptyParts))
        signature.signedFields << name;
    if (!signature.signedFields.contains(u"from"_s))
        return bad(Text::tr("It does not cover the From header (h=)."));
    return {};
}

// q=: methods that a verifier does not know are passed over; without one that it knows it cannot find the key.
Result<void> readQuery(const std::vector<Tag> &tags, DkimSignature &)
{
    const QStringList methods = withoutBlanks(exactly(tags, "q"_L1).value_or(u"dns/txt"_s)).toLower().split(u':');
    if (!methods.contains("dns/txt"_L1))
        return bad(Text::tr("Its key is not to be found in the DNS (q=)."));
    return {};
}

Result<void> readValue(const std::vector<Tag> &tags, DkimSignature &signature)
{
    const auto value = decoded(withoutBlanks(exactly(tags, "b"_L1)));
    if (!value)
        return bad(Text::tr("Its value is missing or damaged (b=)."));
    signature.value = *value;
    return {};
}

Result<void> readBodyHash(const std::vector<Tag> &tags, DkimSignature &signature)
{
    const auto bodyHash = decoded(withoutBlanks(exactly(tags, "bh"_L1)));
    if (!bodyHash)
        return bad(Text::tr("The hash of the body is missing or damaged (bh=)."));
    signature.bodyHash = *bodyHash;
    return {};
}

using TagReader = Result<void> (*)(const std::vector<Tag> &, DkimSignature &);

Result<DkimSignature> readAll(const std::vector<Tag> &tags, std::initializer_list<TagReader> readers)
{
    DkimSignature signature;
    for (const TagReader read : readers) {
        if (const Result<void> done = read(tags, signature); !done)
            return tl::unexpected(done.error());
    }
    return signature;
}

} // namespace

Result<DkimSignature> parseDkimSignature(const MessageField &field)
{
    const auto tags = parseTagList(field.value(), TagNames::ExactCase);
    if (!tags)
        return bad(tags.error());
    if (exactly(*tags, "v"_L1).value_or(QString()) != "1"_L1)
        return bad(Text::tr("Its version is not 1 (v=)."));
    return readAll(*tags, {readAlgorithm, readForms, readDomain, readIdentity, readSignedFields, readNumbers, readQuery,
                           readValue, readBodyHash});
}

Result<DkimSignature> readArcMessageSignature(const std::vector<Tag> &tags)
{
    auto signature = readAll(tags, {readAlgorithm, readForms, readDomain, readSignedFields, readNumbers, readQuery,
                                    readValue, readBodyHash});
    if (signature && signature->signedFields.contains(u"arc-seal"_s))
        return bad(Text::tr("It covers a seal of the chain, which it must not (h=)."));
    return signature;
}

Result<DkimSignature> readArcSeal(const std::vector<Tag> &tags)
{
    if (exactly(tags, "h"_L1))
        return bad(Text::tr("It names header fields, which a seal must not (h=)."));
    auto seal = readAll(tags, {readAlgorithm, readDomain, readValue});
    if (seal)
        seal->headerForm = Canonicalization::Relaxed; // always (section 4.1.3)
    return seal;
}

QString toWord(DkimVerdict verdict)
{
    switch (verdict) {
    case DkimVerdict::Pass:
        return u"pass"_s;
    case DkimVerdict::BodyChanged:
        return u"body_changed"_s;
    case DkimVerdict::BodyMissing:
        return u"body_missing"_s;
    case DkimVerdict::HeaderChanged:
        return u"header_changed"_s;
    case DkimVerdict::Expired:
        return u"expired"_s;
    case DkimVerdict::KeyUnusable:
        return u"key_unusable"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
