#include "checks/secrets/logread/logline.h"

#include "checks/secrets/logread/accessrecord.h"
#include "checks/secrets/logread/jsonwalker.h"
#include "checks/secrets/logread/lineheads.h"
#include "checks/secrets/logread/logfields.h"
#include "checks/secrets/logread/plainline.h"
#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using namespace std::string_view_literals;

constexpr int kDeepest = 2; // a line in Docker's form holds one of the product's

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
    else if (!readAccessRecord(text, line)) {
        line = readPlainLine(text);
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
