// The rules that come with the program, one set a run for all checks that search with them: what one text made it
// compile is there for all.
#pragma once

#include "checks/engine/probe.h"
#include "checks/secrets/patternset.h"

#include <functional>
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

// Where this machine keeps what was compiled. Whoever starts a run puts the answer in place (RunServices::prepare);
// else nothing is kept. A function, so that the key is read or made for runs alone that look at files.
struct PatternsKeptIn
{
    using Answer = std::function<PatternKeeping()>;

    QString key() const { return {}; }
    int roundTrips() const { return 0; }
};
Result<std::function<PatternKeeping()>> probe(const PatternsKeptIn &question, ProbeContext &context);

} // namespace cockpit
