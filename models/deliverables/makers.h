// One maker per artifact word of the roadmaps: each writes the document from what the project knows.
#pragma once

#include "models/handover/facts.h"

#include <span>

namespace cockpit::deliverables {

using handover::Draft;
using Maker = void (*)(Draft &, const HandoverInput &);

// risks.cpp
void writeRiskList(Draft &draft, const HandoverInput &input);
void writeDecisionList(Draft &draft, const HandoverInput &input);
void writeNextFixes(Draft &draft, const HandoverInput &input);
void writeLaunchChecklist(Draft &draft, const HandoverInput &input);
void writeGoNoGo(Draft &draft, const HandoverInput &input);

// surface.cpp
void writeSurfaceMap(Draft &draft, const HandoverInput &input);
void writeRedirectMap(Draft &draft, const HandoverInput &input);
void writeEdgeSummary(Draft &draft, const HandoverInput &input);
void writeCachePolicy(Draft &draft, const HandoverInput &input);

// access.cpp
void writeAccessMatrix(Draft &draft, const HandoverInput &input);
void writeAuthFlowMap(Draft &draft, const HandoverInput &input);
void writeTestSet(Draft &draft, const HandoverInput &input);
void writeRateLimitPolicy(Draft &draft, const HandoverInput &input);
void writeAiTestPack(Draft &draft, const HandoverInput &input);

// secrets.cpp
void writeSecretsInventory(Draft &draft, const HandoverInput &input);
void writeRotationChecklist(Draft &draft, const HandoverInput &input);
void writeEnvInventory(Draft &draft, const HandoverInput &input);

// watching.cpp
void writeDashboard(Draft &draft, const HandoverInput &input);
void writeAlertRules(Draft &draft, const HandoverInput &input);
void writeBaseline(Draft &draft, const HandoverInput &input);
void writeIncidentTemplate(Draft &draft, const HandoverInput &input);

// release.cpp
void writeDeploymentRunbook(Draft &draft, const HandoverInput &input);
void writeRollbackNote(Draft &draft, const HandoverInput &input);
void writeSmokeResults(Draft &draft, const HandoverInput &input);

// people.cpp
void writeHandoverChecklist(Draft &draft, const HandoverInput &input);
void writeHandoverPack(Draft &draft, const HandoverInput &input);
void writeOperatingGuide(Draft &draft, const HandoverInput &input);
void writeSupportPlan(Draft &draft, const HandoverInput &input);
void writeOwners(Draft &draft, const HandoverInput &input); // shared by the above and the owners section

} // namespace cockpit::deliverables
