// The project file: one SQLite database per project (*.cockpit), saved as the user works. It holds no secrets.
#pragma once

#include "models/access/requestlog.h"
#include "models/access/undojournal.h"
#include "models/projectstate.h"
#include "models/result.h"

#include <QString>

#include <memory>

class QLockFile;

namespace cockpit {

enum class OpenMode { ReadWrite, ReadOnly };

// Belongs to the thread that opened it (a QSqlDatabase connection cannot move). Each function commits before it
// returns, so that what was reported as saved survives kill -9. Every failure is a Storage or NotPermitted error that
// says what to do (disk full, read-only folder, file removed), and leaves the file as it was.
class ProjectStore
{
public:
    // Creates a new file; refuses to overwrite.
    [[nodiscard]] static Result<std::unique_ptr<ProjectStore>> create(const QString &path,
                                                                      const ProjectSettings &settings);
    // Opens an existing one: migrates older schemas after copying the file to "<name>.before-v<N>.bak", refuses files
    // that are newer, damaged (quick_check) or not ours, leaving them untouched. A file that another window has open
    // for writing is opened read-only when ReadOnly is asked for, and refused with NotPermitted otherwise.
    [[nodiscard]] static Result<std::unique_ptr<ProjectStore>> open(const QString &path, OpenMode mode);

    ~ProjectStore();
    ProjectStore(const ProjectStore &) = delete;
    ProjectStore &operator=(const ProjectStore &) = delete;

    QString path() const;
    bool isReadOnly() const;

    // Everything but the samples of monitors, which are read by window of time, and the audit log.
    [[nodiscard]] Result<ProjectState> load() const;

    // What was known about hosts that the new target no longer has goes with them (changeTarget()).
    [[nodiscard]] Result<void> saveSettings(const ProjectSettings &settings);
    // Stores one run (with an id: once more) and folds it into the findings in one transaction; the new state comes
    // back, with this run as its last. Runs of which no result is left are forgotten.
    [[nodiscard]] Result<ProjectState> saveRun(const Run &run);
    [[nodiscard]] Result<void> saveDecision(const Decision &decision);
    [[nodiscard]] Result<void> removeDecision(const QString &findingId, const QDateTime &at);
    // What a person did about a finding and is no decision: HistoryEntry::event "tried".
    [[nodiscard]] Result<void> appendHistory(const HistoryEntry &entry);
    [[nodiscard]] Result<void> saveAnswer(const Answer &answer);
    [[nodiscard]] Result<void> removeAnswer(const QString &subject);
    [[nodiscard]] Result<void> saveRoutes(const std::vector<Route> &routes);
    // BadInput, and nothing is saved, for what its check refuses (models/access/): among others, what looks like the
    // value of a secret.
    [[nodiscard]] Result<void> savePermission(const Permission &permission);
    [[nodiscard]] Result<void> saveActors(const std::vector<TestActor> &actors);
    [[nodiscard]] Result<void> saveAccessRules(const std::vector<AccessRule> &rules);
    [[nodiscard]] Result<void> saveSamples(const std::vector<RouteSample> &samples);
    // Into the audit log, of which the newest kMostLoggedRequests are kept; masked.
    [[nodiscard]] Result<void> appendRequests(const std::vector<LoggedRequest> &requests);
    // The audit log, newest last.
    [[nodiscard]] Result<std::vector<LoggedRequest>> requests() const;
    // What runs may have left in the product, the earliest first. While a run goes on in this process, its own entries
    // are there too (projectjournal.h writes them). Of a file that another process has open for writing only those of
    // runs that have ended: one may be going on there.
    [[nodiscard]] Result<std::vector<JournalEntry>> journal() const;
    // A person says that it is gone.
    [[nodiscard]] Result<void> strikeFromJournal(const QStringList &entryIds);
    [[nodiscard]] Result<void> saveCredentials(const std::vector<Credential> &credentials);
    // When those entries of the keychain were read for use. Changes nothing else: the window may be open beside a
    // command.
    [[nodiscard]] Result<void> noteCredentialUse(const QStringList &entries, const QDateTime &at);
    [[nodiscard]] Result<void> saveOwnership(const std::vector<Ownership> &ownership);
    [[nodiscard]] Result<void> saveSources(const std::vector<LocalSource> &sources);
    // Replaces the inventory. BadInput, and nothing is saved, when something in it looks like the value of a secret.
    [[nodiscard]] Result<void> saveSecrets(const std::vector<SecretEntry> &secrets);
    [[nodiscard]] Result<void> saveRedirects(const std::vector<RedirectEntry> &redirects);
    [[nodiscard]] Result<void> saveNames(const std::vector<ListedName> &names);
    // Replaces the list; new monitors get their id in the list that comes back. Samples of removed ones go too.
    [[nodiscard]] Result<std::vector<Monitor>> saveMonitors(const std::vector<Monitor> &monitors);
    // Replaces what was written about this incident; an empty text removes it.
    [[nodiscard]] Result<void> saveIncidentNote(const IncidentNote &note);
    [[nodiscard]] Result<void> saveDelivery(const Delivery &delivery);
    // Replaces the accepted DNS records.
    [[nodiscard]] Result<void> saveDnsBaseline(const DnsBaseline &baseline);
    // How often they are looked at again; one of kRecordWatchChoices.
    [[nodiscard]] Result<void> saveRecordWatch(std::chrono::seconds interval);
    [[nodiscard]] Result<void> appendSamples(const std::vector<Sample> &samples);
    // Everything in this file, samples included, as a new file; refuses to overwrite. What is open can be copied even
    // when it can no longer be written, or was moved or removed meanwhile.
    [[nodiscard]] Result<void> copyTo(const QString &path) const;
    // Ordered by time.
    [[nodiscard]] Result<std::vector<Sample>> samples(qint64 monitorId, const QDateTime &from,
                                                      const QDateTime &to) const;

    static constexpr int kSchemaVersion = 10;

private:
    struct Private;
    explicit ProjectStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace cockpit
