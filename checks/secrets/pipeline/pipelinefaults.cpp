#include "checks/secrets/pipeline/pipelinefaults.h"

#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/naturaltext.h"
#include "checks/secrets/pipeline/shellcommands.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/settings/setting.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

using enum PipelineFault;

using shell::isWord;
using shell::trimmed;
using shell::wordAt;

QString textOf(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

// What the build writes into what browsers load is public by its prefix, and a build argument is the only way there:
// secrets.env-exposure judges those names.
bool isForBrowsers(std::string_view name)
{
    return !env::browserPrefix(textOf(name)).isEmpty();
}

// The secret that the text refers to: ${{ secrets.NAME }}, $NAME, ${NAME}, $env:NAME, $(NAME).
std::string_view secretReferredTo(std::string_view text)
{
    constexpr auto mark = "secrets."sv;
    const size_t expression = text.find("${{"sv);
    for (size_t at = text.find(mark, std::min(expression, text.size())); at != std::string_view::npos;
         at = text.find(mark, at + 1)) {
        if (const std::string_view name = wordAt(text, at + mark.size()); !name.empty() && !isForBrowsers(name))
            return name;
    }
    for (size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        size_t start = at + 1;
        if (byteAt(text, start) == '{' || byteAt(text, start) == '(')
            ++start;
        if (text.substr(std::min(start, text.size()), 4) == "env:"sv)
            start += 4;
        if (const std::string_view name = wordAt(text, start); !name.empty() && env::isServerSecretName(name))
            return name;
    }
    return {};
}

void judgePrint(std::string_view command, qint64 line, std::vector<PipelineFaultFound> &found)
{
    constexpr std::array words{"echo"sv, "printf"sv, "Write-Host"sv, "Write-Output"sv, "printenv"sv};
    const auto *const word =
        std::ranges::find_if(words, [command](std::string_view one) { return isWord(command, one); });
    if (word == words.end() || command.find("::add-mask::"sv) != std::string_view::npos)
        return;
    const size_t pipe = command.find('|');
    const std::string_view printed =
        command.substr(word->size(), pipe == std::string_view::npos ? pipe : pipe - word->size());
    std::string_view name = secretReferredTo(printed);
    if (*word == "printenv"sv && name.empty() && env::isServerSecretName(trimmed(printed)))
        name = trimmed(printed);
    if (name.empty() || printed.find('>') != std::string_view::npos)
        return;
    if (pipe == std::string_view::npos) {
        found.push_back({PrintsSecret, line, textOf(name)});
        return;
    }
    const std::string_view next = trimmed(command.substr(pipe + 1));
    constexpr std::array changes{"base64"sv, "rev"sv, "xxd"sv, "od"sv, "hexdump"sv, "fold"sv, "sed"sv, "tr"sv, "cut"sv};
    const bool isChanged = std::ranges::any_of(changes, [next](std::string_view one) { return isWord(next, one); });
    // base64 -d undoes it, and what goes on into a file or a program is not printed.
    const bool goesOn = next.find('|') != std::string_view::npos || next.find('>') != std::string_view::npos ||
                        next.find(" -d"sv) != std::string_view::npos ||
                        next.find("--decode"sv) != std::string_view::npos;
    if (isChanged && !goesOn)
        found.push_back({PrintsEncoded, line, textOf(name)});
}

// docker build --build-arg NAME=…
void judgeBuildArgs(std::string_view line, qint64 number, std::vector<PipelineFaultFound> &found)
{
    constexpr auto option = "--build-arg"sv;
    for (size_t at = line.find(option); at != std::string_view::npos; at = line.find(option, at + 1)) {
        const std::string_view behind = trimmed(line.substr(at + option.size()));
        const size_t start = behind.find_first_not_of("=\"' ");
        const std::string_view argument = start == std::string_view::npos ? std::string_view() : behind.substr(start);
        const std::string_view name = wordAt(argument, 0);
        const std::string_view value = argument.substr(0, argument.find(' '));
        if (isForBrowsers(name))
            continue;
        if (env::isServerSecretName(name) || !secretReferredTo(argument.substr(0, 120)).empty() ||
            value.find("secrets."sv) != std::string_view::npos)
            found.push_back({SecretAsBuildArg, number, textOf(name)});
    }
}

bool isLiteral(std::string_view value)
{
    constexpr size_t shortest = 8;
    const bool isReference =
        value.find('$') != std::string_view::npos || value.find("{{"sv) != std::string_view::npos ||
        value.find("secrets."sv) != std::string_view::npos || value.find("://"sv) != std::string_view::npos;
    return value.size() >= shortest && !isReference && !isNoValue(value) && !isHiddenValue(value) &&
           !standsForSecret(value) && std::ranges::any_of(value, isDigitByte) && value.front() != '/' &&
           value.find(' ') == std::string_view::npos && !readsLikeWords(value);
}

void judgeLiterals(std::string_view line, qint64 number, std::vector<PipelineFaultFound> &found)
{
    NamedValues values(line);
    NamedValue named;
    while (values.next(named)) {
        if (env::isServerSecretName(named.name) && isLiteral(named.value)) {
            found.push_back({LiteralSecret, number, textOf(named.name)});
            return;
        }
    }
}

// ARG NAME, ENV NAME=…, ENV NAME …
void judgeDockerLine(std::string_view line, qint64 number, std::vector<PipelineFaultFound> &found)
{
    const std::string_view trimmedLine = trimmed(line);
    const bool isArg = trimmedLine.starts_with("ARG "sv);
    const bool isEnv = trimmedLine.starts_with("ENV "sv);
    if (!isArg && !isEnv)
        return;
    const std::string_view rest = trimmed(trimmedLine.substr(4));
    const std::string_view name = wordAt(rest, 0);
    if (!env::isServerSecretName(name))
        return;
    const std::string_view value =
        name.size() < rest.size() ? trimmed(rest.substr(name.size() + 1)) : std::string_view();
    if (isLiteral(value))
        found.push_back({LiteralSecret, number, textOf(name)});
    else if (isArg || value.starts_with('$'))
        found.push_back({SecretAsBuildArg, number, textOf(name)});
}

size_t indentOf(std::string_view line)
{
    return std::min(line.find_first_not_of(' '), line.size());
}

class FileReader
{
public:
    FileReader(std::string_view text, PipelineKind kind)
        : m_kind(kind),
          m_usesSecrets(text.find("secrets."sv) != std::string_view::npos || !secretReferredTo(text).empty())
    {
    }

    void line(std::string_view line, qint64 number)
    {
        const std::string_view shown = trimmed(line);
        if (shown.empty() || shown.front() == '#' || shown.starts_with("//"sv))
            return;
        if (m_kind == PipelineKind::Dockerfile)
            judgeDockerLine(line, number, m_found);
        else
            judgeLiterals(line, number, m_found);
        judgeBuildArgs(line, number, m_found);
        judgeBlock(line, number);
        if (line.find("toJSON(secrets)"sv) != std::string_view::npos ||
            line.find("toJson(secrets)"sv) != std::string_view::npos)
            m_found.push_back({PassesAllSecrets, number, {}});
        for (const std::string_view command : shell::commandsIn(shell::commandOf(line))) {
            judgePrint(command, number, m_found);
            if (shell::printsEnvironment(command))
                m_found.push_back({PrintsEnvironment, number, {}});
            if (m_usesSecrets && shell::isTraceOn(command))
                m_found.push_back({TracesSecrets, number, {}});
        }
    }

    std::vector<PipelineFaultFound> take() { return std::move(m_found); }

private:
    // The lines below "build-args:" of the action that builds images; those below "args:" of a compose file's "build:".
    void judgeBlock(std::string_view line, qint64 number)
    {
        if (m_isInBlock && indentOf(line) <= m_blockIndent)
            m_isInBlock = false;
        if (m_isInBlock) {
            std::string_view entry = trimmed(line);
            if (entry.starts_with("- "sv))
                entry = trimmed(entry.substr(2));
            const std::string_view name = wordAt(entry, 0);
            const bool isSecret = env::isServerSecretName(name) || !secretReferredTo(entry).empty();
            if (isSecret && !isForBrowsers(name))
                m_found.push_back({SecretAsBuildArg, number, textOf(name)});
        }
        const std::string_view key = trimmed(line);
        const bool isCompose = m_kind == PipelineKind::Compose;
        if (key.starts_with("build-args:"sv) || (isCompose && key == "args:"sv)) {
            m_isInBlock = true;
            m_blockIndent = indentOf(line);
        }
    }

    const PipelineKind m_kind;
    const bool m_usesSecrets;
    bool m_isInBlock = false;
    size_t m_blockIndent = 0;
    std::vector<PipelineFaultFound> m_found;
};

} // namespace

std::vector<PipelineFaultFound> pipelineFaultsIn(std::string_view text, PipelineKind kind)
{
    FileReader reader(text, kind);
    std::string_view rest = text;
    for (qint64 number = 1; !rest.empty(); ++number) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        reader.line(rest.substr(0, end), number);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::vector<PipelineFaultFound> found = reader.take();
    if (kind == PipelineKind::GitHubWorkflow) {
        const std::vector<PipelineFaultFound> foreign = foreignCodeIn(text);
        found.insert(found.end(), foreign.begin(), foreign.end());
    }
    std::ranges::stable_sort(found, {}, &PipelineFaultFound::line);
    return found;
}

} // namespace cockpit
