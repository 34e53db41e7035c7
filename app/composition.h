// Who gets which client: everything that the window and the command line hand to the engine, made once at start.
#pragma once

#include "checks/engine/actortrial.h"
#include "checks/engine/check.h"
#include "checks/engine/controlservices.h"
#include "checks/engine/edgetoken.h"
#include "checks/engine/leftremoval.h"
#include "checks/engine/messagework.h"
#include "checks/engine/monitorservice.h"
#include "checks/engine/recordservices.h"
#include "checks/engine/runner.h"
#include "models/checkcatalog.h"
#include "models/roadmap.h"

#include <vector>

namespace cockpit {

struct Composition
{
    CheckCatalog catalog;
    CheckRegistry registry;
    std::vector<Roadmap> roadmaps;
    SampleTaker takeSample;
    RecordServices records;
    MessageReader readMessage;
    MessageSender sendMessage;
    TokenTester testToken;
    MailSignIn signInToMail;
    ControlLooker lookForControl;
    ActorTrier tryActor;
    LeftRemover removeLeft;
    std::function<QByteArray()> machineKey; // SessionServices::machineKey
    QString language;                       // "en", "de_AT"
    QString toolVersion;

    // Points into this object, which outlives every run.
    RunServices runServices() const;
    // BadInput with the nearest id when there is no such roadmap.
    [[nodiscard]] Result<Roadmap> roadmap(const QString &id) const;
};

[[nodiscard]] Result<Composition> compose(const QString &language);

} // namespace cockpit
