// As much of the grammar of a POSIX shell (IEEE Std 1003.1, Shell Command Language) as it takes to tell where the
// output of a command goes. Texts in quotes and the expressions of GitHub (${{ … }}) are passed over; a quote without
// its other end is a sign like any other, for pipelines have prose and quotes of their own around commands.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace cockpit::shell {

// Behind what begins at text[at]: a text in quotes, an escaped sign, an expression, or one sign.
size_t behindElement(std::string_view text, size_t at);
size_t indentOf(std::string_view line); // blanks before it

// The parts of a pipe; at least one.
std::vector<std::string_view> stagesOf(std::string_view command);

enum class Output {
    Shown,
    Encoded, // shown in another form, which the runner's masking does not know
    Kept,    // in a file or by a program
};
// Where the output of the first command of the pipe goes. May begin with what stands behind a group.
Output outputOf(std::string_view command);
// "exec > file": it and all that follows in the same shell. Not "exec > >(tee file)", which shows it too.
bool sendsRestIntoFile(std::string_view command);
// Of the first "$(" whose ")" is not in the command; npos: there is none.
size_t substitutionLeftOpen(std::string_view command);

// One line with the next: a backslash at its end, or a pipe (but not YAML's "run: |").
bool isContinued(std::string_view line);
bool endsInPipe(std::string_view line);
// A text in quotes goes on in the next line.
bool isQuoteOpen(std::string_view text);

enum class GroupKind { Braces, Parentheses, If, Loop, Case };
struct GroupWord
{
    std::optional<GroupKind> kind; // empty: a word inside of one ("then", "do")
    std::string_view behind;
};
// The command begins with a word that opens or divides a group. Empty: with none.
std::optional<GroupWord> groupOpenedBy(std::string_view command);
std::optional<GroupWord> groupClosedBy(std::string_view command);
// Of ")" without its "("; npos: there is none.
size_t closingParenthesis(std::string_view command);

// The word that ends the here-document of a command: EOF of "cat <<-'EOF'". Empty: it has none.
std::string_view hereDocumentEnd(std::string_view command);
// It takes commands from what it reads: bash, ssh.
bool runsItsInput(std::string_view command);
std::string_view withoutSudo(std::string_view command);

} // namespace cockpit::shell
