// Who may announce how much: what the plan keeps for each account, and what is left for who waits.
#include "checks/engine/activegate.h"
#include "checks/engine/gaterefusal.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActiveGate)
};

tl::unexpected<Error> tooMany(int requests)
{
    return failure(ErrorKind::NotPermitted,
                   Text::tr("The run may send %n test request(s) in all, and the rest of them is not enough for this "
                            "check. Allow more on the page \"Access\", or run fewer checks at a time.",
                            nullptr, requests));
}

} // namespace

tl::unexpected<Error> wasKilled()
{
    return failure(ErrorKind::NotPermitted, Text::tr("Test requests were stopped for this product."));
}

tl::unexpected<Error> wasCancelled()
{
    return failure(ErrorKind::Cancelled, Text::tr("Stopped before the request was sent."));
}

ActiveGate::ActiveGate(ActiveTerms terms, const std::vector<Allotment> &allotments) : m_terms(std::move(terms))
{
    m_accounts[kSignInCheck].announced =
        keptForSignIns(m_terms.budget.requests, static_cast<int>(m_terms.secrets.size()));
    for (const Allotment &one : allotments) {
        m_planned.push_back({.allotted = one, .looksLeft = one.looks});
        m_accounts[one.account].kept = one.granted;
    }
}

int ActiveGate::freeRequests() const
{
    int held = 0;
    for (const auto &[check, account] : m_accounts)
        held += account.held();
    return m_terms.budget.requests - m_sent - held;
}

const ActiveGate::Planned *ActiveGate::plannedFor(const QString &account) const
{
    const auto it = std::ranges::find(m_planned, account,
                                      [](const Planned &one) -> const QString & { return one.allotted.account; });
    return it == m_planned.end() ? nullptr : &*it;
}

// Of so many more, those that have to come out of what nobody holds.
int ActiveGate::beyondWhatIsKept(const QString &checkId, int requests) const
{
    const auto it = m_accounts.find(checkId);
    const int kept = it == m_accounts.end() ? 0 : std::max(0, it->second.kept - it->second.announced);
    return requests - kept;
}

// What others hold and does not come back while this one waits: that of the sign-ins, and what is kept for looks that
// begin when all others have ended, one at a time.
int ActiveGate::neverFree(const QString &checkId) const
{
    int held = 0;
    for (const auto &[check, account] : m_accounts) {
        const Planned *planned = plannedFor(check);
        const bool isLater = planned && planned->allotted.isLast && check != checkId;
        held += check == kSignInCheck || isLater ? account.held() : 0;
    }
    return held;
}

// What others leave goes out in the order of the plan: not to whoever happens to ask first.
bool ActiveGate::isTurnOf(const QString &checkId) const
{
    const Planned *mine = plannedFor(checkId);
    if (!mine || mine->allotted.isLast) // those look alone, and in that order
        return true;
    return std::all_of(m_planned.data(), mine, [](const Planned &one) {
        return !one.allotted.getsLeftovers() || one.allotted.isLast || one.looksLeft == 0 || one.hasAnnounced;
    });
}

void ActiveGate::note(const QString &checkId, int requests)
{
    Account &account = m_accounts[checkId];
    account.announced += requests;
    account.most = std::max(account.most, account.announced);
    for (Planned &one : m_planned)
        one.hasAnnounced = one.hasAnnounced || one.allotted.account == checkId;
}

Result<void> ActiveGate::announce(const QString &checkId, int requests)
{
    const std::lock_guard lock(m_mutex);
    if (const int more = beyondWhatIsKept(checkId, requests); more > 0 && more > freeRequests())
        return tooMany(m_terms.budget.requests);
    note(checkId, requests);
    return {};
}

Result<void> ActiveGate::announce(const QString &checkId, int requests, const CancelToken &token, Deadline deadline)
{
    std::unique_lock lock(m_mutex);
    const auto mayTake = [&] {
        const int more = beyondWhatIsKept(checkId, requests);
        return more <= 0 || (more <= freeRequests() && isTurnOf(checkId));
    };
    while (!mayTake()) {
        // However little the others need.
        if (beyondWhatIsKept(checkId, requests) > m_terms.budget.requests - m_sent - neverFree(checkId))
            return tooMany(m_terms.budget.requests);
        if (isKilled())
            return wasKilled();
        if (token.isCancelled())
            return wasCancelled();
        if (deadline.hasPassed())
            return failure(ErrorKind::TimedOut, Text::tr("Other checks needed all the time of this run."));
        ++m_waiting;
        m_withdrawn.wait_for(lock, std::min(kLongestBlindWait, deadline.remaining()));
        --m_waiting;
    }
    note(checkId, requests);
    lock.unlock();
    m_withdrawn.notify_all(); // whose turn is next
    return {};
}

int ActiveGate::shareOf(const RequestNeed &need) const
{
    const std::lock_guard lock(m_mutex);
    if (const Planned *planned = plannedFor(need.account))
        return planned->allotted.getsLeftovers() ? need.atLeast() : std::min(need.most, planned->allotted.granted);
    const int budget = m_terms.budget.requests;
    if (need.parts <= 1 && need.fewest == 0)
        return need.most;
    return std::max(need.atLeast(), std::min({need.most, budget / need.parts, budget - m_sent}));
}

std::optional<int> ActiveGate::grantedTo(const QString &account) const
{
    const std::lock_guard lock(m_mutex);
    const Planned *planned = plannedFor(account);
    if (!planned || planned->allotted.getsLeftovers())
        return std::nullopt;
    return planned->allotted.granted;
}

void ActiveGate::settle(const QString &account)
{
    {
        const std::lock_guard lock(m_mutex);
        for (Planned &one : m_planned) {
            if (one.allotted.account == account && one.looksLeft > 0 && --one.looksLeft == 0)
                m_accounts[account].kept = 0;
        }
    }
    m_withdrawn.notify_all();
}

void ActiveGate::finish(const QString &account)
{
    {
        const std::lock_guard lock(m_mutex);
        for (Planned &one : m_planned) {
            if (one.allotted.account != account)
                continue;
            one.looksLeft = 0;
            m_accounts[account].kept = 0;
        }
    }
    m_withdrawn.notify_all();
}

bool ActiveGate::getsLeftovers(const QString &account) const
{
    const std::lock_guard lock(m_mutex);
    const Planned *planned = plannedFor(account);
    return planned && planned->allotted.getsLeftovers();
}

void ActiveGate::withdraw(const QString &checkId, int requests)
{
    {
        const std::lock_guard lock(m_mutex);
        Account &account = m_accounts[checkId];
        account.announced -= std::clamp(requests, 0, account.announced - account.sent);
    }
    m_withdrawn.notify_all();
}

} // namespace cockpit
