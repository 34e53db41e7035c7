#include "checks/secrets/logread/requestids.h"

#include <algorithm>

namespace cockpit {

void IdCounter::add(const LogLine &line)
{
    if (line.goesOn)
        return;
    const bool hasId = !line.requestId.empty();
    const auto count = [hasId](IdCounts &counts) {
        ++counts.entries;
        counts.withId += hasId ? 1 : 0;
    };
    count(line.isAccess() ? m_seen.access : m_seen.product);
    if (!line.isAccess() && line.isRequest())
        count(m_seen.requests);
    if (!line.isAccess() && line.level == LogLevel::Error)
        count(m_seen.errors);
    if (!hasId)
        return;
    const size_t number = std::hash<std::string_view>()(line.requestId);
    if (const auto known = m_ids.find(number); known != m_ids.end())
        known->second = true;
    else if (m_ids.size() < kMostIds)
        m_ids.emplace(number, false);
}

IdsSeen IdCounter::seen() const
{
    IdsSeen seen = m_seen;
    seen.distinct = static_cast<qint64>(m_ids.size());
    seen.shared = std::ranges::count_if(m_ids, [](const auto &id) { return id.second; });
    return seen;
}

} // namespace cockpit
