#include "checks/secrets/leakjudge.h"

#include "checks/engine/lookgaps.h"
#include "checks/secrets/leakobserved.h"
#include "checks/secrets/leaksettings.h"
#include "checks/secrets/leaktexts.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakJudge)
};

constexpr qsizetype kSubjectDigits = 16; // of the fingerprint: enough to tell ten thousand apart
constexpr int kMinutesToReplace = 30;

QString codeOf(const Leak &leak, LeakGround ground)
{
    if (leak.kind == LeakKind::TestMode)
        return u"test_key"_s;
    if (ground == LeakGround::History && leak.history && !leak.history->isStaged &&
        leak.history->placing == Placing::Known) {
        if (leak.history->kind == BlobKind::Configuration)
            return u"secret_in_git_config"_s;
        // A dropped stash is in the reflog for a while, and then in nothing: what a person decided stays decided.
        if (leak.history->reach != Reach::References)
            return u"secret_kept_by_git"_s;
    }
    return u"secret"_s;
}

Severity oneStepHigher(Severity severity)
{
    return severity == Severity::Critical ? severity : static_cast<Severity>(static_cast<int>(severity) - 1);
}

Finding findingOf(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    Finding finding;
    finding.code = codeOf(leak, ground);
    finding.subject = QString::fromLatin1(leak.fingerprint.left(kSubjectDigits));
    finding.severity = isPublished(leak, ground, audience) ? oneStepHigher(leak.severity) : leak.severity;
    finding.proof = leak.isGeneric ? Proof::Lead : Proof::Strong;
    finding.impact = impactOf(leak.opens);
    finding.title = titleOf(leak, ground);
    finding.whatWeSaw = seenOf(leak, ground, audience);
    finding.fix.paste = leak.rotate.toString();
    finding.effortMinutes = kMinutesToReplace;
    finding.evidence = {placesOf(leak)};
    if (leak.history && leak.kind != LeakKind::TestMode)
        finding.evidence.push_back(purgeOf(*leak.history));
    const LeakPlace &first = leak.places.front();
    finding.location = Location{first.path, static_cast<int>(first.line), first.commit};
    return finding;
}

Finding restOf(std::span<const Leak *const> rest)
{
    Finding finding;
    finding.code = u"more"_s;
    finding.severity = rest.front()->severity;
    finding.proof = Proof::Strong;
    finding.impact = impactOf(rest.front()->opens);
    finding.title = Text::tr("%n more secret(s) of the same kind", nullptr, static_cast<int>(rest.size()));
    finding.whatWeSaw = Text::tr("More were found than can be listed one by one. `launch-cockpit secrets` lists them "
                                 "all.");
    finding.effortMinutes = kMinutesToReplace * static_cast<int>(std::min<size_t>(rest.size(), 100));
    return finding;
}

std::vector<Finding> findingsOf(const std::vector<Leak> &leaks, LeakGround ground, CodeAudience audience)
{
    const LeakRefs open = openOnes(leaks);
    std::vector<Finding> findings;
    const size_t shown = std::min(open.size(), kMostLeakFindings);
    findings.reserve(shown + 1);
    for (size_t i = 0; i < shown; ++i)
        findings.push_back(findingOf(*open[i], ground, audience));
    if (open.size() > shown)
        findings.push_back(restOf(std::span(open).subspan(shown)));
    return findings;
}

// files: of settings, with secrets.
QString summaryOf(const LeakReport &report, size_t secrets, size_t files)
{
    QString looked = Text::tr("%n file(s) searched", nullptr, static_cast<int>(report.files));
    if (report.programs > 0)
        looked = Text::tr("%1, the strings of %n program(s) or other file(s) without text among them", nullptr,
                          static_cast<int>(report.programs))
                     .arg(looked);
    if (secrets > 0)
        return Text::tr("%1, %n secret(s) found.", nullptr, static_cast<int>(secrets)).arg(looked);
    if (files > 0)
        return Text::tr("%1, no secret in the code, and %n settings file(s) with secrets beside it.", nullptr,
                        static_cast<int>(files))
            .arg(looked);
    return Text::tr("%1, no secret found.").arg(looked);
}

} // namespace

std::vector<Impact> leakImpacts()
{
    return {Impact::AccountTakeover, Impact::DataExposure, Impact::EmailDelivery, Impact::CostAbuse,
            Impact::Maintainability};
}

Judged judgeLeaks(const LeakReport &report, LeakGround ground, CodeAudience audience)
{
    const bool isEmpty = report.files == 0 && report.leaks.empty() && report.gaps.isEmpty();
    if (isEmpty && report.passedOver > 0)
        return notRun(Text::tr("None of the %n file(s) in the place that was named is a text that could be searched.",
                               nullptr, static_cast<int>(report.passedOver)));
    if (isEmpty)
        return notRun(Text::tr("There is no file in the place that was named, so nothing was searched."));
    Judged judged;
    judged.findings = findingsOf(report.leaks, ground, audience);
    const size_t secrets = judged.findings.size();
    for (Finding &finding : findingsOf(report.ownSettings))
        judged.findings.push_back(std::move(finding));
    judged.outcome = outcomeFor(judged.findings);
    judged.summary =
        summaryOf(report, secrets, static_cast<size_t>(std::ranges::count_if(report.ownSettings, [](const auto &file) {
                      return !openOnes(file.leaks).empty();
                  })));
    judged.observed = observedOf(report);
    if (report.gaps.isEmpty())
        return judged;
    if (judged.outcome == Outcome::Pass && report.files == 0)
        judged.outcome = Outcome::Error;
    leaveOpen(judged, anyBehind(report.gaps));
    return judged;
}

} // namespace cockpit
