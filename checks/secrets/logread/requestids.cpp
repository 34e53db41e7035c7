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
    count(line.isAccess() ? m_file.access : m_file.product);
    if (!line.isAccess() && line.isRequest())
        count(m_file.requests);
    if (!line.isAccess() && line.level == LogLevel::Error)
        count(m_file.errors);
    if (!hasId)
        return;
    const size_t number = std::hash<std::string_view>()(line.requestId);
    if (const auto known = m_ids.find(number); known != m_ids.end())
        known->second = true;
    else if (m_ids.size() < kMostIds)
        m_ids.emplace(number, false);
}

void IdCounter::endFile()
{
    const auto add = [](IdCounts &sum, const IdCounts &more) {
        sum.entries += more.entries;
        sum.withId += more.withId;
    };
    add(m_seen.access, m_file.access);
    if (m_file.product.withId == 0 && m_file.requests.entries == 0) {
        m_seen.unrelated += m_file.product.entries;
    } else {
        add(m_seen.product, m_file.product);
        add(m_seen.requests, m_file.requests);
        add(m_seen.errors, m_file.errors);
    }
    m_file = {};
}

IdsSeen IdCounter::seen() const
{
    IdsSeen seen = m_seen;
    seen.distinct = static_cast<qint64>(m_ids.size());
    seen.shared = std::ranges::count_if(m_ids, [](const auto &id) { return id.second; });
    return seen;
}

} // namespace cockpit
