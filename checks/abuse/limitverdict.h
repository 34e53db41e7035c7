// What abuse.rate-limit says: collected door by door (ratelimitjudge.cpp, loginlimitjudge.cpp, racejudge.cpp,
// guessjudge.cpp).
#pragma once

#include "checks/abuse/ratelimit.h"
#include "checks/engine/lookgaps.h"

namespace cockpit {

class LimitVerdict
{
public:
    explicit LimitVerdict(const RateLimitLook &look) : m_look(look) {}

    void judgeLogins();
    void judgeRoutes();
    void judgeRaces();
    void judgeGraphQl();
    void judgeCodes();
    void judgeNotTried();
    Judged result() const;

private:
    Finding &add(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                 const QString &saw, const std::optional<AbuseTry> &proofOf);
    // Stays open, and so do the findings that it may hide: of that subject, or of those codes.
    void addGap(const QString &sentence, const QString &subject);
    void addGap(const QString &sentence, const QStringList &codes);

    // subject: of its findings; empty for the project's first login.
    void judgeLogin(const SiegeReport &login, const QString &subject);
    void judgeSeries(const SiegeReport &login, const QString &subject);
    void judgeBypass(const LimitBypass &bypass, const QString &route, const QString &subject);
    void judgeRoute(const RouteSeries &one);
    void judgeUnlimited(const RouteSeries &one);
    void judgeAtOnce(const RouteSeries &one);
    void judgeRace(const RaceLook &race);
    void addRace(const RaceLook &race, RaceVerdict verdict);
    void judgeCode(const CodeTries &code);

    const RateLimitLook &m_look;
    std::vector<Finding> m_findings;
    QStringList m_measured;
    LookGaps m_gaps; // what was not told
    QStringList m_made;
};

} // namespace cockpit
