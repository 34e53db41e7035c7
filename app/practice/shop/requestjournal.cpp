#include "app/practice/shop/requestjournal.h"

#include <algorithm>

namespace cockpit {

void RequestJournal::note(const PageRequest &request, int status, std::chrono::milliseconds work)
{
    const std::lock_guard lock(m_lock);
    m_lines.push_back({request.method, request.host(), request.target, status, work});
}

int RequestJournal::count() const
{
    const std::lock_guard lock(m_lock);
    return static_cast<int>(m_lines.size());
}

int RequestJournal::count(const QByteArray &method, const QByteArray &path) const
{
    const std::lock_guard lock(m_lock);
    return static_cast<int>(std::count_if(m_lines.begin(), m_lines.end(), [&](const JournalLine &line) {
        return line.method == method && line.target.split('?').constFirst() == path;
    }));
}

int RequestJournal::writes() const
{
    const std::lock_guard lock(m_lock);
    return static_cast<int>(std::count_if(m_lines.begin(), m_lines.end(), [](const JournalLine &line) {
        return line.method != "GET" && line.method != "HEAD" && line.method != "OPTIONS";
    }));
}

std::vector<JournalLine> RequestJournal::lines() const
{
    const std::lock_guard lock(m_lock);
    return m_lines;
}

void RequestJournal::clear()
{
    const std::lock_guard lock(m_lock);
    m_lines.clear();
}

} // namespace cockpit
