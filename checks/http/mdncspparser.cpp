#include "checks/http/mdncspparser.h"

#include <QCollator>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>
#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShortestPolicy = 6;

struct Source
{
    QString text;
    int policy = 0;
    bool isKept = false;
};
using Sources = std::vector<Source>;

// Like JavaScript's decodeURIComponent: empty when it would throw.
std::optional<QString> decoded(const QString &piece)
{
    static const QRegularExpression loneSign(u"%(?![0-9a-fA-F]{2})"_s);
    if (!piece.contains(u'%'))
        return piece;
    if (loneSign.match(piece).hasMatch())
        return std::nullopt;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder(QByteArray::fromPercentEncoding(piece.toUtf8()));
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

// Does the source of one policy allow what the source of another names? Empty when a path cannot be decoded.
std::optional<bool> allows(const QString &one, const QString &other)
{
    if (one.isEmpty() || (one == "/"_L1 && other.isEmpty()))
        return true;
    const bool isExact = !one.endsWith(u'/');
    QStringList ours = one.split(u'/');
    const QStringList theirs = other.split(u'/');
    if (ours.size() > theirs.size() || (isExact && ours.size() != theirs.size()))
        return false;
    if (!isExact)
        ours.removeLast();
    for (qsizetype i = 0; i < ours.size(); ++i) {
        const auto a = decoded(ours[i]);
        const auto b = decoded(theirs[i]);
        if (!a || !b)
            return std::nullopt;
        if (*a != *b)
            return false;
    }
    return true;
}

// Neighbours in the sorted list: within one policy the longer of two is superfluous, and of two policies both must have
// a source. False when a path cannot be decoded.
bool markKept(Sources &sources)
{
    for (size_t i = 1; i < sources.size(); ++i) {
        Source &source = sources[i];
        const Source &before = sources[i - 1];
        if (source.policy == before.policy) {
            if (source.text.startsWith(before.text))
                source.isKept = false;
            continue;
        }
        const auto isAllowed = allows(before.text, source.text);
        if (!isAllowed)
            return false;
        if (*isAllowed)
            source.isKept = true;
    }
    return true;
}

class Parser
{
public:
    explicit Parser(qsizetype policies)
        : m_isCut(policies > 1), m_collator(QLocale(QLocale::English, QLocale::UnitedStates))
    {
    }

    bool take(int index, const QString &policy)
    {
        static const QRegularExpression blanks(u"\\s+"_s);
        QSet<QString> seen;
        for (const QString &part : policy.split(u';')) {
            QStringList words = part.trimmed().split(blanks);
            const QString name = words.takeFirst().toLower();
            if (name.isEmpty())
                continue;
            if (seen.contains(name) && !forgive(name))
                return false;
            seen.insert(name);
            if (!takeDirective(index, name, words))
                return false;
        }
        return true;
    }

    MdnParsedCsp result() const
    {
        MdnParsedCsp csp{.directives = {}, .hasReportTwice = m_hasReportTwice};
        for (auto it = m_directives.begin(); it != m_directives.end(); ++it) {
            QStringList texts;
            for (const Source &source : *it)
                texts.append(source.text);
            texts.removeDuplicates();
            csp.directives.insert(it.key(), texts.isEmpty() ? QStringList{u"'none'"_s} : texts);
        }
        return csp;
    }

private:
    bool forgive(const QString &name)
    {
        const bool isReport = name == "report-uri"_L1 || name == "report-to"_L1;
        m_hasReportTwice = m_hasReportTwice || isReport;
        return isReport;
    }

    bool takeDirective(int index, const QString &name, const QStringList &words)
    {
        const bool isFirst = index == 0;
        Sources sources = isFirst ? Sources() : m_directives.value(name);
        sources.reserve(sources.size() + static_cast<size_t>(words.size()) + 1);
        for (const QString &word : words)
            sources.push_back({word.toLower(), index, isFirst});
        if (words.isEmpty() && name.endsWith("-src"_L1))
            sources.push_back({u"'none'"_s, index, isFirst});
        std::ranges::stable_sort(
            sources, [this](const QString &a, const QString &b) { return m_collator.compare(a, b) < 0; },
            &Source::text);
        if (!markKept(sources))
            return false;
        std::erase_if(sources, [](const Source &source) { return !source.isKept; });
        // From now on only what another policy confirms is kept.
        if (isFirst && m_isCut)
            std::ranges::for_each(sources, [](Source &source) { source.isKept = false; });
        m_directives.insert(name, sources);
        return true;
    }

    const bool m_isCut;
    const QCollator m_collator;
    QMap<QString, Sources> m_directives;
    bool m_hasReportTwice = false;
};

} // namespace

QStringList splitMdnPolicies(const QStringList &values)
{
    QStringList policies;
    for (const QString &value : values) {
        for (const QString &policy : value.split(u','))
            policies.append(policy.trimmed());
    }
    return policies;
}

std::optional<MdnParsedCsp> parseMdnCsp(const QStringList &policies)
{
    Parser parser(policies.size());
    QStringList clean;
    for (const QString &policy : policies) {
        clean.append(QString(policy).remove(u'\r').remove(u'\n').trimmed());
        if (clean.last().size() < kShortestPolicy)
            return std::nullopt;
    }
    for (qsizetype i = 0; i < clean.size(); ++i) {
        if (!parser.take(static_cast<int>(i), clean[i]))
            return std::nullopt;
    }
    return parser.result();
}

MdnParsedCsp withoutHeaderOnly(MdnParsedCsp csp)
{
    for (const QString &name : {u"frame-ancestors"_s, u"report-uri"_s, u"sandbox"_s})
        csp.directives.remove(name);
    return csp;
}

} // namespace cockpit
