#include "models/deliverable.h"
#include "models/handover/sections.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

void writeLines(Draft &draft, const Context &context, const QString &title, const std::vector<Item> &items)
{
    if (items.empty())
        return;
    draft.heading(title);
    for (const Item &item : items) {
        const StatusLine line = itemLine(context, item);
        if (line.state == ItemState::NotLookedAt)
            draft.missing(line.text);
        draft.add(line);
    }
}

QString missingText(const DeliverableDocument &document)
{
    if (document.missing.isEmpty())
        return Text::tr("Made from what is known; nothing is missing.");
    return Text::tr("%n thing(s) still missing.", nullptr, static_cast<int>(document.missing.size()));
}

// A deliverable's own state is what a person said of it; what the program could make is told beside it.
StatusLine deliverableLine(const Context &context, const Item &item)
{
    StatusLine line = itemLine(context, item);
    const DeliverableDocument document = makeDeliverable(item, context.input);
    line.note = Text::tr("%1: %2").arg(document.title, missingText(document));
    return line;
}

// The lines that nobody has looked at say so themselves, right above; only what else is missing is written out.
QStringList missingBesides(const std::vector<Block> &blocks, QStringList missing)
{
    for (const Block &block : blocks)
        if (const auto *line = std::get_if<StatusLine>(&block); line && line->state == ItemState::NotLookedAt)
            missing.removeAll(notLookedAtSentence(line->text));
    return missing;
}

// One document may be what several stages deliver.
struct Delivery
{
    std::vector<const Item *> items;
    QStringList stages;
};

std::vector<Delivery> deliveriesOf(const Roadmap &roadmap)
{
    std::vector<Delivery> deliveries;
    for (const Stage &stage : roadmap.stages)
        for (const Item &item : stage.deliverables) {
            const auto same = std::ranges::find_if(deliveries, [&](const Delivery &delivery) {
                return isMadeByProgram(item) && delivery.items.front()->artifact == item.artifact;
            });
            Delivery &delivery = same == deliveries.end() ? deliveries.emplace_back() : *same;
            delivery.items.push_back(&item);
            delivery.stages << QString::number(stage.number);
        }
    return deliveries;
}

void writeDelivery(Draft &draft, const Delivery &delivery, const HandoverInput &input)
{
    DeliverableDocument document = makeDeliverable(*delivery.items.front(), input);
    draft.heading(delivery.stages.size() == 1
                      ? Text::tr("%1 (stage %2)").arg(document.title, delivery.stages.front())
                      : Text::tr("%1 (stages %2)").arg(document.title, delivery.stages.join(u", "_s)));
    for (const Item *item : delivery.items)
        draft.note(item->text);
    const QStringList others = missingBesides(document.blocks, document.missing);
    draft.append(std::move(document.blocks));
    draft.labelled(Text::tr("Still missing"), others.join(u'\n'));
    for (const QString &sentence : document.missing)
        draft.missing(sentence);
}

} // namespace

Section stageSection(const Context &context, const Stage &stage)
{
    Draft draft;
    draft.paragraph(stage.goal);
    writeLines(draft, context, Text::tr("What to check"), stage.checks);
    if (!stage.deliverables.empty())
        draft.heading(Text::tr("What this stage delivers"));
    for (const Item &item : stage.deliverables)
        draft.add(deliverableLine(context, item));
    writeLines(draft, context, Text::tr("Signs that it is going wrong"), stage.failureSignals);

    Section section =
        finished(u"stage-%1"_s.arg(stage.number),
                 Text::tr("Stage %1: %2").arg(QString::number(stage.number), stage.title), std::move(draft));
    if (summaryOf(stage, context.input.project).state == StageState::NotStarted)
        section.completeness = Completeness::NotStarted;
    return section;
}

Section deliverablesSection(const Context &context)
{
    Draft draft;
    for (const Delivery &delivery : deliveriesOf(context.input.roadmap))
        writeDelivery(draft, delivery, context.input);
    return finished(u"deliverables"_s, Text::tr("Deliverables, made from what is known"), std::move(draft));
}

Section automationSection(const Context &context)
{
    Draft draft;
    draft.paragraph(Text::tr("What a machine should repeat, so that nobody has to remember it."));
    for (const Item &item : context.input.roadmap.automate)
        draft.add(itemLine(context, item));
    return finished(u"automation"_s, Text::tr("What to automate"), std::move(draft));
}

Section notNowSection(const Context &context)
{
    Draft draft;
    draft.paragraph(Text::tr("Left out on purpose: none of it helps the first customers."));
    Table table;
    table.header = {Text::tr("Not now"), Text::tr("Because")};
    for (const Item &item : context.input.roadmap.notNow)
        table.rows.push_back({item.text, item.why});
    draft.add(std::move(table));
    return finished(u"not-now"_s, Text::tr("Not now"), std::move(draft));
}

} // namespace cockpit::handover
