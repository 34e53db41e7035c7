#include "checks/mail/spfmacro.h"

#include "checks/net/dnsname.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView kDelimiters = u".-+,/_=";

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
bool isAlpha(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isMacroLetter(QChar c, SpfMacroUse use)
{
    const QChar lower = c.toLower();
    return isAlpha(c) && (QStringView(u"slodiphv").contains(lower) ||
                          (use == SpfMacroUse::Explanation && QStringView(u"crt").contains(lower)));
}

bool isLiteral(QChar c, SpfMacroUse use)
{
    return (c >= QChar(0x21) && c <= QChar(0x7e)) || (use == SpfMacroUse::Explanation && c == u' ');
}

struct ReadMacro
{
    SpfMacroPiece piece;
    qsizetype length = 0; // 0: none stands here
};

// "%%", "%_" and "%-" stand for a percent sign, a blank and an encoded blank.
ReadMacro readEscape(QChar c)
{
    const QString literal = c == u'%' ? u"%"_s : c == u'_' ? u" "_s : c == u'-' ? u"%20"_s : QString();
    return {{.literal = literal}, literal.isEmpty() ? 0 : 2};
}

//   macro-expand = ( "%{" macro-letter *DIGIT [ "r" ] *delimiter "}" ) / "%%" / "%_" / "%-"
ReadMacro readMacro(QStringView text, SpfMacroUse use)
{
    const auto at = [&](qsizetype i) { return i < text.size() ? text[i] : QChar(); };
    if (at(1) != u'{')
        return readEscape(at(1));
    if (!isMacroLetter(at(2), use))
        return {};
    SpfMacroPiece piece{.letter = at(2).toLower(), .isEscaped = at(2).isUpper()};
    qsizetype i = 3;
    const qsizetype digits = i;
    while (isDigit(at(i)))
        ++i;
    if (i > digits) {
        // More parts than any name has is the same as all of them; keeping none is an error (section 7.1).
        const QStringView number = text.mid(digits, i - digits);
        const bool isZero = std::ranges::all_of(number, [](QChar c) { return c == u'0'; });
        bool fits = false;
        piece.keep = number.toInt(&fits);
        if (isZero)
            return {};
        if (!fits)
            piece.keep = 0;
    }
    piece.isReversed = at(i).toLower() == u'r';
    if (piece.isReversed)
        ++i;
    for (; i < text.size() && kDelimiters.contains(at(i)); ++i)
        piece.delimiters += at(i);
    if (piece.delimiters.isEmpty())
        piece.delimiters = u"."_s;
    return at(i) == u'}' ? ReadMacro{piece, i + 1} : ReadMacro{};
}

// toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool isTopLabel(QStringView label)
{
    const auto isAlnum = [](QChar c) { return isAlpha(c) || isDigit(c); };
    if (label.isEmpty() || !isAlnum(label.front()) || !isAlnum(label.back()))
        return false;
    const bool formed = std::ranges::all_of(label, [&](QChar c) { return isAlnum(c) || c == u'-'; });
    return formed && std::ranges::any_of(label, [](QChar c) { return isAlpha(c) || c == u'-'; });
}

// Section 7.3: IPv4 as it is written, IPv6 as its 32 nibbles.
QString dottedAddress(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.toString();
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    QStringList nibbles;
    for (int i = 0; i < 16; ++i)
        nibbles << QString::number(bytes[i] >> 4, 16).toUpper() << QString::number(bytes[i] & 15, 16).toUpper();
    return nibbles.join(u'.');
}

QString valueOf(QChar letter, const SpfMacroValues &values)
{
    switch (letter.unicode()) {
    case u's':
        return values.localPart + u'@' + values.senderDomain;
    case u'l':
        return values.localPart;
    case u'o':
        return values.senderDomain;
    case u'd':
        return values.domain;
    case u'i':
        return dottedAddress(values.client);
    case u'p':
        return values.validatedName ? values.validatedName() : u"unknown"_s;
    case u'v':
        return values.client.protocol() == QAbstractSocket::IPv4Protocol ? u"in-addr"_s : u"ip6"_s;
    case u'h':
        return values.helo;
    case u'c':
        return values.client.toString();
    case u'r':
        return values.receiver;
    case u't':
        return QString::number(values.secondsSinceEpoch);
    }
    Q_UNREACHABLE();
}

QStringList partsOf(const QString &value, const QString &delimiters)
{
    QStringList parts(QString{});
    for (const QChar c : value) {
        if (delimiters.contains(c))
            parts << QString();
        else
            parts.last() += c;
    }
    return parts;
}

QString expanded(const SpfMacroPiece &piece, const SpfMacroValues &values)
{
    if (piece.letter.isNull())
        return piece.literal;
    QStringList parts = partsOf(valueOf(piece.letter, values), piece.delimiters);
    if (piece.isReversed)
        std::ranges::reverse(parts);
    if (piece.keep > 0 && parts.size() > piece.keep)
        parts = parts.mid(parts.size() - piece.keep);
    const QString joined = parts.join(u'.');
    // Section 7.3: all but the unreserved characters of RFC 3986, which is what Qt leaves as well.
    return piece.isEscaped ? QString::fromLatin1(joined.toUtf8().toPercentEncoding()) : joined;
}

} // namespace

tl::expected<std::vector<SpfMacroPiece>, qsizetype> readMacroString(QStringView text, SpfMacroUse use)
{
    std::vector<SpfMacroPiece> pieces;
    bool literalOpen = false;
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] == u'%') {
            ReadMacro macro = readMacro(text.mid(i), use);
            if (macro.length == 0)
                return tl::unexpected<qsizetype>(i);
            pieces.push_back(std::move(macro.piece));
            i += macro.length;
            literalOpen = false;
            continue;
        }
        if (!isLiteral(text[i], use))
            return tl::unexpected<qsizetype>(i);
        if (!literalOpen)
            pieces.push_back({});
        pieces.back().literal += text[i++];
        literalOpen = true;
    }
    return pieces;
}

std::optional<qsizetype> firstMacroFault(QStringView text)
{
    const auto pieces = readMacroString(text, SpfMacroUse::DomainSpec);
    return pieces ? std::nullopt : std::optional(pieces.error());
}

std::optional<qsizetype> firstDomainSpecFault(QStringView text)
{
    if (const auto fault = firstMacroFault(text))
        return fault;
    if (text.isEmpty())
        return 0;
    // The literal text behind the last macro holds the top label. What an escape stands for begins with a percent sign
    // or a blank, which literal text cannot hold here.
    const auto pieces = *readMacroString(text, SpfMacroUse::DomainSpec);
    const QString &last = pieces.back().literal;
    const bool endsInMacro = !pieces.back().letter.isNull() || last.startsWith(u'%') || last == u" "_s;
    if (endsInMacro)
        return std::nullopt;
    const qsizetype literalFrom = text.size() - last.size();
    QStringView end = text.mid(literalFrom);
    if (end.endsWith(u'.'))
        end.chop(1);
    const qsizetype dot = end.lastIndexOf(u'.');
    if (dot < 0 || !isTopLabel(end.mid(dot + 1)))
        return literalFrom + std::max<qsizetype>(dot, 0);
    return std::nullopt;
}

QString expandMacros(const std::vector<SpfMacroPiece> &pieces, const SpfMacroValues &values)
{
    QString text;
    for (const SpfMacroPiece &piece : pieces)
        text += expanded(piece, values);
    return text;
}

QString expandDomainSpec(const QString &domainSpec, const SpfMacroValues &values)
{
    constexpr qsizetype longestName = 253;
    const auto pieces = readMacroString(domainSpec, SpfMacroUse::DomainSpec);
    Q_ASSERT(pieces); // the record's grammar was checked before
    QString name = expandMacros(*pieces, values);
    if (name.endsWith(u'.'))
        name.chop(1);
    while (name.size() > longestName && name.contains(u'.'))
        name = name.mid(name.indexOf(u'.') + 1);
    return escapedDnsName(name.toUtf8());
}

} // namespace cockpit
