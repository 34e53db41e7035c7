// What access.tenant-isolation says about WebSockets. Pure.
#pragma once

#include "checks/access/tenantisolation.h"
#include "checks/engine/lookgaps.h"

#include <QJsonArray>

namespace cockpit {

struct SocketJudgement
{
    std::vector<Finding> findings = {};
    LookGaps gaps = {};
    QJsonArray rows = {};
};

SocketJudgement judgeSockets(const TenantLook &look);

} // namespace cockpit
