// What access.tenant-isolation says about WebSockets. Pure.
#pragma once

#include "checks/access/tenantisolation.h"
#include "models/unseen.h"

#include <QJsonArray>

namespace cockpit {

struct SocketJudgement
{
    std::vector<Finding> findings = {};
    QStringList open = {}; // sentences: what could not be told
    std::vector<Unseen> unseen = {};
    QJsonArray rows = {};
};

SocketJudgement judgeSockets(const TenantLook &look);

} // namespace cockpit
