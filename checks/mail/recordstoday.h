// A domain's mail records as they stand, and what an SPF record would cost: what the page of records starts from.
// Blocking; each call asks anew.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/recordwish.h"

namespace cockpit {

[[nodiscard]] Result<RecordsToday> readRecords(const QString &domain, const NetOptions &options,
                                               const CancelToken &token);
// All texts at a name, and the alias that it is; nothing when it does not exist.
[[nodiscard]] Result<NameToday> readTexts(const QString &name, const NetOptions &options, const CancelToken &token);
// BadInput for a record that cannot be read.
[[nodiscard]] Result<SpfBudget> spfBudget(const QString &domain, const QString &record, const NetOptions &options,
                                          const CancelToken &token);

} // namespace cockpit
