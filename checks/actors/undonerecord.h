// A record that a tried body may have made and nobody has seen gone.
#pragma once

#include "checks/actors/canaryremoval.h"

#include <QString>

namespace cockpit {

struct UndoneRecord
{
    QString id;                // empty: no answer told it
    bool hasText = true;       // by which the list can show it
    bool isProven = false;     // that the id is the record's
    bool isShownAlone = false; // its own address showed the text
    bool wasMade = false;      // the product said so
    bool isUnanswered = false; // no answer came to what makes it
    std::shared_ptr<UndoNote> note = {};

    void noteFound() const; // in the journal
};

// What all records of a trial have in common.
struct TrialRecords
{
    QString text;
    CanaryPlan plan;
    Target target;
    RecordOwner owner;
};

inline void UndoneRecord::noteFound() const
{
    if (!note)
        return;
    JournalEntry entry = note->entry();
    entry.recordId = id;
    entry.wasMade = wasMade;
    entry.isShownAlone = isShownAlone;
    note->learn(entry);
}

inline CanaryRemoval removalOf(const UndoneRecord &record, const TrialRecords &records)
{
    return {.text = records.text,
            .id = record.id,
            .plan = records.plan,
            .target = records.target,
            .owner = records.owner,
            .isProven = record.isProven,
            .isShownAlone = record.isShownAlone,
            .wasMade = record.wasMade,
            .isUnanswered = record.isUnanswered,
            .hasText = record.hasText,
            .note = record.note};
}

} // namespace cockpit
