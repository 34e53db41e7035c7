#include "checks/engine/visitpayer.h"

#include <utility>

namespace cockpit {

namespace {

VisitPayer *&payerHere()
{
    thread_local VisitPayer *payer = nullptr;
    return payer;
}

} // namespace

VisitPayer::~VisitPayer() = default;

Result<void> VisitPayer::letOut(const Visit &visit)
{
    auto leave = leaveFor(visit);
    if (!leave)
        ++m_withheld;
    return leave;
}

Result<void> VisitPayer::verifyGoesOn()
{
    auto leave = leaveToGoOn();
    if (!leave)
        ++m_withheld;
    return leave;
}

VisitPayer *VisitPayer::here()
{
    return payerHere();
}

int VisitPayer::withheldHere()
{
    const VisitPayer *payer = here();
    return payer ? payer->withheld() : 0;
}

PaidHere::PaidHere(VisitPayer *payer) : m_before(std::exchange(payerHere(), payer)) {}

PaidHere::~PaidHere()
{
    payerHere() = m_before;
}

} // namespace cockpit
