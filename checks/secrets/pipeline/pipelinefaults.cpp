#include "checks/secrets/pipeline/pipelinefaults.h"

#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/naturaltext.h"
#include "checks/secrets/pipeline/secretreference.h"
#include "checks/secrets/pipeline/shellcommands.h"
#include "checks/secrets/pipeline/shellgrammar.h"
#include "checks/secrets/pipeline/shelloutput.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/settings/setting.h"
#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

using enum PipelineFault;

using shell::trimmed;
using shell::wordAt;

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
            found.push_back({SecretAsBuildArg, number, latinText(name)});
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
            found.push_back({LiteralSecret, number, latinText(named.name)});
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
        found.push_back({LiteralSecret, number, latinText(name)});
    else if (isArg || value.starts_with('$'))
        found.push_back({SecretAsBuildArg, number, latinText(name)});
}

class FileReader
{
public:
    FileReader(std::string_view text, PipelineKind kind)
        : m_kind(kind),
          m_usesSecrets(text.find("secrets."sv) != std::string_view::npos || !secretReferredTo(text).empty()),
          m_output(text)
    {
    }

    void line(std::string_view line, qint64 number)
    {
        m_output.line(line, number);
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
            if (m_usesSecrets && shell::isTraceOn(command))
                m_found.push_back({TracesSecrets, number, {}});
        }
    }

    std::vector<PipelineFaultFound> take()
    {
        const std::vector<PipelineFaultFound> shown = m_output.take();
        m_found.insert(m_found.end(), shown.begin(), shown.end());
        return std::move(m_found);
    }

private:
    // The lines below "build-args:" of the action that builds images; those below "args:" of a compose file's "build:".
    void judgeBlock(std::string_view line, qint64 number)
    {
        if (m_isInBlock && shell::indentOf(line) <= m_blockIndent)
            m_isInBlock = false;
        if (m_isInBlock) {
            std::string_view entry = trimmed(line);
            if (entry.starts_with("- "sv))
                entry = trimmed(entry.substr(2));
            const std::string_view name = wordAt(entry, 0);
            const bool isSecret = env::isServerSecretName(name) || !secretReferredTo(entry).empty();
            if (isSecret && !isForBrowsers(name))
                m_found.push_back({SecretAsBuildArg, number, latinText(name)});
        }
        const std::string_view key = trimmed(line);
        const bool isCompose = m_kind == PipelineKind::Compose;
        if (key.starts_with("build-args:"sv) || (isCompose && key == "args:"sv)) {
            m_isInBlock = true;
            m_blockIndent = shell::indentOf(line);
        }
    }

    const PipelineKind m_kind;
    const bool m_usesSecrets;
    bool m_isInBlock = false;
    size_t m_blockIndent = 0;
    ShellOutput m_output;
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
