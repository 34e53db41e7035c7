#include "app/cli/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cockpit {

namespace {

// Levenshtein distance, one row at a time.
int editDistance(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i) + 1;
        for (size_t j = 1; j < row.size(); ++j) {
            const int substituted = diagonal + (a[i] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row.back();
}

} // namespace

QString nearestWord(const QString &mistyped, const QStringList &words)
{
    const auto distance = [&](const QString &word) { return editDistance(mistyped, word); };
    const auto nearest = std::ranges::min_element(words, {}, distance);
    return nearest == words.end() ? QString() : *nearest;
}

} // namespace cockpit
