#include "checks/actors/wirevisits.h"

#include "checks/net/urlhost.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Wire)
};

} // namespace

// Where accounts sign in, what everybody may read there (the keys of its tokens) belongs to the sign-in.
ActiveRequest WireVisits::requestFor(const Visit &visit) const
{
    ActiveRequest request;
    request.method = visit.method;
    request.url = visit.url;
    if (!m_wire.m_gate->covers(hostOf(visit.url)))
        request.errand = ActiveErrand::SignIn;
    return request;
}

Result<void> WireVisits::leaveFor(const Visit &visit)
{
    if (!m_wire.m_ready)
        return m_wire.m_ready;
    const std::lock_guard lock(m_mutex);
    const ActiveRequest request = requestFor(visit);
    return m_wire.verifyPlace(request, visit.addresses).and_then([&] { return m_wire.letOut(request); });
}

Result<void> WireVisits::leaveToGoOn()
{
    if (!m_wire.m_gate->isKilled())
        return {};
    return failure(ErrorKind::Cancelled, Text::tr("Test requests were stopped before the answer came."));
}

void WireVisits::ended(const Visit &visit, const Result<int> &status, std::chrono::milliseconds duration)
{
    m_wire.tellGate(requestFor(visit), status, duration);
}

} // namespace cockpit
