#include "models/store/masked.h"

#include "models/redactor.h"

#include <QJsonArray>

namespace cockpit::store {

namespace {

void mask(QString &text)
{
    text = redact(text);
}

QJsonValue maskedJson(const QJsonValue &value)
{
    if (value.isString())
        return redact(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue &entry : value.toArray())
            array.append(maskedJson(entry));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object;
        const QJsonObject original = value.toObject();
        for (auto it = original.begin(); it != original.end(); ++it)
            object.insert(it.key(), maskedJson(it.value()));
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

// Not the fields that make up the finding's id: the engine has masked those, and they must stay what it knows.
void mask(Finding &finding)
{
    mask(finding.title);
    mask(finding.whatWeSaw);
    mask(finding.fix.paste);
    mask(finding.fix.aiPrompt);
    for (QString &step : finding.fix.steps)
        mask(step);
    mask(finding.evidence);
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

Answer masked(Answer answer)
{
    mask(answer.text);
    for (Attachment &attachment : answer.attachments)
        mask(attachment.text);
    return answer;
}

Decision masked(Decision decision)
{
    mask(decision.reason);
    return decision;
}

Route masked(Route route)
{
    mask(route.path);
    return route;
}

Ownership masked(Ownership row)
{
    mask(row.provider);
    mask(row.notes);
    return row;
}

Credential masked(Credential credential)
{
    mask(credential.purpose);
    return credential;
}

Sample masked(Sample sample)
{
    mask(sample.message);
    return sample;
}

IncidentNote masked(IncidentNote note)
{
    mask(note.text);
    return note;
}

} // namespace cockpit::store
