#include "ui/stage/copytexts.h"

#include "models/redactor.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CopyTexts)
};

// For a POSIX shell: nothing inside single quotes is special, and a quote itself ends, escapes and begins again.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\'';
}

} // namespace

QString aiPromptFor(const Finding &finding)
{
    if (!finding.fix.aiPrompt.isEmpty())
        return redact(finding.fix.aiPrompt);
    QStringList lines{Text::tr("Fix this problem in my product: %1").arg(finding.title),
                      Text::tr("What was seen: %1").arg(finding.whatWeSaw)};
    if (!finding.whyItMatters.isEmpty())
        lines << Text::tr("Why it matters: %1").arg(finding.whyItMatters);
    if (!finding.fix.steps.isEmpty())
        lines << Text::tr("Suggested steps:") << finding.fix.steps;
    if (!finding.fix.paste.isEmpty())
        lines << Text::tr("Use this exactly:") << finding.fix.paste;
    return redact(lines.join(u'\n'));
}

QString curlFor(const Finding &finding)
{
    static const QRegularExpression request(u"^(GET|HEAD|OPTIONS) (https?://\\S+)"_s);
    for (const Evidence &evidence : finding.evidence) {
        const auto match = request.match(evidence.title);
        if (!match.hasMatch())
            continue;
        return redact("curl -sS -i -X %1 %2"_L1.arg(match.captured(1), quoted(match.captured(2))));
    }
    return {};
}

} // namespace cockpit
