// Runs a check against a zone that a test wrote down.
#pragma once

#include "checks/engine/check.h"
#include "lab/zonescript.h"

namespace cockpit {

struct ZoneLook
{
    QStringList zone;
    Target target{
        QStringLiteral("example.com"),
        {{HostRole::Site, QStringLiteral("example.com")}, {HostRole::Www, QStringLiteral("www.example.com")}}};
    ProjectFacts facts = {};
    std::vector<ConnectOverride> connects = {};
    QString caFile = {};

    Judged run(const Check &check) const
    {
        const ScriptedDns server(zoneScript(zone));
        NetOptions options;
        options.resolvers = {server.address()};
        options.connects = connects;
        options.caFile = caFile;
        options.operationTimeout = std::chrono::milliseconds(600);
        Observations seen(options, CancelToken(), Deadline::never(), nullptr);
        const Policy policy;
        return check.look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
    }
};

inline QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes << finding.code;
    return codes;
}

} // namespace cockpit
