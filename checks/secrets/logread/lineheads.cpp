#include "checks/secrets/logread/lineheads.h"

#include "checks/values/bytekinds.h"
#include "checks/values/oneof.h"

#include <array>

namespace cockpit {

using namespace std::string_view_literals;

size_t endOfSyslogHead(std::string_view text)
{
    if (!text.empty() && text.front() == '<') {
        const size_t close = text.find('>');
        if (close > 4) // or not there at all
            return 0;
        return close + 1;
    }
    static constexpr std::array months{"Jan "sv, "Feb "sv, "Mar "sv, "Apr "sv, "May "sv, "Jun "sv,
                                       "Jul "sv, "Aug "sv, "Sep "sv, "Oct "sv, "Nov "sv, "Dec "sv};
    constexpr size_t timeEnds = 15;
    const bool isOld = isOneOf<months.size()>(text.substr(0, 4), months) && byteAt(text, 9) == ':' &&
                       byteAt(text, 12) == ':' && byteAt(text, timeEnds) == ' ';
    return isOld ? timeEnds + 1 : 0;
}

size_t endOfCriHead(std::string_view text)
{
    const size_t blank = text.find(' ');
    if (blank == std::string_view::npos || !isDigitByte(byteAt(text, 0)))
        return 0;
    const std::string_view stream = text.substr(blank + 1, 9);
    const bool isCri = stream.starts_with("stdout F "sv) || stream.starts_with("stderr F "sv) ||
                       stream.starts_with("stdout P "sv) || stream.starts_with("stderr P "sv);
    return isCri ? blank + 1 + stream.size() : 0;
}

} // namespace cockpit
