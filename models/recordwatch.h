// When the accepted DNS records are looked at again while the program is open.
#pragma once

#include "models/projectstate.h"

#include <array>
#include <chrono>

namespace cockpit {

// What a person can choose; zero: never by itself.
inline constexpr std::array<std::chrono::seconds, 4> kRecordWatchChoices{
    std::chrono::minutes(15), std::chrono::hours(1), std::chrono::hours(6), std::chrono::seconds(0)};
// As it was chosen; what nobody can have chosen is the usual, so that no file makes this program ask every second.
std::chrono::seconds knownRecordWatch(std::chrono::seconds interval);

// The baseline, when it was accepted for the domain that the project has now.
const DnsBaseline *currentBaseline(const ProjectState &project);
// The last result of dns.drift; null when there is none.
const CheckResult *lastDrift(const ProjectState &project);
// Did that look compare with this baseline, or try to?
bool isAbout(const CheckResult *drift, const DnsBaseline &baseline);
// The run looked for changed records alone, as the program does by itself every so often: no look at the product that
// anybody would date the rest by.
bool isRecordLook(const Run &run);
// When the records were last looked at; null when nobody knows.
QDateTime lastRecordLook(const ProjectState &project);

// When the next look is due, which may be past; null when there is nothing to look for by itself. tried: when a look
// was last begun, null for never: one that left no result is not repeated at once, nor is one that could not compare.
QDateTime nextRecordLook(const ProjectState &project, const QDateTime &tried, const QDateTime &now);

} // namespace cockpit
