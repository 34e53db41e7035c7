#include "checks/mail/spfrecord.h"

#include "checks/mail/spfmacro.h"
#include "checks/mail/spfterm.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfRecord)
};

constexpr QLatin1StringView kVersion = "v=spf1"_L1;

tl::unexpected<SpfSyntaxError> wrong(qsizetype position, const QString &message)
{
    return tl::unexpected<SpfSyntaxError>(SpfSyntaxError{position, message});
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
    static const QRegularExpression name(u"^[A-Za-z][A-Za-z0-9_.-]*\\z"_s);
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

std::optional<QString> senderIndependentDomain(const QString &domainSpec, const QString &recordDomain)
{
    QString name = domainSpec.isEmpty() ? recordDomain : domainSpec;
    name.replace("%{d}"_L1, recordDomain, Qt::CaseInsensitive);
    return name.contains(u'%') ? std::nullopt : std::optional(name.toLower());
}

} // namespace cockpit
