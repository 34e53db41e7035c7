// What a person decided about a finding, and what a person answered about an item.
#pragma once

#include <QDate>
#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class DecisionKind { FixNow, FixLater, Accepted };
QString toWord(DecisionKind value);
std::optional<DecisionKind> decisionKindFromWord(QStringView word);
QString labelOf(DecisionKind value);

// FixLater needs `until`; Accepted needs `reason` and `by`. whatIsMissing() says which.
struct Decision
{
    QString findingId;
    DecisionKind kind = DecisionKind::FixNow;
    QDate until;
    QString reason;
    QString by;
    QDateTime decidedAt;

    bool operator==(const Decision &) const = default;
};

// The sentence that says what is missing, or empty when the decision is complete.
QString whatIsMissing(const Decision &decision);

enum class AttachmentKind { Text, Link, File };
QString toWord(AttachmentKind value);
std::optional<AttachmentKind> attachmentKindFromWord(QStringView word);

// Evidence that a person attaches. A file is not copied: its name and SHA-256 are kept.
struct Attachment
{
    AttachmentKind kind = AttachmentKind::Text;
    QString text;   // the text, the URL, or the file name
    QString sha256; // lower-case hex, files only

    bool operator==(const Attachment &) const = default;
};

enum class AnswerValue { Holds, DoesNotHold, NotApplicable };
QString toWord(AnswerValue value);
std::optional<AnswerValue> answerValueFromWord(QStringView word);
QString labelOf(AnswerValue value);

// An answer by a person, about a roadmap item or a check (subject is the id of either). Answers about a check id
// hold for every roadmap that names it.
struct Answer
{
    QString subject;
    AnswerValue value = AnswerValue::Holds;
    QString text;
    QString by;
    QDateTime answeredAt;
    std::vector<Attachment> attachments;

    bool operator==(const Answer &) const = default;
};

} // namespace cockpit
