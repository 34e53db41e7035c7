#include "checks/secrets/leakhistory.h"

#include "checks/secrets/treewalk.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakHistory)
};

constexpr qsizetype kCommitDigits = 12;

QString shortId(const QByteArray &id)
{
    return QString::fromLatin1(id.first(std::min(kCommitDigits, id.size())));
}

// The strongest reach, and of that the earliest; what no commit has comes last.
bool isEarlier(const LeakHistory &one, const LeakHistory &other)
{
    const auto keyOf = [](const LeakHistory &history) {
        return std::tuple(!history.first, history.reach, history.first ? history.first->authoredAt : QDateTime());
    };
    return keyOf(one) < keyOf(other);
}

QString labelOf(Holder holder)
{
    switch (holder) {
    case Holder::PushedBranch:
        return Text::tr("a branch that was pushed");
    case Holder::Branch:
        return Text::tr("a branch");
    case Holder::Tag:
        return Text::tr("a tag");
    case Holder::Note:
        return Text::tr("a note");
    case Holder::OtherReference:
        return Text::tr("another reference");
    case Holder::Stash:
        return Text::tr("a stash");
    case Holder::Reflog:
        return Text::tr("the reflog");
    case Holder::Nothing:
        return Text::tr("nothing any more");
    }
    Q_UNREACHABLE();
}

QString labelsOf(Holders holders)
{
    QStringList labels;
    for (int holder = 0; holder < kHolders; ++holder) {
        if (holders.has(static_cast<Holder>(holder)))
            labels << labelOf(static_cast<Holder>(holder));
    }
    return labels.join(u", "_s);
}

// What stands beside all commits; empty: it stands in one, or in an object.
QString besideSentence(BlobKind kind)
{
    switch (kind) {
    case BlobKind::ReferenceNames:
        return Text::tr("It is part of the name of a branch or tag, which is pushed with it.");
    case BlobKind::ReflogMessages:
        return Text::tr("It stands in a message of the reflog, on this machine alone.");
    case BlobKind::Configuration:
        return Text::tr("It stands in git's own settings (.git/config), on this machine alone.");
    case BlobKind::File:
    case BlobKind::LfsPointer:
    case BlobKind::CommitMessage:
    case BlobKind::TagMessage:
    case BlobKind::EntryNames:
        break;
    }
    return {};
}

QString reachSentence(const LeakHistory &history)
{
    if (const QString beside = besideSentence(history.kind); !beside.isEmpty())
        return beside;
    if (history.isInHead)
        return Text::tr("It still stands in HEAD.");
    switch (history.reach) {
    case Reach::References:
        return Text::tr("It is gone from HEAD, and the history has it.");
    case Reach::Stash:
        return Text::tr("No branch or tag has it, a stash does: it is on this machine alone.");
    case Reach::Reflog:
        return Text::tr("No branch or tag has it, the reflog does: it is on this machine alone, unless it was pushed "
                        "once.");
    case Reach::Unreachable:
        return Text::tr("No branch or tag has it, and nothing else leads to it: it is on this machine alone, unless it "
                        "was pushed once.");
    }
    Q_UNREACHABLE();
}

QString commitsSentence(const LeakHistory &history)
{
    const int count = static_cast<int>(std::min<qint64>(history.commits, 1'000'000'000));
    const QString commits = history.isAtLeast ? Text::tr("At least %n commit(s) have it", nullptr, count)
                                              : Text::tr("%n commit(s) have it", nullptr, count);
    const QString holders = labelsOf(history.holders);
    return holders.isEmpty() ? Text::tr("%1.").arg(commits) : Text::tr("%1, held by: %2.").arg(commits, holders);
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
    // What stands inside an archive is unpacked by hand.
    const QString path = shownPath(history.path).section(u"!/"_s, 0, 0);
    const bool isFile = history.kind == BlobKind::File && !path.isEmpty();
    return isFile ? u"git show %1:%2"_s.arg(commit, inShell(path)) : u"git show --no-patch %1"_s.arg(commit);
}

QStringList rewriteSteps(const LeakHistory &history)
{
    QStringList steps{
        Text::tr("Have everybody push their work, and make a fresh copy to clean: git clone --mirror ADDRESS "
                 "cleaned.git && cd cleaned.git")};
    const QString file =
        Text::tr("Write a file ../replacements.txt with one line: the old value, and ==>REMOVED behind "
                 "it. Put the value in by hand; no program of ours writes it down.");
    steps << (history.first ? file + u' ' + Text::tr("It shows with: %1").arg(showCommand(history)) : file);
    const bool isMessage = history.kind == BlobKind::CommitMessage || history.kind == BlobKind::TagMessage;
    const bool isName = history.kind == BlobKind::EntryNames;
    if (isName)
        steps.back() =
            Text::tr("The value is part of the name of a file or folder: see it with: git log --all --name-only");
    if (isName)
        steps << Text::tr("Give it another name in all of the history: git filter-repo --path-rename OLD:NEW");
    else
        steps << (isMessage ? Text::tr("Rewrite the messages: git filter-repo --replace-message ../replacements.txt")
                            : Text::tr("Rewrite the history: git filter-repo --replace-text ../replacements.txt"));
    steps << Text::tr("Look whether it is gone: launch-cockpit secrets --history .");
    steps << Text::tr("Push all of it: git push --force --mirror ADDRESS");
    steps << Text::tr(
        "Delete ../replacements.txt and all older copies, and have everybody clone anew: who pushes from an "
        "old copy brings the value back.");
    steps << Text::tr(
        "Forks, copies of other people and the caches of your host keep the old commits. Delete forks of your "
        "own, and ask the host to drop its caches (GitHub: a request to support; GitLab: Settings, "
        "Repository, Repository cleanup). That is why replacing the value comes first.");
    return steps;
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

std::optional<LeakHistory> leakHistoryOf(const FoundSecret &place)
{
    if (!place.history)
        return std::nullopt;
    const HistoryPlace &known = *place.history;
    LeakHistory history{.first = known.first,
                        .path = place.isInName ? QByteArray() : place.path,
                        .kind = known.kind,
                        .reach = known.reach,
                        .holders = known.holders,
                        .commits = known.commits,
                        .isInHead = known.isInHead,
                        .isStaged = known.isStaged,
                        .isPlaced = known.isPlaced};
    return history;
}

void addHistory(std::optional<LeakHistory> &all, const std::optional<LeakHistory> &more)
{
    if (!more)
        return;
    if (!all) {
        all = more;
        return;
    }
    LeakHistory sum = isEarlier(*more, *all) ? *more : *all;
    // Staged alone is what no commit has.
    const bool hasCommits = all->commits > 0 && more->commits > 0;
    sum.isAtLeast = all->isAtLeast || more->isAtLeast || hasCommits;
    sum.commits = std::max(all->commits, more->commits);
    sum.holders.add(all->holders);
    sum.holders.add(more->holders);
    const auto reachOf = [](const LeakHistory &one) { return one.isStaged ? Reach::Unreachable : one.reach; };
    sum.reach = std::min(reachOf(*all), reachOf(*more));
    sum.isInHead = all->isInHead || more->isInHead;
    sum.isStaged = all->isStaged && more->isStaged;
    sum.isPlaced = all->isPlaced || more->isPlaced;
    all = std::move(sum);
}

QString shownPlace(const FoundSecret &place)
{
    const QString path = shownPath(place.path);
    const bool isNamed = !place.path.isEmpty() && !place.path.startsWith("!/");
    if (!place.history)
        return place.path == "-" ? Text::tr("standard input") : path;
    if (isNamed)
        return path;
    const QString object = QString::fromLatin1(place.history->object);
    const QString commit = place.history->first ? shortId(place.history->first->id) : object.left(kCommitDigits);
    switch (place.history->kind) {
    case BlobKind::CommitMessage:
        return Text::tr("the message of commit %1").arg(commit);
    case BlobKind::TagMessage:
        return Text::tr("the message of tag %1").arg(commit);
    case BlobKind::File:
    case BlobKind::LfsPointer:
    case BlobKind::ReferenceNames:
    case BlobKind::ReflogMessages:
    case BlobKind::Configuration:
    case BlobKind::EntryNames:
        break;
    }
    return Text::tr("object %1 without a name").arg(object) + path;
}

QString standingText(const LeakHistory &history)
{
    if (history.isStaged)
        return Text::tr("It is staged: the next commit would have it.");
    if (!history.isPlaced)
        return Text::tr("Which commits have it was not looked up: the look was stopped.");
    const QString reach = reachSentence(history);
    return history.commits > 0 ? reach + u' ' + commitsSentence(history) : reach;
}

QStringList purgeSteps(const LeakHistory &history)
{
    if (history.isStaged)
        return {Text::tr("Take it out of the file, and stage the file again: no commit has it yet.")};
    if (!history.isPlaced)
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
    if (!history.isPlaced)
        return purgeSteps(history).front();
    if (const QStringList beside = besideSteps(history.kind); !beside.isEmpty())
        return beside.front();
    switch (history.reach) {
    case Reach::References:
        return Text::tr("Then take it out of the history (git filter-repo --replace-text, and push by force): each "
                        "clone and fork keeps it until then, which is why replacing comes first.");
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
