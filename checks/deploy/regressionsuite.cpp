#include "checks/deploy/regressionsuite.h"

#include "checks/deploy/gate.h"
#include "checks/engine/looksofrun.h"
#include "checks/secrets/coderoots.h"
#include "checks/secrets/pipelineguards.h"
#include "checks/secrets/treewalk.h"
#include "models/stillfailing.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <iterator>
#include <mutex>

namespace cockpit {

using namespace Qt::StringLiterals;

bool isSecurityTest(const QString &path)
{
    static const QRegularExpression test(
        u"(?:^|/)(?:tests?|specs?|__tests__|e2e|cypress|playwright|features)/|[._-](?:test|spec|cy)\\.\\w+$|"
        "(?:^|/)test_[^/]*\\.py$|Tests?\\.(?:java|kt|cs|swift|php)$|\\.feature$"_s);
    static const QRegularExpression subject(
        u"(?:^|[^a-z])(?:auth\\w*|log-?in|sign-?(?:in|up|out)|logout|sessions?|permissions?|roles?|rbac|acl|tenan\\w*|"
        "isolation|rls|polic(?:y|ies)|security|csrf|jwt|tokens?|rate-?limit\\w*|forbidden|access)(?:[^a-z]|$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    // The words of a name, however it joins them: loginFlowTest, login_flow_test.
    static const QRegularExpression hump(u"(?<=[a-z0-9])(?=[A-Z])"_s);
    QString words = path;
    words.replace(hump, u"-"_s).replace(u'_', u'-');
    return test.match(path).hasMatch() && subject.match(words).hasMatch();
}

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegressionSuite)
};

// Folders of others, and what a build makes.
const QList<QByteArray> kPassedOver{"node_modules", "vendor", ".venv", "venv", "dist",       "build",
                                    ".next",        "target", "Pods",  ".git", "__pycache__"};

Result<void> addTestFiles(const QString &root, const CancelToken &token, SuitesOfCode &code)
{
    std::mutex mutex;
    const auto walked = walkTree(root, {.token = token, .passedOver = kPassedOver},
                                 [&](const WalkedFile &file, size_t) -> Result<void> {
                                     const QString path = QString::fromUtf8(file.path);
                                     if (isSecurityTest(path)) {
                                         const std::scoped_lock lock(mutex);
                                         if (code.testFiles.size() < kMostTestFiles)
                                             code.testFiles.append(path);
                                     }
                                     return {};
                                 });
    if (!walked)
        return tl::unexpected<Error>(walked.error());
    code.testFiles.sort();
    return {};
}

Judged look(const Look &look)
{
    const auto words = loadReleaseWords();
    if (!words)
        return couldNotLook(words.error());
    const CodeRoots roots = codeRootsOf(look.facts.sources, look.seen.token());
    if (roots.folders.isEmpty())
        return notRun(roots.gaps.join(u' '));
    SuitesOfCode code{.uses = {}, .testFiles = {}, .gaps = roots.gaps};
    for (const QString &folder : roots.folders) {
        const auto walked = addTestFiles(folder, look.seen.token(), code);
        if (look.seen.isOver())
            return couldNotLook({ErrorKind::Cancelled, Text::tr("Stopped.")});
        if (!walked)
            return couldNotLook(walked.error());
        GuardedPipelines reading = readPipelines(folder, words->suites);
        std::ranges::move(reading.uses, std::back_inserter(code.uses));
        code.gaps += reading.gaps;
    }
    const auto soFar = look.seen.ask(LooksSoFar{});
    const auto now = *soFar ? (**soFar)->all() : std::vector<CheckResult>();
    CaseLooks looks = looksFrom(look.facts, now);
    addStillFailing(look.facts.openProblems, now, looks);
    return judgeRegressionSuite(code, looks);
}

} // namespace

namespace {

bool couldTell(const CaseLook &look)
{
    return look.outcome != Outcome::NotRun && look.outcome != Outcome::Error;
}

bool isProblem(const CaseLook &look)
{
    return look.outcome == Outcome::Fail || look.outcome == Outcome::Warn;
}

// Who could not look there has not seen that anything was mended. What is said once for all hosts is said of each.
bool isBlindTo(const QString &host, const CheckResult &result)
{
    const bool isThere = result.host == host || result.host.isEmpty() || host.isEmpty();
    return isThere && !couldTell(caseLookOf(result));
}

} // namespace

CaseLooks looksFrom(const ProjectFacts &before, const std::vector<CheckResult> &now)
{
    const auto isAccepted = [&](const Finding &finding) { return before.acceptedFindings.contains(finding.id()); };
    CaseLooks looks;
    std::map<QString, std::vector<const CheckResult *>> ofRun; // by check
    for (const CheckResult &result : now) {
        ofRun[result.checkId].push_back(&result);
        looks[result.checkId].push_back(caseLookOf(result, isAccepted));
    }
    const auto observedIn = [&before](const QString &key) {
        const auto seen = before.observedBefore.find(key);
        return seen == before.observedBefore.end() ? QJsonObject() : seen->second;
    };
    for (const auto &[key, outcome] : before.outcomesBefore) {
        const QString checkId = key.section(u'@', 0, 0);
        const QString host = key.section(u'@', 1);
        const CaseLook last{.outcome = outcome,
                            .hasNothingToTry = outcome == Outcome::NotRun && before.nothingToTryBefore.contains(key),
                            .observed = observedIn(key)};
        const auto again = ofRun.find(checkId);
        const bool isLookedAt = again != ofRun.end();
        const bool mayFailStill =
            isLookedAt && isProblem(last) &&
            std::ranges::any_of(again->second, [&host](const CheckResult *result) { return isBlindTo(host, *result); });
        // What held before is not said to hold still.
        if (!isLookedAt || mayFailStill)
            looks[checkId].push_back(last);
    }
    return looks;
}

Check regressionSuiteCheck()
{
    return {.id = u"deploy.regression-suite"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = look,
            .turn = LookTurn::AloneLast}; // it judges by what the others of this run have found
}

} // namespace cockpit
