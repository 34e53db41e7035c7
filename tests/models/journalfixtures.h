// An entry of the undo journal, as a check writes it.
#pragma once

#include "models/access/undojournal.h"

namespace cockpit::test {

inline Route route(const QString &method, const QString &path)
{
    Route one;
    one.method = method;
    one.path = path;
    one.host = QStringLiteral("api.example.com");
    return one;
}

inline JournalEntry record(const QString &text = QStringLiteral("LC-CANARY-abcdefghijkm"))
{
    JournalEntry entry;
    entry.id = newJournalId();
    entry.at = QDateTime::fromMSecsSinceEpoch(1'770'000'000'000, Qt::UTC);
    entry.checkId = QStringLiteral("access.tenant-isolation");
    entry.actorId = QStringLiteral("a1");
    entry.account = QStringLiteral("Anna");
    entry.text = text;
    entry.recordId = QStringLiteral("17");
    entry.create = route(QStringLiteral("POST"), QStringLiteral("/notes"));
    entry.remove = route(QStringLiteral("DELETE"), QStringLiteral("/notes/{id}"));
    entry.read = route(QStringLiteral("GET"), QStringLiteral("/notes/{id}"));
    entry.list = route(QStringLiteral("GET"), QStringLiteral("/notes"));
    entry.contentType = "application/json";
    return entry;
}

} // namespace cockpit::test
