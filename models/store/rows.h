// Values of models/ to rows and back. Writers replace what was there; readers add to the state they are given.
#pragma once

#include "models/access/requestlog.h"
#include "models/access/undojournal.h"
#include "models/projectstate.h"
#include "models/store/connection.h"

namespace cockpit::store {

// Milliseconds since 1970, or NULL for a null time; and back, in UTC.
QVariant fromTime(const QDateTime &time);
QDateTime toTime(const QVariant &column);
// A NULL string would break NOT NULL columns: a null QString is an empty text.
QVariant fromText(const QString &text);

// For a row that no version of this program has written: the file is foreign input, it may come by mail.
Error unreadableRow(const QString &table, const QString &key);

// What a stored word means. The reading fails on one that this program does not know: it must not become another
// meaning.
template<typename T>
T meaningOf(Statements &statements, const std::optional<T> &known, const QString &table, const QString &word)
{
    if (!known)
        statements.fail(unreadableRow(table, word));
    return known.value_or(T{});
}

void writeSettings(Statements &statements, const ProjectSettings &settings);
void readSettings(Statements &statements, ProjectState &state);

// The row's id: a new one, or the run's own when it has been stored before.
qint64 writeRun(Statements &statements, const Run &run);
void forgetRunsWithoutResults(Statements &statements, qint64 exceptId);
void writeResult(Statements &statements, qint64 runId, const CheckResult &result);
void writeFinding(Statements &statements, const FindingRecord &record);
void writeHistory(Statements &statements, const HistoryEntry &entry);
void readResults(Statements &statements, ProjectState &state); // last run, results, findings, history

void writeDecision(Statements &statements, const Decision &decision);
void readDecisions(Statements &statements, ProjectState &state);
void writeAnswer(Statements &statements, const Answer &answer);
void readAnswers(Statements &statements, ProjectState &state);

void writeRoutes(Statements &statements, const std::vector<Route> &routes);
void writeCredentials(Statements &statements, const std::vector<Credential> &credentials);
void noteCredentialUse(Statements &statements, const QStringList &entries, const QDateTime &at);
void writeOwnership(Statements &statements, const std::vector<Ownership> &ownership);
void writeNames(Statements &statements, const std::vector<ListedName> &names);
void readLists(Statements &statements, ProjectState &state); // routes, credentials, ownership, names

void writeRedirects(Statements &statements, const std::vector<RedirectEntry> &redirects);
void readRedirects(Statements &statements, ProjectState &state);

void writeSources(Statements &statements, const std::vector<LocalSource> &sources);
void readSources(Statements &statements, ProjectState &state);

void writeSecrets(Statements &statements, const std::vector<SecretEntry> &secrets);
void readSecrets(Statements &statements, ProjectState &state);

// Gives the list with the ids of new monitors filled in.
std::vector<Monitor> writeMonitors(Statements &statements, std::vector<Monitor> monitors);
void readMonitors(Statements &statements, ProjectState &state); // with the notes on their incidents
void writeIncidentNote(Statements &statements, const IncidentNote &note);
void writeSample(Statements &statements, const Sample &sample);
void writeDelivery(Statements &statements, const Delivery &delivery);
void readDelivery(Statements &statements, ProjectState &state);
std::vector<Sample> readSamples(Statements &statements, qint64 monitorId, const QDateTime &from, const QDateTime &to);

void writeDnsBaseline(Statements &statements, const DnsBaseline &baseline);
void writeRecordWatch(Statements &statements, std::chrono::seconds interval);
void readDnsBaseline(Statements &statements, ProjectState &state); // and how often it is compared

void writePermission(Statements &statements, const Permission &permission);
void writeActors(Statements &statements, const std::vector<TestActor> &actors);
void writeAccessRules(Statements &statements, const std::vector<AccessRule> &rules);
void writeRouteSamples(Statements &statements, const std::vector<RouteSample> &samples);
void readAccess(Statements &statements, ProjectState &state); // permission, accounts, rules, bodies
void writeRequests(Statements &statements, const std::vector<LoggedRequest> &requests); // and forgets the oldest
std::vector<LoggedRequest> readRequests(Statements &statements);

void writeJournalEntry(Statements &statements, const JournalEntry &entry); // or replaces the one with its id
void strikeJournalEntry(Statements &statements, const QString &id);
void strikeAccountsOf(Statements &statements, const QString &run); // those that the product took
void endJournalOf(Statements &statements, const QString &run);     // the run was not cut off
// The latest kMostJournalEntries, the earliest of them first.
std::vector<JournalEntry> readJournal(Statements &statements);

} // namespace cockpit::store
