#include "checks/values/phonenumber.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kFewestDigits = 7;
constexpr size_t kFewestInternational = 8;
constexpr size_t kMostDigits = 15;
constexpr size_t kLongest = 30;

bool isSign(char c)
{
    return c != '\0' && " ()./-"sv.find(c) != std::string_view::npos;
}

} // namespace

bool isPhoneNumber(std::string_view text)
{
    if (text.empty() || text.size() > kLongest)
        return false;
    if (text.front() == '+')
        text.remove_prefix(1);
    const auto digits = static_cast<size_t>(std::ranges::count_if(text, isDigitByte));
    return digits >= kFewestDigits && digits <= kMostDigits && isDigitByte(text.empty() ? '\0' : text.back()) &&
           std::ranges::all_of(text, [](char c) { return isDigitByte(c) || isSign(c); });
}

std::vector<ValueSpan> internationalPhonesIn(std::string_view text)
{
    std::vector<ValueSpan> found;
    for (size_t at = text.find('+'); at != std::string_view::npos; at = text.find('+', at + 1)) {
        const char before = byteBefore(text, at);
        const char first = byteAt(text, at + 1);
        if (isWordByte(before) || before == '+' || before == '%' || first < '1' || first > '9')
            continue;
        size_t digits = 0;
        size_t last = at;
        bool wasSign = false;
        for (size_t i = at + 1; i < text.size() && i - at < kLongest; ++i) {
            const char c = text[i];
            if (isDigitByte(c)) {
                ++digits;
                last = i;
            } else if (c == '.' || c == '/' || !isSign(c) || (wasSign && c != '(' && c != ')' && c != ' ')) {
                break;
            }
            wasSign = !isDigitByte(c);
        }
        const char after = byteAt(text, last + 1);
        const bool isNumber = digits >= kFewestInternational && digits <= kMostDigits && !isWordByte(after) &&
                              after != '_' && !(after == '.' && isDigitByte(byteAt(text, last + 2)));
        if (!isNumber)
            continue;
        found.push_back({at, last + 1});
        at = last;
    }
    return found;
}

} // namespace cockpit
