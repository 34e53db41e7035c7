#include "app/cli/reachability.h"

#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

bool isSettled(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
    case Outcome::Warn:
    case Outcome::Fail:
    case Outcome::Info:
        return true;
    case Outcome::NotRun:
    case Outcome::NotApplicable:
    case Outcome::Error:
        return false;
    }
    Q_UNREACHABLE();
}

// Judges that need an answer of the target itself. What is said about name service or an open port ("nothing answers
// there") is settled for a target that is gone, too.
bool sawTarget(const CheckResult &result)
{
    const QString family = result.checkId.section(u'.', 0, 0);
    if (family == "dns"_L1 || family == "mail"_L1 || family == "edge"_L1 || result.checkId == "tls.reachable"_L1)
        return false;
    return isSettled(result.outcome);
}

bool wasAskedAnything(const Run &run)
{
    return std::ranges::any_of(run.results, [](const CheckResult &r) {
        return r.outcome != Outcome::NotRun && r.outcome != Outcome::NotApplicable;
    });
}

bool needsNoDns(const QString &name)
{
    return name == "localhost"_L1 || name.endsWith(".localhost"_L1) || !QHostAddress(name).isNull();
}

// One more question, within the run's deadline; a run that has used it up still gets a moment to say why.
std::chrono::milliseconds timeLeft(const Run &run, const NetOptions &net)
{
    constexpr std::chrono::milliseconds kMoment(500);
    const std::chrono::milliseconds used(run.started.msecsTo(run.finished));
    return std::max(kMoment, std::min(net.operationTimeout, net.runDeadline - used));
}

Result<void> judgeDomain(const QString &domain, const Result<DnsAnswer> &answer)
{
    if (!answer)
        return tl::unexpected(answer.error());
    switch (answer->status) {
    case DnsStatus::Answered:
    case DnsStatus::NoData:
        return {};
    case DnsStatus::NxDomain:
        return failure(ErrorKind::NotFound,
                       Text::tr("The name %1 does not exist. Check the spelling, or register it first.").arg(domain));
    case DnsStatus::ServFail:
    case DnsStatus::Refused:
    case DnsStatus::OtherRcode:
        return failure(ErrorKind::Unreachable,
                       Text::tr("DNS answers for %1 with an error (%2), so nothing can be reached.")
                           .arg(domain, toWord(answer->status)));
    }
    Q_UNREACHABLE();
}

} // namespace

Result<void> verifyReached(const Run &run, const Target &target, const NetOptions &net)
{
    if (!wasAskedAnything(run) || std::ranges::any_of(run.results, sawTarget))
        return {};
    const QString &address = target.hosts.front().name;
    if (needsNoDns(address))
        return failure(ErrorKind::Unreachable, Text::tr("Nothing answers at %1.").arg(address));
    Observations seen(net, CancelToken(), Deadline::in(timeLeft(run, net)), nullptr);
    return judgeDomain(target.domain, *seen.ask(DnsLookup{.name = target.domain, .type = RrType::Soa}));
}

} // namespace cockpit
