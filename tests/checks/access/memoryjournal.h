// A run's journal in memory, and what a test asks of it.
#pragma once

#include "models/access/undojournal.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace cockpit::test {

class MemoryJournal final : public UndoJournal
{
public:
    // isFull: nothing can be written any more.
    explicit MemoryJournal(bool isFull = false) : m_isFull(isFull) {}

    Result<void> write(const JournalEntry &entry) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_isFull)
            return failure(ErrorKind::Storage, QStringLiteral("The disk is full."));
        m_entries[entry.id] = entry;
        ++m_written;
        return {};
    }

    Result<void> strike(const QString &id) override
    {
        const std::lock_guard lock(m_mutex);
        m_entries.erase(id);
        return {};
    }

    // Something in this body, or in this path, is in the journal now.
    bool knows(const QByteArray &text) const
    {
        const std::lock_guard lock(m_mutex);
        return std::ranges::any_of(m_entries, [&](const auto &one) { return text.contains(one.second.text.toUtf8()); });
    }

    std::vector<JournalEntry> entries() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<JournalEntry> all;
        for (const auto &[id, entry] : m_entries)
            all.push_back(entry);
        return all;
    }

    int written() const
    {
        const std::lock_guard lock(m_mutex);
        return m_written;
    }

private:
    mutable std::mutex m_mutex;
    const bool m_isFull;
    std::map<QString, JournalEntry> m_entries;
    int m_written = 0;
};

} // namespace cockpit::test
