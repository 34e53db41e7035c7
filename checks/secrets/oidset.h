// Git's object names, each once, numbered in the order in which they came: about 30 bytes each, where the standard set
// takes twice that. Histories have millions. Internal to the folder.
#pragma once

#include <git2/oid.h>

#include <QtGlobal>

#include <cstring>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

class OidSet
{
public:
    // The number of the name, and whether it is new.
    std::pair<quint32, bool> insert(const git_oid &id)
    {
        if (2 * (m_ids.size() + 1) > m_slots.size())
            grow();
        quint32 &slot = m_slots[slotOf(id)];
        if (slot != kFree)
            return {slot, false};
        slot = static_cast<quint32>(m_ids.size());
        m_ids.push_back(id);
        return {slot, true};
    }
    std::optional<quint32> find(const git_oid &id) const
    {
        if (m_slots.empty())
            return std::nullopt;
        const quint32 slot = m_slots[slotOf(id)];
        return slot == kFree ? std::nullopt : std::optional(slot);
    }
    bool contains(const git_oid &id) const { return find(id).has_value(); }
    const git_oid &at(quint32 number) const { return m_ids[number]; }
    const std::vector<git_oid> &ids() const { return m_ids; }
    quint32 size() const { return static_cast<quint32>(m_ids.size()); }
    void clear()
    {
        m_ids.clear();
        m_slots.clear();
    }

private:
    static constexpr quint32 kFree = std::numeric_limits<quint32>::max();

    size_t slotOf(const git_oid &id) const
    {
        quint64 hash = 0; // the names are hashes themselves
        std::memcpy(&hash, id.id + 4, sizeof hash);
        const size_t mask = m_slots.size() - 1;
        size_t at = static_cast<size_t>(hash) & mask;
        while (m_slots[at] != kFree && git_oid_cmp(&m_ids[m_slots[at]], &id) != 0)
            at = (at + 1) & mask;
        return at;
    }
    void grow()
    {
        m_slots.assign(m_slots.empty() ? 64 : 2 * m_slots.size(), kFree);
        for (size_t number = 0; number < m_ids.size(); ++number)
            m_slots[slotOf(m_ids[number])] = static_cast<quint32>(number);
    }

    std::vector<git_oid> m_ids;
    std::vector<quint32> m_slots; // a power of two, at most half full
};

} // namespace cockpit
