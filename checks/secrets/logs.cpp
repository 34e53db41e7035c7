#include "checks/secrets/logs.h"

#include "checks/secrets/logread/pastedlook.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogSecrets)
};

struct Sums
{
    std::map<SensitiveKind, KindSeen> kinds;
    std::map<QString, RuleSeen> rules;
    FieldCounts fields;

    qint64 count(std::initializer_list<SensitiveKind> wanted) const
    {
        qint64 sum = 0;
        for (const SensitiveKind kind : wanted) {
            const auto it = kinds.find(kind);
            sum += it == kinds.end() ? 0 : it->second.count;
        }
        return sum;
    }
    std::vector<LogSample> samples(std::initializer_list<SensitiveKind> wanted) const
    {
        std::vector<LogSample> some;
        for (const SensitiveKind kind : wanted) {
            if (const auto it = kinds.find(kind); it != kinds.end())
                some.insert(some.end(), it->second.samples.begin(), it->second.samples.end());
        }
        return some;
    }
};

Sums sumsOf(const std::vector<LogDigest> &digests)
{
    Sums sums;
    for (const LogDigest &digest : digests) {
        sums.fields.open += digest.fields.open;
        sums.fields.hidden += digest.fields.hidden;
        for (const auto &[kind, seen] : digest.kinds)
            addSeen(seen, sums.kinds[kind]);
        for (const auto &[id, seen] : digest.rules)
            addSeen(seen, sums.rules[id]);
    }
    return sums;
}

struct Fault
{
    QString code;
    Severity severity = Severity::Medium;
    Proof proof = Proof::Strong;
    Impact impact = Impact::DataExposure;
    QString title;
    QString saw;
    int minutes = 60;
};

Finding findingOf(const Fault &fault, const std::vector<LogSample> &samples)
{
    Finding finding =
        atSamples(makeFinding(fault.code, fault.severity, fault.proof, fault.impact, fault.title, fault.saw), samples);
    finding.effortMinutes = fault.minutes;
    if (!samples.empty())
        finding.whatWeSaw += u' ' + Text::tr("The first: %1.").arg(placeOf(samples.front()));
    return finding;
}

void addKeys(const Sums &sums, std::vector<Finding> &findings)
{
    for (const auto &[id, seen] : sums.rules) {
        if (seen.kind != LeakKind::Secret || seen.isToken)
            continue;
        const QString saw = Text::tr("%n time(s) in the logs: %1.", nullptr, forPlural(seen.count)).arg(seen.name);
        Finding finding = findingOf({.code = u"keys"_s,
                                     .severity = seen.severity,
                                     .proof = seen.isGuessed ? Proof::Strong : Proof::Proven,
                                     .title = Text::tr("A key stands in your logs"),
                                     .saw = saw,
                                     .minutes = 120},
                                    seen.samples);
        finding.subject = id;
        findings.push_back(std::move(finding));
    }
}

// Tokens that stand under no name: a rule knows them by their form.
void addTokens(const Sums &sums, std::vector<Finding> &findings)
{
    using enum SensitiveKind;
    qint64 count = sums.count({Token, LinkToken});
    std::vector<LogSample> samples = sums.samples({Token, LinkToken});
    Severity severity = count > 0 ? Severity::High : Severity::Low;
    for (const auto &[id, seen] : sums.rules) {
        if (seen.kind != LeakKind::Secret || !seen.isToken)
            continue;
        count += seen.count;
        severity = std::min(severity, seen.severity);
        samples.insert(samples.end(), seen.samples.begin(), seen.samples.end());
    }
    if (count == 0)
        return;
    const qint64 links = sums.count({LinkToken});
    QString saw = Text::tr("%n token(s) stand in the logs, readable.", nullptr, forPlural(count));
    if (links > 0)
        saw += u' ' + Text::tr("%n of them are part of an address.", nullptr, forPlural(links));
    findings.push_back(findingOf({.code = u"tokens"_s,
                                  .severity = severity,
                                  .impact = Impact::AccountTakeover,
                                  .title = Text::tr("Your logs hold tokens: who reads them can act as your users"),
                                  .saw = saw},
                                 samples));
}

void addAccess(const Sums &sums, std::vector<Finding> &findings)
{
    using enum SensitiveKind;
    if (const qint64 count = sums.count({Password, Login, OneTimeCode}); count > 0)
        findings.push_back(findingOf({.code = u"passwords"_s,
                                      .severity = Severity::High,
                                      .impact = Impact::AccountTakeover,
                                      .title = Text::tr("Passwords stand in your logs"),
                                      .saw = Text::tr("%n password(s) or one-time code(s) stand in the logs, readable.",
                                                      nullptr, forPlural(count))},
                                     sums.samples({Password, Login, OneTimeCode})));
    if (const qint64 count = sums.count({Cookie}); count > 0)
        findings.push_back(findingOf(
            {.code = u"session_cookies"_s,
             .severity = Severity::High,
             .impact = Impact::AccountTakeover,
             .title = Text::tr("Session cookies stand in your logs"),
             .saw = Text::tr("%n session cookie(s) stand in the logs with their value.", nullptr, forPlural(count))},
            sums.samples({Cookie})));
}

void addPeople(const Sums &sums, std::vector<Finding> &findings)
{
    using enum SensitiveKind;
    const qint64 cards = sums.count({Card, CardCode});
    if (cards > 0)
        findings.push_back(
            findingOf({.code = u"cards"_s,
                       .severity = Severity::High,
                       .title = Text::tr("Card numbers stand in your logs"),
                       .saw = Text::tr("%n card number(s) or security code(s) stand in the logs in full.", nullptr,
                                       forPlural(cards)),
                       .minutes = 120},
                      sums.samples({Card, CardCode})));
    if (const qint64 tests = sums.count({TestCard}); tests > 0 && cards == 0)
        findings.push_back(
            findingOf({.code = u"test_cards"_s,
                       .severity = Severity::Medium,
                       .proof = Proof::Lead,
                       .title = Text::tr("Card numbers would stand in your logs"),
                       .saw = Text::tr("%n known test number(s) of a card stand in the logs: a real one would, too.",
                                       nullptr, forPlural(tests))},
                      sums.samples({TestCard})));
    const qint64 identities = sums.count({Identity});
    const qint64 contacts = sums.count({Mail, Phone});
    if (identities + contacts == 0)
        return;
    findings.push_back(findingOf(
        {.code = u"personal_data"_s,
         .severity = identities > 0 ? Severity::High : Severity::Medium,
         .title = Text::tr("Personal data stands in your logs"),
         .saw = Text::tr("In the logs: %1 e-mail addresses, %2 phone numbers, %3 dates of birth, bank accounts or "
                         "other numbers of people.")
                    .arg(QString::number(sums.count({Mail})), QString::number(sums.count({Phone})),
                         QString::number(identities))},
        sums.samples({Identity, Mail, Phone})));
}

void addContents(const Sums &sums, std::vector<Finding> &findings)
{
    using enum SensitiveKind;
    if (const qint64 count = sums.count({Prompt}); count > 0)
        findings.push_back(findingOf(
            {.code = u"prompts"_s,
             .severity = Severity::Medium,
             .title = Text::tr("Whole prompts stand in your logs"),
             .saw = Text::tr("%n prompt(s) to a language model stand in the logs.", nullptr, forPlural(count))},
            sums.samples({Prompt})));
    if (const qint64 count = sums.count({Body}); count > 0)
        findings.push_back(findingOf(
            {.code = u"request_bodies"_s,
             .severity = Severity::Low,
             .proof = Proof::Lead,
             .title = Text::tr("Your logs hold what people send"),
             .saw = Text::tr("%n whole request(s) or message(s) stand in the logs.", nullptr, forPlural(count))},
            sums.samples({Body})));
}

std::optional<int> shareHidden(const FieldCounts &fields)
{
    const qint64 all = fields.hidden + fields.open;
    return all == 0 ? std::nullopt : std::optional(static_cast<int>(100 * fields.hidden / all));
}

QJsonObject observedOf(const LogsRead &read, const Sums &sums)
{
    QJsonArray kinds;
    for (const auto &[kind, seen] : sums.kinds)
        kinds.append(
            QJsonObject{{u"kind"_s, toWord(kind)}, {u"count"_s, seen.count}, {u"samples"_s, toJson(seen.samples)}});
    QJsonArray keys;
    for (const auto &[id, seen] : sums.rules)
        keys.append(QJsonObject{{u"rule"_s, id},
                                {u"name"_s, seen.name},
                                {u"class"_s, toWord(seen.kind)},
                                {u"count"_s, seen.count},
                                {u"different"_s, static_cast<qint64>(seen.different.size())},
                                {u"samples"_s, toJson(seen.samples)}});
    const auto share = shareHidden(sums.fields);
    return {{u"sources"_s, sourcesJson(read.digests)},
            {u"kinds"_s, kinds},
            {u"keys"_s, keys},
            {u"fields"_s, QJsonObject{{u"hidden"_s, sums.fields.hidden},
                                      {u"open"_s, sums.fields.open},
                                      {u"share_hidden"_s, share ? QJsonValue(*share) : QJsonValue()}}}};
}

} // namespace

Judged judgeLogs(const LogsRead &read)
{
    if (read.failed)
        return couldNotLook(*read.failed);
    const Sums sums = sumsOf(read.digests);
    Judged judged;
    addKeys(sums, judged.findings);
    addAccess(sums, judged.findings);
    addTokens(sums, judged.findings);
    addPeople(sums, judged.findings);
    addContents(sums, judged.findings);
    judged.outcome = outcomeFor(judged.findings);
    judged.observed = observedOf(read, sums);
    const qint64 lines = linesOf(read.digests);
    judged.summary = Text::tr("%n line(s) read", nullptr, forPlural(lines));
    if (const qint64 fields = sums.fields.hidden + sums.fields.open; fields > 0)
        judged.summary += Text::tr("; %1 of %n field(s) that should be hidden are hidden", nullptr, forPlural(fields))
                              .arg(sums.fields.hidden);
    for (const Finding &finding : judged.findings)
        judged.evidence.insert(judged.evidence.end(), finding.evidence.begin(), finding.evidence.end());
    if (judged.findings.empty() && lines < kFewestLogLines)
        addGaps({Text::tr("Only %n line(s) are there: too few to say that nothing is written that should not be. Name "
                          "the log of a busy day.",
                          nullptr, forPlural(lines))},
                judged);
    addGaps(read.gaps, judged);
    return judged;
}

Check logsCheck()
{
    return {.id = u"secrets.logs"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Log},
            .look = [](const Look &look) {
                const LogsRead read = readLogs(look, {SourceKind::Log});
                return withPasted(look, u"secrets.logs"_s, judgeLogs(read), judgedAlone(read, judgeLogs));
            }};
}

} // namespace cockpit
