// What secrets in the code, in its history, in built files or in an app say about a launch.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/leak.h"
#include "models/codeaudience.h"

namespace cockpit {

enum class LeakGround {
    Tree,    // the code as it is now
    History, // what is in earlier commits alone
    Build,   // what a build makes
    Package, // what is installed on every customer's device
};

// Findings, one for each secret that nobody allowed: "secret", of a history also "secret_kept_by_git" where a stash,
// the reflog or nothing leads to it, and no branch or tag, and "secret_in_git_config"; or "test_key" for one of a
// practice account; at most kMostLeakFindings, the worst first, and "more" for the rest. A file of settings with
// secrets that git neither has nor ignores is one "not_ignored", one in a folder without git one "outside_git"; one
// that git ignores is as it should be, and none of their secrets counts as seen by others. A gap keeps it from passing,
// and without any file there is nothing to judge. observed: "files", "programs" (of them: compiled, their strings were
// looked at), "passed_over" (no text), "bytes", "links" (not followed), "special" (pipes and the like,
// not opened), "secrets": [{"rule","name","class":
// secret|test_mode|public,"severity","masked", "fingerprint","file", "line","places","allowed","proof":
// strong|lead,"outside_git": ignored|not_ignored where git has none of its files, of what git has also
// "commit","commits": number, "in_head","reach": references|stash|reflog|unreachable|staged,"held_by": [words of
// toWords(Holders)]}], "settings_files":
// [{"file","git": ignored|not_ignored|none,"secrets": number}], "gaps": [sentences]. audience: who can read the code,
// as the person said; what the public could read counts as taken, and weighs a step more.
Judged judgeLeaks(const LeakReport &report, LeakGround ground, CodeAudience audience = CodeAudience::NotSaid);

constexpr std::size_t kMostLeakFindings = 100;

// That findings of judgeLeaks() can raise.
std::vector<Impact> leakImpacts();

} // namespace cockpit
