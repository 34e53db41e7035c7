// What the commands of a pipeline write into its log: through groups, pipes, here-documents and lines that go on.
// What goes into a file or into another program is not in the log, and neither is what the runner takes as settings
// of later steps ($GITHUB_ENV, $GITHUB_OUTPUT).
#pragma once

#include "checks/secrets/pipeline/pipelinefaults.h"
#include "checks/secrets/pipeline/shellgrammar.h"
#include "checks/secrets/wipedmemory.h"

#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cockpit {

// One text, line after line.
class ShellOutput
{
public:
    // The text outlives this: where its lines stand again tells where here-documents end.
    explicit ShellOutput(std::string_view text);

    // As it stands in the text; the number is from 1.
    void line(std::string_view line, qint64 number);
    // Commands end with the text.
    std::vector<PipelineFaultFound> take();

private:
    enum class Body { Commands, Shown, Encoded, Kept };
    struct HereDocument
    {
        std::string_view end; // its last line; empty: none is open
        Body body = Body::Kept;
        size_t indent = 0; // of the line that opened it
    };
    // Of a group that a later "}" may send somewhere else.
    struct Group
    {
        shell::GroupKind kind = shell::GroupKind::Braces;
        size_t indent = 0;
        bool isCaptured = false; // by "$(": what is inside becomes a part of another command
        std::vector<PipelineFaultFound> inside = {};
    };
    // Since "exec > file", up to the end of the step or the subshell.
    struct SentAway
    {
        size_t indent = 0;
        bool isItem = false;    // of a list of commands
        size_t parentheses = 0; // that were open
    };

    bool goesOn(std::string_view line) const;
    void judgeGathered();
    qint64 numberAt(size_t offset) const;
    void command(std::string_view command, qint64 number);
    std::string_view openGroups(std::string_view command);
    std::string_view openSubstitutions(std::string_view command, qint64 number);
    size_t openParentheses() const;
    bool closeGroup(std::string_view command);
    void closeTo(shell::GroupKind kind, std::string_view behind);
    void leaveGroups(size_t indent);
    void leaveStep(size_t indent, bool isItem);
    void openHereDocument(std::string_view command, qint64 number);
    bool readHereDocument(std::string_view line, qint64 number);
    void judge(std::string_view command, qint64 number);
    void write(PipelineFaultFound found);
    void deliver(PipelineFaultFound found);

    std::unordered_map<std::string_view, qint64> m_lastLines; // by their text
    WipedBytes m_gathered;                                    // lines that are one for the shell
    std::vector<std::pair<size_t, qint64>> m_starts;          // in it: where each line begins, and its number
    size_t m_indent = 0;                                      // of the first of them
    bool m_isQuoted = false;                                  // as a whole: a scalar of YAML
    bool m_isItem = false;                                    // "- exec …"
    HereDocument m_here;
    std::optional<SentAway> m_sentAway;
    std::vector<Group> m_groups;
    std::vector<PipelineFaultFound> m_found;
};

} // namespace cockpit
