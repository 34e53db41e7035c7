// What a pasted text showed, over the looks that follow: the text is gone then, and that nobody reads it again proves
// nothing (models/pastedfindings.h).
#pragma once

#include "checks/engine/check.h"

#include <optional>

namespace cockpit {

// Stands where a file's name would.
QString pastedName();

// What the judge says of the pasted text alone; nothing where none was read. Read: digests that tell isPasted.
template<typename Read, typename Judge>
std::optional<Judged> judgedAlone(const Read &read, const Judge &judge)
{
    for (const auto &digest : read.digests) {
        if (digest.isPasted) {
            Read alone;
            alone.digests = {digest};
            return judge(alone);
        }
    }
    return std::nullopt;
}

// alone: of the pasted text, where the look read one; its findings are noted, in the place of those of a text before.
// Without it, what an earlier pasted text showed stays open, and the look says that it did not read it again. judged:
// of all that was read; not_run and error stay as they are, for they close nothing.
Judged withPasted(const Look &look, const QString &checkId, Judged judged, const std::optional<Judged> &alone);

} // namespace cockpit
