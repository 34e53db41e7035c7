#include "checks/secrets/pipeline/shelloutput.h"

#include "checks/secrets/pipeline/secretreference.h"
#include "checks/secrets/pipeline/shellcommands.h"
#include "checks/secrets/settings/setting.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

using shell::GroupKind;
using shell::isWord;
using shell::Output;
using shell::trimmed;

constexpr size_t kMostLines = 50;   // that are one command
constexpr size_t kMostGroups = 200; // one in the other

} // namespace

ShellOutput::ShellOutput(std::string_view text)
{
    for (qint64 number = 1; !text.empty(); ++number) {
        const size_t end = std::min(text.find('\n'), text.size());
        m_lastLines[trimmed(text.substr(0, end))] = number;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void ShellOutput::line(std::string_view line, qint64 number)
{
    const std::string_view shown = trimmed(line);
    const size_t indent = shell::indentOf(line);
    // An apostrophe that nothing closes ends with its item: the next item is a command of its own.
    if (!m_gathered.empty() && m_gathered.back() == '\n' && indent <= m_indent && shown.starts_with("- "sv))
        judgeGathered();
    if (m_gathered.empty() && !shown.empty()) {
        if (readHereDocument(line, number))
            return;
        leaveGroups(indent);
        leaveStep(indent, shown.starts_with("- "sv));
        m_isItem = shown.starts_with("- exec"sv);
    }
    if (m_gathered.empty() && (shown.empty() || shown.front() == '#' || shown.starts_with("//"sv)))
        return;
    if (m_gathered.empty())
        m_indent = indent;
    m_starts.emplace_back(m_gathered.size(), number);
    const std::string_view part = m_gathered.empty() ? shell::commandOf(line) : line;
    if (m_gathered.empty())
        m_isQuoted = !part.empty() && part.data() != line.data() && (part.data()[-1] == '"' || part.data()[-1] == '\'');
    if (shell::isContinued(part) && m_starts.size() < kMostLines) {
        m_gathered += part.substr(0, part.rfind('\\'));
        m_gathered += ' '; // never empty, so that the next line is known to belong here
        return;
    }
    m_gathered += part;
    if (goesOn(part) && m_starts.size() < kMostLines) {
        m_gathered += '\n';
        return;
    }
    judgeGathered();
}

// A pipe at the end, or a text in quotes that is printed and not at its end.
bool ShellOutput::goesOn(std::string_view line) const
{
    const std::string_view all(m_gathered.data(), m_gathered.size());
    if (shell::endsInPipe(line))
        return true;
    if (m_isQuoted || !shell::isQuoteOpen(all))
        return false;
    const std::vector<std::string_view> commands = shell::commandsIn(all);
    return std::ranges::any_of(commands, [](std::string_view one) { return !secretPrintedBy(one).empty(); });
}

qint64 ShellOutput::numberAt(size_t offset) const
{
    const auto behind = std::ranges::upper_bound(m_starts, offset, {}, &std::pair<size_t, qint64>::first);
    return behind == m_starts.begin() ? m_starts.front().second : std::prev(behind)->second;
}

void ShellOutput::judgeGathered()
{
    const std::string_view all(m_gathered.data(), m_gathered.size());
    for (const std::string_view one : shell::commandsIn(all)) {
        if (!one.empty())
            command(one, numberAt(static_cast<size_t>(one.data() - all.data())));
    }
    m_gathered.clear();
    m_starts.clear();
}

void ShellOutput::command(std::string_view text, qint64 number)
{
    std::string_view command = openGroups(text);
    if (closeGroup(command))
        return;
    command = openSubstitutions(command, number);
    const size_t closing = openParentheses() > 0 ? shell::closingParenthesis(command) : std::string_view::npos;
    const std::string_view behind =
        closing == std::string_view::npos ? std::string_view() : trimmed(command.substr(closing + 1));
    command = trimmed(command.substr(0, closing));
    if (shell::sendsRestIntoFile(command))
        m_sentAway = SentAway{m_indent, m_isItem, openParentheses()};
    judge(command, number);
    openHereDocument(command, number);
    if (closing == std::string_view::npos)
        return;
    const size_t next = shell::closingParenthesis(behind); // "((…) > a) > b"
    closeTo(GroupKind::Parentheses, behind.substr(0, next));
    if (next != std::string_view::npos)
        closeTo(GroupKind::Parentheses, behind.substr(next + 1));
}

std::string_view ShellOutput::openGroups(std::string_view command)
{
    for (;;) {
        const auto opened = shell::groupOpenedBy(command);
        if (!opened)
            return command;
        if (opened->kind && m_groups.size() < kMostGroups)
            m_groups.push_back({*opened->kind, m_indent});
        command = opened->behind;
    }
}

// "VALUE=$(" whose end is in a later line: the variable has what the commands inside write. Printed, it is shown.
std::string_view ShellOutput::openSubstitutions(std::string_view command, qint64 number)
{
    for (;;) {
        const size_t opened = shell::substitutionLeftOpen(command);
        if (opened == std::string_view::npos || m_groups.size() >= kMostGroups)
            return command;
        const std::string_view before = trimmed(command.substr(0, opened));
        judge(before, number);
        m_groups.push_back({GroupKind::Parentheses, m_indent, printedBy(before).empty()});
        command = openGroups(command.substr(opened + 2));
    }
}

size_t ShellOutput::openParentheses() const
{
    return static_cast<size_t>(std::ranges::count(m_groups, GroupKind::Parentheses, &Group::kind));
}

bool ShellOutput::closeGroup(std::string_view command)
{
    const auto closed = shell::groupClosedBy(command);
    if (!closed || !closed->kind)
        return false;
    closeTo(*closed->kind, closed->behind);
    return true;
}

void ShellOutput::closeTo(GroupKind kind, std::string_view behind)
{
    const auto last =
        std::find_if(m_groups.rbegin(), m_groups.rend(), [kind](const Group &one) { return one.kind == kind; });
    if (last == m_groups.rend())
        return;
    std::vector<PipelineFaultFound> inside;
    const auto first = std::prev(last.base());
    const bool isCaptured = first->isCaptured;
    for (auto group = first; group != m_groups.end(); ++group)
        std::ranges::move(group->inside, std::back_inserter(inside));
    m_groups.erase(first, m_groups.end());
    if (m_sentAway && m_sentAway->parentheses > openParentheses())
        m_sentAway.reset(); // with the subshell
    const Output output = shell::outputOf(behind);
    if (isCaptured || output == Output::Kept)
        return;
    for (PipelineFaultFound &one : inside) {
        if (output == Output::Encoded && one.fault == PipelineFault::PrintsSecret)
            one.fault = PipelineFault::PrintsEncoded;
        deliver(std::move(one));
    }
}

// In YAML a line further left is of another step.
void ShellOutput::leaveGroups(size_t indent)
{
    while (!m_groups.empty() && m_groups.back().indent > indent) {
        std::vector<PipelineFaultFound> inside = std::move(m_groups.back().inside);
        m_groups.pop_back();
        for (PipelineFaultFound &one : inside)
            deliver(std::move(one));
    }
}

// What follows in the same block, or as the next command of a list of them, is of the same shell.
void ShellOutput::leaveStep(size_t indent, bool isItem)
{
    if (m_sentAway && (indent < m_sentAway->indent || (indent == m_sentAway->indent && isItem != m_sentAway->isItem)))
        m_sentAway.reset();
}

void ShellOutput::openHereDocument(std::string_view command, qint64 number)
{
    const std::string_view end = shell::hereDocumentEnd(command);
    if (end.empty())
        return;
    // What merely looks like one ends nowhere. The views of the text stay, those of the gathered lines do not.
    const auto last = m_lastLines.find(end);
    if (last == m_lastLines.end() || last->second <= number)
        return;
    m_here = {last->first, Body::Kept, m_indent};
    const std::vector<std::string_view> stages = shell::stagesOf(command);
    const auto reader =
        std::ranges::find_if(stages, [](std::string_view one) { return !shell::hereDocumentEnd(one).empty(); });
    if (reader == stages.end())
        return;
    if (shell::runsItsInput(*reader)) {
        m_here.body = Body::Commands;
        return;
    }
    constexpr std::array showing{"cat"sv, "tee"sv};
    const std::string_view program = shell::withoutSudo(*reader);
    if (std::ranges::none_of(showing, [program](std::string_view one) { return isWord(program, one); }))
        return;
    switch (shell::outputOf(command.substr(static_cast<size_t>(reader->data() - command.data())))) {
    case Output::Shown:
        m_here.body = Body::Shown;
        return;
    case Output::Encoded:
        m_here.body = Body::Encoded;
        return;
    case Output::Kept:
        return;
    }
}

// False: the line is a command.
bool ShellOutput::readHereDocument(std::string_view line, qint64 number)
{
    if (m_here.end.empty())
        return false;
    const std::string_view shown = trimmed(line);
    const bool isLeft = shell::indentOf(line) < m_here.indent && shown != m_here.end;
    if (isLeft || shown == m_here.end) {
        m_here = {};
        return !isLeft;
    }
    if (m_here.body == Body::Commands)
        return false;
    const std::string_view name = m_here.body == Body::Kept ? std::string_view() : secretReferredTo(shown);
    if (!name.empty())
        write({m_here.body == Body::Shown ? PipelineFault::PrintsSecret : PipelineFault::PrintsEncoded, number,
               latinText(name)});
    return true;
}

void ShellOutput::judge(std::string_view command, qint64 number)
{
    if (shell::printsEnvironment(command))
        write({PipelineFault::PrintsEnvironment, number, {}});
    if (command.find("::add-mask::"sv) != std::string_view::npos)
        return;
    const std::string_view name = secretPrintedBy(command);
    if (name.empty())
        return;
    switch (shell::outputOf(command)) {
    case Output::Shown:
        write({PipelineFault::PrintsSecret, number, latinText(name)});
        return;
    case Output::Encoded:
        write({PipelineFault::PrintsEncoded, number, latinText(name)});
        return;
    case Output::Kept:
        return;
    }
}

void ShellOutput::write(PipelineFaultFound found)
{
    if (!m_sentAway)
        deliver(std::move(found));
}

void ShellOutput::deliver(PipelineFaultFound found)
{
    (m_groups.empty() ? m_found : m_groups.back().inside).push_back(std::move(found));
}

std::vector<PipelineFaultFound> ShellOutput::take()
{
    if (!m_gathered.empty())
        judgeGathered();
    for (Group &group : m_groups)
        std::ranges::move(group.inside, std::back_inserter(m_found));
    m_groups.clear();
    return std::move(m_found);
}

} // namespace cockpit
