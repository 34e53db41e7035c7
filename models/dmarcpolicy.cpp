#include "models/dmarcpolicy.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(DmarcPolicy policy)
{
    switch (policy) {
    case DmarcPolicy::None:
        return u"none"_s;
    case DmarcPolicy::Quarantine:
        return u"quarantine"_s;
    case DmarcPolicy::Reject:
        return u"reject"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
