// What machines write before a line of the product: syslog and the container runtime of Kubernetes.
#pragma once

#include <cstddef>
#include <string_view>

namespace cockpit {

// "<34>…" of RFC 3164 and 5424, or "Nov 29 10:00:00 host program[1]: ". Behind the priority or the time; 0: none.
std::size_t endOfSyslogHead(std::string_view text);

// 2026-11-29T10:00:00.123456789Z stdout F … Behind the flag; 0: none.
std::size_t endOfCriHead(std::string_view text);

} // namespace cockpit
