// A guard that is set where the code is hosted. No file of the code shows it, so a person says whether it is on; the
// answer is kept among those of the project, and proves nothing by itself.
#pragma once

#include "models/decision.h"

#include <map>
#include <optional>

namespace cockpit {

// GitHub's push protection: the subject of its answer.
QString pushProtectionSubject();
QString pushProtectionName();     // "GitHub push protection"
QString pushProtectionQuestion(); // what is asked, and where one sees it

std::optional<Answer> pushProtectionAnswer(const std::map<QString, Answer> &answers);
// "It is switched on, as Anna said on 30 Nov 2026."; without an answer that nobody said it.
QString pushProtectionSaid(const std::optional<Answer> &answer);

} // namespace cockpit
