// Small checks for tests of the engine: no network, behaviour given by the test.
#pragma once

#include "checks/engine/check.h"
#include "models/checkcatalog.h"
#include "models/roadmap.h"

namespace cockpit {

inline Check fakeCheck(const QString &id, Scope scope, std::function<Judged(const Look &)> look)
{
    Check check;
    check.id = id;
    check.scope = scope;
    check.look = std::move(look);
    return check;
}

inline Target twoHosts()
{
    return {QStringLiteral("acme.test"),
            {{HostRole::Site, QStringLiteral("acme.test")}, {HostRole::Api, QStringLiteral("api.acme.test")}}};
}

inline CheckCatalog shippedCatalog()
{
    auto catalog = CheckCatalog::load();
    Q_ASSERT(catalog);
    return *catalog;
}

inline Roadmap shippedRoadmap()
{
    auto roadmaps = loadRoadmaps();
    Q_ASSERT(roadmaps);
    return roadmaps->front();
}

} // namespace cockpit
