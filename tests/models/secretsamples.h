// Entries of the inventory of secrets.
#pragma once

#include "models/secretsinventory.h"

namespace cockpit::sample {

inline const QDate kToday(2026, 11, 29);
inline const QString kPrint = QStringLiteral("0123456789abcdef");
inline const QString kOtherPrint = QStringLiteral("fedcba9876543210");

// Everything is said of it, and all is well.
inline SecretEntry secretEntry(const QString &name = QStringLiteral("Stripe key of the shop"))
{
    SecretEntry entry;
    entry.id = QStringLiteral("id of ") + name;
    entry.name = name;
    entry.service = QStringLiteral("Stripe");
    entry.owner = QStringLiteral("Dana");
    entry.scope = QStringLiteral("Takes payments");
    entry.keptIn = QStringLiteral("Vercel, environment variables");
    entry.environments = {Environment::Production};
    entry.lastRotated = kToday.addDays(-30);
    entry.rotateEveryDays = 90;
    entry.exposure = Exposure::No;
    entry.rights = Rights::NoMoreThanNeeded;
    entry.rightsBy = QStringLiteral("Dana");
    entry.rightsOn = kToday;
    return entry;
}

inline SecretEntry exposedEntry(const QString &name = QStringLiteral("Stripe key of the shop"))
{
    SecretEntry entry = secretEntry(name);
    entry.exposure = Exposure::Yes;
    entry.exposedOn = kToday.addDays(-3);
    entry.fingerprint = kPrint;
    return entry;
}

inline StepDone stepDone(RotationStep step)
{
    return {kToday, QStringLiteral("Dana"),
            step == RotationStep::ShownDead ? QStringLiteral("Asked for the balance: 401") : QString()};
}

inline SecretEntry withSteps(SecretEntry entry, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        entry = withStepDone(entry, kRotationSteps[i], stepDone(kRotationSteps[i])).value();
    return entry;
}

} // namespace cockpit::sample
