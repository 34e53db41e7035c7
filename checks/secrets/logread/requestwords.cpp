#include "checks/secrets/logread/requestwords.h"

#include "checks/secrets/logread/logfields.h"
#include "checks/values/bytekinds.h"
#include "checks/values/oneof.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

constexpr std::array kMethods{"GET"sv, "POST"sv, "PUT"sv, "PATCH"sv, "DELETE"sv, "HEAD"sv, "OPTIONS"sv};

} // namespace

bool isRequestMethod(std::string_view word)
{
    return isOneOf<kMethods.size()>(word, kMethods);
}

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

} // namespace cockpit
