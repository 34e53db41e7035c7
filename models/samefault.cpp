#include "models/samefault.h"

namespace cockpit {

using namespace Qt::StringLiterals;

bool isSameFault(const Finding &a, const Finding &b)
{
    const bool isToldByPlace = a.checkId.startsWith("abuse."_L1) || a.checkId.startsWith("access."_L1);
    return isToldByPlace && !a.subject.isEmpty() && !b.subject.isEmpty() && a.checkId == b.checkId &&
           a.code == b.code && a.host == b.host && a.severity == b.severity && a.proof == b.proof &&
           a.impact == b.impact && a.title == b.title && a.fix.steps == b.fix.steps && a.fix.paste == b.fix.paste;
}

} // namespace cockpit
