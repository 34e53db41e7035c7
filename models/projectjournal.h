// The undo journal of one run, in its project file (models/access/undojournal.h).
#pragma once

#include "models/access/undojournal.h"

#include <mutex>

namespace cockpit {

enum class RunEnd { Complete, Stopped };

// Written from the run's workers, beside the thread that has the ProjectStore and with it the lock on the file. Each
// call opens a connection of its own, as one cannot move between threads, and commits before it returns (WAL with
// synchronous = FULL: also through a power cut). Waits at most 3 s for another writer.
class ProjectJournal final : public UndoJournal
{
public:
    // path: of a file that is open for writing in this process.
    explicit ProjectJournal(QString path);

    // Storage or NotPermitted, as ProjectStore says it; also where another file has taken the place of the one that was
    // open.
    [[nodiscard]] Result<void> write(const JournalEntry &entry) override;
    [[nodiscard]] Result<void> strike(const QString &entryId) override;
    // The run has ended by itself or was stopped, and its results tell what is left. Of accounts that the product took
    // the results of a complete run alone tell, so that its entries about them are struck; of which nobody knows
    // whether they were made, stay.
    [[nodiscard]] Result<void> end(RunEnd how);

    // The project goes on in that file, a copy of the one before with all its entries.
    void follow(const QString &path);

    const QString &run() const { return m_run; } // JournalEntry::run of what it writes

private:
    template<typename Work>
    Result<void> change(const Work &work);

    const QString m_run;
    std::mutex m_mutex; // one writer of this run at a time; guards all below
    QString m_path;
    quint64 m_identity;
};

} // namespace cockpit
