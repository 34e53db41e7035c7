// What an error page gives away (resources/rules/error-pages.json).
#pragma once

#include "models/result.h"

#include <QRegularExpression>
#include <QString>

#include <vector>

namespace cockpit {

enum class PageLeakKind { Debug, Trace, Database, Path, Version };
QString toWord(PageLeakKind value);

struct PageLeakRule
{
    QString id;
    PageLeakKind kind = PageLeakKind::Trace;
    QString name; // "a Python stack trace"
    QRegularExpression pattern;
};

[[nodiscard]] Result<std::vector<PageLeakRule>> parsePageLeakRules(const QByteArray &json);
[[nodiscard]] Result<std::vector<PageLeakRule>> loadPageLeakRules();

struct PageLeak
{
    QString ruleId;
    PageLeakKind kind = PageLeakKind::Trace;
    QString name;
    QString shown; // the text that gave it away, masked and short
    bool operator==(const PageLeak &) const = default;
};

// Each rule at most once, in the order of the rules.
std::vector<PageLeak> leaksIn(const QByteArray &body, const std::vector<PageLeakRule> &rules);

} // namespace cockpit
