// What runs may have left in the product (models/access/undojournal.h).
#include "models/store/rows.h"

#include <QJsonDocument>

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
    statements.run(u"DELETE FROM undo_journal WHERE run = ? AND json_extract(body, '$.kind') = 'account'"_s,
                   {fromText(run)});
}

void endJournalOf(Statements &statements, const QString &run)
{
    statements.run(u"UPDATE undo_journal SET ended = 1 WHERE run = ?"_s, {fromText(run)});
}

std::vector<JournalEntry> readJournal(Statements &statements)
{
    std::vector<JournalEntry> entries;
    const QString all = u"SELECT id, run, at, ended, body FROM undo_journal ORDER BY at, id LIMIT ?"_s;
    statements.each(all, {static_cast<qint64>(kMostJournalEntries)}, [&](const QSqlQuery &row) {
        auto entry = journalEntryFromJson(QJsonDocument::fromJson(row.value(4).toString().toUtf8()).object());
        if (!entry)
            return;
        entry->id = row.value(0).toString();
        entry->run = row.value(1).toString();
        entry->at = toTime(row.value(2));
        entry->hasRunEnded = row.value(3).toBool();
        entries.push_back(tidied(std::move(*entry)));
    });
    return entries;
}

} // namespace cockpit::store
