// The dates of certificates are judged by this computer's clock. Is that one right? The servers of the product say in
// each answer what time it is for them (Date, RFC 9110 section 6.6.1).
#pragma once

#include "checks/engine/check.h"

#include <optional>
#include <span>

namespace cockpit {

// The time elsewhere, when all of these are far from the time here, and to the same side; the one that is nearest.
// Empty when one of them agrees, when they contradict each other, and without any.
std::optional<QDateTime> timeElsewhere(std::span<const QDateTime> elsewhere, const QDateTime &here);

// Of an answer's Date and Age; empty when it does not say.
std::optional<QDateTime> timeSaidIn(const QByteArray &date, const QByteArray &age);

// What other clocks say, when it is another time for them.
struct OtherClock
{
    QDateTime time;
    bool isSure = false; // two servers, by two addresses of one family, say so: one alone may be what is wrong
};

// Asks the look's host, and two others of the product, for the pages at which other checks look anyway.
std::optional<OtherClock> otherClockAt(const Look &look);

// The verdict where another clock shows another time. What comes out the same by both stays, as proven as it was.
// Otherwise not_run where the others are sure, and else the verdict by this computer with a word about clocks.
Judged reconciled(Judged here, const Judged &there, const OtherClock &other, const QDateTime &now);

} // namespace cockpit
