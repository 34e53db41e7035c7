// Readings of several sources as one.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// Read: what could be read (digests), what was left out and which sources could not be read (gaps), and why where
// nothing could (failed). A stop counts, whatever was read until then.
template<typename Read, typename Question>
Read readSources(const Look &look, const std::vector<Question> &questions)
{
    Read read;
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer) {
            read.digests.push_back(**answer);
            for (const QString &gap : (*answer)->gaps) {
                if (!read.gaps.contains(gap)) // of settings, which several readings ask for
                    read.gaps += gap;
            }
            continue;
        }
        read.gaps += answer->error().message;
        if (!read.failed || answer->error().kind == ErrorKind::Cancelled)
            read.failed = answer->error();
    }
    if (!read.digests.empty() && read.failed && read.failed->kind != ErrorKind::Cancelled)
        read.failed.reset();
    return read;
}

} // namespace cockpit
