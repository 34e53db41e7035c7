// A request body that libcurl takes piece by piece, when it is due.
#pragma once

#include "checks/engine/canceltoken.h"

#include <QByteArray>

#include <chrono>

namespace cockpit {

struct BodyPace
{
    qsizetype pieceBytes = 0;           // 0: no pieces
    std::chrono::milliseconds every{0}; // between two of them
    bool holdsLastByte = false;         // until release()

    bool operator==(const BodyPace &) const = default;
};

// Lives at one place in memory, on one worker; the body outlives it.
class BodySource
{
public:
    BodySource(const QByteArray &body, BodyPace pace) : m_body(body), m_pace(pace) {}

    // CURLOPT_READFUNCTION with a BodySource as its data: a piece, or CURL_READFUNC_PAUSE when none is due.
    static size_t onRead(char *to, size_t one, size_t size, void *self);

    // All but the last byte is with libcurl, which has sent the head before.
    bool isHeld() const { return m_pace.holdsLastByte && m_isPaused && m_at == m_body.size() - 1; }
    void release() { m_pace.holdsLastByte = false; }
    // It paused, and could go on now: the transfer is to be woken (curl_easy_pause).
    bool isDue() const;
    // How long until the next piece; zero when it is due or nothing is awaited.
    std::chrono::milliseconds untilDue() const;

private:
    qsizetype ready() const; // bytes that may be sent now

    const QByteArray &m_body;
    BodyPace m_pace;
    qsizetype m_at = 0;
    bool m_isPaused = false;
    Clock::time_point m_nextAt = Clock::time_point::min();
};

} // namespace cockpit
