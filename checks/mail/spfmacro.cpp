#include "checks/mail/spfmacro.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}
bool isAlpha(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

// Length of the macro-expand at the start; 0 when it is none.
//   macro-expand = ( "%{" macro-letter *DIGIT [ "r" ] *delimiter "}" ) / "%%" / "%_" / "%-"
qsizetype macroLength(QStringView text)
{
    const auto at = [&](qsizetype i) { return i < text.size() ? text[i] : QChar(); };
    if (at(1) == u'%' || at(1) == u'_' || at(1) == u'-')
        return 2;
    if (at(1) != u'{' || !u"slodiphvSLODIPHV"_s.contains(at(2)))
        return 0;
    qsizetype i = 3;
    const qsizetype digits = i;
    while (isDigit(at(i)))
        ++i;
    // Keeping zero labels makes no sense and is an error (section 7.1).
    const QStringView number = text.mid(digits, i - digits);
    if (!number.isEmpty() && std::ranges::all_of(number, [](QChar c) { return c == u'0'; }))
        return 0;
    if (at(i) == u'r' || at(i) == u'R')
        ++i;
    while (i < text.size() && u".-+,/_="_s.contains(at(i)))
        ++i;
    return at(i) == u'}' ? i + 1 : 0;
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

struct Scan
{
    std::optional<qsizetype> fault;
    qsizetype literalFrom = 0; // where the text behind the last macro starts
};

Scan scan(QStringView text)
{
    Scan result;
    qsizetype i = 0;
    while (i < text.size()) {
        if (text[i] == u'%') {
            const qsizetype length = macroLength(text.mid(i));
            if (length == 0) {
                result.fault = i;
                return result;
            }
            i += length;
            result.literalFrom = i;
        } else if (text[i] < QChar(0x21) || text[i] > QChar(0x7e)) {
            result.fault = i;
            return result;
        } else {
            ++i;
        }
    }
    return result;
}

} // namespace

std::optional<qsizetype> firstMacroFault(QStringView text)
{
    return scan(text).fault;
}

std::optional<qsizetype> firstDomainSpecFault(QStringView text)
{
    const Scan result = scan(text);
    if (result.fault)
        return result.fault;
    if (text.isEmpty())
        return 0;
    QStringView end = text.mid(result.literalFrom);
    if (end.isEmpty())
        return std::nullopt; // ends in a macro
    if (end.endsWith(u'.'))
        end.chop(1);
    const qsizetype dot = end.lastIndexOf(u'.');
    if (dot < 0 || !isTopLabel(end.mid(dot + 1)))
        return result.literalFrom + std::max<qsizetype>(dot, 0);
    return std::nullopt;
}

} // namespace cockpit
