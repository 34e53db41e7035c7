// Setting up guards in a folder of code; app/ passes the real ones. Both are blocking, on a worker.
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

    bool isComplete() const { return propose && write; }
};

} // namespace cockpit
