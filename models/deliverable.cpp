#include "models/deliverable.h"

#include "models/deliverables/makers.h"
#include "models/handover/masked.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

struct Artifact
{
    const char *word;
    const char *title; // source text, translated by titleOf()
    deliverables::Maker write;
};

using namespace deliverables;

constexpr std::array kArtifacts{
    Artifact{"access-matrix", QT_TRANSLATE_NOOP("Deliverable", "Access table"), &writeAccessMatrix},
    Artifact{"ai-test-pack", QT_TRANSLATE_NOOP("Deliverable", "AI safety tests"), &writeAiTestPack},
    Artifact{"alert-rules", QT_TRANSLATE_NOOP("Deliverable", "Alert rules"), &writeAlertRules},
    Artifact{"auth-flow-map", QT_TRANSLATE_NOOP("Deliverable", "Map of the sign-in flow"), &writeAuthFlowMap},
    Artifact{"baseline", QT_TRANSLATE_NOOP("Deliverable", "Performance before launch"), &writeBaseline},
    Artifact{"cache-policy", QT_TRANSLATE_NOOP("Deliverable", "Caching policy"), &writeCachePolicy},
    Artifact{"dashboard", QT_TRANSLATE_NOOP("Deliverable", "Dashboard"), &writeDashboard},
    Artifact{"decision-list", QT_TRANSLATE_NOOP("Deliverable", "Decisions: now, later, accepted"), &writeDecisionList},
    Artifact{"deployment-runbook", QT_TRANSLATE_NOOP("Deliverable", "Release runbook"), &writeDeploymentRunbook},
    Artifact{"edge-summary", QT_TRANSLATE_NOOP("Deliverable", "Domain and edge on one page"), &writeEdgeSummary},
    Artifact{"env-inventory", QT_TRANSLATE_NOOP("Deliverable", "Production settings"), &writeEnvInventory},
    Artifact{"go-no-go", QT_TRANSLATE_NOOP("Deliverable", "Go or no-go"), &writeGoNoGo},
    Artifact{"handover-checklist", QT_TRANSLATE_NOOP("Deliverable", "Handover checklist"), &writeHandoverChecklist},
    Artifact{"handover-pack", QT_TRANSLATE_NOOP("Deliverable", "Handover pack in plain words"), &writeHandoverPack},
    Artifact{"incident-template", QT_TRANSLATE_NOOP("Deliverable", "Incident notes template"), &writeIncidentTemplate},
    Artifact{"launch-checklist", QT_TRANSLATE_NOOP("Deliverable", "Launch checklist"), &writeLaunchChecklist},
    Artifact{"next-fixes", QT_TRANSLATE_NOOP("Deliverable", "Next fixes"), &writeNextFixes},
    Artifact{"operating-guide", QT_TRANSLATE_NOOP("Deliverable", "Guide to later updates"), &writeOperatingGuide},
    Artifact{"rate-limit-policy", QT_TRANSLATE_NOOP("Deliverable", "Limits per type of route"), &writeRateLimitPolicy},
    Artifact{"redirect-map", QT_TRANSLATE_NOOP("Deliverable", "Redirect map"), &writeRedirectMap},
    Artifact{"risk-list", QT_TRANSLATE_NOOP("Deliverable", "Risk list"), &writeRiskList},
    Artifact{"rollback-note", QT_TRANSLATE_NOOP("Deliverable", "Rollback note"), &writeRollbackNote},
    Artifact{"rotation-checklist", QT_TRANSLATE_NOOP("Deliverable", "Rotation checklist"), &writeRotationChecklist},
    Artifact{"secrets-inventory", QT_TRANSLATE_NOOP("Deliverable", "Inventory of secrets"), &writeSecretsInventory},
    Artifact{"smoke-results", QT_TRANSLATE_NOOP("Deliverable", "Smoke test results"), &writeSmokeResults},
    Artifact{"support-plan", QT_TRANSLATE_NOOP("Deliverable", "Support plan for the first 72 hours"),
             &writeSupportPlan},
    Artifact{"surface-map", QT_TRANSLATE_NOOP("Deliverable", "Map of what production shows"), &writeSurfaceMap},
    Artifact{"test-set", QT_TRANSLATE_NOOP("Deliverable", "Access tests"), &writeTestSet},
};

constexpr auto kQuestionForAPerson = "other";

const Artifact *find(const QString &word)
{
    const auto *const it =
        std::ranges::find_if(kArtifacts, [&](const Artifact &a) { return word == QLatin1StringView(a.word); });
    return it == kArtifacts.end() ? nullptr : it;
}

void writeAnswer(Draft &draft, const Item &item, const HandoverInput &input)
{
    const auto answer = input.project.answers.find(item.id);
    if (answer == input.project.answers.end())
        return;
    const QString text = answer->second.text.isEmpty() ? labelOf(answer->second.value) : answer->second.text;
    draft.paragraph(Text::tr("%1: %2").arg(handover::signature(answer->second), text));
    for (const Attachment &attachment : answer->second.attachments)
        draft.note(attachment.sha256.isEmpty() ? attachment.text
                                               : Text::tr("%1, SHA-256 %2").arg(attachment.text, attachment.sha256));
}

} // namespace

bool isMadeByProgram(const Item &item)
{
    return find(item.artifact) != nullptr;
}

QStringList knownArtifacts()
{
    QStringList words{QString::fromLatin1(kQuestionForAPerson)};
    for (const Artifact &artifact : kArtifacts)
        words << QString::fromLatin1(artifact.word);
    return words;
}

DeliverableDocument makeDeliverable(const Item &item, const HandoverInput &input)
{
    const Artifact *artifact = find(item.artifact);
    Draft draft;
    if (artifact)
        artifact->write(draft, input);
    else if (!input.project.answers.contains(item.id))
        draft.missing(Text::tr("Nobody has answered this yet: say where it is, or attach it."));
    writeAnswer(draft, item, input);

    DeliverableDocument document;
    document.artifact = item.artifact;
    document.title = artifact ? Text::tr(artifact->title) : Text::tr("Answered by a person");
    document.missing = draft.missingSentences();
    document.blocks = draft.takeBlocks();
    handover::maskBlocks(document.blocks, handover::trustedTexts(input.roadmap));
    return document;
}

} // namespace cockpit
