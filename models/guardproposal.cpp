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

QString labelOf(GuardReach value)
{
    switch (value) {
    case GuardReach::EachCommit:
        return Text::tr("It comes with the code and looks at each commit.");
    case GuardReach::NotInstalled:
        return Text::tr("It comes with the code, and is not switched on for this clone.");
    case GuardReach::ThisComputer:
        return Text::tr("It looks at each commit on this computer, and on no other.");
    case GuardReach::EachChange:
        return Text::tr("It looks at each change before it is merged.");
    case GuardReach::Sometimes:
        return Text::tr("It does not look at each change before it is merged.");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
