// What an audit needs before it can start, gathered from the command line, the practice company or a project file.
#pragma once

#include "app/cli/options.h"
#include "app/composition.h"
#include "app/practice/practicecompany.h"
#include "app/report/left.h"
#include "models/projectjournal.h"
#include "models/projectstore.h"

#include <memory>

namespace cockpit {

struct AuditSetup
{
    RunRequest request;
    ProjectState known;                        // settings of the target, and what a project already knows
    std::unique_ptr<ProjectStore> store;       // with --project
    std::shared_ptr<ProjectJournal> journal;   // with --project: what the run is about to make in the product
    LeftInReport left;                         // what earlier runs left there
    bool removesLeft = false;                  // --remove-left, and there is something to remove
    std::unique_ptr<PracticeCompany> practice; // with --demo; runs as long as this lives
    QStringList usedEntries;                   // of the keychain, that were read for the run
};

// Errors: BadInput for what was typed; other kinds for what this computer refuses.
[[nodiscard]] Result<AuditSetup> prepareAudit(const Options &options, const Composition &composition);

} // namespace cockpit
