// Results in which secrets were found.
#pragma once

#include "models/secretsfound.h"
#include "tests/models/samplestate.h"
#include "tests/models/secretsamples.h"

#include <QJsonArray>

namespace cockpit::sample {

inline QJsonObject foundRow(const QString &fingerprint = kPrint, const QString &kind = QStringLiteral("secret"),
                            const QString &file = QStringLiteral("src/pay.js"))
{
    return {{QStringLiteral("rule"), QStringLiteral("stripe-live-secret")},
            {QStringLiteral("name"), QStringLiteral("Stripe secret key (live)")},
            {QStringLiteral("class"), kind},
            {QStringLiteral("fingerprint"), fingerprint + QString(48, QLatin1Char('0'))},
            {QStringLiteral("file"), file},
            {QStringLiteral("line"), 12},
            {QStringLiteral("places"), 1},
            {QStringLiteral("allowed"), false}};
}

inline CheckResult foundBy(const QString &checkId, const QJsonArray &rows)
{
    CheckResult found = result(checkId, Outcome::Fail);
    found.observed = {{QStringLiteral("secrets"), rows}};
    for (const QJsonValue row : rows) {
        if (row[QLatin1String("class")].toString() != QLatin1String("secret") || row[QLatin1String("allowed")].toBool())
            continue;
        Finding one = finding(checkId, Severity::Critical);
        one.code = QStringLiteral("secret");
        one.subject = row[QLatin1String("fingerprint")].toString().left(16);
        found.findings.push_back(one);
    }
    return found;
}

} // namespace cockpit::sample
