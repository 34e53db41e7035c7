#include "checks/engine/acceptedfindings.h"

namespace cockpit {

Result<AcceptedFindings::Answer> probe(const AcceptedFindings &, ProbeContext &)
{
    return AcceptedFindings::Answer{};
}

AcceptedFindings::Answer acceptedIn(const std::map<QString, Decision> &decisions)
{
    AcceptedFindings::Answer accepted;
    for (const auto &[findingId, decision] : decisions) {
        if (decision.kind == DecisionKind::Accepted)
            accepted.insert(findingId);
    }
    return accepted;
}

} // namespace cockpit
