// What a walk over git's objects did not look at, for people.
#include "checks/secrets/blobwalk.h"
#include "checks/secrets/treeentries.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobWalk)
};

constexpr qsizetype kMostInOneSentence = 3;

QString tooLargeSentence(const BlobCounts &counts, const BlobGaps &gaps)
{
    const QStringList names(gaps.tooLarge.begin(), gaps.tooLarge.end());
    return Text::tr(
               "%n file(s) of more than %1 were not read, and may hold text: %2. To search one: git cat-file -p ID "
               "| launch-cockpit secrets - (its ID is the number beside it). Keep such a file outside of git, or in "
               "Git LFS.",
               nullptr, static_cast<int>(counts.tooLarge))
        .arg(QLocale().formattedDataSize(BlobWalk::kLargestBlob), names.mid(0, kMostInOneSentence).join(u", "_s));
}

} // namespace

QStringList gapSentences(const BlobCounts &counts, const BlobGaps &gaps)
{
    QStringList sentences;
    if (counts.tooLarge > 0)
        sentences += tooLargeSentence(counts, gaps);
    if (counts.lfsPointers > 0)
        sentences += Text::tr("%n file(s) are kept in Git LFS, outside of the repository, and were not read.", nullptr,
                              static_cast<int>(counts.lfsPointers)) +
                     u' ' + Text::tr("To have them here: git lfs fetch --all");
    if (counts.unreadable > 0) {
        QStringList names(gaps.unreadable.begin(), gaps.unreadable.end());
        sentences += Text::tr("%n object(s) or pack(s) are broken and could not be read: %1. Run: git fsck", nullptr,
                              static_cast<int>(counts.unreadable))
                         .arg(names.mid(0, kMostInOneSentence).join(u", "_s));
    }
    if (counts.tooDeep > 0)
        sentences += Text::tr("%n folder(s) of the change lie in more than %1 others and were not looked at.", nullptr,
                              static_cast<int>(counts.tooDeep))
                         .arg(kDeepestFolder);
    if (gaps.isShallow)
        sentences +=
            Text::tr("This is a shallow clone: older commits are not on this machine. Run: git fetch --unshallow");
    if (gaps.isPartial)
        sentences += Text::tr("This is a partial clone: files that were not fetched yet were not read.");
    if (!gaps.submodules.empty()) {
        QStringList paths;
        for (const QByteArray &path : gaps.submodules)
            paths += shownPath(path);
        sentences += Text::tr("%n submodule(s) have a history of their own: %1. Look at each by itself.", nullptr,
                              static_cast<int>(paths.size()))
                         .arg(paths.join(u", "_s));
    }
    return sentences;
}

} // namespace cockpit
