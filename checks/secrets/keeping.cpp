#include "checks/secrets/keeping.h"

#include <QCoreApplication>

namespace cockpit::keeping {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsKeeping)
};

constexpr qsizetype kMostNames = 8;

} // namespace

QString namesIn(const QStringList &names)
{
    const QString shown = names.mid(0, kMostNames).join(u", "_s);
    const auto more = static_cast<int>(names.size() - kMostNames);
    return more > 0 ? Text::tr("%1 and %n more", nullptr, more).arg(shown) : shown;
}

QStringList namesOf(const std::vector<const SecretEntry *> &entries)
{
    QStringList names;
    for (const SecretEntry *entry : entries)
        names << entry->name;
    return names;
}

Judged nothingWrittenDown(const ProjectFacts &facts, const QString &checkId)
{
    const QString reason =
        Text::tr("No secret is written down yet: take over what was found on the page \"Secrets\", write down the "
                 "others, or answer this yourself.");
    Judged judged = notRun(reason);
    if (!facts.lastObserved(checkId).isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.summary = Text::tr("No secret is written down any more");
    }
    return judged;
}

Judged concluded(std::vector<Finding> findings, const QString &summary, QJsonObject observed)
{
    Judged judged;
    judged.outcome = outcomeFor(findings);
    judged.summary = summary;
    judged.observed = std::move(observed);
    judged.findings = std::move(findings);
    return judged;
}

} // namespace cockpit::keeping
