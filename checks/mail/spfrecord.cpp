#include "checks/mail/spfrecord.h"

#include "checks/mail/spfmacro.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfRecord)
};

constexpr QLatin1StringView kVersion = "v=spf1"_L1;

template<typename T>
using Parsed = tl::expected<T, SpfSyntaxError>;

tl::unexpected<SpfSyntaxError> wrong(qsizetype position, const QString &message)
{
    return tl::unexpected<SpfSyntaxError>(SpfSyntaxError{position, message});
}

struct MechanismName
{
    QLatin1StringView name;
    SpfMechanism mechanism;
};
constexpr std::array kMechanisms{
    MechanismName{"all"_L1, SpfMechanism::All}, MechanismName{"include"_L1, SpfMechanism::Include},
    MechanismName{"a"_L1, SpfMechanism::A},     MechanismName{"mx"_L1, SpfMechanism::Mx},
    MechanismName{"ptr"_L1, SpfMechanism::Ptr}, MechanismName{"ip4"_L1, SpfMechanism::Ip4},
    MechanismName{"ip6"_L1, SpfMechanism::Ip6}, MechanismName{"exists"_L1, SpfMechanism::Exists},
};

// One term of the record and where it stands.
struct Piece
{
    QString text;
    qsizetype position;
};

// Between name and value of a term: "include" ':' "example.com", "a" '/' "24", "redirect" '=' "example.com".
struct Split
{
    QString name;
    QChar separator; // null at the end of the term
    QString rest;    // behind the separator
    qsizetype restPosition;
};

Split splitTerm(const Piece &piece)
{
    qsizetype i = 0;
    while (i < piece.text.size() && piece.text[i] != u':' && piece.text[i] != u'/' && piece.text[i] != u'=')
        ++i;
    const QChar separator = i < piece.text.size() ? piece.text[i] : QChar();
    return {piece.text.left(i), separator, piece.text.mid(i + 1), piece.position + i + 1};
}

// Section 12: ip4-cidr-length and ip6-cidr-length have no leading zeros.
Parsed<QString> takePrefixes(const QString &argument, qsizetype position, SpfTerm &term)
{
    static const QRegularExpression form(u"^(.*?)(?:/(0|[1-9]\\d?))?(?://(0|[1-9]\\d{0,2}))?$"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(argument);
    if (!match.captured(2).isEmpty())
        term.v4Prefix = match.captured(2).toInt();
    if (!match.captured(3).isEmpty())
        term.v6Prefix = match.captured(3).toInt();
    if (term.v4Prefix > 32 || term.v6Prefix > 128)
        return wrong(position + match.capturedEnd(1), Text::tr("The network length is too large."));
    return match.captured(1);
}

Parsed<SpfTerm> parseNetwork(const Split &split, SpfTerm term)
{
    const bool wantsV6 = term.mechanism == SpfMechanism::Ip6;
    term.network = split.separator == u':' ? parseIpNetwork(split.rest) : std::nullopt;
    if (!term.network || term.network->isV6 != wantsV6) {
        return wrong(split.restPosition, wantsV6 ? Text::tr("\"ip6:\" needs an IPv6 address or network.")
                                                 : Text::tr("\"ip4:\" needs an IPv4 address or network."));
    }
    return term;
}

// a, mx: [ ":" domain-spec ] [ dual-cidr-length ]; ptr: [ ":" domain-spec ]
Parsed<SpfTerm> parseOptionalDomain(const Split &split, SpfTerm term)
{
    QString argument = split.separator.isNull() ? QString() : split.separator + split.rest;
    const qsizetype position = split.restPosition - 1;
    if (term.mechanism != SpfMechanism::Ptr) {
        const Parsed<QString> domainPart = takePrefixes(argument, position, term);
        if (!domainPart)
            return tl::unexpected<SpfSyntaxError>(domainPart.error());
        argument = *domainPart;
    }
    if (argument.isEmpty())
        return term;
    if (!argument.startsWith(u':'))
        return wrong(position,
                     Text::tr("What follows \"%1\" is neither a domain nor a network length.").arg(split.name));
    term.domain = argument.mid(1);
    if (const auto fault = firstDomainSpecFault(term.domain))
        return wrong(position + 1 + *fault, Text::tr("\"%1\" is not a valid domain here.").arg(term.domain.left(80)));
    return term;
}

Parsed<SpfTerm> parseRequiredDomain(const Split &split, SpfTerm term)
{
    if (split.separator != u':' || split.rest.isEmpty())
        return wrong(split.restPosition, Text::tr("\"%1\" needs a colon and a domain.").arg(split.name));
    if (const auto fault = firstDomainSpecFault(split.rest)) {
        return wrong(split.restPosition + *fault,
                     Text::tr("\"%1\" is not a valid domain here.").arg(split.rest.left(80)));
    }
    term.domain = split.rest;
    return term;
}

SpfQualifier qualifierOf(QChar c)
{
    return c == u'-'   ? SpfQualifier::Fail
           : c == u'~' ? SpfQualifier::SoftFail
           : c == u'?' ? SpfQualifier::Neutral
                       : SpfQualifier::Pass;
}

Parsed<SpfTerm> parseMechanism(Piece piece)
{
    SpfTerm term;
    term.text = piece.text;
    if (u"+-~?"_s.contains(piece.text.front())) {
        term.qualifier = qualifierOf(piece.text.front());
        piece = {piece.text.mid(1), piece.position + 1};
    }
    const Split split = splitTerm(piece);
    const auto known = std::ranges::find_if(
        kMechanisms, [&](const MechanismName &m) { return split.name.compare(m.name, Qt::CaseInsensitive) == 0; });
    if (known == kMechanisms.end() || split.separator == u'=')
        return wrong(piece.position, Text::tr("\"%1\" is not a known SPF mechanism.").arg(piece.text.left(80)));
    term.mechanism = known->mechanism;
    switch (term.mechanism) {
    case SpfMechanism::All:
        if (!split.separator.isNull())
            return wrong(split.restPosition - 1, Text::tr("\"all\" takes no value."));
        return term;
    case SpfMechanism::Include:
    case SpfMechanism::Exists:
        return parseRequiredDomain(split, term);
    case SpfMechanism::A:
    case SpfMechanism::Mx:
    case SpfMechanism::Ptr:
        return parseOptionalDomain(split, term);
    case SpfMechanism::Ip4:
    case SpfMechanism::Ip6:
        return parseNetwork(split, term);
    }
    Q_UNREACHABLE();
}

// redirect and exp, each at most once; any other name is for later versions of SPF and is ignored.
Parsed<void> parseModifier(const Split &split, qsizetype position, SpfRecord &record)
{
    const bool isRedirect = split.name.compare("redirect"_L1, Qt::CaseInsensitive) == 0;
    const bool isExplanation = split.name.compare("exp"_L1, Qt::CaseInsensitive) == 0;
    if (!isRedirect && !isExplanation) {
        if (const auto fault = firstMacroFault(split.rest))
            return wrong(split.restPosition + *fault, Text::tr("The value of \"%1\" is not valid.").arg(split.name));
        record.unknownModifiers << split.name + u'=' + split.rest;
        return {};
    }
    QString &value = isRedirect ? record.redirect : record.explanation;
    if (!value.isEmpty())
        return wrong(position, Text::tr("\"%1\" may stand there only once.").arg(split.name));
    if (const auto fault = firstDomainSpecFault(split.rest))
        return wrong(split.restPosition + *fault, Text::tr("\"%1=\" needs a domain.").arg(split.name));
    value = split.rest;
    return {};
}

bool isModifier(const Split &split)
{
    static const QRegularExpression name(u"^[A-Za-z][A-Za-z0-9_.-]*$"_s);
    return split.separator == u'=' && name.match(split.name).hasMatch();
}

std::vector<Piece> piecesOf(const QString &text)
{
    std::vector<Piece> pieces;
    qsizetype i = kVersion.size();
    while (i < text.size()) {
        if (text[i] == u' ') {
            ++i;
            continue;
        }
        const qsizetype blank = text.indexOf(u' ', i);
        const qsizetype end = blank < 0 ? text.size() : blank;
        pieces.push_back({text.mid(i, end - i), i});
        i = end;
    }
    return pieces;
}

} // namespace

bool SpfTerm::costsLookup() const
{
    switch (mechanism) {
    case SpfMechanism::Include:
    case SpfMechanism::A:
    case SpfMechanism::Mx:
    case SpfMechanism::Ptr:
    case SpfMechanism::Exists:
        return true;
    case SpfMechanism::All:
    case SpfMechanism::Ip4:
    case SpfMechanism::Ip6:
        return false;
    }
    Q_UNREACHABLE();
}

const SpfTerm *SpfRecord::all() const
{
    const auto it = std::ranges::find(terms, SpfMechanism::All, &SpfTerm::mechanism);
    return it == terms.end() ? nullptr : &*it;
}

std::vector<SpfTerm> SpfRecord::reachableTerms() const
{
    const auto end = std::ranges::find(terms, SpfMechanism::All, &SpfTerm::mechanism);
    return {terms.begin(), end == terms.end() ? end : std::next(end)};
}

QString SpfRecord::reachableRedirect() const
{
    return all() ? QString() : redirect;
}

bool isSpfRecord(const QByteArray &text)
{
    const bool hasVersion = text.left(kVersion.size()).compare(kVersion.data(), Qt::CaseInsensitive) == 0;
    return hasVersion && (text.size() == kVersion.size() || text[kVersion.size()] == ' ');
}

Parsed<SpfRecord> parseSpf(const QByteArray &bytes)
{
    SpfRecord record;
    record.text = QString::fromLatin1(bytes);
    if (!isSpfRecord(bytes))
        return wrong(0, Text::tr("It does not start with \"v=spf1\" and a blank."));
    for (const Piece &piece : piecesOf(record.text)) {
        if (const Split split = splitTerm(piece); isModifier(split)) {
            if (const Parsed<void> modifier = parseModifier(split, piece.position, record); !modifier)
                return tl::unexpected<SpfSyntaxError>(modifier.error());
            continue;
        }
        Parsed<SpfTerm> term = parseMechanism(piece);
        if (!term)
            return tl::unexpected<SpfSyntaxError>(term.error());
        record.terms.push_back(std::move(*term));
    }
    return record;
}

bool looksLikeMechanism(const QString &modifier)
{
    const QString name = modifier.left(modifier.indexOf(u'='));
    return std::ranges::any_of(kMechanisms,
                               [&](const MechanismName &m) { return name.compare(m.name, Qt::CaseInsensitive) == 0; });
}

std::optional<QString> senderIndependentDomain(const QString &domainSpec, const QString &recordDomain)
{
    QString name = domainSpec.isEmpty() ? recordDomain : domainSpec;
    name.replace("%{d}"_L1, recordDomain, Qt::CaseInsensitive);
    return name.contains(u'%') ? std::nullopt : std::optional(name.toLower());
}

QString correctedSpf(const QByteArray &bytes)
{
    QString text = QString::fromLatin1(bytes).simplified();
    text.remove(u'"');
    static const std::array<std::pair<QRegularExpression, QString>, 7> repairs{{
        {QRegularExpression(u"[,;](?=\\s|$|[a-z+~?-])"_s), u" "_s},
        {QRegularExpression(u"^v\\s*=\\s*spf1"_s, QRegularExpression::CaseInsensitiveOption), u"v=spf1"_s},
        {QRegularExpression(u"\\binclude\\s*[=:]\\s*"_s, QRegularExpression::CaseInsensitiveOption), u"include:"_s},
        {QRegularExpression(u"\\bredirect\\s*[:=]\\s*"_s, QRegularExpression::CaseInsensitiveOption), u"redirect="_s},
        {QRegularExpression(u"\\b(?:ipv?4?)\\s*[=:]\\s*(?=\\d+\\.)"_s, QRegularExpression::CaseInsensitiveOption),
         u"ip4:"_s},
        {QRegularExpression(u"\\b(?:ipv?6?)\\s*[=:]\\s*(?=[0-9a-f]*:)"_s, QRegularExpression::CaseInsensitiveOption),
         u"ip6:"_s},
        {QRegularExpression(u"([+~?-])\\s+all\\b"_s, QRegularExpression::CaseInsensitiveOption), u"\\1all"_s},
    }};
    for (const auto &[pattern, replacement] : repairs)
        text.replace(pattern, replacement);
    text = text.simplified();
    return parseSpf(text.toLatin1()) ? text : QString();
}

} // namespace cockpit
