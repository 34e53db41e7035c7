// The inventory of secrets: what each key or password is for, who owns it, what it may do, where it is kept, when it
// was last replaced, and whether somebody else may have it. A value never enters it: a text that holds what looks like
// one is refused, and masked where a file brings it.
#pragma once

#include "models/localsource.h"
#include "models/result.h"

#include <QDate>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace cockpit {

// Whether anybody may have it who should not.
enum class Exposure { Unknown, No, Yes };
QString toWord(Exposure value);
std::optional<Exposure> exposureFromWord(QStringView word);
QString labelOf(Exposure value);

// Whether it may do more than it needs.
enum class Rights { Unknown, NoMoreThanNeeded, MoreThanNeeded };
QString toWord(Rights value);
std::optional<Rights> rightsFromWord(QStringView word);
QString labelOf(Rights value);

// How an exposed secret is replaced, in this order. What counts in the end is that the old value opens nothing any
// more.
enum class RotationStep { MadeNew, PutInPlace, Deployed, RevokedOld, ShownDead };
inline constexpr std::array kRotationSteps{RotationStep::MadeNew, RotationStep::PutInPlace, RotationStep::Deployed,
                                           RotationStep::RevokedOld, RotationStep::ShownDead};
QString toWord(RotationStep value);
std::optional<RotationStep> rotationStepFromWord(QStringView word);
QString labelOf(RotationStep value); // "Make a new one"

struct StepDone
{
    QDate on;
    QString by;
    QString how; // of ShownDead: how the old value was tried; else empty

    bool operator==(const StepDone &) const = default;
};

struct SecretEntry
{
    QString id;      // stable; newSecretId(), or made of what it was found by
    QString name;    // "STRIPE_SECRET_KEY"
    QString service; // "Stripe"
    QString owner;
    QString scope;                         // what it may do
    QString keptIn;                        // "Vercel, environment variables"
    std::vector<Environment> environments; // that use it, each once, in the order of the enum
    QDate lastRotated;
    int rotateEveryDays = 0; // counted from lastRotated; 0: no interval
    QDate nextDue;           // a day of its own, which goes before the interval

    Exposure exposure = Exposure::Unknown;
    QDate exposedOn;       // when that was found out
    QString exposedWhere;  // "src/pay.js, line 12", "pasted into Slack"
    QStringList exposedBy; // ids of findings
    Rights rights = Rights::Unknown;
    QString rightsBy; // who looked
    QDate rightsOn;

    QString rule;        // by which it was recognised (keykinds.h); empty: by none
    QString fingerprint; // the first 16 hexadecimal digits; empty: nothing was found by which it can be told again
    QStringList deadFingerprints;   // of values that it had before, which open nothing any more
    std::vector<StepDone> rotation; // the first steps of kRotationSteps that are done

    bool operator==(const SecretEntry &) const = default;
};

constexpr std::size_t kMostSecrets = 2000; // that an inventory may hold

QString newSecretId();

// The same entry, tidied: blanks cut off, no control characters, each environment once. BadInput with a sentence that
// says what to write instead: without a name, too long, with something that looks like a value, or of no valid form.
[[nodiscard]] Result<SecretEntry> checkedSecret(SecretEntry entry);
// The whole list: each entry checked, no id twice, no more than kMostSecrets.
[[nodiscard]] Result<std::vector<SecretEntry>> checkedSecrets(const std::vector<SecretEntry> &entries);

// Whether a text holds what looks like the value of a secret: what the redactor masks, or a long run of letters and
// digits that is no word.
bool looksLikeValue(const QString &text);
// The text with that masked.
QString withoutValues(const QString &text);

// The stored form. fromJson is empty for words that this program does not know.
QJsonObject toJson(const SecretEntry &entry);
std::optional<SecretEntry> secretEntryFromJson(const QJsonObject &object);

// The day by which it is to be replaced; null: nobody set one.
QDate dueOn(const SecretEntry &entry);
bool isOverdue(const SecretEntry &entry, const QDate &today);
// All steps are done: the value that was exposed is shown dead.
bool isRotated(const SecretEntry &entry);
// Somebody else may have it, and it is not shown that it opens nothing.
bool isOpenlyExposed(const SecretEntry &entry);
// The next step of a rotation; empty once all are done.
std::optional<RotationStep> nextStep(const SecretEntry &entry);

// The next step is done. BadInput with a sentence when it is not the next one, nobody is named, or the last one does
// not say how the old value was tried. With the last one the secret counts as replaced on the day its new value was
// made.
[[nodiscard]] Result<SecretEntry> withStepDone(SecretEntry entry, RotationStep step, const StepDone &done);
// Without the last step that was done.
SecretEntry withoutLastStep(SecretEntry entry);
// For another round: the value of the round before is dead, and the one of now is not known to be exposed.
SecretEntry withNewRotation(SecretEntry entry);

// What an inventory has to say of each secret and does not of this one, in words: "owner", "scope".
QStringList missingParts(const SecretEntry &entry);

// What one line of the inventory says of a secret, the worst first.
enum class SecretStanding { Exposed, BeingReplaced, MoreRights, Overdue, Incomplete, Unclear, Replaced, InOrder };
SecretStanding standingOf(const SecretEntry &entry, const QDate &today);
// "Exposed", "2 of 5 steps done", "Owner is missing".
QString standingText(const SecretEntry &entry, const QDate &today);

} // namespace cockpit
