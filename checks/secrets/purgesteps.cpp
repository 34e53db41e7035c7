// How a value is taken out of a history: by what holds it.
#include "checks/secrets/leakhistory.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PurgeSteps)
};

constexpr qsizetype kCommitDigits = 12;

QString shortId(const QByteArray &id)
{
    return QString::fromLatin1(id.first(std::min(kCommitDigits, id.size())));
}

// A path in a command: in quotes where the shell would take it apart.
QString inShell(const QString &path)
{
    const bool isPlain = std::ranges::all_of(
        path, [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || u"._-/"_s.contains(c)); });
    QString quoted = path;
    return isPlain ? path : u'\'' + quoted.replace(u'\'', u"'\\''"_s) + u'\'';
}

// Where a person finds the value that goes into the file: "git show 1a2b3c4d5e6f:config/prod.js".
QString showCommand(const LeakHistory &history)
{
    const QString commit = shortId(history.first->id);
    const QString path = shownPath(history.path);
    const bool isFile = history.kind == BlobKind::File && !path.isEmpty();
    if (isPerson(history.kind)) // else it does not show who committed
        return u"git show --no-patch --format=fuller %1"_s.arg(commit);
    return isFile ? u"git show %1:%2"_s.arg(commit, inShell(path)) : u"git show --no-patch %1"_s.arg(commit);
}

bool isName(const LeakHistory &history)
{
    return history.isInName || history.kind == BlobKind::EntryNames;
}

// git-filter-repo(1): texts, messages and names are changed by options of their own.
QString rewriteCommand(const LeakHistory &history)
{
    if (isName(history))
        return u"git filter-repo --path-rename OLD:NEW"_s;
    if (isPerson(history.kind))
        return u"git filter-repo --mailmap ../mailmap.txt"_s;
    const bool isMessage = history.kind == BlobKind::CommitMessage || history.kind == BlobKind::TagMessage;
    return isMessage ? u"git filter-repo --replace-message ../replacements.txt"_s
                     : u"git filter-repo --replace-text ../replacements.txt"_s;
}

// gitmailmap(5). What git takes for new commits is put right first, or the next one has it again.
QString personStep(const LeakHistory &history)
{
    const QString file =
        Text::tr("The value is part of a name or address that commits and tags carry. Put right what git takes for new "
                 "ones (git config user.name, git config user.email), and write a file ../mailmap.txt with one line: "
                 "Right Name <right@example.com> <OLD ADDRESS>. Put the old address in by hand; no program of ours "
                 "writes it down.");
    return history.first ? Text::tr("%1 It shows with: %2").arg(file, showCommand(history)) : file;
}

// The file that was written holds the value, too.
QString cleanStep(const LeakHistory &history)
{
    const QString anew = Text::tr("Have everybody clone anew: who pushes from an old copy brings the value back.");
    if (isName(history))
        return anew;
    return isPerson(history.kind) ? Text::tr("Delete ../mailmap.txt and all older copies. %1").arg(anew)
                                  : Text::tr("Delete ../replacements.txt and all older copies. %1").arg(anew);
}

// What the command needs.
QString prepareStep(const LeakHistory &history)
{
    if (isName(history))
        return Text::tr("The value is part of the name of a file or folder. Names show with: git log --all --name-only "
                        "--format=. Choose a new one.");
    if (isPerson(history.kind))
        return personStep(history);
    const QString file =
        Text::tr("Write a file ../replacements.txt with one line: the old value, and ==>REMOVED behind "
                 "it. Put the value in by hand; no program of ours writes it down.");
    return history.first ? Text::tr("%1 It shows with: %2").arg(file, showCommand(history)) : file;
}

QStringList rewriteSteps(const LeakHistory &history)
{
    return {
        Text::tr("Have everybody push their work, and make a fresh copy to clean: git clone --mirror ADDRESS "
                 "cleaned.git && cd cleaned.git"),
        prepareStep(history),
        Text::tr("Rewrite the history: %1").arg(rewriteCommand(history)),
        Text::tr("Look whether it is gone: launch-cockpit secrets --history ."),
        Text::tr("Push all of it: git push --force --mirror ADDRESS"),
        cleanStep(history),
        Text::tr("Forks, copies of other people and the caches of your host keep the old commits. Delete forks of your "
                 "own, and ask the host to drop its caches (GitHub: a request to support; GitLab: Settings, "
                 "Repository, Repository cleanup). That is why replacing the value comes first.")};
}

// Of what stands beside all commits.
QStringList besideSteps(BlobKind kind)
{
    if (kind == BlobKind::ReferenceNames)
        return {Text::tr("Give the branch or tag another name and delete the old one: git branch -m OLD NEW, git push "
                         "origin NEW, git push origin --delete OLD")};
    if (kind == BlobKind::Configuration)
        return {Text::tr("Take the value out of the address: git remote set-url origin ADDRESS. Let git ask a keychain "
                         "for it (git config credential.helper), or use an SSH key.")};
    return {};
}

QString collectStep()
{
    return Text::tr("Let git forget what nothing leads to: git reflog expire --expire=now --all && git gc --prune=now. "
                    "Apply or drop your stashes before: the older ones go with the reflog.");
}

} // namespace

QStringList purgeSteps(const LeakHistory &history)
{
    if (history.isStaged)
        return {Text::tr("Take it out of the file, and stage the file again: no commit has it yet.")};
    if (history.placing == Placing::HalfRead)
        return {Text::tr("Look again at a whole clone (git fsck names what is missing here): how it is taken out "
                         "depends on what leads to it.")};
    if (history.placing == Placing::Stopped)
        return {Text::tr("Look again to the end: how it is taken out depends on what leads to it.")};
    if (const QStringList beside = besideSteps(history.kind); !beside.isEmpty())
        return beside;
    switch (history.reach) {
    case Reach::References:
        return rewriteSteps(history);
    case Reach::Stash:
        return {
            Text::tr("Find the stash (git stash list, git stash show -p stash@{0}), take over what you still need, and "
                     "drop it: git stash drop stash@{0}"),
            Text::tr("Let git forget it: git gc --prune=now"),
            Text::tr("Copies of the whole folder, as backups make them, keep it.")};
    case Reach::Reflog:
        return {collectStep(),
                Text::tr("If that commit was pushed before it was amended or dropped, the host and all who "
                         "fetched it then still have it: ask the host to drop its caches.")};
    case Reach::Unreachable:
        return {
            Text::tr("Let git forget what nothing leads to: git gc --prune=now"),
            Text::tr("If it was pushed once, the host and all who fetched it then still have it: ask the host to drop "
                     "its caches.")};
    }
    Q_UNREACHABLE();
}

QString purgeText(const LeakHistory &history)
{
    if (history.placing != Placing::Known)
        return purgeSteps(history).front();
    if (const QStringList beside = besideSteps(history.kind); !beside.isEmpty())
        return beside.front();
    switch (history.reach) {
    case Reach::References:
        return Text::tr("Then take it out of the history (%1, and push by force): each clone and fork keeps it until "
                        "then, which is why replacing comes first.")
            .arg(rewriteCommand(history));
    case Reach::Stash:
        return Text::tr(
            "Then drop the stash (git stash list, git stash drop) and let git forget it: git gc --prune=now");
    case Reach::Reflog:
        return Text::tr("Then remove it from this machine: git reflog expire --expire=now --all && git gc --prune=now "
                        "(apply or drop your stashes before)");
    case Reach::Unreachable:
        return Text::tr("Then remove it from this machine: git gc --prune=now");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
