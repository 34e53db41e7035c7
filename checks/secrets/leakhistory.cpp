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

// Of the two together. A branch that has one place has the value, whatever is not known of the other.
Placing placingOf(const LeakHistory &one, const LeakHistory &other, Reach reach)
{
    const auto isAny = [&](Placing placing) { return one.placing == placing || other.placing == placing; };
    if (isAny(Placing::HalfRead) && reach != Reach::References)
        return Placing::HalfRead;
    return isAny(Placing::Known) ? Placing::Known : Placing::Stopped;
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
    case BlobKind::Author:
    case BlobKind::Committer:
    case BlobKind::Tagger:
        break;
    }
    return {};
}

bool isOnlyIn(Holders holders, Holder only)
{
    Holders alone;
    alone.add(only);
    return holders == alone;
}

// Of what branches, tags and notes keep, and no file of HEAD.
QString reachedSentence(const LeakHistory &history)
{
    if (history.kind == BlobKind::CommitMessage)
        return Text::tr("It stands in the message of a commit, which the history keeps.");
    if (history.kind == BlobKind::TagMessage)
        return Text::tr("It stands in the message of a tag, which is pushed with it.");
    if (history.kind == BlobKind::Tagger)
        return Text::tr("It stands in the name or address of who made a tag, which is pushed with it.");
    if (isPerson(history.kind))
        return Text::tr("It stands in the name or address of who made a commit, which the history keeps.");
    if (isOnlyIn(history.holders, Holder::Note))
        return Text::tr("It stands in a note (git notes), which whoever fetches the notes gets.");
    return Text::tr("It is gone from HEAD, and the history has it.");
}

QString reachSentence(const LeakHistory &history)
{
    if (const QString beside = besideSentence(history.kind); !beside.isEmpty())
        return beside;
    if (history.isInHead)
        return Text::tr("It still stands in HEAD.");
    switch (history.reach) {
    case Reach::References:
        return reachedSentence(history);
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

} // namespace

std::optional<LeakHistory> leakHistoryOf(const FoundSecret &place)
{
    if (!place.history)
        return std::nullopt;
    const HistoryPlace &known = *place.history;
    LeakHistory history{.first = known.first,
                        .path = place.isInName ? QByteArray() : place.file(),
                        .kind = known.kind,
                        .isInName = place.isInName,
                        .reach = known.reach,
                        .holders = known.holders,
                        .commits = known.commits,
                        .isInHead = known.isInHead,
                        .isStaged = known.isStaged,
                        .placing = known.placing};
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
    sum.placing = placingOf(*all, *more, sum.reach);
    all = std::move(sum);
}

QString shownPlace(const FoundSecret &place)
{
    const QString path = shownPath(place.path);
    const bool isNamed = !place.file().isEmpty();
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
    case BlobKind::Author:
        return Text::tr("the author of commit %1").arg(commit);
    case BlobKind::Committer:
        return Text::tr("the committer of commit %1").arg(commit);
    case BlobKind::Tagger:
        return Text::tr("the author of tag %1").arg(commit);
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

QString firstSentence(BlobKind kind, const CommitNote &first)
{
    const QString day = first.authoredAt.date().toString(Qt::ISODate);
    const bool isDated = first.authoredAt.isValid();
    if (isOfTag(kind))
        return isDated ? Text::tr("The tag is of %1, by %2.").arg(day, first.author) : QString();
    return isDated ? Text::tr("First in commit %1 of %2 by %3.").arg(shortId(first.id), day, first.author)
                   : Text::tr("First in commit %1.").arg(shortId(first.id));
}

QString firstSentence(const LeakHistory &history)
{
    return history.first ? firstSentence(history.kind, *history.first) : QString();
}

QString standingText(const LeakHistory &history)
{
    if (history.isStaged)
        return Text::tr("It is staged: the next commit would have it.");
    if (history.placing == Placing::Stopped)
        return Text::tr("Which commits have it was not looked up: the look was stopped.");
    const QString reach = history.placing == Placing::HalfRead
                              ? Text::tr("Whether a branch or tag has it is not known: not all of the "
                                         "history could be read.")
                              : reachSentence(history);
    return history.commits > 0 ? reach + u' ' + commitsSentence(history) : reach;
}

} // namespace cockpit
