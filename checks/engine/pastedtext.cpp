#include "checks/engine/pastedtext.h"

#include "checks/engine/observations.h"

namespace cockpit {

Result<PastedText> probe(const PastedSource &, ProbeContext &)
{
    return PastedText{};
}

PastedText pastedOf(SourceKind kind, Observations &seen)
{
    const auto pasted = seen.ask(PastedSource{});
    return *pasted && (*pasted)->kind == kind ? **pasted : PastedText{};
}

} // namespace cockpit
