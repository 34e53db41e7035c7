// ProjectStore: the lists that people keep, what the monitors saw, and the audit log.
#include "models/projectstore_p.h"

namespace cockpit {

using store::Statements;

Result<void> ProjectStore::saveRoutes(const std::vector<Route> &routes)
{
    return d->write([&](Statements &statements) { store::writeRoutes(statements, maskedList(routes)); });
}

Result<void> ProjectStore::savePermission(const Permission &permission)
{
    return d->writeChecked(checkedPermission(permission), store::writePermission);
}

Result<void> ProjectStore::saveActors(const std::vector<TestActor> &actors)
{
    return d->writeChecked(checkedActors(actors), store::writeActors);
}

Result<void> ProjectStore::saveAccessRules(const std::vector<AccessRule> &rules)
{
    return d->writeChecked(checkedRules(rules), store::writeAccessRules);
}

Result<void> ProjectStore::saveSamples(const std::vector<RouteSample> &samples)
{
    return d->writeChecked(checkedSamples(samples), store::writeRouteSamples);
}

Result<void> ProjectStore::appendRequests(const std::vector<LoggedRequest> &requests)
{
    return d->write([&](Statements &statements) { store::writeRequests(statements, requests); });
}

Result<std::vector<LoggedRequest>> ProjectStore::requests() const
{
    return d->read<std::vector<LoggedRequest>>(store::readRequests);
}

Result<std::vector<JournalEntry>> ProjectStore::journal() const
{
    auto entries = d->read<std::vector<JournalEntry>>(store::readJournal);
    if (entries && isReadOnly() && store::isOpenElsewhere(path()))
        std::erase_if(*entries, [](const JournalEntry &entry) { return !entry.hasRunEnded; });
    return entries;
}

Result<void> ProjectStore::strikeFromJournal(const QStringList &entryIds)
{
    return d->write([&](Statements &statements) {
        for (const QString &id : entryIds)
            store::strikeJournalEntry(statements, id);
    });
}

Result<void> ProjectStore::saveCredentials(const std::vector<Credential> &credentials)
{
    return d->write([&](Statements &statements) { store::writeCredentials(statements, maskedList(credentials)); });
}

Result<void> ProjectStore::noteCredentialUse(const QStringList &entries, const QDateTime &at)
{
    return d->write([&](Statements &statements) { store::noteCredentialUse(statements, entries, at); });
}

Result<void> ProjectStore::saveOwnership(const std::vector<Ownership> &ownership)
{
    return d->write([&](Statements &statements) { store::writeOwnership(statements, maskedList(ownership)); });
}

Result<void> ProjectStore::saveNames(const std::vector<ListedName> &names)
{
    return d->write([&](Statements &statements) { store::writeNames(statements, maskedList(names)); });
}

Result<void> ProjectStore::saveRedirects(const std::vector<RedirectEntry> &redirects)
{
    return d->write([&](Statements &statements) { store::writeRedirects(statements, redirects); });
}

Result<void> ProjectStore::saveSources(const std::vector<LocalSource> &sources)
{
    return d->write([&](Statements &statements) { store::writeSources(statements, sources); });
}

Result<void> ProjectStore::saveSecrets(const std::vector<SecretEntry> &secrets)
{
    const auto checked = checkedSecrets(secrets);
    if (!checked)
        return tl::unexpected(checked.error());
    return d->write([&](Statements &statements) { store::writeSecrets(statements, maskedList(*checked)); });
}

Result<std::vector<Monitor>> ProjectStore::saveMonitors(const std::vector<Monitor> &monitors)
{
    std::vector<Monitor> stored;
    const Result<void> saved =
        d->write([&](Statements &statements) { stored = store::writeMonitors(statements, maskedList(monitors)); });
    if (!saved)
        return tl::unexpected(saved.error());
    return stored;
}

Result<void> ProjectStore::saveIncidentNote(const IncidentNote &note)
{
    return d->write([&](Statements &statements) { store::writeIncidentNote(statements, store::masked(note)); });
}

Result<void> ProjectStore::saveDnsBaseline(const DnsBaseline &baseline)
{
    return d->write([&](Statements &statements) { store::writeDnsBaseline(statements, store::masked(baseline)); });
}

Result<void> ProjectStore::saveRecordWatch(std::chrono::seconds interval)
{
    return d->write([&](Statements &statements) { store::writeRecordWatch(statements, interval); });
}

Result<void> ProjectStore::appendSamples(const std::vector<Sample> &samples)
{
    return d->write([&](Statements &statements) {
        for (const Sample &sample : samples)
            store::writeSample(statements, store::masked(sample));
    });
}

Result<std::vector<Sample>> ProjectStore::samples(qint64 monitorId, const QDateTime &from, const QDateTime &to) const
{
    return d->read<std::vector<Sample>>(
        [&](Statements &statements) { return store::readSamples(statements, monitorId, from, to); });
}

} // namespace cockpit
