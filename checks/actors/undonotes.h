// What one account makes for one check, in the run's journal: written before the request goes out that makes it, struck
// when it is proven to be gone (confirmGone()).
#pragma once

#include "models/access/undojournal.h"

#include <memory>

namespace cockpit {

struct CanaryPlan;
struct TestActor;
class Wire;

// One line of the journal. Belongs to the worker that wrote it.
class UndoNote
{
public:
    UndoNote(std::shared_ptr<UndoJournal> journal, JournalEntry entry);

    const JournalEntry &entry() const { return m_entry; }
    // With what became known since. Where that cannot be written the first form stays: it is told by its text.
    void learn(const JournalEntry &entry);
    // A second call has nothing to do. Where that cannot be written the line stays, and somebody looks once too often.
    void strike();

private:
    std::shared_ptr<UndoJournal> m_journal; // null: nothing is written
    JournalEntry m_entry;
    bool m_isStruck = false;
};

// Without a journal (a run without a project file) nothing is written, and nothing refused.
struct UndoNotes
{
    std::shared_ptr<UndoJournal> journal = {};
    JournalEntry common = {}; // check and account

    // NotPermitted, as of a request that the gate does not let out: what the entry is about must not be sent.
    [[nodiscard]] Result<std::shared_ptr<UndoNote>> write(JournalEntry entry) const;
    // The same for a test record of that plan; text: empty where it shows none of ours.
    [[nodiscard]] Result<std::shared_ptr<UndoNote>> writeRecord(const CanaryPlan &plan, const QString &text,
                                                                bool hasText) const;
    // For what was there before: how `create` puts it back.
    [[nodiscard]] Result<std::shared_ptr<UndoNote>> writeValue(const Route &create, const std::optional<Route> &read,
                                                               const QByteArray &contentType,
                                                               const QByteArray &oldBody) const;
    // For an account that signs up with that address.
    [[nodiscard]] Result<std::shared_ptr<UndoNote>> writeAccount(const Route &create, const QString &address) const;
};

// actor: null for somebody who has not signed in.
UndoNotes notesOf(const Wire &wire, const TestActor *actor);

} // namespace cockpit
