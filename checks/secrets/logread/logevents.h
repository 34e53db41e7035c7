// Whether the logs tell what they should: failed sign-ins, refusals, limits hit and failed releases.
#pragma once

#include "checks/secrets/logread/logline.h"

#include <array>
#include <optional>
#include <vector>

namespace cockpit {

enum class LogEvent { FailedSignIn, Refusal, LimitHit, FailedRelease };
constexpr size_t kLogEvents = 4;
QString toWord(LogEvent event); // "failed_sign_in"

struct EventSeen
{
    static constexpr size_t kMostTimes = 10000;

    qint64 told = 0;    // lines of the product that tell of one
    qint64 answers = 0; // requests that the web server's own log shows to have been answered so
    // When, as far as the zone is known; the first of them.
    std::vector<qint64> toldAt;
    std::vector<qint64> answeredAt;
};

struct EventsSeen
{
    std::array<EventSeen, kLogEvents> events;
    qint64 productLines = 0; // entries that a web server did not write by itself
    qint64 accessLines = 0;
    // The time that the product's own lines cover; empty when they say no time, or no zone.
    std::optional<qint64> from;
    std::optional<qint64> to;

    const EventSeen &of(LogEvent event) const { return events[static_cast<size_t>(event)]; }
};

// One thread.
class EventCounter
{
public:
    void add(const LogLine &line);
    const EventsSeen &seen() const { return m_seen; }

private:
    void note(LogEvent event, const LogLine &line);

    EventsSeen m_seen;
    WipedBytes m_words; // of the line at hand, as phrases are written
};

// The event that the words tell of: "login_failed", "LoginFailed" and "Login failed" are one.
std::optional<LogEvent> eventToldBy(std::string_view words, WipedBytes &room);
// The event that an answer is: 401 of a sign-in, 403, 429.
std::optional<LogEvent> eventOfAnswer(std::string_view method, std::string_view path, int status);

} // namespace cockpit
