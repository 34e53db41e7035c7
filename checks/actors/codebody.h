// Where a one-time code stands in the example of a body. Pure.
#pragma once

#include "models/access/routesample.h"

#include <QString>

#include <optional>

namespace cockpit {

// By what a code is known, the surest first.
enum class CodeSign {
    Hole,             // the example says {{code}} itself
    Name,             // of a code and of nothing else: "otp"
    NameOfSeveralUses // "code", on a path that speaks of one
};

struct CodeBody
{
    QString text;   // the example with {{code}} in the code's place; its other members as they were
    int digits = 0; // of the code in the example; 0: it does not show them
    CodeSign sign = CodeSign::Hole;
};

// Nothing for an example without one. A person may have put {{code}} there; else it is a member that is called a code
// ("otp"), or one of several uses ("code", "token"; no "zip_code") on a path that speaks of one ("/verify",
// "/login/code") and beside
// nothing that is bought, sent or delivered, with 4 to 8 digits. A value that was taken out of the example counts where
// the name says enough: "token" may be a link's as well.
std::optional<CodeBody> codeBodyOf(const RouteSample &sample);

} // namespace cockpit
