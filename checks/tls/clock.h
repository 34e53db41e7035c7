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

// not_run, when the look's host, and two others of the product, say that it is another time. Asks for the pages at
// which other checks look anyway.
std::optional<Judged> wrongClockAt(const Look &look);

} // namespace cockpit
