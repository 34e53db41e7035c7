// What runs may have left in the product (models/access/undojournal.h).
#include "models/store/rows.h"

#include <QJsonDocument>

#include <algorithm>

namespace cockpit::store {

using namespace Qt::StringLiterals;

void writeJournalEntry(Statements &statements, const JournalEntry &entry)
{
    const QByteArray body = QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact);
    statements.run(
        u"INSERT OR REPLACE INTO undo_journal (id, run, at, ended, body) VALUES (?, ?, ?, ?, ?)"_s,
        {fromText(entry.id), fromText(entry.run), fromTime(entry.at), entry.hasRunEnded, QString::fromUtf8(body)});
}

void strikeJournalEntry(Statements &statements, const QString &id)
{
    statements.run(u"DELETE FROM undo_journal WHERE id = ?"_s, {fromText(id)});
}

void strikeAccountsOf(Statements &statements, const QString &run)
{
    statements.run(u"DELETE FROM undo_journal WHERE run = ? AND json_extract(body, '$.kind') = 'account'"
                   " AND json_extract(body, '$.made')"_s,
                   {fromText(run)});
}

void endJournalOf(Statements &statements, const QString &run)
{
    statements.run(u"UPDATE undo_journal SET ended = 1 WHERE run = ?"_s, {fromText(run)});
}

namespace {

std::optional<JournalEntry> entryIn(const QSqlQuery &row)
{
    auto entry = journalEntryFromJson(QJsonDocument::fromJson(row.value(4).toString().toUtf8()).object());
    if (!entry)
        return std::nullopt;
    entry->id = row.value(0).toString();
    entry->run = row.value(1).toString();
    entry->at = toTime(row.value(2));
    entry->hasRunEnded = row.value(3).toBool();
    return tidied(std::move(*entry));
}

} // namespace

// From the latest on, page by page, until there are enough: what is no entry of ours does not stand in the way of one
// that is. A file with more of that is nobody's project.
std::vector<JournalEntry> readJournal(Statements &statements)
{
    constexpr qint64 kPage = kMostJournalEntries;
    constexpr int kMostPages = 50;
    const QString page =
        u"SELECT id, run, at, ended, body FROM undo_journal ORDER BY at DESC, id DESC LIMIT ? OFFSET ?"_s;
    std::vector<JournalEntry> entries;
    qint64 rows = kPage;
    for (int number = 0; number < kMostPages && rows == kPage && entries.size() < kMostJournalEntries; ++number) {
        rows = 0;
        statements.each(page, {kPage, number * kPage}, [&](const QSqlQuery &row) {
            ++rows;
            if (entries.size() == kMostJournalEntries)
                return;
            if (auto entry = entryIn(row))
                entries.push_back(std::move(*entry));
        });
    }
    std::ranges::reverse(entries);
    return entries;
}

} // namespace cockpit::store
