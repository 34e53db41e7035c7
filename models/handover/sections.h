// One builder per section of the handover document.
#pragma once

#include "models/fixplan.h"
#include "models/handover/facts.h"

namespace cockpit::handover {

// What several sections need, worked out once.
struct Context
{
    const HandoverInput &input;
    Verdict verdict;
    std::vector<Risk> risks;
    FixPlan plan;
};

Section readingSection(const Context &context);
Section summarySection(const Context &context);
Section launchGateSection(const Context &context);
Section risksSection(const Context &context);
Section planSection(const Context &context);
Section leftSection(const Context &context); // only where something was left
Section stageSection(const Context &context, const Stage &stage);
Section ownersSection(const Context &context);
Section answersSection(const Context &context);
Section monitoringSection(const Context &context);
Section deliverablesSection(const Context &context);
Section automationSection(const Context &context);
Section notNowSection(const Context &context);
Section notLookedAtSection(const Context &context);
Section evidenceSection(const Context &context);

// The first page: what the verdict asks for, and the size of what is ahead.
QString verdictMeaning(const Verdict &verdict);
std::vector<CoverFact> coverFacts(const Context &context);

// For the builders: a line for an item with its state and explanation, and the section that a draft became.
StatusLine itemLine(const Context &context, const Item &item);
Section finished(const QString &id, const QString &title, Draft &&draft);

} // namespace cockpit::handover
