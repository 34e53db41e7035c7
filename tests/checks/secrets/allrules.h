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

// A line for each keyword: of such a text nothing can be said before all patterns are compiled.
inline QByteArray allKeywords()
{
    QByteArray text;
    const std::vector<LeakRule> rules = loadLeakRules().value();
    for (const LeakRule &rule : rules) {
        for (const QByteArray &keyword : rule.keywords)
            text += keyword + '\n';
    }
    return text;
}

} // namespace cockpit::test
