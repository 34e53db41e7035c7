#include "models/handoverdocument.h"

#include "models/handover/masked.h"
#include "models/handover/sections.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

std::vector<Section> sectionsOf(const handover::Context &context)
{
    std::vector<Section> sections{
        handover::readingSection(context), handover::summarySection(context), handover::launchGateSection(context),
        handover::risksSection(context),   handover::planSection(context),
    };
    if (!context.input.left.empty())
        sections.push_back(handover::leftSection(context));
    for (const Stage &stage : context.input.roadmap.stages)
        sections.push_back(handover::stageSection(context, stage));
    sections.push_back(handover::ownersSection(context));
    sections.push_back(handover::answersSection(context));
    sections.push_back(handover::monitoringSection(context));
    sections.push_back(handover::deliverablesSection(context));
    sections.push_back(handover::automationSection(context));
    sections.push_back(handover::notNowSection(context));
    sections.push_back(handover::notLookedAtSection(context));
    sections.push_back(handover::evidenceSection(context));
    return sections;
}

} // namespace

HandoverDocument buildHandover(const HandoverInput &input)
{
    const handover::Context context{input, verdictOf(input.project, input.roadmap),
                                    rankRisks(input.project, input.roadmap),
                                    planFixes(input.project, input.roadmap, input.now.date())};
    const QSet<QString> trusted = handover::trustedTexts(input.roadmap);

    HandoverDocument document;
    const ProjectSettings &settings = input.project.settings;
    document.domain = handover::maskText(settings.target.domain, trusted);
    document.productName =
        handover::maskText(settings.name.isEmpty() ? settings.target.domain : settings.name, trusted);
    document.title = Text::tr("%1: launch handover").arg(document.productName);
    document.roadmapTitle = input.roadmap.title;
    document.preparedAt = input.now;
    document.toolVersion = input.toolVersion;
    document.language = input.language;
    document.verdict = context.verdict;
    document.verdictMeaning = handover::verdictMeaning(context.verdict);
    document.coverFacts = handover::coverFacts(context);
    for (QString &reason : document.verdict.reasons)
        reason = handover::maskText(reason, trusted);
    document.sections = sectionsOf(context);
    for (Section &section : document.sections)
        handover::maskBlocks(section.blocks, trusted);
    return document;
}

} // namespace cockpit
