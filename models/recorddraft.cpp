#include "models/recorddraft.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Bounded, because the table of the comparison grows with the product; a record has far fewer words.
constexpr qsizetype kMostWords = 400;

QStringList wordsOf(const QString &text)
{
    QString spaced = text;
    spaced.replace(u';', "; "_L1);
    return spaced.split(u' ', Qt::SkipEmptyParts).mid(0, kMostWords);
}

// The semicolon that another tag brings is no change of this one.
bool isSame(const QString &a, const QString &b)
{
    const auto bare = [](const QString &word) { return word.endsWith(u';') ? QStringView(word).chopped(1) : word; };
    return bare(a) == bare(b);
}

// Length of the longest common sequence of what begins at each pair of positions.
std::vector<std::vector<int>> commonLengths(const QStringList &before, const QStringList &after)
{
    std::vector<std::vector<int>> length(static_cast<size_t>(before.size()) + 1,
                                         std::vector<int>(static_cast<size_t>(after.size()) + 1, 0));
    for (auto i = static_cast<size_t>(before.size()); i-- > 0;) {
        for (auto j = static_cast<size_t>(after.size()); j-- > 0;) {
            const bool isCommon = isSame(before[static_cast<qsizetype>(i)], after[static_cast<qsizetype>(j)]);
            length[i][j] = isCommon ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
        }
    }
    return length;
}

} // namespace

QString toWord(RecordKind kind)
{
    switch (kind) {
    case RecordKind::Spf:
        return u"spf"_s;
    case RecordKind::Dkim:
        return u"dkim"_s;
    case RecordKind::Dmarc:
        return u"dmarc"_s;
    }
    Q_UNREACHABLE();
}

std::vector<DiffWord> differenceOf(const QString &before, const QString &after)
{
    const QStringList old = wordsOf(before);
    const QStringList now = wordsOf(after);
    const auto length = commonLengths(old, now);
    std::vector<DiffWord> words;
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < old.size() || j < now.size()) {
        if (i < old.size() && j < now.size() && isSame(old[i], now[j])) {
            words.push_back({now[j++], DiffMark::Same});
            ++i;
        } else if (i < old.size() &&
                   (j == now.size() || length[static_cast<size_t>(i) + 1][static_cast<size_t>(j)] >=
                                           length[static_cast<size_t>(i)][static_cast<size_t>(j) + 1])) {
            words.push_back({old[i++], DiffMark::Removed});
        } else {
            words.push_back({now[j++], DiffMark::Added});
        }
    }
    return words;
}

} // namespace cockpit
