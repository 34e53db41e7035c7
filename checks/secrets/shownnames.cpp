#include "checks/secrets/shownnames.h"

#include "checks/secrets/compiledrules.h"

namespace cockpit {

Result<ShownNames> ShownNames::make(Observations &seen)
{
    const auto rules = seen.ask(CompiledRules{});
    if (!*rules)
        return tl::unexpected(rules->error());
    auto scanner = TextScanner::make(**rules, {.key = {}, .token = CancelToken()});
    if (!scanner)
        return tl::unexpected(scanner.error());
    return ShownNames(std::move(*scanner));
}

} // namespace cockpit
