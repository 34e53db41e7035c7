// Commands as they stand in pipelines: of a POSIX shell, and as far as it matters here of PowerShell.
#pragma once

#include <string_view>
#include <vector>

namespace cockpit::shell {

// Letters, digits and "_" from `start` on; may be empty.
std::string_view wordAt(std::string_view text, size_t start);
std::string_view trimmed(std::string_view text);

// What a shell gets of the line: without the list's hyphen, the key in front and the quotes around.
std::string_view commandOf(std::string_view line);
// Each command of a line of them.
std::vector<std::string_view> commandsIn(std::string_view line);
// The command begins with this word.
bool isWord(std::string_view command, std::string_view word);

// All settings of the run, not a choice of them and not into a file.
bool printsEnvironment(std::string_view command);
bool isTraceOn(std::string_view command); // set -x

} // namespace cockpit::shell
