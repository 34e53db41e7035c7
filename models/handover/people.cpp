#include "models/codeaudience.h"
#include "models/deliverables/makers.h"
#include "models/dmarcplan.h"
#include "models/dmarcreminders.h"
#include "models/handover/sections.h"
#include "models/hostguards.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

QString subjectText(const Context &context, const QString &subject)
{
    if (subject == pushProtectionSubject())
        return pushProtectionQuestion();
    const Item *item = context.input.roadmap.item(subject);
    return item ? item->text : titleOfCheck(subject);
}

ItemState stateOf(const Answer &answer)
{
    switch (answer.value) {
    case AnswerValue::Holds:
        return ItemState::AnsweredByPerson;
    case AnswerValue::DoesNotHold:
        return ItemState::Problem;
    case AnswerValue::NotApplicable:
        return ItemState::NotApplicable;
    }
    Q_UNREACHABLE();
}

CodeAudience audienceIn(const Answer &answer)
{
    return codeAudienceOf({{answer.subject, answer}});
}

void writeAnswer(Draft &draft, const Context &context, const Answer &answer)
{
    if (isDmarcReminder(answer.subject)) // nobody said that
        return;
    if (const QString topic = dmarcPlanTopic(answer.subject); !topic.isEmpty()) {
        draft.add(StatusLine{ItemState::AnsweredByPerson, topic, dmarcPlanSaid(answer), signature(answer)});
        return;
    }
    if (answer.subject == codeAudienceSubject()) {
        draft.add(StatusLine{ItemState::AnsweredByPerson, codeAudienceTopic(), labelOf(audienceIn(answer)),
                             signature(answer)});
        return;
    }
    const QString said = answer.text.isEmpty() ? labelOf(answer.value) : answer.text;
    draft.add(StatusLine{stateOf(answer), subjectText(context, answer.subject), said, signature(answer)});
    for (const Attachment &attachment : answer.attachments)
        draft.note(attachment.sha256.isEmpty() ? attachment.text
                                               : Text::tr("%1, SHA-256 %2").arg(attachment.text, attachment.sha256));
}

} // namespace

Section ownersSection(const Context &context)
{
    Draft draft;
    draft.paragraph(Text::tr("Who runs each system, and who can sign in to it."));
    deliverables::writeOwners(draft, context.input);
    Section section = finished(u"owners"_s, Text::tr("Providers and owners"), std::move(draft));
    // Names that the program found are no answer to who looks after them.
    if (context.input.project.ownership.empty())
        section.completeness = Completeness::NotStarted;
    return section;
}

Section answersSection(const Context &context)
{
    Draft draft;
    const auto &answers = context.input.project.answers;
    const bool isSilent =
        std::ranges::all_of(answers, [](const auto &entry) { return isDmarcReminder(entry.second.subject); });
    draft.paragraph(isSilent ? Text::tr("Nobody has answered a question yet.")
                             : Text::tr("What people said. It is recorded, and proves nothing by itself."));
    for (const auto &[subject, answer] : answers)
        writeAnswer(draft, context, answer);
    Section section = finished(u"answers"_s, Text::tr("Answers by people"), std::move(draft));
    if (isSilent)
        section.completeness = Completeness::NotStarted;
    return section;
}

} // namespace cockpit::handover
