#include "models/secretsinventory.h"

#include "models/redactor.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsInventory)
};

constexpr int kLongestText = 500;
constexpr int kLongestName = 200;
constexpr int kLongestId = 120;
constexpr int kMostFindings = 50;
constexpr int kMostDays = 3650;

constexpr std::array<WordRow<Exposure>, 3> kExposures{{
    {Exposure::Unknown, "unknown", QT_TRANSLATE_NOOP("SecretsInventory", "Not known")},
    {Exposure::No, "no", QT_TRANSLATE_NOOP("SecretsInventory", "No")},
    {Exposure::Yes, "yes", QT_TRANSLATE_NOOP("SecretsInventory", "Yes")},
}};

constexpr std::array<WordRow<Rights>, 3> kRights{{
    {Rights::Unknown, "unknown", QT_TRANSLATE_NOOP("SecretsInventory", "Nobody has looked")},
    {Rights::NoMoreThanNeeded, "no_more_than_needed", QT_TRANSLATE_NOOP("SecretsInventory", "No more than it needs")},
    {Rights::MoreThanNeeded, "more_than_needed", QT_TRANSLATE_NOOP("SecretsInventory", "More than it needs")},
}};

constexpr std::array<WordRow<RotationStep>, 5> kSteps{{
    {RotationStep::MadeNew, "made_new", QT_TRANSLATE_NOOP("SecretsInventory", "Make a new one")},
    {RotationStep::PutInPlace, "put_in_place",
     QT_TRANSLATE_NOOP("SecretsInventory", "Put it where the old one is kept")},
    {RotationStep::Deployed, "deployed", QT_TRANSLATE_NOOP("SecretsInventory", "Deploy, and see that it works")},
    {RotationStep::RevokedOld, "revoked_old", QT_TRANSLATE_NOOP("SecretsInventory", "Revoke the old one")},
    {RotationStep::ShownDead, "shown_dead", QT_TRANSLATE_NOOP("SecretsInventory", "Show that the old one is dead")},
}};

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isRunChar(QChar c)
{
    return isLetter(c) || isDigit(c) || c == u'+' || c == u'=';
}

// No word, name or date is this long and has digits among its letters; a hash or a generated key is. What people call
// things has separators between its words, so that runs are looked at between them.
bool isRandomLooking(QStringView run)
{
    constexpr qsizetype kShortest = 20;
    constexpr int kFewestDigits = 2;
    if (run.size() < kShortest)
        return false;
    return std::ranges::count_if(run, isDigit) >= kFewestDigits && std::ranges::any_of(run, isLetter);
}

QString withoutRandomRuns(const QString &text)
{
    QString result;
    qsizetype done = 0;
    while (done < text.size()) {
        qsizetype end = done;
        while (end < text.size() && isRunChar(text[end]))
            ++end;
        const QString run = text.mid(done, end - done);
        result += isRandomLooking(run) ? maskValue(run) : run;
        if (end < text.size())
            result += text[end];
        done = end + 1;
    }
    return result;
}

// One line of plain text.
QString tidied(const QString &text, int most)
{
    return plainText(text.simplified(), most + 1);
}

struct Field
{
    QString *text;
    int most;
};

std::vector<Field> fieldsOf(SecretEntry &entry)
{
    std::vector<Field> fields{{&entry.name, kLongestName},    {&entry.service, kLongestName},
                              {&entry.owner, kLongestName},   {&entry.scope, kLongestText},
                              {&entry.keptIn, kLongestText},  {&entry.exposedWhere, kLongestText},
                              {&entry.rightsBy, kLongestName}};
    for (StepDone &step : entry.rotation) {
        fields.push_back({&step.by, kLongestName});
        fields.push_back({&step.how, kLongestText});
    }
    return fields;
}

QString whatIsWrong(const QString &text, int most)
{
    if (text.size() > most)
        return Text::tr("“%1” is too long: write %2 characters at most.")
            .arg(text.left(40) + u'…', QString::number(most));
    if (looksLikeValue(text))
        return Text::tr("“%1” looks like a secret itself. Write what it is called and what it is for; its value stays "
                        "where it is kept.")
            .arg(withoutValues(text));
    return {};
}

bool isFingerprint(const QString &text)
{
    constexpr qsizetype kDigits = 16;
    return text.size() == kDigits &&
           std::ranges::all_of(text, [](QChar c) { return isDigit(c) || (c >= u'a' && c <= u'f'); });
}

bool isRuleId(const QString &text)
{
    return text.size() <= kLongestName &&
           std::ranges::all_of(text, [](QChar c) { return isLetter(c) || isDigit(c) || c == u'-' || c == u'_'; });
}

// What no person types: made by this program, or by whoever wrote the file.
bool hasValidForm(const SecretEntry &entry)
{
    const bool hasId = !entry.id.isEmpty() && entry.id.size() <= kLongestId && redact(entry.id) == entry.id;
    const bool hasFingerprints = (entry.fingerprint.isEmpty() || isFingerprint(entry.fingerprint)) &&
                                 std::ranges::all_of(entry.deadFingerprints, isFingerprint);
    const bool hasFindings =
        entry.exposedBy.size() <= kMostFindings &&
        std::ranges::all_of(entry.exposedBy, [](const QString &id) { return redact(id) == id && id.size() <= 300; });
    return hasId && hasFingerprints && hasFindings && isRuleId(entry.rule) &&
           entry.rotation.size() <= kRotationSteps.size() && entry.rotateEveryDays >= 0 &&
           entry.rotateEveryDays <= kMostDays;
}

} // namespace

COCKPIT_WORDS(Exposure, kExposures, exposureFromWord)
COCKPIT_WORDS(Rights, kRights, rightsFromWord)
COCKPIT_WORDS(RotationStep, kSteps, rotationStepFromWord)

QString labelOf(Exposure value)
{
    return Text::tr(rowOf(kExposures, value).label);
}

QString labelOf(Rights value)
{
    return Text::tr(rowOf(kRights, value).label);
}

QString labelOf(RotationStep value)
{
    return Text::tr(rowOf(kSteps, value).label);
}

QString newSecretId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString withoutValues(const QString &text)
{
    return withoutRandomRuns(redact(text));
}

bool looksLikeValue(const QString &text)
{
    return withoutValues(text) != plainText(text, static_cast<int>(text.size()) + 1);
}

Result<SecretEntry> checkedSecret(SecretEntry entry)
{
    for (const Field &field : fieldsOf(entry)) {
        *field.text = tidied(*field.text, field.most);
        if (const QString wrong = whatIsWrong(*field.text, field.most); !wrong.isEmpty())
            return failure(ErrorKind::BadInput, wrong);
    }
    if (entry.name.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("Give the secret a name, such as “Stripe key of the live shop”."));
    if (!hasValidForm(entry))
        return failure(ErrorKind::BadInput, Text::tr("%1 is no entry of this program.").arg(entry.name));
    std::ranges::sort(entry.environments);
    entry.environments.erase(std::unique(entry.environments.begin(), entry.environments.end()),
                             entry.environments.end());
    return entry;
}

Result<std::vector<SecretEntry>> checkedSecrets(const std::vector<SecretEntry> &entries)
{
    if (entries.size() > kMostSecrets)
        return failure(ErrorKind::BadInput, Text::tr("The inventory is full: it holds %1 secrets.").arg(kMostSecrets));
    std::vector<SecretEntry> checked;
    checked.reserve(entries.size());
    QSet<QString> ids;
    for (const SecretEntry &entry : entries) {
        auto one = checkedSecret(entry);
        if (!one)
            return tl::unexpected(one.error());
        if (ids.contains(one->id))
            return failure(ErrorKind::BadInput, Text::tr("%1 is in the inventory twice.").arg(one->name));
        ids.insert(one->id);
        checked.push_back(std::move(*one));
    }
    return checked;
}

} // namespace cockpit
