// A text that a person pasted for one look: a source that lies in memory alone. It is overwritten when the run that
// reads it has ended, and what is kept of it is what is kept of a file: counts, places, masked samples.
#pragma once

#include "checks/engine/probe.h"
#include "models/localsource.h"
#include "models/secret.h"

#include <array>
#include <memory>

namespace cockpit {

struct PastedText
{
    SourceKind kind = SourceKind::Log;  // one of kPastedKinds
    std::shared_ptr<const Secret> text; // null: nothing was pasted
};

inline constexpr std::array kPastedKinds{SourceKind::Log, SourceKind::CiLog, SourceKind::Prompts};

// A clipboard holds some lines or pages; what is longer is a file.
constexpr qsizetype kLargestPaste = qsizetype(16) << 20;

// What was pasted for this run: the runner puts it into the observations. Else there is none.
struct PastedSource
{
    using Answer = PastedText;

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};

Result<PastedText> probe(const PastedSource &question, ProbeContext &context);

// Empty text where it is of another kind, or nothing was pasted.
PastedText pastedOf(SourceKind kind, Observations &seen);

} // namespace cockpit
