#include "checks/values/cardnumber.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr size_t kFewest = 13;
constexpr size_t kMost = 19;
// Longer ones exist, and ids of their length are everywhere; one of thirteen is as long as a phone number.
constexpr size_t kUsualFewest = 14;
constexpr size_t kUsualMost = 16;
constexpr size_t kNameBefore = 40;

// From the documentation of Stripe, Adyen and PayPal.
constexpr std::array kTestNumbers{
    "4242424242424242"sv, "4111111111111111"sv, "4000056655665556"sv, "5555555555554444"sv, "2223003122003222"sv,
    "5200828282828210"sv, "5105105105105100"sv, "378282246310005"sv,  "371449635398431"sv,  "6011111111111117"sv,
    "6011000990139424"sv, "3056930009020004"sv, "36227206271667"sv,   "3566002020360505"sv, "6200000000000005"sv,
    "4012888888881881"sv, "4000000000000002"sv, "4000002500003155"sv, "4000000000009995"sv, "4000000000000077"sv,
    "30569309025904"sv,   "38520000023237"sv,   "3530111333300000"sv, "4222222222222"sv,
};

int leading(std::string_view digits, size_t count)
{
    int value = 0;
    for (const char c : digits.substr(0, count))
        value = value * 10 + (c - '0');
    return value;
}

bool isBetween(int value, int low, int high)
{
    return value >= low && value <= high;
}

// ISO/IEC 7812 ranges of the schemes, with the lengths that each issues.
bool isInRange(std::string_view digits)
{
    const size_t size = digits.size();
    const int two = leading(digits, 2);
    const int three = leading(digits, 3);
    const int four = leading(digits, 4);
    const int six = leading(digits, 6);
    if (digits.front() == '4') // Visa
        return size == 13 || size == 16 || size == 19;
    if (isBetween(two, 51, 55) || isBetween(four, 2221, 2720)) // Mastercard
        return size == 16;
    if (two == 34 || two == 37) // American Express
        return size == 15;
    if (isBetween(three, 300, 305) || two == 36 || isBetween(two, 38, 39)) // Diners
        return size == 14 || (size == 16 && two != 36);
    if (isBetween(four, 3528, 3589)) // JCB
        return size >= 16;
    // Discover, then UnionPay
    return size >= 16 &&
           (four == 6011 || isBetween(three, 644, 649) || two == 65 || isBetween(six, 622126, 622925) || two == 62);
}

bool passesLuhn(std::string_view digits)
{
    int sum = 0;
    bool isDoubled = false;
    for (size_t i = digits.size(); i-- > 0;) {
        const int digit = digits[i] - '0';
        const int value = isDoubled ? 2 * digit : digit;
        sum += value > 9 ? value - 9 : value;
        isDoubled = !isDoubled;
    }
    return sum % 10 == 0;
}

// 4-4-4-4 (and what is left of 17 to 19 digits), 4-6-5 of American Express, 4-6-4 of Diners.
bool isGrouping(const std::vector<size_t> &groups)
{
    if (groups.size() == 1)
        return true;
    if (groups.size() == 3)
        return groups[0] == 4 && groups[1] == 6 && (groups[2] == 5 || groups[2] == 4);
    const bool areFours = std::all_of(groups.begin(), groups.end() - 1, [](size_t size) { return size == 4; });
    return areFours && (groups.size() == 4 || groups.size() == 5) && groups.back() <= 4;
}

// "0.4242…", "a1b2-4242…", "…4242.17": a piece of something longer.
bool isTouched(std::string_view text, const ValueSpan &at)
{
    const char before = byteBefore(text, at.start);
    const char after = byteAt(text, at.end);
    const auto joins = [](char c) { return c == '.' || c == '-' || c == '_' || c == ':' || c == '%'; };
    if (isWordByte(before) || isWordByte(after) || before == '_' || after == '_' || before == '%' || before == '+')
        return true;
    // "card:4242…" is a name and its value; "12:4242…" is not.
    const char further = at.start >= 2 ? text[at.start - 2] : '\0';
    const bool isJoinedBefore = joins(before) && (before == ':' ? isDigitByte(further) : isWordByte(further));
    return isJoinedBefore || (joins(after) && isWordByte(byteAt(text, at.end + 1)));
}

// The text before the number, lower case, from its last word on.
std::string nameBefore(std::string_view text, size_t start)
{
    std::string name(text.substr(start - std::min(start, kNameBefore), std::min(start, kNameBefore)));
    std::ranges::transform(name, name.begin(), lowerByte);
    return name;
}

bool isGivenToId(std::string_view before)
{
    while (!before.empty() && " \"'\\:=>[("sv.find(before.back()) != std::string_view::npos)
        before.remove_suffix(1);
    return before.ends_with("id") || before.ends_with("ids");
}

bool isCalledCard(std::string_view before)
{
    constexpr std::array names{"card"sv, "pan"sv, "credit"sv, "debit"sv, "visa"sv, "ccnum"sv, "cc_num"sv, "cc="sv};
    return std::ranges::any_of(names,
                               [before](std::string_view name) { return before.find(name) != std::string_view::npos; });
}

struct DigitRun
{
    ValueSpan at;
    std::array<char, kMost + 1> written{}; // here and not on the heap, where a copy of it would stay
    size_t count = 0;
    std::vector<size_t> groups;

    std::string_view digits() const { return {written.data(), count}; }
};

// Digits from `start` on, with one kind of single separators between them.
DigitRun runFrom(std::string_view text, size_t start)
{
    DigitRun run;
    char separator = '\0';
    size_t group = 0;
    size_t at = start;
    while (at < text.size() && run.count <= kMost) {
        const char c = text[at];
        if (isDigitByte(c)) {
            run.written[run.count++] = c;
            ++group;
            ++at;
            continue;
        }
        const bool mayJoin = (c == ' ' || c == '-') && (separator == '\0' || separator == c);
        if (!mayJoin || !isDigitByte(byteAt(text, at + 1)))
            break;
        separator = c;
        run.groups.push_back(std::exchange(group, 0));
        ++at;
    }
    run.groups.push_back(group);
    run.at = {start, at};
    return run;
}

bool isCard(std::string_view text, const DigitRun &run)
{
    const std::string_view digits = run.digits();
    if (digits.size() < kFewest || digits.size() > kMost || !isGrouping(run.groups))
        return false;
    const bool isOneDigit = digits.find_first_not_of(digits.front()) == std::string_view::npos;
    if (isOneDigit || !isInRange(digits) || !passesLuhn(digits) || isTouched(text, run.at))
        return false;
    const std::string before = nameBefore(text, run.at.start);
    if (isGivenToId(before))
        return false;
    const bool isUsual = digits.size() >= kUsualFewest && digits.size() <= kUsualMost;
    return isUsual || run.groups.size() > 1 || isCalledCard(before);
}

} // namespace

std::vector<CardFound> cardsIn(std::string_view text)
{
    std::vector<CardFound> found;
    for (size_t at = 0; at < text.size();) {
        if (!isDigitByte(text[at])) {
            ++at;
            continue;
        }
        size_t digits = 0;
        while (isDigitByte(byteAt(text, at + digits)))
            ++digits;
        // A card is written in one, or begins with a group of four.
        if (digits != 4 && digits < kFewest) {
            at += digits + 1;
            continue;
        }
        const DigitRun run = runFrom(text, at);
        if (isCard(text, run)) {
            const bool isTest = std::ranges::find(kTestNumbers, run.digits()) != kTestNumbers.end();
            found.push_back({run.at, isTest});
            at = run.at.end;
            continue;
        }
        // "2026 4242 4242 4242 4242": the number may begin with the next group.
        at += digits;
    }
    return found;
}

} // namespace cockpit
