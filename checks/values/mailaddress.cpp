#include "checks/values/mailaddress.h"

#include "checks/values/bytekinds.h"
#include "checks/values/oneof.h"

#include <algorithm>
#include <array>
#include <string>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kLongest = 254; // RFC 5321, 4.5.3.1
constexpr size_t kLongestLocal = 64;

constexpr std::array kCompanyBoxes{
    "info"sv,  "support"sv,   "hello"sv,      "hi"sv,      "contact"sv,  "kontakt"sv, "sales"sv,    "office"sv,
    "help"sv,  "service"sv,   "team"sv,       "noreply"sv, "no-reply"sv, "press"sv,   "privacy"sv,  "billing"sv,
    "admin"sv, "webmaster"sv, "postmaster"sv, "legal"sv,   "jobs"sv,     "careers"sv, "security"sv, "abuse"sv,
};
constexpr std::array kEndingsOfFiles{"png"sv, "jpg"sv, "jpeg"sv, "gif"sv, "svg"sv, "webp"sv, "js"sv, "css"sv};
// RFC 2606 and 6761: nobody's, by agreement.
constexpr std::array kDomainsOfNobody{"example.com"sv, "example.org"sv, "example.net"sv};
constexpr std::array kEndingsOfNobody{".example"sv, ".test"sv, ".invalid"sv, ".localhost"sv, ".local"sv};

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), lowerByte);
    return lower;
}

bool isLocalByte(char c)
{
    return isWordByte(c) || (c != '\0' && ".!#$%&'*+=?^_`{|}~-"sv.find(c) != std::string_view::npos);
}

// In a log most of those are what stands around an address.
bool isLikelyLocalByte(char c)
{
    return isWordByte(c) || c == '.' || c == '_' || c == '+' || c == '-';
}

bool isDomainByte(char c)
{
    return isWordByte(c) || c == '.' || c == '-';
}

bool isDomain(std::string_view domain)
{
    constexpr size_t longestEnding = 24;
    const size_t dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || !std::ranges::all_of(domain, isDomainByte))
        return false;
    const std::string ending = lowered(domain.substr(dot + 1));
    return ending.size() >= 2 && ending.size() <= longestEnding && std::ranges::all_of(ending, isLetterByte) &&
           !isOneOf<kEndingsOfFiles.size()>(ending, kEndingsOfFiles);
}

bool isOfNobody(std::string_view local, std::string_view domain)
{
    const std::string host = lowered(domain);
    const auto endsHost = [&host](std::string_view ending) { return host.ends_with(ending); };
    return local == "git" || isOneOf<kDomainsOfNobody.size()>(host, kDomainsOfNobody) ||
           std::ranges::any_of(kEndingsOfNobody, endsHost);
}

// "postgres://user:pass@db.example.com": what stands before the sign is no mailbox.
bool isUserOfAddress(std::string_view text, size_t start)
{
    constexpr size_t farthest = 256;
    for (size_t back = 0; back < farthest && back < start; ++back) {
        const size_t at = start - 1 - back;
        const char c = text[at];
        if (c == '/' && at > 1 && text[at - 1] == '/' && text[at - 2] == ':')
            return text.substr(at - std::min<size_t>(at, 8), 8).find("mailto") == std::string_view::npos;
        if (c == ' ' || c == '"' || c == '\'' || c == ',' || c == '\t' || c == '?' || c == '&')
            return false;
    }
    return false;
}

bool isPersons(std::string_view local, std::string_view domain)
{
    return !local.empty() && local.size() <= kLongestLocal && std::ranges::all_of(local, isLocalByte) &&
           isDomain(domain) && !isOneOf<kCompanyBoxes.size()>(lowered(local), kCompanyBoxes);
}

} // namespace

bool isMailOfPerson(std::string_view text)
{
    const size_t sign = text.find('@');
    return sign != std::string_view::npos && text.size() <= kLongest &&
           isPersons(text.substr(0, sign), text.substr(sign + 1));
}

std::vector<ValueSpan> mailsOfPeopleIn(std::string_view text)
{
    std::vector<ValueSpan> found;
    size_t plain = text.find('@');
    size_t encoded = text.find("%40");
    for (size_t at = std::min(plain, encoded); at != std::string_view::npos; at = std::min(plain, encoded)) {
        const bool isEncoded = at == encoded;
        if (isEncoded)
            encoded = text.find("%40", at + 1);
        else
            plain = text.find('@', at + 1);
        size_t start = at;
        while (start > 0 && at - start < kLongestLocal && isLikelyLocalByte(text[start - 1]))
            --start;
        const size_t domainStart = at + (isEncoded ? 3 : 1);
        size_t end = domainStart;
        while (end < text.size() && end - domainStart < kLongest && isDomainByte(text[end]))
            ++end;
        while (end > domainStart && !isWordByte(text[end - 1])) // the full stop of a sentence
            --end;
        const std::string_view local = text.substr(start, at - start);
        const std::string_view domain = text.substr(domainStart, end - domainStart);
        if (!isPersons(local, domain) || isOfNobody(local, domain) || isUserOfAddress(text, start))
            continue;
        found.push_back({start, end});
    }
    return found;
}

} // namespace cockpit
