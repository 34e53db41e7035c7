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

// Not the names of hosts and DKIM selectors: they are labels in public DNS, and long ones look like keys.
ProjectSettings masked(ProjectSettings settings)
{
    mask(settings.name);
    return settings;
}

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
    mask(answer.by);
    for (Attachment &attachment : answer.attachments)
        mask(attachment.text);
    return answer;
}

Decision masked(Decision decision)
{
    mask(decision.reason);
    mask(decision.by);
    return decision;
}

Route masked(Route route)
{
    mask(route.path);
    mask(route.source);
    return route;
}

Ownership masked(Ownership row)
{
    for (QString *text : {&row.system, &row.provider, &row.owner, &row.backup, &row.notes})
        mask(*text);
    return row;
}

Credential masked(Credential credential)
{
    mask(credential.name);
    mask(credential.purpose);
    return credential;
}

Monitor masked(Monitor monitor)
{
    mask(monitor.name);
    mask(monitor.url);
    return monitor;
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
