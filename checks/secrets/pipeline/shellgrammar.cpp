#include "checks/secrets/pipeline/shellgrammar.h"

#include "checks/secrets/pipeline/shellcommands.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit::shell {

using namespace std::string_view_literals;

namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kLongestExpression = 1000;

// Of the quote at text[at]; npos: there is none.
size_t otherQuote(std::string_view text, size_t at)
{
    const char quote = text[at];
    for (size_t next = at + 1; next < text.size(); ++next) {
        if (text[next] == quote)
            return next;
        if (quote == '"' && text[next] == '\\')
            ++next;
    }
    return kNone;
}

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

// "> file", ">> file", "&> file"; not "2> file", ">&2" or "> /dev/stderr".
bool goesIntoFile(std::string_view stage)
{
    constexpr std::array shown{"/dev/stderr"sv, "/dev/stdout"sv, "/dev/tty"sv, "/proc/1/fd"sv};
    for (size_t at = 0; at < stage.size(); at = behindElement(stage, at)) {
        if (stage[at] != '>')
            continue;
        const bool isOfErrors =
            byteBefore(stage, at) == '2' && (at < 2 || stage[at - 2] == ' ' || stage[at - 2] == ')');
        std::string_view behind = stage.substr(at + 1);
        if (behind.starts_with('>') || behind.starts_with('|'))
            behind.remove_prefix(1);
        if (const size_t more = stage.size() - behind.size(); more > at + 1)
            at = more - 1;
        if (isOfErrors || (behind.starts_with('&') && (isDigitByte(byteAt(behind, 1)) || byteAt(behind, 1) == '-')))
            continue;
        std::string_view target = trimmed(behind);
        if (isQuote(byteAt(target, 0)))
            target.remove_prefix(1);
        if (!target.empty() && std::ranges::none_of(shown, [target](auto one) { return target.starts_with(one); }))
            return true;
    }
    return false;
}

// What comes out is what went in, but for its order.
bool passesOn(std::string_view program)
{
    constexpr std::array known{"tee"sv, "cat"sv, "sort"sv, "less"sv, "more"sv, "nl"sv, "column"sv};
    return std::ranges::any_of(known, [program](std::string_view one) { return isWord(program, one); });
}

bool changes(std::string_view program)
{
    constexpr std::array known{"base64"sv, "rev"sv, "xxd"sv, "od"sv, "hexdump"sv, "fold"sv, "sed"sv, "tr"sv, "cut"sv};
    return std::ranges::any_of(known, [program](std::string_view one) { return isWord(program, one); });
}

std::optional<GroupWord> beginningWith(std::string_view command, std::string_view word, std::optional<GroupKind> kind)
{
    if (!command.starts_with(word))
        return std::nullopt;
    const std::string_view behind = command.substr(word.size());
    constexpr auto ends = " \t\r\n;|>&)\"'"sv;
    if (!behind.empty() && ends.find(behind.front()) == kNone)
        return std::nullopt;
    return GroupWord{kind, trimmed(behind)};
}

struct Word
{
    std::string_view text;
    std::optional<GroupKind> kind;
};

template<size_t N>
std::optional<GroupWord> firstOf(std::string_view command, const std::array<Word, N> &words)
{
    for (const Word &word : words) {
        if (const auto found = beginningWith(command, word.text, word.kind))
            return found;
    }
    return std::nullopt;
}

} // namespace

size_t indentOf(std::string_view line)
{
    return std::min(line.find_first_not_of(' '), line.size());
}

size_t behindElement(std::string_view text, size_t at)
{
    if (text[at] == '\\')
        return std::min(at + 2, text.size());
    if (isQuote(text[at])) {
        const size_t end = otherQuote(text, at);
        return end == kNone ? at + 1 : end + 1;
    }
    if (text.substr(at, 3) == "${{"sv) {
        const size_t length = text.substr(at, kLongestExpression).find("}}"sv);
        return length == kNone ? at + 1 : at + length + 2;
    }
    return at + 1;
}

std::vector<std::string_view> stagesOf(std::string_view command)
{
    std::vector<std::string_view> stages;
    size_t from = 0;
    for (size_t at = 0; at < command.size();) {
        // ">|" writes into a file in any case.
        if (command[at] != '|' || byteBefore(command, at) == '>') {
            at = behindElement(command, at);
            continue;
        }
        stages.push_back(trimmed(command.substr(from, at - from)));
        at += byteAt(command, at + 1) == '&' ? 2 : 1;
        from = at;
    }
    stages.push_back(trimmed(command.substr(from)));
    return stages;
}

Output outputOf(std::string_view command)
{
    Output output = Output::Shown;
    bool isFirst = true;
    for (const std::string_view stage : stagesOf(command)) {
        const std::string_view program = withoutSudo(stage);
        if (!isFirst && changes(program))
            output = Output::Encoded;
        else if (!isFirst && !passesOn(program))
            return Output::Kept;
        if (goesIntoFile(stage))
            return Output::Kept;
        isFirst = false;
    }
    return output;
}

bool sendsRestIntoFile(std::string_view command)
{
    if (!isWord(command, "exec"sv))
        return false;
    const std::string_view behind = trimmed(command.substr(4));
    const bool isOfOutput = behind.starts_with('>') || behind.starts_with("1>"sv) || behind.starts_with("&>"sv);
    return isOfOutput && behind.find(">("sv) == kNone && goesIntoFile(behind);
}

size_t substitutionLeftOpen(std::string_view command)
{
    std::vector<size_t> open; // where each "(" is, npos for one without "$"
    bool isInQuotes = false;  // double ones, in which "$(" is what it is elsewhere
    for (size_t at = 0; at < command.size();) {
        if (command[at] == '"') {
            isInQuotes = !isInQuotes;
            ++at;
        } else if (command[at] == '(') {
            open.push_back(byteBefore(command, at) == '$' ? at - 1 : kNone);
            ++at;
        } else if (command[at] == ')') {
            if (!open.empty())
                open.pop_back();
            ++at;
        } else {
            at = isInQuotes && command[at] == '\'' ? at + 1 : behindElement(command, at);
        }
    }
    const auto first = std::ranges::find_if(open, [](size_t one) { return one != kNone; });
    return first == open.end() ? kNone : *first;
}

bool isContinued(std::string_view line)
{
    line = trimmed(line);
    const size_t last = line.find_last_not_of('\\');
    return (line.size() - (last == kNone ? 0 : last + 1)) % 2 == 1;
}

bool endsInPipe(std::string_view line)
{
    line = trimmed(line);
    if (!line.ends_with('|') || line.ends_with("||"sv))
        return false;
    const std::string_view before = trimmed(line.substr(0, line.size() - 1));
    return !before.empty() && before.back() != ':';
}

bool isQuoteOpen(std::string_view text)
{
    text = trimmed(text);
    for (size_t at = 0; at < text.size(); at = behindElement(text, at)) {
        if (isQuote(text[at]) && otherQuote(text, at) == kNone)
            return at + 1 < text.size();
    }
    return false;
}

std::optional<GroupWord> groupOpenedBy(std::string_view command)
{
    static constexpr std::array words{Word{"{"sv, GroupKind::Braces},
                                      Word{"if"sv, GroupKind::If},
                                      Word{"for"sv, GroupKind::Loop},
                                      Word{"while"sv, GroupKind::Loop},
                                      Word{"until"sv, GroupKind::Loop},
                                      Word{"case"sv, GroupKind::Case},
                                      Word{"then"sv, {}},
                                      Word{"else"sv, {}},
                                      Word{"elif"sv, {}},
                                      Word{"do"sv, {}}};
    command = trimmed(command);
    if (command.starts_with('(') && !command.starts_with("(("sv))
        return GroupWord{GroupKind::Parentheses, trimmed(command.substr(1))};
    if (command.starts_with("( ("sv))
        return GroupWord{GroupKind::Parentheses, trimmed(command.substr(1))};
    return firstOf(command, words);
}

std::optional<GroupWord> groupClosedBy(std::string_view command)
{
    static constexpr std::array words{Word{"}"sv, GroupKind::Braces}, Word{"fi"sv, GroupKind::If},
                                      Word{"done"sv, GroupKind::Loop}, Word{"esac"sv, GroupKind::Case}};
    return firstOf(trimmed(command), words);
}

size_t closingParenthesis(std::string_view command)
{
    int open = 0;
    for (size_t at = 0; at < command.size(); at = behindElement(command, at)) {
        if (command[at] == '(')
            ++open;
        else if (command[at] == ')' && --open < 0)
            return at;
    }
    return kNone;
}

std::string_view hereDocumentEnd(std::string_view command)
{
    for (size_t at = 0; at < command.size(); at = behindElement(command, at)) {
        if (command.substr(at, 2) != "<<"sv)
            continue;
        if (byteAt(command, at + 2) == '<') { // a here-string
            at += 2;
            continue;
        }
        std::string_view behind = command.substr(at + 2);
        if (behind.starts_with('-'))
            behind.remove_prefix(1);
        behind = trimmed(behind);
        if (isQuote(byteAt(behind, 0)) || byteAt(behind, 0) == '\\')
            behind.remove_prefix(1);
        return isDigitByte(byteAt(behind, 0)) ? std::string_view() : wordAt(behind, 0);
    }
    return {};
}

bool runsItsInput(std::string_view command)
{
    constexpr std::array known{"bash"sv, "sh"sv, "zsh"sv, "dash"sv, "ash"sv, "ssh"sv, "pwsh"sv};
    const std::string_view program = withoutSudo(command);
    return program.starts_with("<<"sv) || // of a Dockerfile's RUN
           std::ranges::any_of(known, [program](std::string_view one) { return isWord(program, one); });
}

std::string_view withoutSudo(std::string_view command)
{
    command = trimmed(command);
    return isWord(command, "sudo"sv) ? trimmed(command.substr(4)) : command;
}

} // namespace cockpit::shell
