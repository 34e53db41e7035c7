// When a secret is due, how far its replacement is, and what that comes to in one word.
#include "models/secretsinventory.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsInventory)
};

} // namespace

QDate dueOn(const SecretEntry &entry)
{
    if (entry.nextDue.isValid())
        return entry.nextDue;
    return entry.rotateEveryDays > 0 && entry.lastRotated.isValid() ? entry.lastRotated.addDays(entry.rotateEveryDays)
                                                                    : QDate();
}

bool isOverdue(const SecretEntry &entry, const QDate &today)
{
    const QDate due = dueOn(entry);
    return due.isValid() && due < today;
}

bool isRotated(const SecretEntry &entry)
{
    return entry.rotation.size() >= kRotationSteps.size();
}

bool isOpenlyExposed(const SecretEntry &entry)
{
    return entry.exposure == Exposure::Yes && !isRotated(entry);
}

std::optional<RotationStep> nextStep(const SecretEntry &entry)
{
    return isRotated(entry) ? std::nullopt : std::optional(kRotationSteps[entry.rotation.size()]);
}

Result<SecretEntry> withStepDone(SecretEntry entry, RotationStep step, const StepDone &done)
{
    if (nextStep(entry) != step)
        return failure(ErrorKind::BadInput,
                       Text::tr("“%1” comes later: do the steps in their order.").arg(labelOf(step)));
    if (done.by.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("Say who has done this."));
    if (step == RotationStep::ShownDead && done.how.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("Say how the old one was tried, and what the service answered."));
    entry.rotation.push_back(done);
    auto checked = checkedSecret(std::move(entry));
    if (checked && isRotated(*checked)) {
        checked->lastRotated = checked->rotation.front().on;
        checked->nextDue = {}; // it was the day for this replacement
    }
    return checked;
}

SecretEntry withoutLastStep(SecretEntry entry)
{
    if (!entry.rotation.empty())
        entry.rotation.pop_back();
    return entry;
}

SecretEntry withNewRotation(SecretEntry entry)
{
    if (isRotated(entry)) {
        if (!entry.fingerprint.isEmpty() && !entry.deadFingerprints.contains(entry.fingerprint))
            entry.deadFingerprints << entry.fingerprint;
        entry.fingerprint.clear();
        entry.exposure = Exposure::No;
        entry.exposedOn = {};
        entry.exposedWhere.clear();
        entry.exposedBy.clear();
    }
    entry.rotation.clear();
    return entry;
}

QStringList missingParts(const SecretEntry &entry)
{
    QStringList missing;
    if (entry.owner.isEmpty())
        missing << Text::tr("owner");
    if (entry.scope.isEmpty())
        missing << Text::tr("what it may do");
    if (entry.keptIn.isEmpty())
        missing << Text::tr("where it is kept");
    if (!entry.lastRotated.isValid() && !dueOn(entry).isValid())
        missing << Text::tr("when it was last replaced");
    return missing;
}

SecretStanding standingOf(const SecretEntry &entry, const QDate &today)
{
    if (!entry.rotation.empty() && !isRotated(entry))
        return SecretStanding::BeingReplaced;
    if (isOpenlyExposed(entry))
        return SecretStanding::Exposed;
    if (entry.rights == Rights::MoreThanNeeded)
        return SecretStanding::MoreRights;
    if (isOverdue(entry, today))
        return SecretStanding::Overdue;
    if (!missingParts(entry).isEmpty())
        return SecretStanding::Incomplete;
    if (isRotated(entry))
        return SecretStanding::Replaced;
    return entry.exposure == Exposure::Unknown ? SecretStanding::Unclear : SecretStanding::InOrder;
}

QString standingText(const SecretEntry &entry, const QDate &today)
{
    switch (standingOf(entry, today)) {
    case SecretStanding::Exposed:
        return Text::tr("Exposed");
    case SecretStanding::BeingReplaced:
        return Text::tr("Replaced: %1 of %2 steps")
            .arg(QString::number(static_cast<int>(entry.rotation.size())),
                 QString::number(static_cast<int>(kRotationSteps.size())));
    case SecretStanding::MoreRights:
        return Text::tr("May do too much");
    case SecretStanding::Overdue:
        return Text::tr("Overdue");
    case SecretStanding::Incomplete:
        return Text::tr("Missing: %1").arg(missingParts(entry).join(u", "_s));
    case SecretStanding::Unclear:
        return Text::tr("Exposed or not?");
    case SecretStanding::Replaced:
        return Text::tr("Replaced");
    case SecretStanding::InOrder:
        return Text::tr("In order");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
