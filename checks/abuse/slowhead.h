// A request whose head never ends: a header line in single letters, on a connection of its own (HTTP/1.1, RFC 9112
// section 3). Let out and logged by the gate like any other request.
#pragma once

#include "checks/engine/observations.h"

#include <QString>
#include <QUrl>

#include <chrono>

namespace cockpit {

enum class SlowEnd {
    NotTried, // not sent, or the host was not reached
    Answered, // at once: the server did not wait for the rest
    CutOff,   // waited for, then ended by the server
    Kept,     // still waited for when we gave up
};
QString toWord(SlowEnd value);

struct SlowTry
{
    SlowEnd end = SlowEnd::NotTried;
    int status = 0;                    // of an answer
    std::chrono::milliseconds took{0}; // until the end
    QString problem = {};              // NotTried: why

    bool wasHeld() const { return end == SlowEnd::CutOff || end == SlowEnd::Kept; }
};

// How slow a request is.
struct SlowPace
{
    std::chrono::milliseconds every{1000};  // a byte
    std::chrono::milliseconds least{900};   // an end before that is no waiting
    std::chrono::milliseconds most{30'000}; // after that we give up
};

// What became of it, from when it ended and whether anything came back.
SlowEnd slowEndOf(std::chrono::milliseconds took, bool isOurs, const SlowPace &pace);

// Sends one request; the check has announced it. Returns within 100 ms of Stop and of the kill switch.
SlowTry sendSlowHead(Observations &seen, const QString &checkId, const QUrl &url, const QString &routeName,
                     const SlowPace &pace);

} // namespace cockpit
