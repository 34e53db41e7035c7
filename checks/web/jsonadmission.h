// What a JSON answer says to a stranger.
#pragma once

#include "checks/web/denial.h"

#include <optional>

namespace cockpit {

// By its content, whatever type its header claims: frameworks hand out lists as text/html. Empty when it is no JSON.
std::optional<Admission> admissionOfJson(const HttpResponse &answer, const InventedAnswers &baselines);

} // namespace cockpit
