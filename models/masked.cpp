#include "models/masked.h"

#include "models/redactor.h"
#include "models/secret.h"

#include <QJsonArray>

namespace cockpit {

namespace {

using Known = std::vector<Secret>;

void mask(QString &text, const Known &known)
{
    text = known.empty() ? redact(text) : redact(text, known);
}

// Names too: some observations are keyed by what a target calls things.
QJsonValue maskedJson(const QJsonValue &value, const Known &known)
{
    const auto maskedText = [&known](QString text) {
        mask(text, known);
        return text;
    };
    if (value.isString())
        return maskedText(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue entry : value.toArray())
            array.append(maskedJson(entry, known));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object;
        const QJsonObject original = value.toObject();
        for (auto it = original.begin(); it != original.end(); ++it)
            object.insert(maskedText(it.key()), maskedJson(it.value(), known));
        return object;
    }
    return value;
}

void mask(std::vector<Evidence> &evidence, const Known &known)
{
    for (Evidence &piece : evidence) {
        mask(piece.title, known);
        mask(piece.body, known);
    }
}

void mask(Finding &finding, const Known &known)
{
    for (QString *text : {&finding.subject, &finding.title, &finding.whatWeSaw, &finding.whyItMatters,
                          &finding.fix.paste, &finding.fix.aiPrompt})
        mask(*text, known);
    for (QString &step : finding.fix.steps)
        mask(step, known);
    mask(finding.evidence, known);
    if (finding.location)
        mask(finding.location->file, known);
}

} // namespace

CheckResult masked(CheckResult result)
{
    return masked(std::move(result), {});
}

CheckResult masked(CheckResult result, const std::vector<Secret> &known)
{
    mask(result.summary, known);
    mask(result.reason, known);
    mask(result.evidence, known);
    result.observed = maskedJson(result.observed, known).toObject();
    for (Finding &finding : result.findings)
        mask(finding, known);
    return result;
}

} // namespace cockpit
