#include "checks/secrets/candidate.h"

#include "checks/secrets/ciphertext.h"
#include "checks/secrets/connectionaddress.h"
#include "checks/secrets/jwtclaims.h"
#include "checks/secrets/naturaltext.h"
#include "checks/secrets/nosecrets.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/weakpassword.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

bool isWord(char c)
{
    return isWordByte(c) || c == '_';
}

bool isHex(char c)
{
    return isDigitByte(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool areHex(std::string_view text)
{
    return std::ranges::all_of(text, isHex);
}

// "\n", "%22", "\x22", "\u0022": their last character is a letter or a digit, and what follows begins a word all the
// same.
bool endsWithEscape(std::string_view before)
{
    const size_t size = before.size();
    const auto tail = [&](size_t length) { return before.substr(size - length); };
    if (size >= 2 && before[size - 2] == '\\' &&
        std::string_view("nrtbfv0").find(before[size - 1]) != std::string_view::npos)
        return true;
    if (size >= 3 && before[size - 3] == '%' && areHex(tail(2)))
        return true;
    if (size >= 4 && before[size - 4] == '\\' && before[size - 3] == 'x' && areHex(tail(2)))
        return true;
    return size >= 6 && before[size - 6] == '\\' && before[size - 5] == 'u' && areHex(tail(4));
}

bool isOfBlob(char c)
{
    return isWord(c) || std::string_view("+/=-").find(c) != std::string_view::npos;
}

// The value is a piece of a longer one: of a blob of base64, of a word with hyphens.
bool continuesInto(std::string_view value, char neighbour)
{
    return std::string_view("+/-").find(neighbour) != std::string_view::npos &&
           value.find(neighbour) != std::string_view::npos && std::ranges::all_of(value, isOfBlob);
}

// "backup_ghp_….txt"
bool isJoint(char neighbour, KeyEdges edges)
{
    return edges == KeyEdges::OfName && neighbour == '_';
}

// Base64 of something long on both sides, and it is in there by chance: a module of WebAssembly in a program.
bool isInBlob(std::string_view text, const ByteMatch &at)
{
    constexpr size_t longest = 128; // no texts of a program run on like this without a blank or a dot
    const auto isOther = [](char c) { return !isWordByte(c) && c != '+' && c != '/'; };
    const std::string_view before = text.substr(0, at.valueStart);
    const std::string_view after = text.substr(at.valueEnd, longest);
    return before.size() >= longest && after.size() == longest && std::ranges::none_of(after, isOther) &&
           std::ranges::none_of(before.substr(before.size() - longest), isOther);
}

// "sk_live_…", "sk-ant-…": a few letters and a joint. A hash has none, and is half of something longer.
bool hasOwnBeginning(std::string_view value)
{
    constexpr size_t fewest = 2;
    constexpr size_t most = 10;
    constexpr size_t shortest = 20; // characters, of the whole
    const size_t joint = value.find_first_of("_-");
    return joint >= fewest && joint <= most && value.size() >= shortest &&
           std::ranges::none_of(value.substr(0, joint), isDigitByte);
}

bool needsNoEdges(std::string_view value, const LeakRule &rule, KeyEdges edges)
{
    switch (edges) {
    case KeyEdges::OfText:
    case KeyEdges::OfName:
        return false;
    case KeyEdges::OfProgram:
        return rule.runsOn;
    case KeyEdges::OfDatabase:
        return rule.runsOn || (!isGeneric(rule) && hasOwnBeginning(value));
    }
    Q_UNREACHABLE();
}

// What a rule with a form of its own found in the strings of a program, beside another text: it needs no edges. Words
// that begin like a key do.
bool runsOn(std::string_view text, const ByteMatch &at, const LeakRule &rule, KeyEdges edges)
{
    const std::string_view value = text.substr(at.valueStart, at.valueEnd - at.valueStart);
    return needsNoEdges(value, rule, edges) && !isMadeOfWords(value) && !isInBlob(text, at);
}

bool beginsHere(std::string_view text, const ByteMatch &at, KeyEdges edges)
{
    const bool isDecidedByPattern = at.valueStart != at.start;
    if (isDecidedByPattern || at.valueStart == 0)
        return true;
    const char before = text[at.valueStart - 1];
    if (isJoint(before, edges))
        return true;
    const std::string_view value = text.substr(at.valueStart, at.valueEnd - at.valueStart);
    if (isWord(before) && isWord(value.front()))
        return endsWithEscape(text.substr(0, at.valueStart));
    return !continuesInto(value, before);
}

bool endsHere(std::string_view text, const ByteMatch &at, KeyEdges edges)
{
    const bool isDecidedByPattern = at.valueEnd != at.end;
    if (isDecidedByPattern || at.valueEnd == text.size())
        return true;
    const char after = text[at.valueEnd];
    if (isJoint(after, edges))
        return true;
    const std::string_view value = text.substr(at.valueStart, at.valueEnd - at.valueStart);
    return !(isWord(after) && isWord(value.back())) && !continuesInto(value, after);
}

// Ordered: the surest first. A rule that knows where the key is replaced knows whose it is, a longer pattern says more
// of its shape, and the id is there so that two runs agree.
auto sureness(const JudgedSecret &judged)
{
    return std::tuple(isGeneric(*judged.rule), judged.rule->near.isEmpty(), judged.rule->rotate.isEmpty(),
                      -static_cast<qint64>(judged.end - judged.start), judged.severity, judged.start,
                      isGeneric(*judged.rule) ? 0 : -judged.rule->pattern.size(), judged.rule->id);
}

constexpr std::string_view kOpening = "([{";
constexpr std::string_view kClosing = ")]}";

bool isOneOf(std::string_view bytes, char c)
{
    return bytes.find(c) != std::string_view::npos;
}

// Each bracket is closed by its own kind.
bool isBalanced(std::string_view code)
{
    std::string awaited;
    for (const char c : code) {
        const size_t kind = kOpening.find(c);
        if (kind != std::string_view::npos)
            awaited.push_back(kClosing[kind]);
        else if (isOneOf(kClosing, c) && (awaited.empty() || awaited.back() != c))
            return false;
        else if (isOneOf(kClosing, c))
            awaited.pop_back();
    }
    return awaited.empty();
}

// "getSecret", "e.jwtSecret", "cache<string>", and not the beginning of a random value.
bool isNameInCode(std::string_view name)
{
    constexpr std::string_view inNames = ".$:<>";
    return !name.empty() && !isDigitByte(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return isWord(c) || isOneOf(inNames, c); }) &&
           (std::ranges::none_of(name, isDigitByte) || readsLikeWords(name));
}

// Without quotes, code that asks for the secret: "loadSecret(kms,key)", "settings[key]", "e.jwtSecret;this.port=80".
// Of brackets those of a call are closed, or it goes on in the next line.
bool isCode(std::string_view text, const ByteMatch &at)
{
    const std::string_view value = text.substr(at.valueStart, at.valueEnd - at.valueStart);
    const size_t nameEnd = value.find_first_of("()[]{},;|");
    if (nameEnd == std::string_view::npos || isOneOf("\"'`", byteBefore(text, at.valueStart)))
        return false;
    const std::string_view name = value.substr(0, nameEnd);
    const bool isMember = isOneOf(name, '.');
    const bool isCall = isOneOf("([", value[nameEnd]) &&
                        (isBalanced(value) || isOneOf("([{", value.back()) || isOneOf(",;", byteAt(text, at.valueEnd)));
    return (isMember || isCall) && isNameInCode(name);
}

// An address on a chain: who may be paid, and no key to anything.
bool isChainAddress(std::string_view value)
{
    constexpr size_t digits = 40;
    return value.size() == digits + 2 && value.starts_with("0x") && areHex(value.substr(2));
}

// An address, or a password behind the name of a host ("jdbc:", "Server=").
bool opensToEverybody(std::string_view text, const ByteMatch &at, const LeakRule &rule)
{
    if (rule.kind != LeakKind::Secret)
        return false;
    const std::string_view value = text.substr(at.valueStart, at.valueEnd - at.valueStart);
    const std::string_view before = text.substr(at.start, at.valueStart - at.start);
    return cockpit::opensToEverybody(value) ||
           (!isGeneric(rule) && !before.empty() && cockpit::opensToEverybody(before, value));
}

// What these find may be a hash that a statement of SQL puts in a password's place.
bool takesHashes(const LeakRule &rule)
{
    return rule.id == QLatin1StringView("generic-password") || rule.id == QLatin1StringView("generic-sql-password") ||
           rule.id == QLatin1StringView("generic-env-password"); // "SET PASSWORD='…'"
}

} // namespace

bool isGeneric(const LeakRule &rule)
{
    return rule.id.startsWith(QLatin1StringView("generic"));
}

std::optional<JudgedSecret> judgeMatch(std::string_view text, const PatternMatch &match, const LeakRule &rule,
                                       const QDateTime &now, KeyEdges edges)
{
    const ByteMatch &at = match.at;
    const std::string_view value = text.substr(at.valueStart, at.valueEnd - at.valueStart);
    const bool isWhole = (beginsHere(text, at, edges) && endsHere(text, at, edges)) || runsOn(text, at, rule, edges);
    const bool isWeak = opensToEverybody(text, at, rule);
    if (!isWhole || (!isWeak && standsForSecret(value)))
        return std::nullopt;
    if (!isWeak && rule.minEntropy > 0 && entropyOfBytes(value) < rule.minEntropy)
        return std::nullopt;
    // What is a token by its form is for the rule that reads its claims.
    if (isGeneric(rule) && !isWeak && rule.kind == LeakKind::Secret &&
        (readsLikeWords(chosenPart(value)) || isJwt(value) || isChainAddress(value) || isPasswordHash(value) ||
         isNamedForOther(text.substr(0, at.valueStart), at.start) ||
         (takesHashes(rule) && isHashOfColumn(text.substr(0, at.valueStart), value)) ||
         isInCiphertext(text, at.valueStart, at.valueEnd) || isCode(text, at)))
        return std::nullopt;
    if (rule.refusesWords && (isMadeOfWords(value) || isCode(text, at)))
        return std::nullopt;
    JudgedSecret judged{at.valueStart, at.valueEnd, at.start, at.end, &rule, rule.kind, rule.severity};
    judged.isCutShort = connectionAddressOf(value).has_value() && goesOnToAnotherHost(text, at.valueEnd);
    if (isOnInnerHost(value) && !judged.isCutShort)
        judged.severity = Severity::Low;
    judged.isWeak = isWeak;
    if (isWeak)
        judged.severity = severityOfWeak(value, rule.severity);
    if (rule.kind == LeakKind::Jwt) {
        const auto token = classOfJwt(value, rule.severity, now);
        if (!token)
            return std::nullopt;
        judged.kind = token->kind;
        judged.severity = token->severity;
        judged.rule = &ruleOfClass(rule, token->tokenClass);
    }
    return judged;
}

void keepSurest(std::vector<JudgedSecret> &judged)
{
    std::ranges::sort(
        judged, [](const JudgedSecret &one, const JudgedSecret &other) { return sureness(one) < sureness(other); });
    // By place, of those that are kept: what overlaps one of them on either side is the less sure.
    std::vector<JudgedSecret> kept;
    for (const JudgedSecret &next : judged) {
        const auto after = std::ranges::upper_bound(kept, next.start, {}, &JudgedSecret::start);
        const bool isTaken = (after != kept.end() && after->start < next.end) ||
                             (after != kept.begin() && std::prev(after)->end > next.start);
        if (!isTaken)
            kept.insert(after, next);
    }
    judged = std::move(kept);
}

} // namespace cockpit
