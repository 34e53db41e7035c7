// A runner with checks of a test's own, and what such checks do.
#pragma once

#include "checks/engine/runner.h"
#include "tests/checks/engine/fakechecks.h"

#include <QSignalSpy>

#include <functional>
#include <vector>

namespace cockpit::test {

inline Judged passes(const Look &)
{
    return {};
}

// Waits like a client on a silent server: until the run's token or deadline ends it.
inline Judged hangs(const Look &look)
{
    while (!look.seen.token().waitFor(std::chrono::milliseconds(50))) {
        if (look.seen.deadline().hasPassed())
            return couldNotLook({ErrorKind::TimedOut, QStringLiteral("too slow")});
    }
    return couldNotLook({ErrorKind::Cancelled, QStringLiteral("stopped")});
}

inline Judged raises(const Look &)
{
    Judged judged;
    judged.outcome = Outcome::Fail;
    judged.findings.push_back({.checkId = {},
                               .code = QStringLiteral("missing"),
                               .host = {},
                               .subject = {},
                               .severity = Severity::High,
                               .proof = Proof::Proven,
                               .impact = Impact::EmailDelivery,
                               .title = QStringLiteral("Something is missing")});
    return judged;
}

// A runner with these checks, asked for all of them.
struct Bench
{
    CheckCatalog catalog = shippedCatalog();
    CheckRegistry registry;
    Runner runner;
    RunRequest request;

    explicit Bench(std::vector<Check> checks, bool besideWindow = false,
                   std::function<QByteArray()> fingerprintKey = {})
        : runner(RunServices{.catalog = &catalog,
                             .registry = &registry,
                             .detectProviders = {},
                             .fingerprintKey = std::move(fingerprintKey),
                             .besideWindow = besideWindow})
    {
        registry.add(std::move(checks));
        request.plan.target = twoHosts();
        request.plan.roadmap = shippedRoadmap();
        request.language = QStringLiteral("en");
        for (const Check &check : registry.checks())
            request.plan.only.append(check.id);
    }

    Run finish()
    {
        QSignalSpy finished(&runner, &Runner::finished);
        if (const auto started = runner.start(request); !started)
            qFatal("%s", qPrintable(started.error().message));
        if (finished.isEmpty() && !finished.wait(20000))
            qFatal("the run did not finish");
        return finished.first().first().value<Run>();
    }
};

inline QString outcomes(const Run &run)
{
    QStringList lines;
    for (const CheckResult &r : run.results)
        lines.append(QStringLiteral("%1 %2").arg(r.key(), toWord(r.outcome)));
    return lines.join(QStringLiteral("; "));
}

} // namespace cockpit::test
