// A guard of the code or of its releases: the file that sets it up, as it would be written.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

enum class GuardKind {
    PreCommit,     // a hook on a developer's machine: stops the commit
    GitHubActions, // a job that looks at each pull request
    GitLabCi,      // a job that looks at each merge request
    GitHubRelease, // a job that tries sign-in and permissions before a release
    GitLabRelease,
};
QString toWord(GuardKind value);
QString labelOf(GuardKind value); // "Hook before each commit"

struct GuardProposal
{
    GuardKind kind = GuardKind::PreCommit;
    QString path;           // of the file, absolute
    QByteArray before = {}; // what it holds now; empty: there is no such file
    QByteArray after = {};  // what it would hold
    bool isExecutable = false;
    // What a person has to do beside it, or why it cannot be written for them; may be empty.
    QString remark = {};
    // What a person adds where something stands already, which is never written over: `remark` says where.
    QByteArray join = {};
    // False: the file is written or would be, and git on this computer does not call it before `remark` is followed.
    bool isCalled = true;

    bool isWritten() const { return !before.isEmpty() && before == after; }
    bool isInPlace() const { return isWritten() && isCalled; }
    // False: the file is of a kind that nobody but a person can change, and `remark` says what to add.
    bool isWritable() const { return !after.isEmpty(); }
    bool operator==(const GuardProposal &) const = default;
};

enum class GuardReach {
    EachCommit,   // of a hook that comes with the code, and git on this computer calls it
    NotInstalled, // it comes with the code, and git on this computer does not call it
    ThisComputer, // a hook of this computer alone
    EachChange,   // of a pipeline: before each merge
    Sometimes,    // of a pipeline: after the merge, by the clock, or when somebody starts it
};
QString labelOf(GuardReach value); // a sentence

// A guard against secrets that is there already.
struct ExistingGuard
{
    QString name;     // "gitleaks"
    QString file;     // below the root of the code
    int line = 0;     // from 1; 0: not known
    QString covers;   // for people, inside a sentence
    QString weakness; // a sentence: why it does not stop, or not each change; empty: neither
    GuardReach reach = GuardReach::EachCommit;
    bool stops = true; // a find makes it fail

    bool operator==(const ExistingGuard &) const = default;
};

struct GuardSurvey
{
    std::vector<ExistingGuard> guards;
    bool isOnGitHub = false;      // a remote leads there
    QString pushProtectionCovers; // what GitHub's own guard covers, where it is on (models/hostguards.h)
    QStringList gaps;             // what could not be read, a sentence each

    bool operator==(const GuardSurvey &) const = default;
};

} // namespace cockpit
