#include "checks/secrets/logread/logfields.h"

#include "checks/secrets/logread/namedvalues.h"
#include "checks/values/bytekinds.h"
#include "checks/values/oneof.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

constexpr std::array kTimeNames{"time"sv,     "timestamp"sv, "ts"sv,      "t"sv,
                                "datetime"sv, "date"sv,      "asctime"sv, "eventtime"sv};
constexpr std::array kLevelNames{"level"sv, "severity"sv, "levelname"sv, "loglevel"sv, "lvl"sv};
constexpr std::array kStatusNames{"status"sv,
                                  "statuscode"sv,
                                  "httpstatus"sv,
                                  "httpstatuscode"sv,
                                  "responsestatus"sv,
                                  "responsecode"sv,
                                  "httpresponsestatuscode"sv};
constexpr std::array kMethodNames{"method"sv, "httpmethod"sv, "requestmethod"sv, "httprequestmethod"sv, "verb"sv};
constexpr std::array kPathNames{"path"sv,        "url"sv,       "uri"sv,        "requesturi"sv,
                                "route"sv,       "httproute"sv, "httppath"sv,   "httpurl"sv,
                                "requestpath"sv, "urlpath"sv,   "requesturl"sv, "httptarget"sv};
constexpr std::array kWordsNames{"msg"sv, "message"sv, "event"sv, "eventname"sv, "log"sv, "error"sv};
constexpr std::array kIdNames{
    "requestid"sv,        "reqid"sv,         "xrequestid"sv,   "correlationid"sv,
    "xcorrelationid"sv,   "traceid"sv,       "ddtraceid"sv,    "xtraceid"sv,
    "traceparent"sv,      "transactionid"sv, "rid"sv,          "cfray"sv,
    "xamzntraceid"sv,     "amznrequestid"sv, "awsrequestid"sv, "operationid"sv,
    "invocationid"sv,     "xvercelid"sv,     "flyrequestid"sv, "httprequestid"sv,
    "contextrequestid"sv, "oteltraceid"sv,   "requestuuid"sv,
};
constexpr std::array kParentsOfRequest{"req"sv, "request"sv, "http"sv};

bool isUuid(std::string_view text)
{
    constexpr size_t size = 36;
    if (text.size() != size)
        return false;
    for (size_t i = 0; i < size; ++i) {
        const bool isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = lowerByte(text[i]);
        if (isHyphen ? c != '-' : !(isDigitByte(c) || (c >= 'a' && c <= 'f')))
            return false;
    }
    return true;
}

bool isLongHex(std::string_view text)
{
    return (text.size() == 16 || text.size() == 32) && std::ranges::all_of(text, [](char c) {
               const char lower = lowerByte(c);
               return isDigitByte(c) || (lower >= 'a' && lower <= 'f');
           });
}

} // namespace

bool isBareId(std::string_view text)
{
    return isUuid(text) || isLongHex(text);
}

LogLevel levelOf(std::string_view value)
{
    const std::string word = plainName(value.substr(0, 12));
    if (word == "error" || word == "err" || word == "fatal" || word == "critical" || word == "crit" ||
        word == "panic" || word == "alert" || word == "emerg" || word == "emergency" || word == "50" || word == "60" ||
        word == "severe")
        return LogLevel::Error;
    if (word == "warn" || word == "warning" || word == "40")
        return LogLevel::Warning;
    if (word == "info" || word == "debug" || word == "trace" || word == "notice" || word == "verbose" ||
        word == "http" || word == "30" || word == "20" || word == "10" || word == "log")
        return LogLevel::Fine;
    return LogLevel::Unknown;
}

int statusOf(std::string_view value)
{
    const bool isStatus =
        value.size() == 3 && value[0] >= '1' && value[0] <= '5' && isDigitByte(value[1]) && isDigitByte(value[2]);
    return isStatus ? (value[0] - '0') * 100 + (value[1] - '0') * 10 + (value[2] - '0') : 0;
}

bool isIdValue(std::string_view value)
{
    constexpr size_t shortest = 4;
    constexpr size_t longest = 128;
    return value.size() >= shortest && value.size() <= longest && value != "null"sv && value != "undefined"sv &&
           value != "None"sv && value.find(' ') == std::string_view::npos &&
           value.find_first_not_of("0-"sv) != std::string_view::npos;
}

void takeField(std::string_view parent, std::string_view name, std::string_view value, LogLine &line)
{
    const std::string plain = plainName(name);
    const std::string around = plainName(parent);
    const bool isOfRequest = isOneOf<kParentsOfRequest.size()>(around, kParentsOfRequest);
    if (line.requestId.empty() && isIdValue(value) &&
        (isOneOf<kIdNames.size()>(plain, kIdNames) || (plain == "id" && isOfRequest) ||
         (plain == "id" && (around == "trace" || around == "transaction"))))
        line.requestId = value;
    else if (!line.time && isOneOf<kTimeNames.size()>(plain, kTimeNames))
        line.time = logTimeAt(value);
    else if (line.level == LogLevel::Unknown && isOneOf<kLevelNames.size()>(plain, kLevelNames))
        line.level = levelOf(value);
    else if (line.status == 0 && isOneOf<kStatusNames.size()>(plain, kStatusNames))
        line.status = statusOf(value);
    else if (line.method.empty() && isOneOf<kMethodNames.size()>(plain, kMethodNames))
        line.method = value;
    else if (line.path.empty() && isOneOf<kPathNames.size()>(plain, kPathNames))
        line.path = value;
    else if (line.words.empty() && isOneOf<kWordsNames.size()>(plain, kWordsNames))
        line.words = value;
}

void takeNamed(std::string_view text, LogLine &line)
{
    NamedValues values(text);
    NamedValue named;
    while (values.next(named))
        takeField({}, named.name, named.value, line);
}

} // namespace cockpit
