#include "checks/secrets/inventory.h"

#include "checks/secrets/keeping.h"
#include "models/secretsfound.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsInventoryCheck)
};

const QString &checkId()
{
    static const QString id = u"secrets.inventory"_s;
    return id;
}

struct Gap
{
    QString name;
    QStringList missing;
};

Finding incomplete(const std::vector<Gap> &gaps)
{
    QStringList lines;
    QStringList names;
    for (const Gap &gap : gaps) {
        lines << Text::tr("%1 (%2)").arg(gap.name, gap.missing.join(u", "_s));
        names << gap.name;
    }
    const auto count = static_cast<int>(gaps.size());
    return {.code = u"incomplete"_s,
            .severity = Severity::Medium,
            .proof = Proof::Strong,
            .impact = Impact::Maintainability,
            .title = Text::tr("Of some secrets it is not known whose they are or where they are kept"),
            .whatWeSaw = Text::tr("The inventory does not say everything about %1.").arg(keeping::namesIn(names)),
            .effortMinutes = std::min(10 * count, 240),
            .evidence = {{Text::tr("What is missing"), lines.join(u'\n')}}};
}

Finding notListed(const QStringList &names)
{
    const auto count = static_cast<int>(names.size());
    return {.code = u"not_listed"_s,
            .severity = Severity::Medium,
            .proof = Proof::Strong,
            .impact = Impact::Maintainability,
            .title = Text::tr("Secrets were found that are not in your inventory"),
            .whatWeSaw =
                Text::tr("The last look found %1, which the inventory does not list.").arg(keeping::namesIn(names)),
            .effortMinutes = std::min(5 * count, 120),
            .evidence = {{Text::tr("Found and not written down"), names.join(u'\n')}}};
}

QJsonArray observedOf(const std::vector<Gap> &gaps)
{
    QJsonArray rows;
    for (const Gap &gap : gaps)
        rows.append(QJsonObject{{u"name"_s, gap.name}, {u"missing"_s, QJsonArray::fromStringList(gap.missing)}});
    return rows;
}

} // namespace

Judged judgeSecretsInventory(const ProjectFacts &facts)
{
    const QStringList unlisted = unlistedSecrets(facts.secrets, facts.observedBefore).names;
    if (facts.secrets.empty() && unlisted.isEmpty())
        return keeping::nothingWrittenDown(facts, checkId());
    std::vector<Gap> gaps;
    for (const SecretEntry &entry : facts.secrets) {
        if (const QStringList missing = missingParts(entry); !missing.isEmpty())
            gaps.push_back({entry.name, missing});
    }
    std::vector<Finding> findings;
    if (!gaps.empty())
        findings.push_back(incomplete(gaps));
    if (!unlisted.isEmpty())
        findings.push_back(notListed(unlisted));
    const auto listed = static_cast<int>(facts.secrets.size());
    const auto complete = listed - static_cast<int>(gaps.size());
    const QJsonObject observed{{u"listed"_s, listed},
                               {u"complete"_s, complete},
                               {u"incomplete"_s, observedOf(gaps)},
                               {u"not_listed"_s, QJsonArray::fromStringList(unlisted)}};
    const QString summary =
        Text::tr("%1 of %n secret(s) have an owner, a scope, a place and a rotation status", nullptr, listed)
            .arg(complete);
    return keeping::concluded(std::move(findings), summary, observed);
}

Check secretsInventoryCheck()
{
    return {.id = checkId(),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Maintainability},
            .needs = {},
            .look = [](const Look &look) { return judgeSecretsInventory(look.facts); }};
}

} // namespace cockpit
