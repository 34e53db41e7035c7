#include "models/access/accessrule.h"

#include "models/access/actor.h"
#include "models/redactor.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"
#include "models/target.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <array>
#include <map>
#include <tuple>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AccessRule)
};

constexpr qsizetype kLongestPath = 2000;

constexpr std::array<WordRow<Allowance>, 3> kAllowances{{
    {Allowance::Allowed, "allowed", QT_TRANSLATE_NOOP("AccessRule", "Allowed")},
    {Allowance::OwnOnly, "own_only", QT_TRANSLATE_NOOP("AccessRule", "Own only")},
    {Allowance::Denied, "denied", QT_TRANSLATE_NOOP("AccessRule", "Denied")},
}};

} // namespace

COCKPIT_WORDS(Allowance, kAllowances, allowanceFromWord)

QString labelOf(Allowance value)
{
    return Text::tr(rowOf(kAllowances, value).label);
}

Result<AccessRule> checkedRule(AccessRule rule)
{
    rule.method = rule.method.trimmed().toUpper();
    const QString shown = plainText(rule.method + u' ' + rule.path, 80);
    if (!routeMethods().contains(rule.method) || !rule.path.startsWith(u'/') || rule.path.size() > kLongestPath ||
        redact(rule.path) != rule.path)
        return failure(ErrorKind::BadInput, Text::tr("“%1” is no route.").arg(redact(shown)));
    if (!rule.role.isEmpty() && !isRoleWord(rule.role))
        return failure(ErrorKind::BadInput,
                       Text::tr("The rule about %1 names no role: write one word, such as admin.").arg(shown));
    if (!rule.host.isEmpty()) {
        const auto host = normaliseHostName(rule.host);
        if (!host)
            return tl::unexpected(host.error());
        rule.host = *host;
    }
    return rule;
}

Result<std::vector<AccessRule>> checkedRules(const std::vector<AccessRule> &rules)
{
    if (rules.size() > kMostAccessRules)
        return failure(ErrorKind::BadInput, Text::tr("A project has %1 access rules at most.").arg(kMostAccessRules));
    std::vector<AccessRule> checked;
    std::map<std::tuple<QString, QString, QString, QString>, std::size_t> placeOf;
    for (const AccessRule &rule : rules) {
        auto one = checkedRule(rule);
        if (!one)
            return tl::unexpected(one.error());
        const auto [place, isNew] =
            placeOf.try_emplace({one->method, shapeOf(one->path), one->host, one->role}, checked.size());
        if (isNew)
            checked.push_back(std::move(*one));
        else
            checked[place->second] = std::move(*one);
    }
    return checked;
}

} // namespace cockpit
