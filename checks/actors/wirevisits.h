// What a look asks of Observations as a visitor while it has a wire, as requests of that wire: out of its ceiling, let
// out and logged by the gate, signed out, by the path.
#pragma once

#include "checks/actors/wire.h"
#include "checks/engine/visitpayer.h"

#include <mutex>

namespace cockpit {

// Belongs to the wire; its worker waits while others help.
class WireVisits final : public VisitPayer
{
public:
    explicit WireVisits(Wire &wire) : m_wire(wire), m_paid(this) {}

    void ended(const Visit &visit, const Result<int> &status, std::chrono::milliseconds duration) override;

protected:
    // Also NotPermitted where the wire may send nothing, and for what the wire would send nowhere (Wire::verifyPlace).
    Result<void> leaveFor(const Visit &visit) override;
    Result<void> leaveToGoOn() override; // until the kill switch

private:
    ActiveRequest requestFor(const Visit &visit) const;

    Wire &m_wire;
    std::mutex m_mutex; // helpers share the ceiling
    const PaidHere m_paid;
};

} // namespace cockpit
