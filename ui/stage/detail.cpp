#include "ui/stage/detail.h"

#include "models/guide.h"
#include "models/secretsightings.h"
#include "ui/session.h"
#include "ui/stage/copytexts.h"
#include "ui/stage/findinghistory.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Detail)
};

QString effortOf(int minutes)
{
    return minutes < 60 ? Text::tr("about %1 min").arg(minutes)
                        : Text::tr("about %1 h").arg(QLocale().toString(minutes / 60.0, 'f', minutes % 60 ? 1 : 0));
}

QString numbered(const QStringList &steps)
{
    if (steps.size() == 1)
        return steps.front();
    QStringList lines;
    for (int i = 0; i < steps.size(); ++i)
        lines << Text::tr("%1. %2").arg(QLocale().toString(i + 1), steps[i]);
    return lines.join(u'\n');
}

void addSection(Detail &detail, const QString &heading, const QString &text)
{
    if (!text.trimmed().isEmpty())
        detail.sections.push_back({heading, text.trimmed()});
}

QString wordsOf(const Decision &decision)
{
    const QString by = decision.by.isEmpty() ? Text::tr("someone") : decision.by;
    switch (decision.kind) {
    case DecisionKind::FixNow:
        return Text::tr("To be fixed now.");
    case DecisionKind::FixLater:
        return Text::tr("To be fixed by %1, decided by %2. %3")
            .arg(QLocale().toString(decision.until, QLocale::ShortFormat), by, decision.reason);
    case DecisionKind::Accepted:
        return Text::tr("Accepted by %1. %2").arg(by, decision.reason);
    }
    Q_UNREACHABLE();
}

QString wordsOf(const Answer &answer)
{
    QStringList lines{Text::tr("%1, says %2 (%3).")
                          .arg(labelOf(answer.value), answer.by,
                               QLocale().toString(answer.answeredAt.toLocalTime().date(), QLocale::ShortFormat))};
    if (!answer.text.isEmpty())
        lines << answer.text;
    for (const Attachment &attachment : answer.attachments)
        lines << Text::tr("Attached: %1").arg(attachment.text);
    return lines.join(u'\n');
}

void addAnswer(Detail &detail, const QString &subject, const QString &question, const Session &session)
{
    detail.subject = subject;
    detail.question = question;
    const auto &answers = session.project().answers;
    if (const auto answer = answers.find(subject); answer != answers.end()) {
        detail.hasAnswer = true;
        addSection(detail, Text::tr("Your answer"), wordsOf(answer->second));
    }
}

bool isAboutRecord(const QString &checkId)
{
    return checkId == "mail.spf"_L1 || checkId == "mail.dkim"_L1 || checkId == "mail.dmarc"_L1;
}

bool isAboutInventory(const QString &checkId)
{
    return checkId == "secrets.inventory"_L1 || checkId == "secrets.least-privilege"_L1 ||
           checkId == "secrets.rotation"_L1;
}

// The key that a finding is about. Without a fingerprint in its subject it is about a kind of key.
std::optional<TriedKey> triableKeyOf(const Finding &finding, const Session &session)
{
    if (!looksForSecrets(finding.checkId) || session.isReadOnly() || !session.keyTester().isComplete())
        return std::nullopt;
    for (const CheckResult *result : latestOf(finding.checkId, session.project())) {
        const QString rule = ruleOf(finding, result->observed);
        if (!rule.isEmpty() && session.keyTester().request(rule))
            return TriedKey{rule, fingerprintIn(finding.subject)};
    }
    return std::nullopt;
}

Detail detailOfRisk(const Risk &risk, const Session &session)
{
    const ProjectState &project = session.project();
    const Finding &finding = risk.finding;
    Detail detail;
    detail.key = finding.id();
    detail.shape = shapeFor(finding.severity);
    detail.title = finding.title;
    detail.pills = {{labelOf(finding.severity), toneFor(finding.severity)},
                    {labelOf(finding.impact), Tone::Neutral},
                    {effortOf(finding.effortMinutes), Tone::Neutral}};
    if (finding.proof == Proof::Lead)
        detail.pills.push_back({labelOf(finding.proof), Tone::Neutral});
    if (!finding.host.isEmpty())
        detail.pills.push_back({finding.host, Tone::Neutral});
    addSection(detail, Text::tr("What we saw"), finding.whatWeSaw);
    addSection(detail, Text::tr("Does the key still work?"), lastKeyTrial(finding.id(), project));
    addSection(detail, Text::tr("Why it matters"), finding.whyItMatters);
    addSection(detail, Text::tr("How to fix it"), numbered(finding.fix.steps));
    detail.history = historyOf(finding.id(), project);
    detail.paste = finding.fix.paste;
    detail.aiPrompt = aiPromptFor(finding);
    detail.curl = curlFor(finding);
    detail.evidence = finding.evidence;
    detail.checkId = finding.checkId;
    detail.host = finding.host;
    detail.findingId = finding.id();
    if (risk.decision)
        detail.decided = wordsOf(*risk.decision);
    detail.hasRecord = isAboutRecord(risk.finding.checkId);
    detail.hasInventory = isAboutInventory(risk.finding.checkId);
    detail.triable = triableKeyOf(finding, session);
    return detail;
}

// All hosts that a check was asked on, each with its sentence.
void addResults(Detail &detail, const QString &checkId, const Session &session)
{
    QStringList seen;
    for (const CheckResult *result : latestOf(checkId, session.project())) {
        const QString words = result->summary.isEmpty() ? result->reason : result->summary;
        if (!words.isEmpty())
            seen << (result->host.isEmpty() ? words : Text::tr("%1: %2").arg(result->host, words));
        detail.evidence.insert(detail.evidence.end(), result->evidence.begin(), result->evidence.end());
    }
    addSection(detail, Text::tr("What we saw"), seen.join(u'\n'));
}

Detail detailOfCheck(const ResultRow &row, const Session &session)
{
    Detail detail;
    detail.key = row.key;
    detail.shape = row.shape;
    detail.title = row.title;
    const CatalogEntry *entry = session.catalog().find(row.checkId);
    if (entry)
        detail.pills.push_back({labelOf(entry->kind), Tone::Neutral});
    addResults(detail, row.checkId, session);
    if (const auto guide = loadGuide(row.checkId, session.language())) {
        addSection(detail, Text::tr("What it means"), guide->meaning);
        addSection(detail, Text::tr("Why it matters"), guide->why);
        // Who is to answer has to do something first.
        if (entry && entry->kind == CheckKind::Guided && row.shape != StateShape::Pass)
            addSection(detail, Text::tr("How to find out"), numbered(guide->steps));
    }
    detail.history = historyOfClosed(row.checkId, session.project());
    if (session.registry().find(row.checkId))
        detail.checkId = row.checkId;
    detail.offers = row.offers;
    detail.isBlocked = unmetNeed(row.checkId, session).has_value();
    detail.hasRecord = isAboutRecord(row.checkId);
    detail.hasInventory = isAboutInventory(row.checkId);
    if (row.shape == StateShape::NotRun || row.shape == StateShape::Answered ||
        session.project().answers.contains(row.checkId))
        addAnswer(detail, row.checkId, row.title, session);
    return detail;
}

} // namespace

std::optional<Detail> detailOf(const ResultRow &row, const Session &session)
{
    if (row.findingId.isEmpty())
        return detailOfCheck(row, session);
    const auto &risks = session.risks();
    const auto risk = std::ranges::find_if(risks, [&](const Risk &r) { return r.finding.id() == row.findingId; });
    if (risk == risks.end())
        return std::nullopt;
    return detailOfRisk(*risk, session);
}

Detail detailOf(const Item &item, const Session &session)
{
    const ItemStatus status = session.status(item);
    Detail detail;
    detail.key = item.id;
    detail.shape = shapeFor(status.state);
    detail.title = item.text;
    detail.pills = {{labelOf(status.state), toneFor(detail.shape)}, {labelOf(item.kind), Tone::Neutral}};
    addSection(detail, Text::tr("Where it stands"), status.explanation);
    addSection(detail, Text::tr("Why it matters"), item.why);
    QStringList behind;
    for (const QString &id : item.checks) {
        const CatalogEntry *entry = session.catalog().find(id);
        behind << Text::tr("%1: %2").arg(labelOf(checkState(id, session.project())), entry ? entry->title : id);
    }
    addSection(detail, Text::tr("Checks behind it"), behind.join(u'\n'));
    if (!item.artifact.isEmpty() && item.artifact != "other"_L1)
        detail.deliverable = item.id;
    addAnswer(detail, item.id, item.text, session);
    return detail;
}

} // namespace cockpit
