#include "checks/actors/unsent.h"

namespace cockpit {

void addUnsent(const std::vector<Unsent> &all, QStringList &open, std::vector<Unseen> &unseen)
{
    for (const Unsent &one : all) {
        if (!one.sentence.isEmpty() && !open.contains(one.sentence))
            open.append(one.sentence);
        unseen.insert(unseen.end(), one.hides.begin(), one.hides.end());
    }
}

} // namespace cockpit
