// The owner of the account that is tried: the right password before, while and after the login holds it back.
#include "checks/abuse/siegeengine.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoginSiege)
};

} // namespace

bool SiegeEngine::hasToStop(std::chrono::milliseconds duration)
{
    const bool stops = waitsOut(m_siege.patience, duration, m_wire.seen(), m_wire.gate());
    if (stops && m_report.brokenOff.isEmpty())
        m_report.brokenOff = m_wire.seen().deadline().hasPassed() && !m_wire.seen().token().isCancelled()
                                 ? Text::tr("The time of this run was over.")
                                 : Text::tr("Stopped.");
    return stops;
}

Result<HttpResponse> SiegeEngine::askRight()
{
    const auto *entry = m_wire.gate()->secretOf(m_siege.control.id);
    if (!entry)
        return failure(ErrorKind::NotFound, Text::tr("No password is known for %1.").arg(m_siege.control.name));
    auto request =
        m_caller.request({.user = m_siege.control.userName, .password = m_password, .more = holeValuesOf(*entry)});
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->carriesSecret = true;
    request->actor = m_siege.control.name;
    auto answer = m_caller.send(std::move(*request));
    m_caller.forgetVisit();
    return answer;
}

bool SiegeEngine::waitedOut(const LimitSignal &sign)
{
    const BlockPatience &patience = m_siege.patience;
    const auto span = sign.retryAfter.value_or(patience.unnamed);
    if (m_hasWaitedOut || span > patience.longest || span > m_wire.seen().deadline().remaining())
        return false;
    m_hasWaitedOut = true;
    m_longestNamed = std::chrono::seconds(0);
    return !hasToStop(span + kClockSlack);
}

// A form that sends everybody back to the login, and many an interface, answers held back tries as wrong ones.
void SiegeEngine::lookForSilence(TrySeries &series)
{
    if (series.isLimited() || series.heard < kMostTries || isOver() || askAsOwner() != OwnerReach::HeldBack)
        return;
    // With a sign, the limit begins after the tries that were counted.
    series.isSilent = !limitOf(m_report.ownerRefused->answer);
    if (!series.isSilent)
        m_report.ownerRefused.reset();
}

OwnerReach SiegeEngine::askAsOwner()
{
    m_caller.forgetVisit();
    const auto *entry = m_wire.gate()->secretOf(m_siege.control.id);
    auto request =
        m_caller.request({.user = m_siege.control.userName, .password = m_password, .more = holeValuesOf(*entry)});
    if (!request)
        return OwnerReach::NotTried;
    request->carriesSecret = true;
    request->actor = m_siege.control.name;
    auto one = sent(std::move(*request), m_caller);
    m_caller.forgetVisit();
    if (!one)
        return OwnerReach::NotTried;
    if (isSameRefusal(one->answer, *m_welcome))
        return OwnerReach::LetIn;
    m_report.ownerRefused = std::move(*one);
    return OwnerReach::HeldBack;
}

void SiegeEngine::awaitEnd()
{
    const BlockPatience &patience = m_siege.patience;
    const auto ofSeries = [&](const TrySeries &series) {
        return series.sign ? series.sign->retryAfter.value_or(patience.unnamed) : std::chrono::seconds(0);
    };
    auto span = std::max(ofSeries(m_report.byAccount), ofSeries(m_report.byAddress));
    if (span.count() > 0)
        span = std::max(span, m_longestNamed);
    const auto left = m_wire.seen().deadline().remaining() - std::chrono::seconds(5);
    if (span.count() == 0 || isOver() || span > patience.longest || span > left)
        return;
    if (hasToStop(span + kClockSlack))
        return;
    m_report.waited = span;
    m_report.afterBlock = askAsOwner();
}

} // namespace cockpit
