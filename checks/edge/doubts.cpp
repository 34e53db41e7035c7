#include "checks/edge/doubts.h"

namespace cockpit {

void addDoubts(Judged &judged, const QStringList &doubts, const std::vector<Unseen> &gaps)
{
    if (doubts.isEmpty())
        return;
    if (judged.findings.empty())
        judged.outcome = Outcome::Info;
    if (!judged.reason.isEmpty())
        judged.reason += u' ';
    judged.reason += doubts.join(u' ');
    if (!gaps.empty())
        noteUnseen(gaps, judged.observed);
}

} // namespace cockpit
