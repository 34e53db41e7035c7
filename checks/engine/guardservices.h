// Setting up guards in a folder of code; app/ passes the real ones. All are blocking, on a worker.
#pragma once

#include "models/guardproposal.h"
#include "models/result.h"

#include <QByteArrayList>

#include <functional>
#include <vector>

namespace cockpit {

struct GuardServices
{
    // One of each kind. secretVariables: of the test accounts (models/access/secretvariable.h), which the jobs before a
    // release name. Errors: of the folder (NotFound, NotPermitted), or where it is in no git repository.
    std::function<Result<std::vector<GuardProposal>>(const QString &folder, const QByteArrayList &secretVariables)>
        propose;
    // Errors: NotPermitted, Storage, and BadInput when the file is no longer as it was when it was shown.
    std::function<Result<void>(const GuardProposal &)> write;

    // The guards that are there already, whoever set them up. Errors: as of propose.
    std::function<Result<GuardSurvey>(const QString &folder)> survey;

    bool isComplete() const { return propose && write && survey; }
};

} // namespace cockpit
