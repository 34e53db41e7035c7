#include "checks/secrets/logread/logline.h"

#include "checks/secrets/logread/jsonwalker.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/values/bytekinds.h"
#include "checks/values/oneof.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using namespace std::string_view_literals;

constexpr size_t kHead = 160; // where plain lines have their level and id
constexpr int kDeepest = 2;   // a line in Docker's form holds one of the product's

constexpr std::array kMethods{"GET"sv, "POST"sv, "PUT"sv, "PATCH"sv, "DELETE"sv, "HEAD"sv, "OPTIONS"sv};
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

// A field, from JSON or from name=value.
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

LogLine readJson(std::string_view text)
{
    LogLine line;
    line.format = LogFormat::Json;
    JsonWalker walker(text);
    JsonMember member;
    while (walker.next(member))
        takeField(member.parent, member.name, member.value, line);
    // An event may be told by any member ("action":"login","result":"failure").
    line.words = text;
    return line;
}

void takeNamed(std::string_view text, LogLine &line)
{
    NamedValues values(text);
    NamedValue named;
    while (values.next(named))
        takeField({}, named.name, named.value, line);
}

bool isLogfmt(std::string_view text)
{
    // Two pairs of a name and a value before anything else.
    size_t at = 0;
    for (int pair = 0; pair < 2; ++pair) {
        const size_t start = at;
        while (isWordByte(byteAt(text, at)) || byteAt(text, at) == '_' || byteAt(text, at) == '.' ||
               byteAt(text, at) == '@')
            ++at;
        if (at == start || byteAt(text, at) != '=')
            return false;
        ++at;
        if (byteAt(text, at) == '"') {
            const size_t end = text.find('"', at + 1);
            if (end == std::string_view::npos)
                return false;
            at = end + 1;
        }
        at = std::min(text.find(' ', at), text.size());
        if (at < text.size())
            ++at;
        else
            return pair == 1;
    }
    return true;
}

// "POST /login HTTP/1.1" 401: of web servers, and of frameworks in their own lines. Also "POST /login 401".
void takeRequestWords(std::string_view text, LogLine &line)
{
    for (const std::string_view method : kMethods) {
        for (size_t at = text.find(method); at != std::string_view::npos; at = text.find(method, at + 1)) {
            const char before = byteBefore(text, at);
            const size_t start = at + method.size() + 1;
            if (isWordByte(before) || byteAt(text, start - 1) != ' ' ||
                (byteAt(text, start) != '/' && byteAt(text, start) != '"' && text.substr(start, 4) != "http"sv))
                continue;
            const size_t open = start + (byteAt(text, start) == '"' ? 1 : 0); // Rails: Started POST "/login"
            const size_t end = std::min(text.find_first_of(" \"\t", open), text.size());
            line.method = method;
            line.path = text.substr(open, end - open);
            size_t next = end;
            while (byteAt(text, next) == ' ' || byteAt(text, next) == '"' || text.substr(next, 5) == "HTTP/"sv)
                next = text.substr(next, 5) == "HTTP/"sv ? std::min(text.find_first_of(" \"", next), text.size())
                                                         : next + 1;
            const size_t statusEnd = std::min(text.find_first_of(" ,\t", next), text.size());
            line.status = line.status == 0 ? statusOf(text.substr(next, statusEnd - next)) : line.status;
            return;
        }
    }
}

// A name of a host with its port, an address, or none of them where one may stand.
bool isHostField(std::string_view field)
{
    return field == "-"sv || field == "_"sv || field.find_first_of(".:"sv) < field.size() - 1;
}

// What may stand before the date: an address and two names ("203.0.113.7 - anna"), with the name of the site before it
// (Apache's vhost_combined), or the addresses of all proxies ("203.0.113.7, 10.0.0.1 - -").
bool isClientPart(std::string_view part, bool isRequest)
{
    constexpr int names = 2;
    for (int name = 0; name < names; ++name) {
        const size_t blank = part.rfind(' ');
        if (blank == std::string_view::npos)
            return false;
        part = part.substr(0, blank);
    }
    bool isFirst = true;
    for (size_t blank = part.find(' '); blank != std::string_view::npos; blank = part.find(' ')) {
        const std::string_view field = part.substr(0, blank);
        const bool isOfList = field.ends_with(',');
        // One name alone, and only before the addresses.
        if (!isRequest || (!isOfList && (!isFirst || !isHostField(field))))
            return false;
        isFirst = false;
        part = part.substr(blank + 1);
    }
    return true;
}

// 203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512
bool readCombined(std::string_view text, LogLine &line)
{
    const size_t open = text.find(" ["sv);
    constexpr size_t farthest = 120;
    if (open > farthest) // or not there at all
        return false;
    const auto time = logTimeAt(text.substr(open + 2));
    const size_t close = text.find("] \""sv, open);
    const bool isWeb = time && byteAt(text, open + 4) == '/' && close != std::string_view::npos;
    if (!isWeb)
        return false;
    const std::string_view request = text.substr(close + 3);
    const bool isRequest = isOneOf<kMethods.size()>(request.substr(0, request.find(' ')), kMethods);
    if (!isClientPart(text.substr(0, open), isRequest))
        return false;
    line.format = LogFormat::Combined;
    line.time = time;
    takeRequestWords(text.substr(close + 2), line);
    line.words = {};
    NamedValues values(text.substr(close));
    NamedValue named;
    while (values.next(named)) {
        if (!named.isQuery)
            takeField({}, named.name, named.value, line);
    }
    // nginx's $request_id at the end has no name.
    if (line.requestId.empty()) {
        std::string_view last = text.substr(text.rfind(' ') + 1);
        while (!last.empty() && (last.front() == '"' || last.front() == '['))
            last.remove_prefix(1);
        while (!last.empty() && (last.back() == '"' || last.back() == ']'))
            last.remove_suffix(1);
        if (isUuid(last) || isLongHex(last))
            line.requestId = last;
    }
    return true;
}

// "<34>…" of RFC 3164 and 5424, or "Nov 29 10:00:00 host program[1]: ".
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

// 2026-11-29T10:00:00.123456789Z stdout F …
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

// Further lines of a stack trace, in the languages that people deploy.
bool continuesEntry(std::string_view text)
{
    if (text.empty() || text.front() == ' ' || text.front() == '\t' || text.front() == '}' || text.front() == ')')
        return true;
    constexpr std::array beginnings{"at "sv,        "Caused by:"sv,   "Traceback ("sv, "File \""sv,        "... "sv,
                                    "goroutine "sv, "Stack trace:"sv, "#0 "sv,         "During handling"sv};
    return std::ranges::any_of(beginnings, [text](std::string_view one) { return text.starts_with(one); }) ||
           (text.front() == '#' && isDigitByte(byteAt(text, 1)));
}

void takeLevelWord(std::string_view head, LogLine &line)
{
    for (size_t at = 0; at < head.size() && line.level == LogLevel::Unknown;) {
        if (!isLetterByte(head[at])) {
            ++at;
            continue;
        }
        const size_t start = at;
        while (at < head.size() && isLetterByte(head[at]))
            ++at;
        const std::string_view word = head.substr(start, at - start);
        // In running text "error" says little: a level is written large, or in brackets.
        const bool isMarked = byteBefore(head, start) == '[' || byteAt(head, at) == ':' || byteAt(head, at) == ']' ||
                              std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
        if (isMarked)
            line.level = levelOf(word);
    }
}

// [9c1b2a3d-…] or [req-…] at the front: Rails' tags, and what many write by hand.
void takeTaggedId(std::string_view head, LogLine &line)
{
    for (size_t open = head.find('['); open != std::string_view::npos && line.requestId.empty();
         open = head.find('[', open + 1)) {
        const size_t close = head.find(']', open);
        if (close == std::string_view::npos)
            return;
        const std::string_view tag = head.substr(open + 1, close - open - 1);
        const bool isNamed = tag.starts_with("req-"sv) || tag.starts_with("req_"sv) || tag.starts_with("trace-"sv);
        if (isUuid(tag) || isLongHex(tag) || (isNamed && isIdValue(tag)))
            line.requestId = tag;
    }
}

LogLine readPlain(std::string_view text)
{
    LogLine line;
    line.goesOn = continuesEntry(text);
    line.time = logTimeAt(text);
    line.words = text;
    takeNamed(text, line);
    const std::string_view head = text.substr(0, kHead);
    takeLevelWord(head, line);
    takeTaggedId(head, line);
    if (line.path.empty() || line.status == 0)
        takeRequestWords(text, line);
    return line;
}

void unescape(std::string_view raw, WipedBytes &plain)
{
    plain.clear();
    plain.reserve(raw.size());
    for (size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\' || i + 1 >= raw.size()) {
            plain += raw[i];
            continue;
        }
        const char c = raw[++i];
        if (c == 'n' || c == 'r' || c == 't')
            plain += ' ';
        else if (c == 'u' && i + 4 < raw.size()) { // what is no ASCII matters to nobody here
            plain += '?';
            i += 4;
        } else
            plain += c;
    }
}

} // namespace

LogLine LineReader::read(std::string_view text)
{
    LogFormat outer = LogFormat::Plain;
    std::optional<LogTime> time;
    for (int depth = 0; depth < kDeepest; ++depth) {
        if (const size_t cri = endOfCriHead(text); cri > 0) {
            outer = LogFormat::Cri;
            time = logTimeAt(text);
            text.remove_prefix(cri);
        } else if (const size_t syslog = endOfSyslogHead(text); syslog > 0) {
            outer = LogFormat::Syslog;
            const std::string_view behind = text.substr(syslog);
            time = logTimeAt(behind.substr(behind.starts_with("1 "sv) ? 2 : 0));
            text = behind;
            const size_t message = text.find(": {"sv); // a JSON line of the product inside
            text.remove_prefix(message == std::string_view::npos ? 0 : message + 2);
        } else if (text.starts_with("{\"log\":\""sv)) {
            outer = LogFormat::Docker;
            JsonWalker walker(text);
            JsonMember member;
            std::string_view inner;
            while (walker.next(member)) {
                if (member.name == "log"sv)
                    inner = member.value;
                else if (member.name == "time"sv)
                    time = logTimeAt(member.value);
            }
            unescape(inner, m_inner);
            text = m_inner;
            break;
        } else {
            break;
        }
    }
    LogLine line;
    if (text.starts_with("{"sv) && text.size() > 2)
        line = readJson(text);
    else if (!readCombined(text, line)) {
        line = readPlain(text);
        if (isLogfmt(text))
            line.format = LogFormat::Logfmt;
    }
    if (!line.time)
        line.time = time;
    if (outer != LogFormat::Plain && !line.isAccess())
        line.format = outer;
    return line;
}

QString toWord(LogFormat format)
{
    switch (format) {
    case LogFormat::Plain:
        return u"plain"_s;
    case LogFormat::Json:
        return u"json"_s;
    case LogFormat::Logfmt:
        return u"logfmt"_s;
    case LogFormat::Combined:
        return u"access"_s;
    case LogFormat::Syslog:
        return u"syslog"_s;
    case LogFormat::Docker:
        return u"docker"_s;
    case LogFormat::Cri:
        return u"kubernetes"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
