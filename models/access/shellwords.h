// A command line as a shell would take it apart. Nothing is run, and nothing that a shell would look up is looked up.
#pragma once

#include "models/result.h"

#include <QByteArray>

#include <vector>

namespace cockpit {

constexpr qsizetype kLongestCommand = 1024 * 1024;
constexpr std::size_t kMostWords = 2000;

enum class Shell { Bash, Cmd };

// Browsers write their command for the shell of the system: cmd's has carets before its quotation marks, or at the ends
// of its lines.
Shell shellOf(const QByteArray &command);

// Bash: blanks, '…', "…", $'…' (ANSI-C quoting, Bash manual 3.1.2.4), \ and a backslash at the end of a line. BadInput
// for an open quotation mark, and for what the shell would run or put in ($(…), `…`, $NAME, |, ;, &, <, >).
[[nodiscard]] Result<std::vector<QByteArray>> bashWords(const QByteArray &command);

// cmd: carets first (^x is x, a caret at the end of a line joins it with the next), then words by the rules of the
// Microsoft C runtime (2n backslashes before a quotation mark are n). BadInput as above.
// %NAME% stays: at a prompt, a name that is not set does.
[[nodiscard]] Result<std::vector<QByteArray>> cmdWords(const QByteArray &command);

} // namespace cockpit
