// Whose requests they are that a look sends as a visitor. What any visitor reads is asked of Observations, once for all
// checks. In a look that sends active requests each of those that really goes out is one of its own: announced, paced,
// logged, and ended by the kill switch; what is in memory costs nothing. In any other look it is free (RequestBudget
// keeps the ceiling of those).
//
// A payer stands for a thread: what is probed there, and by the threads that help with it, goes out on its account.
#pragma once

#include "checks/engine/netoptions.h"
#include "models/result.h"

#include <QByteArray>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <vector>

namespace cockpit {

// One request that is about to be sent.
struct Visit
{
    QByteArray method;
    QUrl url;
    std::vector<SocketAddress> addresses; // where it may be sent
};

// Threads that help each other share one: any thread may call anything.
class VisitPayer
{
public:
    VisitPayer() = default;
    virtual ~VisitPayer();
    Q_DISABLE_COPY_MOVE(VisitPayer)

    // Leave to send one request now; waits for the pace. Errors: those of ActiveGate::enter(). Whoever was let out
    // tells the end by ended().
    [[nodiscard]] Result<void> letOut(const Visit &visit);
    // How it ended: a status, or why no answer came.
    virtual void ended(const Visit &visit, const Result<int> &status, std::chrono::milliseconds duration) = 0;
    // Whether what is on its way is to be cut off now, and why.
    [[nodiscard]] Result<void> verifyGoesOn();

    // How many requests got no leave or were cut off. An answer that lacks them is of no use to who pays otherwise:
    // Observations gives it to the asker and forgets it.
    int withheld() const { return m_withheld; }

    static VisitPayer *here(); // of this thread; null: nobody pays
    static int withheldHere(); // 0 without one

protected:
    virtual Result<void> leaveFor(const Visit &visit) = 0;
    virtual Result<void> leaveToGoOn() = 0;

private:
    std::atomic_int m_withheld = 0;
};

// Has that one pay on this thread for as long as it lives; then it is again who it was before. Null: nobody pays.
class PaidHere
{
public:
    explicit PaidHere(VisitPayer *payer);
    ~PaidHere();
    Q_DISABLE_COPY_MOVE(PaidHere)

private:
    VisitPayer *const m_before;
};

} // namespace cockpit
