#include "checks/mail/spfterm.h"

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

// Section 12: ip4-cidr-length and ip6-cidr-length have no leading zeros.
Parsed<QString> takePrefixes(const QString &argument, qsizetype position, SpfTerm &term)
{
    static const QRegularExpression form(u"^(.*?)(?:/(0|[1-9]\\d?))?(?://(0|[1-9]\\d{0,2}))?\\z"_s,
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

// Where the value should stand, or the colon before it.
qsizetype valuePosition(const Split &split)
{
    return split.separator == u':' ? split.restPosition : split.restPosition - 1;
}

Parsed<SpfTerm> parseNetwork(const Split &split, SpfTerm term)
{
    const bool wantsV6 = term.mechanism == SpfMechanism::Ip6;
    term.network = split.separator == u':' ? parseIpNetwork(split.rest) : std::nullopt;
    if (!term.network || term.network->isV6 != wantsV6) {
        return wrong(valuePosition(split), wantsV6 ? Text::tr("\"ip6:\" needs an IPv6 address or network.")
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
        return wrong(valuePosition(split), Text::tr("\"%1\" needs a colon and a domain.").arg(split.name));
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

} // namespace

Split splitTerm(const Piece &piece)
{
    qsizetype i = 0;
    while (i < piece.text.size() && piece.text[i] != u':' && piece.text[i] != u'/' && piece.text[i] != u'=')
        ++i;
    const QChar separator = i < piece.text.size() ? piece.text[i] : QChar();
    return {piece.text.left(i), separator, piece.text.mid(i + 1), piece.position + i + 1};
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

bool looksLikeMechanism(const QString &modifier)
{
    const QString name = modifier.left(modifier.indexOf(u'='));
    return std::ranges::any_of(kMechanisms,
                               [&](const MechanismName &m) { return name.compare(m.name, Qt::CaseInsensitive) == 0; });
}

} // namespace cockpit
