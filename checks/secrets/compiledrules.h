// The rules that come with the program, compiled once a run for all checks that search with them: it takes two seconds.
#pragma once

#include "checks/engine/probe.h"
#include "checks/secrets/patternset.h"

#include <memory>

namespace cockpit {

struct CompiledRules
{
    using Answer = std::shared_ptr<const PatternSet>;

    QString key() const { return QStringLiteral("all"); }
    int roundTrips() const { return 0; }
};

// Fails as loadLeakRules() and PatternSet::compile() do.
Result<std::shared_ptr<const PatternSet>> probe(const CompiledRules &question, ProbeContext &context);

} // namespace cockpit
