// What the checks of the inventory share: they judge what people wrote down about their secrets, and say nothing where
// only a person knows.
#pragma once

#include "checks/engine/check.h"

namespace cockpit::keeping {

// "A, B and C"-like lists stay short: the first eight, and how many more.
QString namesIn(const QStringList &names);
QStringList namesOf(const std::vector<const SecretEntry *> &entries);

// Nobody has written down a secret: not run, so that a person may answer instead. After a look that found entries it is
// a note without a verdict, which closes what that look said.
Judged nothingWrittenDown(const ProjectFacts &facts, const QString &checkId);

Judged concluded(std::vector<Finding> findings, const QString &summary, QJsonObject observed);

} // namespace cockpit::keeping
