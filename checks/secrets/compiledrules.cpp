#include "checks/secrets/compiledrules.h"

namespace cockpit {

Result<std::shared_ptr<const PatternSet>> probe(const CompiledRules &, ProbeContext &)
{
    auto rules = loadLeakRules();
    if (!rules)
        return tl::unexpected(rules.error());
    return PatternSet::compile(std::move(*rules));
}

} // namespace cockpit
