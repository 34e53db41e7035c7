#include "checks/ai/promptcontent.h"

#include "checks/engine/pastedtext.h"
#include "checks/secrets/logread/logsread.h"
#include "checks/secrets/logread/pastedlook.h"
#include "checks/secrets/runfingerprint.h"
#include "checks/secrets/sourcesread.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PromptContent)
};

using Roles = std::map<PromptRole, RoleSeen>;

Roles sumOf(const std::vector<PromptDigest> &digests)
{
    Roles sum;
    for (const PromptDigest &digest : digests) {
        for (const auto &[role, seen] : digest.roles) {
            RoleSeen &all = sum[role];
            all.messages += seen.messages;
            for (const auto &[kind, one] : seen.kinds)
                addSeen(one, all.kinds[kind]);
            for (const auto &[id, one] : seen.rules)
                addSeen(one, all.rules[id]);
        }
    }
    return sum;
}

// What a finding is made of, over all roles.
struct Group
{
    std::map<PromptRole, qint64> counts;
    std::vector<LogSample> samples;
    Severity worst = Severity::Low;
    bool isGuessed = true; // all of it

    void add(PromptRole role, qint64 count, const std::vector<LogSample> &some)
    {
        counts[role] += count;
        addSamples(some, samples);
    }
    bool isEmpty() const { return counts.empty(); }
};

Group ofKinds(const Roles &roles, std::initializer_list<SensitiveKind> kinds)
{
    Group group;
    for (const auto &[role, seen] : roles) {
        for (const SensitiveKind kind : kinds) {
            if (const auto it = seen.kinds.find(kind); it != seen.kinds.end())
                group.add(role, it->second.count, it->second.samples);
        }
    }
    return group;
}

void addRules(const Roles &roles, bool isToken, Group &group)
{
    for (const auto &[role, seen] : roles) {
        for (const auto &[id, rule] : seen.rules) {
            if (rule.kind != LeakKind::Secret || rule.isToken != isToken)
                continue;
            group.add(role, rule.count, rule.samples);
            group.worst = std::min(group.worst, rule.severity);
            group.isGuessed = group.isGuessed && rule.isGuessed;
        }
    }
}

// "12 in what people wrote, 3 in results of tools".
QString byRole(const Group &group)
{
    QStringList parts;
    for (const auto &[role, count] : group.counts)
        parts += Text::tr("%1 in %2").arg(QString::number(count), labelOf(role));
    return parts.join(u", "_s);
}

struct Fault
{
    QString code;
    Severity severity = Severity::Medium;
    Proof proof = Proof::Strong;
    Impact impact = Impact::DataExposure;
    QString title;
    QString saw; // with %1 for the counts
};

void add(const Fault &fault, const Group &group, std::vector<Finding> &findings)
{
    if (group.isEmpty())
        return;
    Finding finding = atSamples(
        makeFinding(fault.code, fault.severity, fault.proof, fault.impact, fault.title, fault.saw.arg(byRole(group))),
        group.samples);
    finding.effortMinutes = 120;
    findings.push_back(std::move(finding));
}

std::vector<Finding> findingsOf(const Roles &roles)
{
    using enum SensitiveKind;
    std::vector<Finding> findings;
    Group keys;
    addRules(roles, false, keys);
    add({.code = u"keys"_s,
         .severity = keys.worst,
         .proof = keys.isGuessed ? Proof::Strong : Proof::Proven,
         .title = Text::tr("Keys stand in your prompts"),
         .saw = Text::tr("Keys, readable: %1.")},
        keys, findings);
    Group access = ofKinds(roles, {Password, OneTimeCode, Token, Login, Cookie, LinkToken});
    addRules(roles, true, access);
    add({.code = u"credentials"_s,
         .severity = Severity::High,
         .impact = Impact::AccountTakeover,
         .title = Text::tr("Passwords or tokens stand in your prompts"),
         .saw = Text::tr("Passwords, codes and tokens, readable: %1.")},
        access, findings);
    add({.code = u"cards"_s,
         .severity = Severity::High,
         .title = Text::tr("Card numbers stand in your prompts"),
         .saw = Text::tr("Card numbers or security codes: %1.")},
        ofKinds(roles, {Card, CardCode}), findings);
    const Group identities = ofKinds(roles, {Identity});
    add({.code = u"personal_data"_s,
         .severity = identities.isEmpty() ? Severity::Medium : Severity::High,
         .title = Text::tr("Personal data stands in your prompts"),
         .saw = Text::tr("E-mail addresses, phone numbers, dates of birth or bank accounts: %1.")},
        ofKinds(roles, {Identity, Mail, Phone}), findings);
    return findings;
}

QJsonArray rolesJson(const Roles &roles)
{
    QJsonArray rows;
    for (const auto &[role, seen] : roles) {
        QJsonArray kinds;
        for (const auto &[kind, one] : seen.kinds)
            kinds.append(QJsonObject{{u"kind"_s, toWord(kind)}, {u"count"_s, one.count}});
        QJsonArray keys;
        for (const auto &[id, one] : seen.rules)
            keys.append(QJsonObject{
                {u"rule"_s, id}, {u"name"_s, one.name}, {u"class"_s, toWord(one.kind)}, {u"count"_s, one.count}});
        rows.append(QJsonObject{
            {u"role"_s, toWord(role)}, {u"messages"_s, seen.messages}, {u"kinds"_s, kinds}, {u"keys"_s, keys}});
    }
    return rows;
}

PromptsRead readPrompts(const Look &look)
{
    const QByteArray key = fingerprintKeyOf(look);
    std::vector<PromptReading> questions;
    if (const PastedText pasted = pastedOf(SourceKind::Prompts, look.seen); pasted.text)
        questions.push_back({.source = {SourceKind::Prompts, {}, {}},
                             .fingerprintKey = key,
                             .startedAt = look.startedAt,
                             .pasted = pasted.text});
    for (const LocalSource &source : sourcesOf(SourceKind::Prompts, look.facts.sources))
        questions.push_back({.source = source, .fingerprintKey = key, .startedAt = look.startedAt});
    return readSources<PromptsRead>(look, questions);
}

} // namespace

Judged judgePrompts(const PromptsRead &read)
{
    if (read.failed)
        return couldNotLook(*read.failed);
    const Roles roles = sumOf(read.digests);
    qint64 messages = 0;
    for (const auto &[role, seen] : roles)
        messages += seen.messages;
    qint64 files = 0;
    qint64 bytes = 0;
    for (const PromptDigest &digest : read.digests) {
        files += digest.files;
        bytes += digest.bytes;
    }
    Judged judged;
    judged.findings = findingsOf(roles);
    judged.outcome = outcomeFor(judged.findings);
    judged.observed = {{u"files"_s, files}, {u"bytes"_s, bytes}, {u"roles"_s, rolesJson(roles)}};
    judged.summary = Text::tr("%n message(s) read", nullptr, forPlural(messages));
    for (const Finding &finding : judged.findings)
        judged.evidence.insert(judged.evidence.end(), finding.evidence.begin(), finding.evidence.end());
    if (judged.findings.empty() && messages < kFewestMessages) {
        judged.outcome = Outcome::Info;
        judged.reason = Text::tr("Only %n message(s) are there: too few to say what your prompts hold. Export the "
                                 "conversations of a few days, with the results of tools.",
                                 nullptr, static_cast<int>(messages));
    }
    QStringList gaps = read.gaps;
    // What a tool hands to the model is the half that the team itself makes: a database row, a whole error.
    if (messages > 0 && !roles.contains(PromptRole::Tool))
        gaps.prepend(Text::tr("No result of a tool was among them, so what tools hand to the model was not looked at. "
                              "Export conversations in which tools were called; an assistant without tools has none."));
    addGaps(gaps, judged);
    return judged;
}

Check promptContentCheck()
{
    return {.id = u"ai.prompt-content"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Prompts},
            .look = [](const Look &look) {
                const PromptsRead read = readPrompts(look);
                return withPasted(look, u"ai.prompt-content"_s, judgePrompts(read), judgedAlone(read, judgePrompts));
            }};
}

} // namespace cockpit
