// Content-Security-Policy as the MDN Observatory reads it, which is not how browsers do (csppolicy.h): two equal
// directives make the header invalid, nonces are taken in lower case, and policies are cut with one another by
// comparing neighbours of a sorted list. Kept apart, because here the same answer counts, not the right one.
#pragma once

#include "checks/http/mdnscore.h"

#include <QMap>
#include <QStringList>

namespace cockpit {

struct MdnCspFacts
{
    QStringList headers;     // values of the header
    QStringList metas;       // contents of meta http-equiv
    bool reportOnly = false; // a report-only header that is not empty
    bool isHttps = true;     // how the site was first asked
};

struct MdnCspVerdict
{
    MdnOutcome outcome = MdnOutcome::CspMissing;
    bool limitsFrames = false; // frame-ancestors stands in it
    bool operator==(const MdnCspVerdict &) const = default;
};

MdnCspVerdict judgeMdnCsp(const MdnCspFacts &facts);

} // namespace cockpit
