#include "checks/secrets/logread/accessrecord.h"

#include "checks/secrets/logread/logfields.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/logread/requestwords.h"
#include "checks/values/bytekinds.h"

namespace cockpit {

using namespace std::string_view_literals;

namespace {

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

} // namespace

bool readAccessRecord(std::string_view text, LogLine &line)
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
    const bool isRequest = isRequestMethod(request.substr(0, request.find(' ')));
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
        if (isBareId(last))
            line.requestId = last;
    }
    return true;
}

} // namespace cockpit
