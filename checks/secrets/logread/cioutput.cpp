#include "checks/secrets/logread/cioutput.h"

#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/logtime.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/settings/setting.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr qint64 kFewestOfList = 8; // an example in the output of a tool has fewer
constexpr int kFewestUsual = 2;
constexpr size_t kMostSampleLines = 3;

constexpr std::array kUsualNames{
    "PATH"sv,           "HOME"sv,      "PWD"sv,      "USER"sv,    "SHELL"sv,   "HOSTNAME"sv,
    "LANG"sv,           "CI"sv,        "SHLVL"sv,    "LOGNAME"sv, "TERM"sv,    "RUNNER_OS"sv,
    "GITHUB_ACTIONS"sv, "GITLAB_CI"sv, "CIRCLECI"sv, "VERCEL"sv,  "NETLIFY"sv, "NODE_VERSION"sv};

// Pipelines put a time in front of each line.
std::string_view withoutStamp(std::string_view line)
{
    if (!logTimeAt(line))
        return line;
    const size_t blank = line.find(' ');
    return blank == std::string_view::npos ? line : line.substr(blank + 1);
}

// "NAME" of "NAME=…" in capitals; empty for other lines.
std::string_view settingOf(std::string_view line)
{
    if (line.starts_with("declare -x "sv))
        line.remove_prefix("declare -x "sv.size());
    else if (line.starts_with("export "sv))
        line.remove_prefix("export "sv.size());
    size_t end = 0;
    while (isDigitByte(byteAt(line, end)) || byteAt(line, end) == '_' ||
           (byteAt(line, end) >= 'A' && byteAt(line, end) <= 'Z'))
        ++end;
    return end > 0 && byteAt(line, end) == '=' ? line.substr(0, end) : std::string_view();
}

bool isTrace(std::string_view line)
{
    size_t pluses = 0;
    while (byteAt(line, pluses) == '+')
        ++pluses;
    const char behind = byteAt(line, pluses + 1);
    if (line.starts_with("+++ b/"sv)) // of a difference
        return false;
    // A difference of two files has a plus, too: what follows is then rarely a single blank and a command.
    return pluses > 0 && pluses < 5 && byteAt(line, pluses) == ' ' &&
           (isWordByte(behind) || behind == '\'' || behind == '[');
}

void keep(std::vector<qint64> &lines, qint64 number)
{
    if (lines.size() < kMostSampleLines)
        lines.push_back(number);
}

// npm's debug log, as a run with "--verbose" or a printed _logs/…-debug-0.log has it. npm itself hides what it knows to
// be a token; settings, addresses and the output of scripts stand there as they are.
bool isNpmDebug(std::string_view line)
{
    constexpr std::array marks{"npm verb "sv, "npm verbose "sv, "npm sill "sv, "npm silly "sv};
    // The file has "12 verbose stack Error: …", without the name of the program.
    const size_t number = std::min(line.find_first_not_of("0123456789"sv), line.size());
    const std::string_view behind = line.substr(number);
    const bool isOfFile = number > 0 && (behind.starts_with(" verbose "sv) || behind.starts_with(" silly "sv));
    return isOfFile || std::ranges::any_of(
                           marks, [line](std::string_view mark) { return line.find(mark) != std::string_view::npos; });
}

// The line that each printed plan has once. The rest of a plan depends on the resources.
bool isPlan(std::string_view line)
{
    return line.find(" will perform the following actions:"sv) != std::string_view::npos &&
           (line.find("Terraform"sv) != std::string_view::npos || line.find("OpenTofu"sv) != std::string_view::npos);
}

bool givesSecret(std::string_view line)
{
    NamedValues values(line);
    NamedValue named;
    while (values.next(named)) {
        if (env::isServerSecretName(named.name) && named.value.size() >= 8 && !isHiddenValue(named.value) &&
            !isNoValue(named.value))
            return true;
    }
    return false;
}

} // namespace

void CiCounter::endList()
{
    if (m_listed >= kFewestOfList && m_usual >= kFewestUsual) {
        ++m_seen.environments;
        keep(m_seen.environmentLines, m_listedFrom);
    }
    m_listed = 0;
    m_usual = 0;
}

void CiCounter::add(std::string_view line, qint64 number)
{
    line = withoutStamp(line);
    if (const std::string_view name = settingOf(line); !name.empty()) {
        m_listedFrom = m_listed == 0 ? number : m_listedFrom;
        ++m_listed;
        m_usual += std::ranges::find(kUsualNames, name) != kUsualNames.end() ? 1 : 0;
    } else {
        endList();
    }
    if (isTrace(line)) {
        ++m_seen.traced;
        if (givesSecret(line)) {
            ++m_seen.tracedWithSecret;
            keep(m_seen.tracedLines, number);
        }
    }
    const auto has = [line](std::string_view word) { return line.find(word) != std::string_view::npos; };
    m_seen.hidden += has("***"sv) || has("[MASKED]"sv) || has("[secure]"sv) ? 1 : 0;
    if (isNpmDebug(line)) {
        ++m_seen.npmDebug;
        keep(m_seen.npmDebugLines, number);
    }
    if (isPlan(line)) {
        ++m_seen.plans;
        keep(m_seen.planLines, number);
    }
    m_seen.hiddenByPlan += has("(sensitive value)"sv) ? 1 : 0;
}

} // namespace cockpit
