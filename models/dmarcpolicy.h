// What a DMARC record asks receivers to do with mail that fails (RFC 9989 section 4.7, p, sp and np).
#pragma once

#include <QString>

namespace cockpit {

enum class DmarcPolicy { None, Quarantine, Reject }; // from mild to strict
QString toWord(DmarcPolicy policy);

} // namespace cockpit
