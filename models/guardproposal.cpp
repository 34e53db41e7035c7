#include "models/guardproposal.h"

#include "models/wordtable.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardProposal)
};

constexpr std::array<WordRow<GuardKind>, 5> kKinds{{
    {GuardKind::PreCommit, "pre-commit", QT_TRANSLATE_NOOP("GuardProposal", "Hook before each commit")},
    {GuardKind::GitHubActions, "github-actions", QT_TRANSLATE_NOOP("GuardProposal", "Job in GitHub Actions")},
    {GuardKind::GitLabCi, "gitlab-ci", QT_TRANSLATE_NOOP("GuardProposal", "Job in GitLab CI")},
    {GuardKind::GitHubRelease, "github-release",
     QT_TRANSLATE_NOOP("GuardProposal", "Before a release, in GitHub Actions")},
    {GuardKind::GitLabRelease, "gitlab-release", QT_TRANSLATE_NOOP("GuardProposal", "Before a release, in GitLab CI")},
}};

} // namespace

QString toWord(GuardKind value)
{
    return wordOf(kKinds, value);
}

QString labelOf(GuardKind value)
{
    return Text::tr(rowOf(kKinds, value).label);
}

} // namespace cockpit
