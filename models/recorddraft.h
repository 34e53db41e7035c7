// A DNS record as it stands, as it should be, and the difference: what a record generator hands to a screen.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

enum class RecordKind { Spf, Dkim, Dmarc };
QString toWord(RecordKind kind);

enum class DiffMark { Same, Removed, Added };

struct DiffWord
{
    QString text;
    DiffMark mark = DiffMark::Same;

    bool operator==(const DiffWord &) const = default;
};

// Word by word, where a word ends at a blank or behind a semicolon. What was removed stands before what took its place.
std::vector<DiffWord> differenceOf(const QString &before, const QString &after);

enum class NoteWeight { Change, Advice, Warning, Problem };

// A sentence about the draft: what was changed and why, what to think of, what stands in the way.
struct DraftNote
{
    NoteWeight weight = NoteWeight::Change;
    QString text;

    bool operator==(const DraftNote &) const = default;
};

struct RecordDraft
{
    RecordKind kind = RecordKind::Spf;
    QString domain; // of the zone
    QString name;   // full: "_dmarc.example.com"
    QString type = QStringLiteral("TXT");
    QStringList today; // all of this kind that are published at the name
    QString corrected; // empty: it cannot be said; a Problem tells why
    std::vector<DraftNote> notes;

    // Nothing to publish: there is exactly the one record, as it should be.
    bool isInPlace() const { return !corrected.isEmpty() && today == QStringList{corrected}; }
    bool operator==(const RecordDraft &) const = default;
};

} // namespace cockpit
