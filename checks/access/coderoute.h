// The route that takes a one-time code: of a letter, a text message or an authenticator app. Pure.
#pragma once

#include "checks/actors/entrypoints.h"
#include "models/access/actor.h"

#include <optional>

namespace cockpit {

enum class CodeKind {
    SignIn,       // the code is all that is asked for, beside who it is
    SecondFactor, // beside the password, in the same request or after it
    NewPassword,  // instead of the old one
    Confirmation, // of an address
};
QString toWord(CodeKind value);

struct CodeRoute
{
    CodeKind kind = CodeKind::SignIn;
    EntryPoint point;           // its body is the example with {{code}}, {{user}}, {{password}} and {{csrf}}
    bool needsPassword = false; // a request before it, to sign in with the password
};

// The first of those with the surest sign of a code in their example (codeBodyOf()); with a POST, an address on a host
// of the target and no holes in its path.
std::optional<CodeRoute> codeRouteOf(const Target &target, const ProjectFacts &facts);

// The body for one visit: what the answer to the password handed out (a challenge, a session) stands in the members of
// the same name, in place of what was recorded.
struct VisitBody
{
    QString text;     // with holes
    HoleValues given; // for those that are of this visit alone
    QString missing;  // a member whose value was taken out of the example and that no answer gave; empty: none
};
VisitBody visitBodyOf(const EntryPoint &point, const std::map<QString, Secret> &handedOut);

// The texts of a JSON answer by their names in lower case, of two with one name the outer or earlier one; empty for
// other answers.
std::map<QString, Secret> textsIn(const QByteArray &json);

} // namespace cockpit
