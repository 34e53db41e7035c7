// The words of a guide with the values of a finding in them.
#include "models/guide.h"
#include "models/target.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression &placeholder()
{
    static const QRegularExpression pattern(u"\\{([a-z][a-z0-9_]*)\\}"_s);
    return pattern;
}

// One pass: braces inside a value are text, not another placeholder.
QString filled(const QString &text, const QHash<QString, QString> &values)
{
    QString result;
    qsizetype done = 0;
    for (auto it = placeholder().globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        result += QStringView(text).mid(done, match.capturedStart() - done);
        result += values.value(match.captured(1), match.captured(0));
        done = match.capturedEnd();
    }
    result += QStringView(text).mid(done);
    return result;
}

// What every finding knows about itself; the judge's own values win.
QHash<QString, QString> valuesFor(const Finding &finding, const QHash<QString, QString> &extra)
{
    QHash<QString, QString> values{{u"title"_s, finding.title},
                                   {u"seen"_s, finding.whatWeSaw},
                                   {u"code"_s, finding.code},
                                   {u"paste"_s, finding.fix.paste}};
    if (!finding.host.isEmpty()) {
        values.insert(u"host"_s, finding.host);
        values.insert(u"domain"_s, registrableDomain(finding.host));
    }
    values.insert(extra);
    return values;
}

} // namespace

QStringList placeholdersOf(const Guide &guide)
{
    QStringList texts = guide.steps;
    for (const auto &[code, steps] : guide.stepsByCode)
        texts += steps;
    for (const auto &[provider, steps] : guide.stepsByProvider)
        texts += steps;
    texts.append(guide.prompt);
    QStringList names;
    for (auto it = placeholder().globalMatch(texts.join(u'\n')); it.hasNext();)
        names.append(it.next().captured(1));
    names.removeDuplicates();
    return names;
}

void fillFromGuide(Finding &finding, const Guide &guide, const QStringList &providers,
                   const QHash<QString, QString> &extra)
{
    QStringList steps;
    for (const QString &provider : providers) {
        if (const auto it = guide.stepsByProvider.find(provider); it != guide.stepsByProvider.end()) {
            steps = it->second; // the most specific provider that the guide knows
            break;
        }
    }
    const auto byCode = guide.stepsByCode.find(finding.code);
    steps += byCode == guide.stepsByCode.end() ? guide.steps : byCode->second;

    const QHash<QString, QString> values = valuesFor(finding, extra);
    for (QString &step : steps)
        step = filled(step, values);
    finding.whyItMatters = filled(guide.why, values);
    finding.fix.steps = steps;
    finding.fix.aiPrompt = filled(guide.prompt, values);
}

} // namespace cockpit
