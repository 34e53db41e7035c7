// Asks what the MDN Observatory asks of a host, and scores the answers as it does.
#pragma once

#include "checks/engine/check.h"
#include "checks/http/mdntests.h"

#include <optional>

namespace cockpit {

struct MdnResult
{
    MdnScore score;
    MdnOutcomes outcomes;
    bool operator==(const MdnResult &) const = default;
};

// Empty when the host gave nothing to score. Needs look.host.
std::optional<MdnResult> lookLikeMdn(const Look &look);

// {"label","algorithm","score","grade","tests": {"content-security-policy": {"outcome","modifier"}, …}}.
QJsonObject toJson(const MdnResult &result);
// "MDN-compatible score: 85 (A-)".
QString summaryOf(const MdnResult &result);

} // namespace cockpit
