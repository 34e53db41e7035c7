// The rules that come with the program, compiled once for all test programs of a build: it takes seconds of a
// processor.
#pragma once

#include "checks/secrets/patternset.h"

#include <QCoreApplication>
#include <QDir>

namespace cockpit::test {

// Kept beside the test programs. What was compiled of other rules, or by another version of Hyperscan, is not read
// back, and two programs that compile at the same time write the same (patternkeep.h).
inline std::shared_ptr<const PatternSet> allRules()
{
    static const auto set = [] {
        const QString folder = QCoreApplication::applicationDirPath() + QStringLiteral("/patterns");
        QDir().mkpath(folder);
        return PatternSet::compile(loadLeakRules().value(), {folder, QByteArray(32, 't')}).value();
    }();
    return set;
}

} // namespace cockpit::test
