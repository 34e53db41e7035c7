#include "checks/secrets/logread/foundtwice.h"

#include <algorithm>

namespace cockpit {

void dropTwice(size_t before, size_t named, std::vector<SensitiveFound> &found)
{
    struct Reach
    {
        size_t start = 0;
        size_t end = 0; // of all that begin before it, too
    };
    std::vector<SensitiveFound> kept(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(named));
    std::vector<Reach> reaches;
    for (auto run = found.begin() + static_cast<std::ptrdiff_t>(named); run != found.end();) {
        const SensitiveKind kind = run->kind;
        const auto runEnd =
            std::find_if(run, found.end(), [kind](const SensitiveFound &one) { return one.kind != kind; });
        reaches.clear();
        for (size_t i = before; i < named; ++i) {
            if (found[i].kind == kind || found[i].kind == SensitiveKind::Identity)
                reaches.push_back({found[i].at.start, found[i].at.end});
        }
        std::ranges::sort(reaches, {}, &Reach::start);
        for (size_t i = 1; i < reaches.size(); ++i)
            reaches[i].end = std::max(reaches[i].end, reaches[i - 1].end);
        for (; run != runEnd; ++run) {
            const auto after = std::ranges::lower_bound(reaches, run->at.end, {}, &Reach::start);
            const bool isTwice =
                run->at.end > run->at.start && after != reaches.begin() && std::prev(after)->end > run->at.start;
            if (!isTwice)
                kept.push_back(*run);
        }
    }
    found = std::move(kept);
}

} // namespace cockpit
