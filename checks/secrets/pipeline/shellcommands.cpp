#include "checks/secrets/pipeline/shellcommands.h"

#include "checks/secrets/pipeline/shellgrammar.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit::shell {

using namespace std::string_view_literals;

namespace {

bool isVariableByte(char c)
{
    return isWordByte(c) || c == '_';
}

} // namespace

std::string_view wordAt(std::string_view text, size_t start)
{
    size_t end = start;
    while (isVariableByte(byteAt(text, end)))
        ++end;
    return text.substr(std::min(start, text.size()), end - std::min(start, end));
}

std::string_view trimmed(std::string_view text)
{
    const size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    text.remove_prefix(first);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string_view commandOf(std::string_view line)
{
    line = trimmed(line);
    if (line.starts_with("- "sv))
        line = trimmed(line.substr(2));
    for (const std::string_view key : {"run:"sv, "script:"sv, "command:"sv, "sh "sv, "bat "sv, "RUN "sv, "build:"sv}) {
        if (line.starts_with(key)) {
            line = trimmed(line.substr(key.size()));
            break;
        }
    }
    while (!line.empty() && (line.front() == '"' || line.front() == '\'' || line.front() == '@'))
        line.remove_prefix(1);
    return line;
}

std::vector<std::string_view> commandsIn(std::string_view line)
{
    std::vector<std::string_view> commands;
    size_t from = 0;
    for (size_t at = 0; at < line.size();) {
        const bool isPair = line.substr(at, 2) == "&&"sv || line.substr(at, 2) == "||"sv;
        if (!isPair && line[at] != ';' && line[at] != '\n') {
            at = behindElement(line, at);
            continue;
        }
        commands.push_back(trimmed(line.substr(from, at - from)));
        at += isPair ? 2 : 1;
        from = at;
    }
    commands.push_back(trimmed(line.substr(from)));
    return commands;
}

bool isWord(std::string_view command, std::string_view word)
{
    return command.starts_with(word) && !isVariableByte(byteAt(command, word.size())) &&
           byteAt(command, word.size()) != '-' && byteAt(command, word.size()) != ':' &&
           byteAt(command, word.size()) != '=';
}

namespace {

// What a pipe gets is shown as a whole, in another order or form at most. grep and cut choose.
bool showsAll(std::string_view pipe)
{
    constexpr std::array programs{"sort"sv, "cat"sv,         "tee"sv,        "less"sv,        "more"sv,
                                  "nl"sv,   "column"sv,      "base64"sv,     "Sort-Object"sv, "Format-Table"sv,
                                  "ft"sv,   "Format-List"sv, "Out-String"sv, "fl"sv};
    while (!pipe.empty()) {
        pipe = trimmed(pipe);
        const auto isHere = [pipe](std::string_view program) { return isWord(pipe, program); };
        const size_t end = std::min(pipe.find('|'), pipe.size());
        const std::string_view stage = pipe.substr(0, end);
        const bool isKept = stage.find('>') != std::string_view::npos || stage.find(" -o"sv) != std::string_view::npos;
        if (isKept || std::ranges::none_of(programs, isHere))
            return false;
        pipe.remove_prefix(std::min(end + 1, pipe.size()));
    }
    return true;
}

// Nothing, a pipe or the end of quotes follows: neither an argument nor a file.
bool standsAlone(std::string_view command, std::string_view word)
{
    if (!isWord(command, word))
        return false;
    const std::string_view behind = trimmed(command.substr(word.size()));
    if (!behind.empty() && behind.front() == '|')
        return showsAll(behind.substr(1));
    return behind.empty() || behind.front() == '"' || behind.front() == '\'' || behind.front() == ')';
}

} // namespace

bool printsEnvironment(std::string_view command)
{
    if (command.find("process.env)"sv) != std::string_view::npos)
        return command.find("console.log("sv) != std::string_view::npos;
    if (command.find("print(os.environ)"sv) != std::string_view::npos ||
        command.find("print(dict(os.environ))"sv) != std::string_view::npos)
        return true;
    constexpr std::array alone{"env"sv, "printenv"sv, "export -p"sv,          "declare -x"sv,         "declare -p"sv,
                               "set"sv, "gci env:"sv, "Get-ChildItem env:"sv, "Get-ChildItem Env:"sv, "dir env:"sv};
    return std::ranges::any_of(alone, [command](std::string_view word) { return standsAlone(command, word); });
}

bool isTraceOn(std::string_view command)
{
    if (command.starts_with("set -o xtrace"sv) || command.starts_with("bash -x"sv) || command.starts_with("sh -x"sv))
        return true;
    if (!command.starts_with("set -"sv))
        return false;
    const std::string_view flags = command.substr(5, command.find(' ', 5) - 5);
    return flags.find('x') != std::string_view::npos && std::ranges::all_of(flags, isLetterByte);
}

} // namespace cockpit::shell
