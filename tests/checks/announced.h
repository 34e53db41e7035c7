// What a check announces stays within what it says before a run: asserted wherever a whole check runs in a lab.
#pragma once

#include "checks/engine/activegate.h"
#include "checks/engine/check.h"

#include <QTest>

namespace cockpit::lab {

// Looks, and fails the running test when an account of the check had announced more than Check::requests says.
inline Judged lookWithinForecast(const Check &check, const Look &look)
{
    const ActiveGate *gate = look.seen.active();
    const auto needs = check.requests ? check.requests({look.target, look.facts}) : std::vector<RequestNeed>();
    std::vector<int> before;
    for (const RequestNeed &need : needs)
        before.push_back(gate ? gate->sentBy(need.account) : 0);
    const int ownBefore = gate ? gate->mostAnnouncedBy(check.id) : 0;
    Judged judged = check.look(look);
    if (!gate)
        return judged;
    const bool isForetold = std::ranges::find(needs, check.id, &RequestNeed::account) != needs.end();
    const bool hasAnnounced = gate->mostAnnouncedBy(check.id) > ownBefore;
    if (hasAnnounced && !isForetold)
        QTest::qFail(qPrintable(check.id + QStringLiteral(" announced requests that it did not foretell")), __FILE__,
                     __LINE__);
    for (std::size_t i = 0; i < needs.size(); ++i) {
        const int announced = gate->mostAnnouncedBy(needs[i].account) - before[i];
        if (announced > needs[i].most)
            QTest::qFail(qPrintable(QStringLiteral("%1 announced %2 requests, and foretold %3")
                                        .arg(needs[i].account)
                                        .arg(announced)
                                        .arg(needs[i].most)),
                         __FILE__, __LINE__);
    }
    return judged;
}

} // namespace cockpit::lab
