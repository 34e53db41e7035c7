// What an error page gives away (resources/rules/error-pages.json).
#pragma once

#include "models/result.h"

#include <QRegularExpression>
#include <QString>

#include <vector>

namespace cockpit {

enum class LeakKind { Debug, Trace, Database, Path, Version };
QString toWord(LeakKind value);

struct LeakRule
{
    QString id;
    LeakKind kind = LeakKind::Trace;
    QString name; // "a Python stack trace"
    QRegularExpression pattern;
};

[[nodiscard]] Result<std::vector<LeakRule>> parseLeakRules(const QByteArray &json);
[[nodiscard]] Result<std::vector<LeakRule>> loadLeakRules();

struct PageLeak
{
    QString ruleId;
    LeakKind kind = LeakKind::Trace;
    QString name;
    QString shown; // the text that gave it away, masked and short
    bool operator==(const PageLeak &) const = default;
};

// Each rule at most once, in the order of the rules.
std::vector<PageLeak> leaksIn(const QByteArray &body, const std::vector<LeakRule> &rules);

} // namespace cockpit
