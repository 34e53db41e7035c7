#include "checks/mail/spfrepair.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

int mildness(SpfQualifier qualifier)
{
    switch (qualifier) {
    case SpfQualifier::Fail:
        return 0;
    case SpfQualifier::SoftFail:
    case SpfQualifier::Neutral: // two records that say nothing about others are still meant to protect
    case SpfQualifier::Pass:
        return 1;
    }
    Q_UNREACHABLE();
}

} // namespace

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

QString spfWithEnding(const SpfRecord &record, const QString &ending)
{
    QStringList terms{u"v=spf1"_s};
    for (const SpfTerm &term : record.terms) {
        if (term.mechanism != SpfMechanism::All)
            terms << term.text;
    }
    terms << ending;
    if (!record.explanation.isEmpty())
        terms << u"exp="_s + record.explanation;
    return terms.join(u' ');
}

QString suggestedSpf(const QStringList &senders)
{
    if (senders.isEmpty())
        return u"v=spf1 -all"_s;
    return u"v=spf1 include:"_s + senders.join(" include:"_L1) + u" ~all"_s;
}

QString mergedSpf(const std::vector<QByteArray> &records)
{
    QStringList terms;
    int ending = 0;
    for (const QByteArray &bytes : records) {
        const auto record = parseSpf(bytes);
        if (!record || !record->redirect.isEmpty())
            return {};
        for (const SpfTerm &term : record->terms) {
            if (term.mechanism == SpfMechanism::All)
                ending = std::max(ending, mildness(term.qualifier));
            else if (!terms.contains(term.text, Qt::CaseInsensitive))
                terms << term.text;
        }
    }
    terms.prepend(u"v=spf1"_s);
    terms << (ending == 0 && terms.size() == 1 ? u"-all"_s : u"~all"_s);
    return terms.join(u' ');
}

} // namespace cockpit
