#include "models/projectstore_p.h"
#include "models/store/schema.h"
#include "models/targetchange.h"
#include "models/unasked.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace cockpit {

using namespace Qt::StringLiterals;
using store::Connection;
using store::Statements;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectStore)
};

void readAll(Statements &statements, ProjectState &state)
{
    store::readSettings(statements, state);
    store::readResults(statements, state);
    store::readDecisions(statements, state);
    store::readAnswers(statements, state);
    store::readLists(statements, state);
    store::readRedirects(statements, state);
    store::readSecrets(statements, state);
    store::readSources(statements, state);
    store::readMonitors(statements, state);
    store::readDelivery(statements, state);
    store::readDnsBaseline(statements, state);
    store::readAccess(statements, state);
}

// Only what the run looked at is written: a project keeps every finding it ever had, and a look that a check which did
// not run says nothing about.
void writeChanges(Statements &statements, qint64 runId, const std::vector<CheckResult> &results,
                  const ProjectState &before, const ProjectState &after)
{
    for (const CheckResult &result : results) { // also those that say the same again: they are of this run now
        const auto known = after.latest.find(result.key());
        if (known != after.latest.end() && known->second == result)
            store::writeResult(statements, runId, result);
    }
    for (const auto &[id, record] : after.findings) {
        const auto known = before.findings.find(id);
        if (known == before.findings.end() || known->second != record)
            store::writeFinding(statements, record);
    }
    for (const auto &[id, decision] : after.decisions) { // carried over from another finding
        if (!before.decisions.contains(id))
            store::writeDecision(statements, decision);
    }
    for (std::size_t i = before.history.size(); i < after.history.size(); ++i)
        store::writeHistory(statements, after.history[i]);
}

// Rows of the three tables whose key the new state no longer holds.
void removeGone(Statements &statements, const ProjectState &before, const ProjectState &after)
{
    const auto remove = [&](const QString &statement, const auto &from, const auto &kept) {
        for (const auto &[key, value] : from) {
            if (!kept.contains(key))
                statements.run(statement, {key});
        }
    };
    remove(u"DELETE FROM result WHERE key = ?"_s, before.latest, after.latest);
    remove(u"DELETE FROM finding WHERE id = ?"_s, before.findings, after.findings);
    remove(u"DELETE FROM decision WHERE finding_id = ?"_s, before.decisions, after.decisions);
}

} // namespace

Result<void> ProjectStore::Private::write(const std::function<void(Statements &)> &work)
{
    if (lock)
        return connection->write(work);
    return failure(
        ErrorKind::NotPermitted,
        Text::tr("%1 is open to look only, so nothing can be changed.").arg(QFileInfo(connection->path()).fileName()));
}

ProjectStore::ProjectStore(std::unique_ptr<Private> p) : d(std::move(p)) {}

ProjectStore::~ProjectStore() = default;

Result<std::unique_ptr<ProjectStore>> ProjectStore::create(const QString &path, const ProjectSettings &settings)
{
    const Result<void> created = store::createFile(path, store::currentSchema(), [&](Statements &statements) {
        store::writeSettings(statements, store::masked(settings));
    });
    if (!created)
        return tl::unexpected(created.error());
    return open(path, OpenMode::ReadWrite);
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(const QString &path, OpenMode mode)
{
    const bool writable = mode == OpenMode::ReadWrite;
    const QString file = QFileInfo(path).absoluteFilePath();
    const Result<store::FileHeader> header = store::readHeader(file);
    if (!header)
        return tl::unexpected(header.error());

    auto opened = std::make_unique<Private>();
    if (writable) {
        Result<std::unique_ptr<QLockFile>> lock = store::lockForWriting(file);
        if (!lock)
            return tl::unexpected(lock.error());
        opened->lock = std::move(*lock);
    }
    const Result<int> version = store::inspectFile(file, store::currentSchema());
    if (!version)
        return tl::unexpected(version.error());
    if (!writable && *version != kSchemaVersion)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 was made by an older version of Launch Cockpit. Open it for changing once, so that "
                                "it can be updated.")
                           .arg(QFileInfo(file).fileName()));

    Result<std::unique_ptr<Connection>> connection =
        writable ? Connection::open(file, store::Access::Write) : Connection::openToRead(file);
    if (!connection)
        return tl::unexpected(connection.error());
    opened->connection = std::move(*connection);
    if (const Result<void> migrated = store::migrate(*opened->connection, *version, store::currentSchema()); !migrated)
        return tl::unexpected(migrated.error());
    return std::unique_ptr<ProjectStore>(new ProjectStore(std::move(opened)));
}

QString ProjectStore::path() const
{
    return d->connection->path();
}

bool ProjectStore::isReadOnly() const
{
    return !d->lock;
}

Result<ProjectState> ProjectStore::load() const
{
    ProjectState state;
    const Result<void> read = d->connection->read([&](Statements &statements) { readAll(statements, state); });
    if (!read)
        return tl::unexpected(read.error());
    return state;
}

Result<void> ProjectStore::saveSettings(const ProjectSettings &settings)
{
    return d->write([&](Statements &statements) {
        ProjectState before;
        readAll(statements, before);
        ProjectState after = before;
        changeTarget(after, settings.target);
        removeGone(statements, before, after);
        store::writeSettings(statements, store::masked(settings));
    });
}

Result<ProjectState> ProjectStore::saveRun(const Run &run)
{
    Run summary = run;
    const std::vector<CheckResult> results = maskedList(std::exchange(summary.results, {}));
    summary.askedHosts.clear();
    ProjectState after;
    const Result<void> saved = d->write([&](Statements &statements) {
        ProjectState before;
        readAll(statements, before);
        after = before;
        applyResults(after, results, run.finished);
        forgetUnasked(after, run.askedHosts, run.finished);
        summary.id = store::writeRun(statements, run);
        writeChanges(statements, summary.id, results, before, after);
        removeGone(statements, before, after);
        store::forgetRunsWithoutResults(statements, summary.id);
    });
    if (!saved)
        return tl::unexpected(saved.error());
    after.lastRun = summary;
    return after;
}

Result<void> ProjectStore::saveDecision(const Decision &decision)
{
    if (const QString missing = whatIsMissing(decision); !missing.isEmpty())
        return failure(ErrorKind::BadInput, missing);
    return d->write([&](Statements &statements) {
        store::writeDecision(statements, store::masked(decision));
        store::writeHistory(statements, {decision.findingId, decision.decidedAt, u"decided"_s, toWord(decision.kind)});
    });
}

Result<void> ProjectStore::removeDecision(const QString &findingId, const QDateTime &at)
{
    return d->write([&](Statements &statements) {
        statements.run(u"DELETE FROM decision WHERE finding_id = ?"_s, {findingId});
        store::writeHistory(statements, {findingId, at, u"decided"_s, u"withdrawn"_s});
    });
}

Result<void> ProjectStore::appendHistory(const HistoryEntry &entry)
{
    return d->write([&](Statements &statements) { store::writeHistory(statements, entry); });
}

Result<void> ProjectStore::saveAnswer(const Answer &answer)
{
    return d->write([&](Statements &statements) { store::writeAnswer(statements, store::masked(answer)); });
}

Result<void> ProjectStore::removeAnswer(const QString &subject)
{
    return d->write(
        [&](Statements &statements) { statements.run(u"DELETE FROM answer WHERE subject = ?"_s, {subject}); });
}

Result<void> ProjectStore::saveDelivery(const Delivery &delivery)
{
    return d->write([&](Statements &statements) { store::writeDelivery(statements, store::masked(delivery)); });
}

Result<void> ProjectStore::copyTo(const QString &path) const
{
    return store::copyFile(*d->connection, QFileInfo(path).absoluteFilePath());
}

} // namespace cockpit
