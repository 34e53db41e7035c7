#include "models/handover/sections.h"

#include <QCoreApplication>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

QString meaningOf(ItemState state)
{
    switch (state) {
    case ItemState::Proven:
        return Text::tr("A check saw that it holds.");
    case ItemState::Problem:
        return Text::tr("A check saw the opposite, or a person says that it does not hold.");
    case ItemState::AnsweredByPerson:
        return Text::tr("A person says that it holds; nothing proves it.");
    case ItemState::NotLookedAt:
        return Text::tr("Nobody knows. It counts as neither good nor bad.");
    case ItemState::NotApplicable:
        return Text::tr("This product has nothing of the kind.");
    }
    Q_UNREACHABLE();
}

QString meaningOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return Text::tr("Stops the launch, whatever anybody decides.");
    case Severity::High:
        return Text::tr("Stops the launch when it breaks a line of the minimum bar; otherwise a condition for it.");
    case Severity::Medium:
        return Text::tr("A condition for the launch, unless somebody accepts it.");
    case Severity::Low:
        return Text::tr("Can wait until after the launch.");
    }
    Q_UNREACHABLE();
}

QString meaningOf(Proof proof)
{
    switch (proof) {
    case Proof::Proven:
        return Text::tr("The content itself was seen.");
    case Proof::Strong:
        return Text::tr("Two signs that do not depend on each other agree.");
    case Proof::Lead:
        return Text::tr("A sign only: a person should look before repairing. It never stops a launch.");
    }
    Q_UNREACHABLE();
}

} // namespace

// For somebody who never saw the program.
Section readingSection(const Context &context)
{
    const QString domain = context.input.project.settings.target.domain;
    Draft draft;
    draft.paragraph(
        Text::tr("Launch Cockpit looked at %1 from outside, as any visitor could, and asked people about the "
                 "rest. This document is for whoever takes over: begin with the summary, repair the risks "
                 "in their order, and use the stages to see what was looked at.")
            .arg(domain));
    for (const ItemState state : {ItemState::Proven, ItemState::Problem, ItemState::AnsweredByPerson,
                                  ItemState::NotLookedAt, ItemState::NotApplicable})
        draft.add(StatusLine{.state = state, .text = meaningOf(state)});
    Table words;
    words.header = {Text::tr("Word"), Text::tr("What it means")};
    for (const Severity severity : {Severity::Critical, Severity::High, Severity::Medium, Severity::Low})
        words.rows.push_back({labelOf(severity), meaningOf(severity)});
    for (const Proof proof : {Proof::Proven, Proof::Strong, Proof::Lead})
        words.rows.push_back({labelOf(proof), meaningOf(proof)});
    draft.add(std::move(words));
    draft.note(
        Text::tr("The commands in grey boxes are for a Unix shell; they need curl, dig and openssl, and those that "
                 "begin with launch-cockpit the program itself. With the project file, write --project FILE "
                 "instead of the address, so that routes and test accounts are known."));
    return finished(u"reading"_s, Text::tr("How to read this document"), std::move(draft));
}

} // namespace cockpit::handover
