#include "checks/secrets/compiledrules.h"

#include "checks/engine/observations.h"

namespace cockpit {

Result<std::shared_ptr<const PatternSet>> probe(const CompiledRules &, ProbeContext &context)
{
    auto rules = loadLeakRules();
    if (!rules)
        return tl::unexpected(rules.error());
    const auto kept = context.observations.ask(PatternsKeptIn{});
    const bool knowsPlace = *kept && **kept;
    return PatternSet::compile(std::move(*rules), knowsPlace ? (**kept)() : PatternKeeping(),
                               context.token.boundedBy(context.deadline));
}

Result<std::function<PatternKeeping()>> probe(const PatternsKeptIn &, ProbeContext &)
{
    return std::function<PatternKeeping()>();
}

} // namespace cockpit
