// What a run is about to make or change in somebody's product, written down before it is sent: of a run that was killed
// half way it is then known what to look for, and how to take it away.
#pragma once

#include "models/projectstate.h"
#include "models/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class LeftKind {
    Record,  // a test record, known by a text of our own
    Value,   // something that was there before and holds a value of ours now
    Account, // made by signing up with an address of ours: no route removes it
};
QString toWord(LeftKind value);
std::optional<LeftKind> leftKindFromWord(QStringView word);

// What a value was before, as far as a file may hold it.
enum class OldValue {
    Kept,
    MayBeSecret, // or names a person: it is nowhere but in the run that changed it
};
QString toWord(OldValue value);
std::optional<OldValue> oldValueFromWord(QStringView word);

// Never a password, token, cookie or header; an id that looks like one is left out.
struct JournalEntry
{
    QString id;  // of the entry; newJournalId()
    QString run; // of the run that wrote it
    QDateTime at;
    LeftKind kind = LeftKind::Record;
    QString checkId;
    QString actorId, account;      // TestActor::id and name of who made it; empty: somebody who had not signed in
    bool isRemovedByAdmin = false; // of the same tenant, where there is one: who made it may not be allowed to

    QString text;             // in the record; Account: the address that signed up
    bool hasText = true;      // the record shows it; else its id alone tells which one it is
    QString recordId = {};    // empty: no answer told it yet
    bool isShownAlone = true; // its own address shows it; else only the list does
    bool wasMade = false;     // the product said so
    // Record: the routes of its life. Value: `create` changed it, and `read` shows it.
    Route create = {};
    std::optional<Route> remove = {}, read = {}, list = {};
    QByteArray contentType = {};

    OldValue oldValue = OldValue::Kept;
    QByteArray oldBody = {}; // Value: what puts it back by `create`; empty where it may be a secret

    bool hasRunEnded = false; // by itself, and its results tell what is left; else it was cut off

    bool operator==(const JournalEntry &) const = default;
};

constexpr std::size_t kMostJournalEntries = 2000; // that are read; more is no journal of ours

QString newJournalId();

// With what must not be in a file left out, and every text cut to what a line holds.
JournalEntry tidied(JournalEntry entry);
// Sets the old value, or says that it may be a secret (harmlessBody() would change it).
void setOldValue(JournalEntry &entry, const QByteArray &contentType, const QByteArray &body);

// "The record LC-CANARY-… (id 17) that POST /notes made as Anna": for people, without a full stop.
QString describe(const JournalEntry &entry);
// The earliest first, those of one run together.
std::vector<std::vector<JournalEntry>> byRun(const std::vector<JournalEntry> &entries);
// "A run on 3 May 2026 at 12:10 was cut off; these 2 records may still be in your product:", of entries of one run.
QString headlineOf(const std::vector<JournalEntry> &ofRun);

// The stored form. Empty for what is no entry of ours: the file is foreign input.
QJsonObject toJson(const JournalEntry &entry);
std::optional<JournalEntry> journalEntryFromJson(const QJsonObject &object);

// Where a run writes it down; any worker of the run may call anything. What is written is on the disk when the call
// returns.
class UndoJournal
{
public:
    UndoJournal() = default;
    virtual ~UndoJournal() = default;
    Q_DISABLE_COPY_MOVE(UndoJournal)

    // Adds the entry, or replaces the one with its id. An error (disk full, read-only, file gone) means that nothing is
    // written, and what it is about must not be sent.
    [[nodiscard]] virtual Result<void> write(const JournalEntry &entry) = 0;
    // It is proven to be gone, or to be as it was.
    [[nodiscard]] virtual Result<void> strike(const QString &entryId) = 0;
};

} // namespace cockpit
