// Times as logs write them.
#pragma once

#include <QtGlobal>

#include <optional>
#include <string_view>

namespace cockpit {

struct LogTime
{
    qint64 at = 0;        // milliseconds since 1970, of UTC when no zone is said
    bool hasZone = false; // else it may be of any zone

    bool operator==(const LogTime &) const = default;
};

// At the beginning of the text: "2026-11-29T10:00:00.123Z", "2026-11-29 10:00:00,123 +01:00",
// "29/Nov/2026:10:00:00 +0000", or seconds or milliseconds since 1970. Times without a year (syslog) are none.
std::optional<LogTime> logTimeAt(std::string_view text);

} // namespace cockpit
