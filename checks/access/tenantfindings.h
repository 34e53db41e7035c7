// What access.tenant-isolation says about a record that was reached. Pure.
#pragma once

#include "checks/access/tenantisolation.h"
#include "models/finding.h"

namespace cockpit {

QString crossingCode(CrossWay way); // the finding's: "cross_path"
QString writeCode(bool removes);    // of a change that the outsider sent

// The verdict is Allowed.
Finding crossingFinding(const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &one,
                        const ReachVerdict &verdict);
Finding writeFinding(const TenantLook &look, const ResourceLook &resource, const BlindWrite &write);
// resource.madeUp is there.
// The owner's mail address in a list of the outsider's.
Finding mailFinding(const TenantLook &look, const CrossedAnswer &one);
Finding oracleFinding(const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &path);

} // namespace cockpit
