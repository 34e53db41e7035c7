#include "checks/secrets/rotation.h"

#include "checks/engine/lookgaps.h"
#include "checks/secrets/keeping.h"
#include "models/secretsfound.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsRotation)
};

const QString &checkId()
{
    static const QString id = u"secrets.rotation"_s;
    return id;
}

using Entries = std::vector<const SecretEntry *>;

template<typename Predicate>
Entries chosen(const std::vector<SecretEntry> &entries, Predicate isIt)
{
    Entries found;
    for (const SecretEntry &entry : entries) {
        if (isIt(entry))
            found.push_back(&entry);
    }
    return found;
}

// What is to be done next with each.
QString linesOf(const Entries &exposed, const QStringList &unlisted)
{
    QStringList lines;
    for (const SecretEntry *entry : exposed) {
        if (const auto next = nextStep(*entry))
            lines << Text::tr("%1 (%2)").arg(entry->name, labelOf(*next));
    }
    for (const QString &name : unlisted)
        lines << Text::tr("%1 (not in the inventory yet)").arg(name);
    return lines.join(u'\n');
}

Finding notReplaced(const Entries &exposed, const QStringList &unlisted, Proof proof)
{
    const QStringList names = keeping::namesOf(exposed) + unlisted;
    const auto count = static_cast<int>(names.size());
    return {.code = u"not_replaced"_s,
            .severity = Severity::High,
            .proof = proof,
            .impact = Impact::DataExposure,
            .title = Text::tr("Exposed secrets still work, as far as is known"),
            .whatWeSaw = Text::tr("%n exposed secret(s) are not shown dead: %1. Wanted: a new one in use, and the old "
                                  "one tried and refused.",
                                  nullptr, count)
                             .arg(keeping::namesIn(names)),
            .effortMinutes = std::min(30 * count, 480),
            .evidence = {{Text::tr("What comes next"), linesOf(exposed, unlisted)}}};
}

Finding overdueOnes(const Entries &late)
{
    return {
        .code = u"overdue"_s,
        .severity = Severity::Low,
        .proof = Proof::Strong,
        .impact = Impact::Maintainability,
        .title = Text::tr("Some secrets were to be replaced by now"),
        .whatWeSaw =
            Text::tr("The day that your inventory sets is past for %1.").arg(keeping::namesIn(keeping::namesOf(late))),
        .effortMinutes = std::min(30 * static_cast<int>(late.size()), 480)};
}

QJsonArray observedOf(const Entries &exposed)
{
    QJsonArray rows;
    for (const SecretEntry *entry : exposed) {
        const auto next = nextStep(*entry);
        rows.append(QJsonObject{{u"name"_s, entry->name},
                                {u"done"_s, static_cast<int>(entry->rotation.size())},
                                {u"next"_s, next ? toWord(*next) : QString()}});
    }
    return rows;
}

QJsonArray namesAsJson(const Entries &entries)
{
    return QJsonArray::fromStringList(keeping::namesOf(entries));
}

QString unknownOnes(const Entries &unknown)
{
    return Text::tr("Nobody has said of %n secret(s) whether they are exposed: %1. Say it on the page \"Secrets\".",
                    nullptr, static_cast<int>(unknown.size()))
        .arg(keeping::namesIn(keeping::namesOf(unknown)));
}

} // namespace

Judged judgeSecretsRotation(const ProjectFacts &facts, const QDate &today)
{
    const auto [unlisted, areLeads] = unlistedSecrets(facts.secrets, facts.observedBefore);
    if (facts.secrets.empty() && unlisted.isEmpty())
        return keeping::nothingWrittenDown(facts, checkId());
    const auto &all = facts.secrets;
    const Entries exposed = chosen(all, [](const SecretEntry &entry) { return isOpenlyExposed(entry); });
    const Entries ever = chosen(all, [](const SecretEntry &entry) { return entry.exposure == Exposure::Yes; });
    const Entries unknown = chosen(all, [](const SecretEntry &entry) { return entry.exposure == Exposure::Unknown; });
    const Entries late = chosen(all, [&](const SecretEntry &entry) { return isOverdue(entry, today); });
    std::vector<Finding> findings;
    if (!exposed.empty() || !unlisted.isEmpty())
        findings.push_back(notReplaced(exposed, unlisted, exposed.empty() && areLeads ? Proof::Lead : Proof::Strong));
    if (!late.empty())
        findings.push_back(overdueOnes(late));
    const auto wereExposed = static_cast<int>(ever.size());
    const auto replaced = wereExposed - static_cast<int>(exposed.size());
    const QJsonObject observed{{u"listed"_s, static_cast<int>(all.size())},
                               {u"exposed"_s, wereExposed},
                               {u"replaced"_s, replaced},
                               {u"not_replaced"_s, observedOf(exposed)},
                               {u"not_listed"_s, QJsonArray::fromStringList(unlisted)},
                               {u"unknown"_s, namesAsJson(unknown)},
                               {u"overdue"_s, namesAsJson(late)}};
    const QString summary = wereExposed == 0
                                ? Text::tr("No secret of the inventory is exposed")
                                : Text::tr("%1 of %n exposed secret(s) shown dead", nullptr, wereExposed).arg(replaced);
    Judged judged = keeping::concluded(std::move(findings), summary, observed);
    if (!unknown.empty())
        leaveOpen(judged, LookGap{.sentence = unknownOnes(unknown)});
    return judged;
}

Check secretsRotationCheck()
{
    return {.id = checkId(),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Maintainability},
            .needs = {},
            .look = [](const Look &look) { return judgeSecretsRotation(look.facts, look.startedAt.date()); }};
}

} // namespace cockpit
