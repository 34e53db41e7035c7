#include "models/decision.h"

#include "models/wordtable.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Decision)
};

constexpr std::array kDecisions{
    WordRow<DecisionKind>{DecisionKind::FixNow, "fix_now", QT_TRANSLATE_NOOP("Decision", "Fix now")},
    WordRow<DecisionKind>{DecisionKind::FixLater, "fix_later", QT_TRANSLATE_NOOP("Decision", "Fix later")},
    WordRow<DecisionKind>{DecisionKind::Accepted, "accepted", QT_TRANSLATE_NOOP("Decision", "Accept the risk")},
};

constexpr std::array kAttachments{
    WordRow<AttachmentKind>{AttachmentKind::Text, "text"},
    WordRow<AttachmentKind>{AttachmentKind::Link, "link"},
    WordRow<AttachmentKind>{AttachmentKind::File, "file"},
};

// Worded so that each fits a check ("mail arrives") as well as a failure signal ("mail goes to spam").
constexpr std::array kAnswers{
    WordRow<AnswerValue>{AnswerValue::Holds, "holds", QT_TRANSLATE_NOOP("Decision", "This is in order")},
    WordRow<AnswerValue>{AnswerValue::DoesNotHold, "does_not_hold", QT_TRANSLATE_NOOP("Decision", "This is a problem")},
    WordRow<AnswerValue>{AnswerValue::NotApplicable, "not_applicable",
                         QT_TRANSLATE_NOOP("Decision", "This does not apply to us")},
};

} // namespace

COCKPIT_WORDS(DecisionKind, kDecisions, decisionKindFromWord)

QString labelOf(DecisionKind value)
{
    return Text::tr(rowOf(kDecisions, value).label);
}

COCKPIT_WORDS(AttachmentKind, kAttachments, attachmentKindFromWord)
COCKPIT_WORDS(AnswerValue, kAnswers, answerValueFromWord)

QString labelOf(AnswerValue value)
{
    return Text::tr(rowOf(kAnswers, value).label);
}

QString whatIsMissing(const Decision &decision)
{
    switch (decision.kind) {
    case DecisionKind::FixNow:
        return {};
    case DecisionKind::FixLater:
        return decision.until.isValid() ? QString() : Text::tr("Say until when this will be fixed.");
    case DecisionKind::Accepted:
        if (decision.reason.trimmed().isEmpty())
            return Text::tr("Say why this risk is acceptable.");
        return decision.by.trimmed().isEmpty() ? Text::tr("Say who accepts this risk.") : QString();
    }
    return {};
}

} // namespace cockpit
