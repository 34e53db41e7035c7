// What git knows of a value: who brought it, whether it still stands in HEAD, how many commits have it and what leads
// to them. And what to do about it, in words.
#pragma once

#include "checks/secrets/foundsecret.h"

#include <QStringList>

namespace cockpit {

struct LeakHistory
{
    // Of the strongest reach the earliest.
    std::optional<CommitNote> first;
    QByteArray path; // that it stood under there, as git has it: an archive is unpacked by hand; empty: in a message or
                     // a name
    BlobKind kind = BlobKind::File;
    bool isInName = false;            // the name of the file or folder has it, and not its text
    Reach reach = Reach::Unreachable; // the strongest
    Holders holders;
    qint64 commits = 0;     // that have it, at least; 0: it stands beside all commits
    bool isAtLeast = false; // it stands in several places, whose commits may be the same or others
    bool isInHead = false;
    bool isStaged = false; // and nowhere else: no commit has it yet
    Placing placing = Placing::Known;

    bool operator==(const LeakHistory &) const = default;
};

// Empty: git has the value in none of these places.
std::optional<LeakHistory> leakHistoryOf(const FoundSecret &place);
// The histories of the same value in other places.
void addHistory(std::optional<LeakHistory> &all, const std::optional<LeakHistory> &more);

// What names a place for people: a path, or what stands for one ("the message of commit 1a2b3c4d5e6f").
QString shownPlace(const FoundSecret &place);

// "First in commit 1a2b3c4d5e6f of 2026-03-01 by Ada Example."; of the message of a tag, whose note is the tag's own,
// "The tag is of 2026-03-01, by Ada Example." Empty: no commit has it, or nothing is known of the tag.
QString firstSentence(BlobKind kind, const CommitNote &first);
QString firstSentence(const LeakHistory &history);

// "HEAD still has it. 12 commits have it: a branch that was pushed, and a tag, lead to them." Without the first commit.
QString standingText(const LeakHistory &history);

// How to take it out of the history, after it was replaced: commands in their order, with what they cannot reach. The
// value itself is never part of them; a person puts it into the file by hand.
QStringList purgeSteps(const LeakHistory &history);
// The same in a sentence, for a list of steps.
QString purgeText(const LeakHistory &history);

} // namespace cockpit
