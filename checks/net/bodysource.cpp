#include "checks/net/bodysource.h"

#include <curl/curl.h>

#include <algorithm>

namespace cockpit {

qsizetype BodySource::ready() const
{
    const qsizetype left = m_body.size() - m_at - (m_pace.holdsLastByte ? 1 : 0);
    if (m_pace.pieceBytes <= 0)
        return left;
    return Clock::now() < m_nextAt ? 0 : std::min(left, m_pace.pieceBytes);
}

size_t BodySource::onRead(char *to, size_t one, size_t size, void *self)
{
    auto *source = static_cast<BodySource *>(self);
    if (source->m_at >= source->m_body.size())
        return 0;
    const qsizetype count = std::min<qsizetype>(source->ready(), static_cast<qsizetype>(one * size));
    source->m_isPaused = count <= 0;
    if (source->m_isPaused)
        return CURL_READFUNC_PAUSE;
    std::copy_n(source->m_body.constData() + source->m_at, count, to);
    source->m_at += count;
    source->m_nextAt = Clock::now() + source->m_pace.every;
    return static_cast<size_t>(count);
}

bool BodySource::isDue() const
{
    return m_isPaused && ready() > 0;
}

std::chrono::milliseconds BodySource::untilDue() const
{
    if (!m_isPaused || m_pace.pieceBytes <= 0 || Clock::now() >= m_nextAt)
        return std::chrono::milliseconds(0);
    return std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - Clock::now());
}

} // namespace cockpit
