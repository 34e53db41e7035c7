// A guard of the code or of its releases: the file that sets it up, as it would be written.
#pragma once

#include <QByteArray>
#include <QString>

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
    QString path;      // of the file, absolute
    QByteArray before; // what it holds now; empty: there is no such file
    QByteArray after;  // what it would hold
    bool isExecutable = false;
    // What a person has to do beside it, or why it cannot be written for them; may be empty.
    QString remark = {};

    bool isInPlace() const { return !before.isEmpty() && before == after; }
    // False: the file is of a kind that nobody but a person can change, and `remark` says what to add.
    bool isWritable() const { return !after.isEmpty(); }
    bool operator==(const GuardProposal &) const = default;
};

} // namespace cockpit
