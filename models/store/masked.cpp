#include "models/store/masked.h"

#include "models/redactor.h"

namespace cockpit::store {

namespace {

void mask(QString &text)
{
    text = redact(text);
}

} // namespace

// Not the names of hosts and DKIM selectors: they are labels in public DNS, and long ones look like keys.
ProjectSettings masked(ProjectSettings settings)
{
    mask(settings.name);
    return settings;
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
    mask(route.seen);
    return route;
}

Ownership masked(Ownership row)
{
    for (QString *text : {&row.system, &row.provider, &row.owner, &row.backup, &row.notes})
        mask(*text);
    return row;
}

// Not the name itself: it is public, like those of hosts.
ListedName masked(ListedName name)
{
    mask(name.purpose);
    mask(name.source);
    return name;
}

Credential masked(Credential credential)
{
    mask(credential.name);
    mask(credential.purpose);
    return credential;
}

// Not what is made by this program and checked by its form: id, rule and fingerprints.
SecretEntry masked(SecretEntry entry)
{
    for (QString *text :
         {&entry.name, &entry.service, &entry.owner, &entry.scope, &entry.keptIn, &entry.exposedWhere, &entry.rightsBy})
        *text = withoutValues(*text);
    for (StepDone &step : entry.rotation) {
        step.by = withoutValues(step.by);
        step.how = withoutValues(step.how);
    }
    return entry;
}

// Not names, addresses and selectors, which are needed as they are, nor the token, which is no secret.
Delivery masked(Delivery delivery)
{
    if (delivery.sent)
        mask(delivery.sent->answer);
    return delivery;
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

DnsBaseline masked(DnsBaseline baseline)
{
    for (DnsRecordSet &set : baseline.sets) {
        for (QString &value : set.values)
            mask(value);
    }
    return baseline;
}

IncidentNote masked(IncidentNote note)
{
    mask(note.text);
    return note;
}

} // namespace cockpit::store
