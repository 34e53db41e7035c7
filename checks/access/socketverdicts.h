// How the verdicts on WebSockets are told: one of each connection or subscription that was tried. Pure.
#pragma once

#include "checks/access/socketjudge.h"

#include <algorithm>
#include <iterator>

namespace cockpit {

// Verdict: made of the look and one try; routeName(), row(), findings(), open() (why it does not show that all is well;
// empty where it does) and remark() (what is said in any case, and hides nothing that was found before; often empty).
// What is open counts where nothing was found.
template<typename Verdict, typename Try>
SocketJudgement judgeEach(const TenantLook &look, const std::vector<Try> &tries)
{
    SocketJudgement judgement;
    for (const Try &one : tries) {
        const Verdict verdict(look, one);
        judgement.rows.append(verdict.row());
        std::vector<Finding> found = verdict.findings();
        const QString open = found.empty() ? verdict.open() : QString();
        std::ranges::move(found, std::back_inserter(judgement.findings));
        if (!open.isEmpty()) // what was found there may still be there
            judgement.gaps.add(LookGap{{{.subject = verdict.routeName()}}, open});
        judgement.gaps.say(verdict.remark());
    }
    return judgement;
}

} // namespace cockpit
