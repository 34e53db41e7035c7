// The one door that active requests leave by: whoever may change something, send hostile input or act as a test account
// asks here for each request. It keeps what the founder agreed to (hosts, number, pace), ends at the kill switch, and
// writes down every request that was let out (models/access/requestlog.h).
#pragma once

#include "checks/engine/activeterms.h"
#include "checks/engine/allotment.h"
#include "checks/engine/canceltoken.h"
#include "models/access/requestlog.h"
#include "models/result.h"

#include <QString>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace cockpit {

// What a request is for. Each has rights of its own.
enum class ActiveErrand {
    Check,  // asks or attacks: the hosts of the terms alone
    SignIn, // of a test account: also where its account lives (ActiveTerms::signInHosts)
    Vendor, // asks a service that the product is built on what its project allows, and changes nothing: the public
            // interfaces of those services alone (covers()); not where all hosts of the terms are this computer
    Undo,   // takes a canary record away: also after Stop and the kill switch, within kUndoGrace
};

// One request, as far as the log tells of it: never a query value, a header or a body.
struct ActiveRequestNote
{
    QString checkId;
    QString method;
    QString host;  // A-labels
    QString route; // template or path
    QString actor; // its name; empty: signed out
    QString note = {};
    ActiveErrand errand = ActiveErrand::Check;
};

// After Stop or the kill switch, what was planted may still be removed: this long, and by so many requests in all. So
// many may also go beyond what a check announced.
constexpr std::chrono::milliseconds kUndoGrace{3000};
constexpr int kUndoRequests = 20;

// The most requests that one sign-in sends: the page with the form, the login, the redirects behind it, the second try
// of an OAuth client, and the question who that is.
constexpr int kSignInRequests = 8;
// Under which id the sign-ins that all checks share are counted and logged.
inline const QString kSignInCheck = QStringLiteral("sign-in");

// One per run; any thread may call anything.
class ActiveGate
{
public:
    // Keeps requests for the sign-in of each account that has a secret (keptForSignIns), and what the plan of the run
    // allotted. Without a plan whoever announces first is served first.
    explicit ActiveGate(ActiveTerms terms, const std::vector<Allotment> &allotments = {});
    Q_DISABLE_COPY_MOVE(ActiveGate)

    // How many requests a check will send at most, said before the first of them; more is added to what it announced
    // before. NotPermitted when the run has fewer left that nobody else has announced.
    [[nodiscard]] Result<void> announce(const QString &checkId, int requests);
    // The same, and waits while others hold what they may not need. Whoever waits here holds nothing itself: one wire
    // at a time per worker. Cancelled, TimedOut.
    [[nodiscard]] Result<void> announce(const QString &checkId, int requests, const CancelToken &token,
                                        Deadline deadline);
    // Gives back what was announced and not sent.
    void withdraw(const QString &checkId, int requests);
    // How many a check that needs so much may announce: what the plan kept for it, or the fewest it can do with where
    // it is left to others' leftovers; without a plan a modest part.
    int shareOf(const RequestNeed &need) const;
    // What the plan keeps for that account in all; empty without a plan, and where it is left to others' leftovers.
    std::optional<int> grantedTo(const QString &account) const;
    // A look that sends under this account has ended. After the last one nothing is kept for it any more.
    void settle(const QString &account);
    // All that goes out under this account has been sent, whichever looks have yet to end: nothing is kept for it any
    // more.
    void finish(const QString &account);
    // Whether the plan left it to what others leave: who announces under it may wait for them. Whoever waits so and
    // needs other accounts as well is done with those before, or it waits for what it keeps itself.
    bool getsLeftovers(const QString &account) const;

    // Leave to send ONE request now; waits for the pace. Errors: NotPermitted (more than announced, host not covered,
    // killed), Cancelled, TimedOut when the pace would lead past the deadline. Nothing is taken then. With the errand
    // Undo, token and deadline may be over: the grace counts from the first such call. Whoever was let out tells the
    // end by done().
    [[nodiscard]] Result<void> enter(const ActiveRequestNote &note, const CancelToken &token, Deadline deadline);
    // status 0: no answer came. Goes into the log.
    void done(const ActiveRequestNote &note, int status, std::chrono::milliseconds duration);
    // Whether a request that was let out is to be cut off now.
    bool isOver(ActiveErrand errand, const CancelToken &token, Deadline deadline);

    // Whether a test may lock this account: at most budget.lockableAccounts in a run, and throw-away ones only. The
    // same account may be asked for again.
    [[nodiscard]] bool mayLock(const QString &actorId);
    // Flipped by the person: nothing is let out any more but undoing.
    bool isKilled() const;
    bool covers(const QString &host, ActiveErrand errand = ActiveErrand::Check) const;

    std::vector<LoggedRequest> log() const; // in the order in which they ended
    // Those after the first `seen` ones: for who tells them in batches.
    std::vector<LoggedRequest> logSince(std::size_t seen) const;
    int sent() const; // let out, whether or not they have ended
    int sentBy(const QString &checkId) const;
    int mostAnnouncedBy(const QString &checkId) const; // at any time so far, with what was sent before
    int left() const;                                  // of the budget: neither sent nor announced
    int waiting() const;                               // announcements that wait for what others hold

    // Of a test account, as the keychain keeps it; null without one. Lives as long as the gate.
    const Secret *secretOf(const QString &actorId) const;
    // What came back from a sign-in (a token, a cookie): masked in everything that leaves the run.
    void learnSecret(const Secret &secret);
    std::vector<Secret> knownSecrets() const; // of the accounts, and what was learnt

    const ActiveTerms &terms() const { return m_terms; }
    // Of this run; null as in the terms. Any thread.
    const std::shared_ptr<UndoJournal> &journal() const { return m_terms.journal; }

private:
    struct Account
    {
        int announced = 0; // in all, less what was withdrawn
        int sent = 0;
        int most = 0; // announced at any time
        int kept = 0; // by the plan, until it is settled

        int held() const { return std::max(announced, kept) - sent; }
    };
    // A line of the plan, as far as the run has come.
    struct Planned
    {
        Allotment allotted;
        int looksLeft = 0;
        bool hasAnnounced = false;
    };

    // Under the lock, all of them.
    int freeRequests() const;
    int beyondWhatIsKept(const QString &checkId, int requests) const;
    int neverFree(const QString &checkId) const;
    bool isTurnOf(const QString &checkId) const;
    const Planned *plannedFor(const QString &account) const;
    void note(const QString &checkId, int requests);

    bool reserve(const QString &checkId);
    void giveBack(const QString &checkId);
    Result<void> enterForUndo(const ActiveRequestNote &note, const CancelToken &token, Deadline deadline);
    Result<void> takeFromGrace(const QString &checkId);
    void beginGrace(); // under the lock
    Result<void> waitForPace(const CancelToken &token, Deadline deadline);
    Clock::time_point nextTurn();

    const ActiveTerms m_terms;
    mutable std::mutex m_mutex;
    std::condition_variable m_withdrawn;
    std::map<QString, Account> m_accounts; // by check; guarded by m_mutex, as all below
    std::vector<Planned> m_planned;        // in the order of spending
    int m_sent = 0;                        // of the budget
    int m_undoSent = 0;                    // beside it
    int m_waiting = 0;
    Deadline m_graceEnd = Deadline::never();
    bool m_graceBegan = false;
    Clock::time_point m_nextFree = Clock::time_point::min();
    std::vector<QString> m_locked;
    std::vector<Secret> m_learnt;
    std::vector<LoggedRequest> m_log;
};

} // namespace cockpit
