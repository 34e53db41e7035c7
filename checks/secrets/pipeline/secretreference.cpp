#include "checks/secrets/pipeline/secretreference.h"

#include "checks/secrets/pipeline/shellcommands.h"
#include "checks/secrets/pipeline/shellgrammar.h"
#include "checks/secrets/settings/setting.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;
using shell::wordAt;

QString latinText(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

bool isForBrowsers(std::string_view name)
{
    return !env::browserPrefix(latinText(name)).isEmpty();
}

namespace {

// ${{ secrets.NAME }}
std::string_view secretOfExpression(std::string_view text)
{
    constexpr auto mark = "secrets."sv;
    const size_t expression = text.find("${{"sv);
    for (size_t at = text.find(mark, std::min(expression, text.size())); at != std::string_view::npos;
         at = text.find(mark, at + 1)) {
        if (const std::string_view name = wordAt(text, at + mark.size()); !name.empty() && !isForBrowsers(name))
            return name;
    }
    return {};
}

// Of the "$" at text[at].
std::string_view secretOfVariable(std::string_view text, size_t at)
{
    size_t start = at + 1;
    const bool isInBraces = byteAt(text, start) == '{';
    if (isInBraces || byteAt(text, start) == '(')
        ++start;
    if (text.substr(std::min(start, text.size()), 4) == "env:"sv)
        start += 4;
    const std::string_view name = wordAt(text, start);
    if (name.empty() || !env::isServerSecretName(name))
        return {};
    const std::string_view behind = text.substr(start + name.size());
    const bool isOtherWord = isInBraces && (behind.starts_with(":+"sv) || behind.starts_with('+'));
    return isOtherWord ? std::string_view() : name;
}

// Behind the single quotes that begin at text[at]; at: none do.
size_t behindLiteral(std::string_view text, size_t at, bool isInQuotes)
{
    const size_t end = text[at] == '\'' && !isInQuotes ? text.find('\'', at + 1) : std::string_view::npos;
    return end == std::string_view::npos ? at : end + 1;
}

// As a shell reads it.
std::string_view secretExpandedIn(std::string_view text)
{
    if (const std::string_view name = secretOfExpression(text); !name.empty())
        return name;
    bool isInQuotes = false; // double ones, in which an apostrophe is a sign like any other
    for (size_t at = 0; at < text.size(); ++at) {
        if (const size_t behind = behindLiteral(text, at, isInQuotes); behind > at) {
            at = behind - 1;
            continue;
        }
        if (text[at] == '\\' && (byteAt(text, at + 1) == '"' || byteAt(text, at + 1) == '\''))
            ++at;
        else if (text[at] == '"')
            isInQuotes = !isInQuotes;
        else if (text[at] == '$') {
            if (const std::string_view name = secretOfVariable(text, at); !name.empty())
                return name;
        }
    }
    return {};
}

} // namespace

std::string_view secretReferredTo(std::string_view text)
{
    if (const std::string_view name = secretOfExpression(text); !name.empty())
        return name;
    for (size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        if (const std::string_view name = secretOfVariable(text, at); !name.empty())
            return name;
    }
    return {};
}

std::string_view printedBy(std::string_view command)
{
    constexpr std::array words{"echo"sv, "printf"sv, "Write-Host"sv, "Write-Output"sv, "printenv"sv};
    const auto *const word =
        std::ranges::find_if(words, [command](std::string_view one) { return shell::isWord(command, one); });
    if (word != words.end()) {
        const std::string_view behind = command.substr(word->size());
        const bool isKept = *word == "printf"sv && shell::trimmed(behind).starts_with("-v "sv); // into a variable
        return isKept ? std::string_view() : behind;
    }
    const size_t hereString = command.find("<<<"sv);
    return shell::isWord(command, "cat"sv) && hereString != std::string_view::npos ? command.substr(hereString + 3)
                                                                                   : std::string_view();
}

std::string_view secretPrintedBy(std::string_view command)
{
    const std::string_view printed = shell::stagesOf(printedBy(command)).front();
    const std::string_view name = secretExpandedIn(printed);
    if (name.empty() && shell::isWord(command, "printenv"sv) && env::isServerSecretName(shell::trimmed(printed)))
        return shell::trimmed(printed);
    return name;
}

} // namespace cockpit
