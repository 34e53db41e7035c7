// One line of a log, whichever way it is written.
#pragma once

#include "checks/secrets/logread/logtime.h"
#include "checks/secrets/wipedmemory.h"

#include <QString>

#include <optional>
#include <string_view>

namespace cockpit {

enum class LogFormat {
    Plain,
    Json,     // an object a line
    Logfmt,   // level=info msg="…"
    Combined, // of nginx and Apache: the web server's own record of requests
    Syslog,   // RFC 3164 and 5424
    Docker,   // {"log":"…","stream":"stdout"}
    Cri,      // of Kubernetes: time stdout F …
};
QString toWord(LogFormat format);

enum class LogLevel { Unknown, Fine, Warning, Error };

struct LogLine
{
    LogFormat format = LogFormat::Plain; // of the outermost form that is known
    bool goesOn = false;                 // a further line of the entry before: of a stack trace
    std::optional<LogTime> time;
    LogLevel level = LogLevel::Unknown;
    std::string_view words; // where an event would be told
    // Of a request that the line tells about; empty and 0 when it does not.
    std::string_view method;
    std::string_view path;
    int status = 0;
    std::string_view requestId;

    bool isRequest() const { return status > 0 && !path.empty(); }
    // A record that a web server writes by itself, not the product.
    bool isAccess() const { return format == LogFormat::Combined; }
};

// One thread. What a line refers to stays until the next one is read.
class LineReader
{
public:
    LogLine read(std::string_view text);

private:
    WipedBytes m_inner; // the text inside Docker's JSON, without its escapes
};

} // namespace cockpit
