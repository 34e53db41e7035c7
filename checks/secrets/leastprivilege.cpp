#include "checks/secrets/leastprivilege.h"

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
    Q_DECLARE_TR_FUNCTIONS(LeastPrivilege)
};

const QString &checkId()
{
    static const QString id = u"secrets.least-privilege"_s;
    return id;
}

QStringList withRights(Rights rights, const std::vector<SecretEntry> &entries)
{
    std::vector<const SecretEntry *> chosen;
    for (const SecretEntry &entry : entries) {
        if (entry.rights == rights)
            chosen.push_back(&entry);
    }
    return keeping::namesOf(chosen);
}

Finding tooManyRights(const QStringList &names)
{
    const auto count = static_cast<int>(names.size());
    return {.code = u"too_many_rights"_s,
            .severity = Severity::Medium,
            .proof = Proof::Strong,
            .impact = Impact::DataExposure,
            .title = Text::tr("Some keys may do more than they need"),
            .whatWeSaw = Text::tr("Your inventory says of %n secret(s) that they may do more than they need: %1.",
                                  nullptr, count)
                             .arg(keeping::namesIn(names)),
            .effortMinutes = std::min(30 * count, 480)};
}

QString notLookedAt(const QStringList &names)
{
    return Text::tr("Nobody has said of %n secret(s) whether they may do more than they need: %1. Say it on the page "
                    "\"Secrets\".",
                    nullptr, static_cast<int>(names.size()))
        .arg(keeping::namesIn(names));
}

QString notListed(const QStringList &names)
{
    return Text::tr("%n secret(s) that were found are not written down, so nobody has said what they may do: %1. Take "
                    "them over on the page \"Secrets\".",
                    nullptr, static_cast<int>(names.size()))
        .arg(keeping::namesIn(names));
}

} // namespace

Judged judgeLeastPrivilege(const ProjectFacts &facts)
{
    if (facts.secrets.empty())
        return keeping::nothingWrittenDown(facts, checkId());
    const QStringList tooMany = withRights(Rights::MoreThanNeeded, facts.secrets);
    const QStringList open = withRights(Rights::Unknown, facts.secrets);
    const QStringList unlisted = unlistedSecrets(facts.secrets, facts.observedBefore).names;
    const auto listed = static_cast<int>(facts.secrets.size());
    const int confirmed = listed - static_cast<int>(tooMany.size() + open.size());
    std::vector<Finding> findings;
    if (!tooMany.isEmpty())
        findings.push_back(tooManyRights(tooMany));
    const QJsonObject observed{{u"listed"_s, listed},
                               {u"confirmed"_s, confirmed},
                               {u"more_than_needed"_s, QJsonArray::fromStringList(tooMany)},
                               {u"not_looked_at"_s, QJsonArray::fromStringList(open)},
                               {u"not_listed"_s, QJsonArray::fromStringList(unlisted)}};
    const QString summary =
        Text::tr("%1 of %n secret(s) may do no more than they need", nullptr, listed).arg(confirmed);
    Judged judged = keeping::concluded(std::move(findings), summary, observed);
    QStringList gaps;
    if (!open.isEmpty())
        gaps << notLookedAt(open);
    if (!unlisted.isEmpty())
        gaps << notListed(unlisted);
    if (!gaps.isEmpty())
        leaveOpen(judged, LookGap{.sentence = gaps.join(u' ')});
    return judged;
}

Check leastPrivilegeCheck()
{
    return {.id = checkId(),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = [](const Look &look) { return judgeLeastPrivilege(look.facts); }};
}

} // namespace cockpit
