// Session's changes: applied to the state at once, written to the file behind it.
#include "models/credentialuse.h"
#include "models/recordwatch.h"
#include "models/targetchange.h"
#include "ui/session_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

void Session::Private::saveSettings()
{
    save([this, of = path, number = ++saves, settings = state.settings](ProjectStore &file) -> Result<void> {
        if (auto saved = file.saveSettings(settings); !saved)
            return saved;
        auto stored = file.load();
        if (!stored)
            return tl::unexpected(stored.error());
        QMetaObject::invokeMethod(
            q, [this, of, number, stored = std::move(*stored)] { adopt(of, number, stored); }, Qt::QueuedConnection);
        return {};
    });
}

void Session::setRoadmap(const QString &roadmapId)
{
    if (!d->mayChange())
        return;
    d->state.settings.roadmapId = roadmapId;
    d->touch();
    d->saveSettings();
    emit settingsChanged();
    emit findingsChanged(); // which findings break the minimum bar depends on the roadmap
}

void Session::setTarget(const Target &target)
{
    if (!d->mayChange())
        return;
    if (isRunning()) { // it asks the hosts as they were
        d->abandonRun();
        emit runFinished();
    }
    changeTarget(d->state, target);
    d->touch();
    d->saveSettings();
    emit settingsChanged();
    emit findingsChanged();
}

void Session::setDkimSelectors(const QStringList &selectors)
{
    if (!d->mayChange())
        return;
    d->state.settings.dkimSelectors = selectors;
    d->saveSettings();
    emit settingsChanged();
}

void Session::setName(const QString &name)
{
    if (!d->mayChange())
        return;
    d->state.settings.name = name;
    d->saveSettings();
    emit settingsChanged();
}

void Session::decide(const Decision &decision)
{
    if (!d->mayChange())
        return;
    // The file would refuse it, and everything that waits to be saved behind it.
    if (const QString missing = whatIsMissing(decision); !missing.isEmpty()) {
        emit saveFailed({ErrorKind::BadInput, missing});
        return;
    }
    d->state.decisions[decision.findingId] = decision;
    d->state.history.push_back({decision.findingId, decision.decidedAt, u"decided"_s, toWord(decision.kind)});
    d->touch();
    d->save([decision](ProjectStore &store) { return store.saveDecision(decision); });
    emit findingsChanged();
}

void Session::withdrawDecision(const QString &findingId)
{
    if (!d->mayChange() || d->state.decisions.erase(findingId) == 0)
        return;
    d->touch();
    // It may have been carried over to a finding that the file does not have yet, and would be so once more there.
    if (d->saveSoon.isActive())
        d->savePartial();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    d->state.history.push_back({findingId, now, u"decided"_s, u"withdrawn"_s});
    d->save([findingId, now](ProjectStore &store) { return store.removeDecision(findingId, now); });
    emit findingsChanged();
}

void Session::noteKeyTrial(const QString &findingId, KeyStanding standing)
{
    if (!d->mayChange())
        return;
    const HistoryEntry entry{findingId, QDateTime::currentDateTimeUtc(), u"tried"_s, toWord(standing)};
    d->state.history.push_back(entry);
    d->save([entry](ProjectStore &store) { return store.appendHistory(entry); });
    emit findingsChanged();
}

void Session::answer(const Answer &answer)
{
    if (!d->mayChange())
        return;
    d->state.answers[answer.subject] = answer;
    d->touch();
    d->save([answer](ProjectStore &store) { return store.saveAnswer(answer); });
    emit answersChanged();
}

void Session::withdrawAnswer(const QString &subject)
{
    if (!d->mayChange() || d->state.answers.erase(subject) == 0)
        return;
    d->touch();
    d->save([subject](ProjectStore &store) { return store.removeAnswer(subject); });
    emit answersChanged();
}

void Session::setRoutes(const std::vector<Route> &routes)
{
    if (!d->mayChange())
        return;
    d->state.routes = routes;
    d->save([routes](ProjectStore &store) { return store.saveRoutes(routes); });
    emit routesChanged();
}

void Session::setCredentials(const std::vector<Credential> &credentials)
{
    if (!d->mayChange())
        return;
    d->state.credentials = credentials;
    d->save([credentials](ProjectStore &store) { return store.saveCredentials(credentials); });
    emit credentialsChanged();
}

void Session::noteCredentialUse(const QStringList &entries)
{
    if (!isOpen() || isReadOnly() || entries.isEmpty())
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    d->state.credentials = withUse(std::move(d->state.credentials), entries, now);
    d->save([entries, now](ProjectStore &store) { return store.noteCredentialUse(entries, now); });
    emit credentialsChanged();
}

void Session::setOwnership(const std::vector<Ownership> &ownership)
{
    if (!d->mayChange())
        return;
    d->state.ownership = ownership;
    d->save([ownership](ProjectStore &store) { return store.saveOwnership(ownership); });
    emit ownershipChanged();
}

void Session::setNames(const std::vector<ListedName> &names)
{
    if (!d->mayChange())
        return;
    d->state.names = names;
    d->save([names](ProjectStore &store) { return store.saveNames(names); });
    emit namesChanged();
}

void Session::setSources(const std::vector<LocalSource> &sources)
{
    if (!d->mayChange())
        return;
    d->state.sources = sources;
    d->save([sources](ProjectStore &store) { return store.saveSources(sources); });
    emit sourcesChanged();
}

// The file would refuse it, and everything that waits to be saved behind it.
void Session::setSecrets(const std::vector<SecretEntry> &secrets)
{
    if (!d->mayChange())
        return;
    const auto checked = checkedSecrets(secrets);
    if (!checked) {
        emit saveFailed(checked.error());
        return;
    }
    d->state.secrets = *checked;
    d->save([kept = *checked](ProjectStore &store) { return store.saveSecrets(kept); });
    emit secretsChanged();
}

void Session::setRedirects(const std::vector<RedirectEntry> &redirects)
{
    if (!d->mayChange())
        return;
    d->state.redirects = redirects;
    d->save([redirects](ProjectStore &store) { return store.saveRedirects(redirects); });
    emit redirectsChanged();
}

void Session::setDelivery(const Delivery &delivery)
{
    if (!d->mayChange())
        return;
    d->state.delivery = delivery;
    d->save([delivery](ProjectStore &store) { return store.saveDelivery(delivery); });
    emit deliveryChanged();
}

void Session::noteIncident(const IncidentNote &note)
{
    if (!d->mayChange())
        return;
    auto &notes = d->state.incidentNotes;
    std::erase_if(notes,
                  [&](const IncidentNote &n) { return n.monitorId == note.monitorId && n.started == note.started; });
    if (!note.text.isEmpty())
        notes.push_back(note);
    d->save([note](ProjectStore &store) { return store.saveIncidentNote(note); });
    emit incidentNotesChanged();
}

void Session::acceptDnsRecords()
{
    const QString domain = d->state.settings.target.domain;
    std::vector<DnsRecordSet> sets;
    for (const CheckResult *result : latestOf(u"dns.drift"_s, d->state))
        sets = acceptedSets(d->state.dnsBaseline, *result, domain);
    if (sets.empty() || !d->mayChange())
        return;
    const DnsBaseline baseline{domain, QDateTime::currentDateTimeUtc(), sets};
    d->state.dnsBaseline = baseline;
    d->save([baseline](ProjectStore &store) { return store.saveDnsBaseline(baseline); });
    emit dnsBaselineChanged();
}

void Session::setRecordWatch(std::chrono::seconds interval)
{
    if (!d->mayChange())
        return;
    d->state.recordWatch = knownRecordWatch(interval);
    d->save([kept = d->state.recordWatch](ProjectStore &store) { return store.saveRecordWatch(kept); });
    emit recordWatchChanged();
}

QDateTime Session::nextRecordLook() const
{
    return d->records.next();
}

void Session::Private::giveIds(std::vector<Monitor> &monitors)
{
    for (const auto *known : {&state.monitors, &monitors}) {
        for (const Monitor &monitor : *known)
            lastMonitorId = std::max(lastMonitorId, monitor.id);
    }
    for (Monitor &monitor : monitors) {
        if (monitor.id == 0)
            monitor.id = ++lastMonitorId;
    }
}

// Ids are given here and not by the file: what is asked for next must already know what is still being saved.
void Session::setMonitors(const std::vector<Monitor> &monitors)
{
    if (!d->mayChange())
        return;
    std::vector<Monitor> named = monitors;
    d->giveIds(named);
    d->state.monitors = named;
    d->watch();
    d->save([named](ProjectStore &store) -> Result<void> {
        if (const auto stored = store.saveMonitors(named); !stored)
            return tl::unexpected(stored.error());
        return {};
    });
    emit monitorsChanged();
}

} // namespace cockpit
