#include "checks/engine/activegate.h"

#include "checks/engine/gaterefusal.h"
#include "checks/engine/vendorhosts.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActiveGate)
};

// Sign-ins bring a handful each; a hostile product could hand out cookies without end.
constexpr std::size_t kMostLearnt = 500;

QString errandWord(ActiveErrand errand)
{
    switch (errand) {
    case ActiveErrand::Check:
        return {};
    case ActiveErrand::SignIn:
        return u"sign-in"_s;
    case ActiveErrand::Vendor:
        return u"vendor"_s;
    case ActiveErrand::Undo:
        return u"undo"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

bool ActiveGate::reserve(const QString &checkId)
{
    const std::lock_guard lock(m_mutex);
    Account &account = m_accounts[checkId];
    if (account.sent >= account.announced)
        return false;
    ++account.sent;
    ++m_sent;
    return true;
}

void ActiveGate::giveBack(const QString &checkId)
{
    const std::lock_guard lock(m_mutex);
    --m_accounts[checkId].sent;
    --m_sent;
}

Result<void> ActiveGate::enter(const ActiveRequestNote &note, const CancelToken &token, Deadline deadline)
{
    if (!covers(note.host, note.errand))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is not one of the hosts that you allowed test requests for.").arg(note.host));
    if (note.errand == ActiveErrand::Undo)
        return enterForUndo(note, token, deadline);
    if (isKilled())
        return wasKilled();
    if (token.isCancelled())
        return wasCancelled();
    if (!reserve(note.checkId))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("The check %1 has sent all the requests that it announced.").arg(note.checkId));
    if (auto turn = waitForPace(token, deadline); !turn) {
        giveBack(note.checkId);
        return turn;
    }
    return {};
}

// Paced and paid for like any other while the run goes on; what is over, or used up, comes from the grace.
Result<void> ActiveGate::enterForUndo(const ActiveRequestNote &note, const CancelToken &token, Deadline deadline)
{
    const bool isOrdinary = !isKilled() && !token.isCancelled() && !deadline.hasPassed();
    if (isOrdinary && reserve(note.checkId)) {
        if (waitForPace(token, deadline))
            return {};
        giveBack(note.checkId);
    }
    if (isOver(ActiveErrand::Undo, token, deadline))
        return failure(ErrorKind::Cancelled, Text::tr("There was no time left to undo this."));
    return takeFromGrace(note.checkId);
}

Result<void> ActiveGate::takeFromGrace(const QString &checkId)
{
    const std::lock_guard lock(m_mutex);
    if (m_undoSent >= kUndoRequests)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("More had to be undone than the %n request(s) kept for it.", nullptr, kUndoRequests));
    ++m_undoSent;
    Account &account = m_accounts[checkId];
    ++account.sent;
    ++account.announced; // holds nothing that others could need
    if (account.kept > 0)
        ++account.kept;
    return {};
}

void ActiveGate::beginGrace()
{
    if (m_graceBegan)
        return;
    m_graceBegan = true;
    m_graceEnd = Deadline::in(kUndoGrace);
}

bool ActiveGate::isOver(ActiveErrand errand, const CancelToken &token, Deadline deadline)
{
    const bool hasEnded = isKilled() || token.isCancelled() || deadline.hasPassed();
    if (!hasEnded || errand != ActiveErrand::Undo)
        return hasEnded;
    const std::lock_guard lock(m_mutex);
    beginGrace();
    return m_graceEnd.hasPassed();
}

Clock::time_point ActiveGate::nextTurn()
{
    const std::lock_guard lock(m_mutex);
    const Clock::time_point mine = std::max(m_nextFree, Clock::now());
    const double perSecond = std::max(m_terms.budget.perSecond, kFewestActivePerSecond);
    m_nextFree = mine + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1.0 / perSecond));
    return mine;
}

Result<void> ActiveGate::waitForPace(const CancelToken &token, Deadline deadline)
{
    const Clock::time_point turn = nextTurn();
    while (Clock::now() < turn) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(turn - Clock::now());
        if (wait > deadline.remaining())
            return failure(ErrorKind::TimedOut, Text::tr("The agreed pace left no time for this request."));
        if (token.waitFor(std::min(wait, kLongestBlindWait)))
            return wasCancelled();
        if (isKilled())
            return wasKilled();
    }
    return {};
}

void ActiveGate::done(const ActiveRequestNote &note, int status, std::chrono::milliseconds duration)
{
    QStringList notes{errandWord(note.errand), note.note};
    notes.removeAll(QString());
    LoggedRequest line{.at = QDateTime::currentDateTimeUtc().addMSecs(-duration.count()),
                       .checkId = note.checkId,
                       .method = note.method,
                       .host = note.host,
                       .route = note.route,
                       .actor = note.actor,
                       .status = status,
                       .durationMs = static_cast<int>(duration.count()),
                       .note = notes.join(u", "_s)};
    line = tidied(std::move(line));
    const std::lock_guard lock(m_mutex);
    m_log.push_back(std::move(line));
}

bool ActiveGate::mayLock(const QString &actorId)
{
    if (!m_terms.throwAway.contains(actorId))
        return false;
    const std::lock_guard lock(m_mutex);
    if (std::ranges::find(m_locked, actorId) != m_locked.end())
        return true;
    if (m_locked.size() >= static_cast<std::size_t>(std::max(0, m_terms.budget.lockableAccounts)))
        return false;
    m_locked.push_back(actorId);
    return true;
}

bool ActiveGate::isKilled() const
{
    return m_terms.killed && m_terms.killed->load();
}

bool ActiveGate::covers(const QString &host, ActiveErrand errand) const
{
    if (errand == ActiveErrand::Vendor)
        return isVendorHost(host);
    return m_terms.hosts.contains(host, Qt::CaseInsensitive) ||
           (errand == ActiveErrand::SignIn && m_terms.signInHosts.contains(host, Qt::CaseInsensitive));
}

std::vector<LoggedRequest> ActiveGate::log() const
{
    return logSince(0);
}

std::vector<LoggedRequest> ActiveGate::logSince(std::size_t seen) const
{
    const std::lock_guard lock(m_mutex);
    const auto first = static_cast<std::ptrdiff_t>(std::min(seen, m_log.size()));
    return {m_log.begin() + first, m_log.end()};
}

int ActiveGate::sent() const
{
    const std::lock_guard lock(m_mutex);
    return m_sent + m_undoSent;
}

int ActiveGate::sentBy(const QString &checkId) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_accounts.find(checkId);
    return it == m_accounts.end() ? 0 : it->second.sent;
}

int ActiveGate::mostAnnouncedBy(const QString &checkId) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_accounts.find(checkId);
    return it == m_accounts.end() ? 0 : it->second.most;
}

int ActiveGate::left() const
{
    const std::lock_guard lock(m_mutex);
    return freeRequests();
}

int ActiveGate::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiting;
}

const Secret *ActiveGate::secretOf(const QString &actorId) const
{
    const auto it = m_terms.secrets.find(actorId);
    return it == m_terms.secrets.end() ? nullptr : &it->second;
}

void ActiveGate::learnSecret(const Secret &secret)
{
    const std::lock_guard lock(m_mutex);
    const bool isKnown = std::ranges::find(m_learnt, secret) != m_learnt.end();
    if (!secret.isEmpty() && !isKnown && m_learnt.size() < kMostLearnt)
        m_learnt.push_back(secret);
}

std::vector<Secret> ActiveGate::knownSecrets() const
{
    std::vector<Secret> known;
    for (const auto &[actor, entry] : m_terms.secrets) {
        known.push_back(entry);
        for (const auto &[hole, value] : holeValuesOf(entry))
            known.push_back(value);
    }
    const std::lock_guard lock(m_mutex);
    known.insert(known.end(), m_learnt.begin(), m_learnt.end());
    return known;
}

} // namespace cockpit
