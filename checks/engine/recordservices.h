// What the page of records asks of the record generators and of the DNS; app/ passes the real ones.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/recorddraft.h"
#include "models/recordwish.h"

#include <functional>

namespace cockpit {

struct RecordServices
{
    // Blocking, on a worker; bounded by the token and the options' timeouts.
    std::function<Result<RecordsToday>(const QString &domain, const NetOptions &, const CancelToken &)> read;
    std::function<Result<NameToday>(const QString &name, const NetOptions &, const CancelToken &)> readTexts;
    std::function<Result<SpfBudget>(const QString &domain, const QString &record, const NetOptions &,
                                    const CancelToken &)>
        budget;
    // Each authoritative server of the zone, asked itself.
    std::function<Result<std::vector<OwnerAnswer>>(const WantedRecord &, const NetOptions &, const CancelToken &)>
        askOwners;

    // Pure, any thread.
    std::function<RecordDraft(const RecordsToday &, const SpfWish &)> draftSpf;
    std::function<RecordDraft(const RecordsToday &, const DmarcWish &)> draftDmarc;
    std::function<RecordDraft(const QString &domain, const NameToday &published, const DkimWish &)> draftDkim;

    bool isComplete() const { return read && readTexts && budget && askOwners && draftSpf && draftDmarc && draftDkim; }
};

} // namespace cockpit
