// Runs a check with the token of a lab.
#pragma once

#include "checks/engine/check.h"
#include "tests/lab/cloudflarelab.h"

namespace cockpit::test {

struct CloudflareLook
{
    const lab::CloudflareLab &lab;
    Target target{
        QStringLiteral("example.com"),
        {{HostRole::Site, QStringLiteral("example.com")}, {HostRole::App, QStringLiteral("app.example.com")}}};
    ProjectFacts facts = {};
    CancelToken cancel = {};
    NetOptions net = lab.options();

    // token: what the project keeps; empty: that of the lab.
    Judged run(const Check &check, const std::optional<Result<Secret>> &token = {})
    {
        return runAll({check}, token).front();
    }

    // In one run, as they are in life: what was asked once is known.
    std::vector<Judged> runAll(const std::vector<Check> &checks, const std::optional<Result<Secret>> &token = {})
    {
        facts.edgeToken = token ? *token : Result<Secret>(lab.token());
        Observations seen(net, cancel, Deadline::never(), nullptr);
        const Policy policy;
        std::vector<Judged> judged;
        judged.reserve(checks.size());
        for (const Check &check : checks)
            judged.push_back(check.look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()}));
        return judged;
    }
};

} // namespace cockpit::test
