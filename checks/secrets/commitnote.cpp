#include "checks/secrets/commitnote.h"

#include "checks/secrets/structureobject.h"
#include "checks/secrets/treewalk.h"

#include <algorithm>

namespace cockpit {

namespace {

// "+0130": hours and minutes, as seconds. Anybody can write anything into a commit.
int secondsOfZone(const QByteArray &zone)
{
    constexpr int east = 14 * 60; // of UTC, where the first to see a day live
    constexpr int west = -12 * 60;
    const int number = std::clamp(zone.toInt(), -9999, 9999);
    return std::clamp(number / 100 * 60 + number % 100, west, east) * 60;
}

} // namespace

// "Name <mail> 1700000000 +0130" behind "author " or "tagger ".
CommitNote parseNote(QByteArrayView object, const git_oid &id)
{
    CommitNote note{.id = hexOf(id)};
    const QByteArrayView head = object.first(std::max<qsizetype>(object.indexOf("\n\n"), 0));
    const bool isTag = head.startsWith("object ");
    const QByteArrayView word = isTag ? QByteArrayView("\ntagger ") : QByteArrayView("\nauthor ");
    const qsizetype start = head.indexOf(word);
    if (start < 0)
        return note;
    QByteArrayView line = head.sliced(start + word.size());
    if (const qsizetype end = line.indexOf('\n'); end >= 0)
        line = line.first(end);
    const qsizetype open = line.lastIndexOf('<');
    const qsizetype close = line.lastIndexOf('>');
    if (open < 0 || close < open)
        return note;
    // As a terminal may show them: an author may be called anything.
    note.author = shownPath(line.first(open).trimmed());
    note.mail = shownPath(line.sliced(open + 1, close - open - 1));
    const QList<QByteArray> time = line.sliced(close + 1).trimmed().toByteArray().split(' ');
    note.authoredAt =
        QDateTime::fromSecsSinceEpoch(time.value(0).toLongLong(), Qt::OffsetFromUTC, secondsOfZone(time.value(1)));
    return note;
}

std::optional<CommitNote> readNote(git_odb *odb, const git_oid &id)
{
    GitOdbObject object;
    const int code = readStructure(odb, id, object);
    if (code < 0)
        return std::nullopt;
    const git_object_t type = git_odb_object_type(object.get());
    if (type != GIT_OBJECT_COMMIT && type != GIT_OBJECT_TAG)
        return std::nullopt;
    return parseNote(QByteArrayView(static_cast<const char *>(git_odb_object_data(object.get())),
                                    static_cast<qsizetype>(git_odb_object_size(object.get()))),
                     id);
}

} // namespace cockpit
