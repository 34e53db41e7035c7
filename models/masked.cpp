#include "models/masked.h"

#include "models/redactor.h"

#include <QJsonArray>

namespace cockpit {

namespace {

void mask(QString &text)
{
    text = redact(text);
}

// Names too: some observations are keyed by what a target calls things.
QJsonValue maskedJson(const QJsonValue &value)
{
    if (value.isString())
        return redact(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue entry : value.toArray())
            array.append(maskedJson(entry));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object;
        const QJsonObject original = value.toObject();
        for (auto it = original.begin(); it != original.end(); ++it)
            object.insert(redact(it.key()), maskedJson(it.value()));
        return object;
    }
    return value;
}

void mask(std::vector<Evidence> &evidence)
{
    for (Evidence &piece : evidence) {
        mask(piece.title);
        mask(piece.body);
    }
}

void mask(Finding &finding)
{
    for (QString *text : {&finding.subject, &finding.title, &finding.whatWeSaw, &finding.whyItMatters,
                          &finding.fix.paste, &finding.fix.aiPrompt})
        mask(*text);
    for (QString &step : finding.fix.steps)
        mask(step);
    mask(finding.evidence);
    if (finding.location)
        mask(finding.location->file);
}

} // namespace

CheckResult masked(CheckResult result)
{
    mask(result.summary);
    mask(result.reason);
    mask(result.evidence);
    result.observed = maskedJson(result.observed).toObject();
    for (Finding &finding : result.findings)
        mask(finding);
    return result;
}

} // namespace cockpit
