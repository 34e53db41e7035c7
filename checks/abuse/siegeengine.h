// One siege under way. One worker, one run.
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/actors/entrycaller.h"

namespace cockpit {

// Is this the same refusal again? By status, where it leads, and what stands in it.
bool isSameRefusal(const HttpResponse &a, const HttpResponse &b);

class SiegeEngine
{
public:
    SiegeEngine(const LoginSiege &siege, Wire &wire);

    // The errors of probe().
    [[nodiscard]] Result<SiegeReport> run();

private:
    Result<void> control();
    void attackAccount();
    void countAccount();
    // A block that another check or an earlier run has left: waited for once, if it ends soon.
    bool waitedOut(const LimitSignal &sign);
    Result<HttpResponse> askRight();
    void spray();
    void tryAround(bool ofAccount);
    void tryHeaders(bool ofAccount);
    void trySpelling(const QString &way, const QString &spelled);
    void tryBodyForm(bool ofAccount);
    void tryPaths(bool ofAccount);
    void tryNewSession(bool ofAccount);
    void awaitEnd();
    OwnerReach askAsOwner();
    // Waits that long; true when the siege ends meanwhile, which is noted.
    bool hasToStop(std::chrono::milliseconds duration);
    bool mayTryAgain(const TrySeries &series);
    void noteBaseline(const HttpResponse &answer);

    // A wrong password for that account. Empty when no answer came; what ends the siege is noted.
    std::optional<AbuseTry> wrong(const QString &user);
    std::optional<AbuseTry> sent(ActiveRequest request, EntryCaller &caller);
    // Counts the answer into the series; false when the series is over.
    bool counts(const AbuseTry &one, TrySeries &series);
    bool isHeard(const HttpResponse &answer) const;
    // A sign of a limit, or a notice of one that the first refusal did not have.
    std::optional<LimitSignal> limitOf(const HttpResponse &answer) const;
    // All tries were heard as it seems: is the right password still let in?
    void lookForSilence(TrySeries &series);
    bool isStillBlocked(bool ofAccount);
    using Change = std::function<void(ActiveRequest &)>;
    // The last bypass with the right password: proven, or none.
    void proveLast(const QString &user, const Change &change);
    // A wrong password with something changed, by that visitor.
    std::optional<AbuseTry> changed(const QString &user, const Change &change, EntryCaller &caller);
    // Lets it try twice, with plain tries between; notes the bypass when both are heard.
    bool getsAround(const QString &way, const QString &detail, bool ofAccount,
                    const std::function<std::optional<AbuseTry>()> &attempt);
    QString userFor(bool ofAccount) const;
    bool isOver() const { return !m_report.brokenOff.isEmpty(); }
    QDateTime now() const { return QDateTime::currentDateTimeUtc(); }

    const LoginSiege &m_siege;
    Wire &m_wire;
    EntryCaller m_caller;
    const Secret m_password; // the right one
    bool m_mayLock = false;
    std::optional<HttpResponse> m_refusal; // what a wrong password gets
    std::optional<HttpResponse> m_welcome; // what the right one gets
    std::chrono::microseconds m_usual{0};  // of a refusal: the middle of those in m_baseline
    std::vector<std::chrono::microseconds> m_baseline;
    bool m_hasWaitedOut = false;
    std::chrono::seconds m_longestNamed{0}; // of the blocks since then: tries may lengthen them
    SiegeReport m_report;
};

} // namespace cockpit
