#include "checks/secrets/cilogjudge.h"

#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CiConfig)
};

struct Fault
{
    QString code;
    QString subject = {};
    Severity severity = Severity::High;
    Proof proof = Proof::Proven;
    Impact impact = Impact::DataExposure;
    QString title;
    QString saw;
};

Finding findingOf(const Fault &fault, const std::vector<LogSample> &samples)
{
    Finding finding =
        atSamples(makeFinding(fault.code, fault.severity, fault.proof, fault.impact, fault.title, fault.saw), samples);
    finding.subject = fault.subject;
    finding.effortMinutes = 60;
    if (!samples.empty())
        finding.whatWeSaw += u' ' + Text::tr("The first: %1.").arg(placeOf(samples.front()));
    return finding;
}

struct Sums
{
    std::map<QString, RuleSeen> rules;
    KindSeen credentials;
    std::vector<KnownSeen> known; // by name and form
    CiSeen ci;
    std::vector<LogSample> traced;
    std::vector<LogSample> environments;
    std::vector<LogSample> npmDebug;
    std::vector<LogSample> plans;
};

void appendLines(const QString &file, const std::vector<qint64> &lines, std::vector<LogSample> &samples)
{
    for (const qint64 line : lines)
        addSamples({{file, line, {}}}, samples);
}

void addKnown(const KnownSeen &seen, std::vector<KnownSeen> &all)
{
    const auto it = std::ranges::find_if(
        all, [&seen](const KnownSeen &one) { return one.name == seen.name && one.form == seen.form; });
    if (it == all.end()) {
        all.push_back(seen);
        return;
    }
    it->count += seen.count;
    addSamples(seen.samples, it->samples);
}

Sums sumsOf(const std::vector<LogDigest> &digests)
{
    using enum SensitiveKind;
    Sums sums;
    for (const LogDigest &digest : digests) {
        for (const auto &[id, seen] : digest.rules) {
            if (seen.kind == LeakKind::Secret)
                addSeen(seen, sums.rules[id]);
        }
        for (const SensitiveKind kind : {Password, OneTimeCode, Token, Login, LinkToken}) {
            if (const auto it = digest.kinds.find(kind); it != digest.kinds.end())
                addSeen(it->second, sums.credentials);
        }
        for (const KnownSeen &seen : digest.known)
            addKnown(seen, sums.known);
        for (const auto &[file, seen] : digest.ci) {
            sums.ci.traced += seen.traced;
            sums.ci.tracedWithSecret += seen.tracedWithSecret;
            sums.ci.environments += seen.environments;
            sums.ci.hidden += seen.hidden;
            sums.ci.npmDebug += seen.npmDebug;
            sums.ci.plans += seen.plans;
            sums.ci.hiddenByPlan += seen.hiddenByPlan;
            appendLines(file, seen.tracedLines, sums.traced);
            appendLines(file, seen.environmentLines, sums.environments);
            appendLines(file, seen.npmDebugLines, sums.npmDebug);
            appendLines(file, seen.planLines, sums.plans);
        }
    }
    return sums;
}

QString formText(ValueForm form)
{
    switch (form) {
    case ValueForm::Plain:
        return Text::tr("as it is");
    case ValueForm::Base64:
        return Text::tr("in Base64");
    case ValueForm::UrlEncoded:
        return Text::tr("URL-encoded");
    case ValueForm::Reversed:
        return Text::tr("backwards");
    case ValueForm::Hex:
        return Text::tr("in hexadecimal digits");
    case ValueForm::Spaced:
        return Text::tr("with signs between its characters");
    case ValueForm::Split:
        return Text::tr("in two parts");
    }
    Q_UNREACHABLE();
}

void addValues(const Sums &sums, std::vector<Finding> &findings)
{
    for (const KnownSeen &seen : sums.known) {
        const bool isPlain = seen.form == ValueForm::Plain;
        findings.push_back(findingOf(
            {.code = isPlain ? u"value_in_log"_s : u"masking_bypassed"_s,
             .subject = isPlain ? seen.name : seen.name + u' ' + toWord(seen.form),
             .title = isPlain ? Text::tr("The value of a setting stands in a build log")
                              : Text::tr("A secret gets past the masking of the build log"),
             .saw = Text::tr("The value of %1 stands in the build log %n time(s), %2.", nullptr, forPlural(seen.count))
                        .arg(seen.name, formText(seen.form))},
            seen.samples));
    }
    for (const auto &[id, seen] : sums.rules) {
        findings.push_back(findingOf(
            {.code = u"key_in_log"_s,
             .subject = id,
             .severity = seen.severity,
             .proof = seen.isGuessed ? Proof::Strong : Proof::Proven,
             .title = Text::tr("A key stands in a build log"),
             .saw = Text::tr("%n time(s) in the build logs: %1.", nullptr, forPlural(seen.count)).arg(seen.name)},
            seen.samples));
    }
}

void addPrinted(const Sums &sums, std::vector<Finding> &findings)
{
    if (sums.credentials.count > 0)
        findings.push_back(findingOf({.code = u"credentials_in_log"_s,
                                      .proof = Proof::Strong,
                                      .impact = Impact::AccountTakeover,
                                      .title = Text::tr("Passwords or tokens stand in a build log"),
                                      .saw = Text::tr("%n password(s), code(s) or token(s) stand in the build logs, "
                                                      "readable.",
                                                      nullptr, forPlural(sums.credentials.count))},
                                     sums.credentials.samples));
    if (sums.ci.environments > 0)
        findings.push_back(findingOf(
            {.code = u"environment_in_log"_s,
             .severity = Severity::Medium,
             .title = Text::tr("A build printed all of its settings"),
             .saw = Text::tr("%n list(s) of all settings stand in the build logs. What is masked today is not masked "
                             "when it is set in another place or changed by a script.",
                             nullptr, forPlural(sums.ci.environments))},
            sums.environments));
    if (sums.ci.tracedWithSecret > 0)
        findings.push_back(findingOf({.code = u"trace_in_log"_s,
                                      .severity = Severity::Medium,
                                      .proof = Proof::Strong,
                                      .title = Text::tr("Traced commands show secrets in a build log"),
                                      .saw = Text::tr("%n traced command(s) (set -x) give a value to the name of a "
                                                      "secret.",
                                                      nullptr, forPlural(sums.ci.tracedWithSecret))},
                                     sums.traced));
}

// Each is known to show more than masking covers; whether this one did, a person has to look.
void addTellingOutput(const Sums &sums, std::vector<Finding> &findings)
{
    if (sums.ci.npmDebug > 0)
        findings.push_back(
            findingOf({.code = u"npm_debug_in_log"_s,
                       .severity = Severity::Low,
                       .proof = Proof::Lead,
                       .title = Text::tr("npm's debug log stands in a build log"),
                       .saw = Text::tr("%n line(s) of npm's debug log stand in the build logs. It holds settings, "
                                       "addresses and what scripts print, and npm hides only what it knows to be a "
                                       "token.",
                                       nullptr, forPlural(sums.ci.npmDebug))},
                      sums.npmDebug));
    if (sums.ci.plans == 0)
        return;
    QString saw =
        Text::tr("%n plan(s) of Terraform or OpenTofu stand in the build logs. Every value that is not marked "
                 "as sensitive is readable in it.",
                 nullptr, forPlural(sums.ci.plans));
    if (sums.ci.hiddenByPlan > 0)
        saw += u' ' + Text::tr("%n value(s) are marked, and hidden.", nullptr, forPlural(sums.ci.hiddenByPlan));
    findings.push_back(findingOf({.code = u"plan_in_log"_s,
                                  .severity = Severity::Low,
                                  .proof = Proof::Lead,
                                  .title = Text::tr("A plan of your infrastructure stands in a build log"),
                                  .saw = saw},
                                 sums.plans));
}

} // namespace

QStringList ciLogCodes()
{
    return {u"value_in_log"_s,       u"masking_bypassed"_s, u"key_in_log"_s,       u"credentials_in_log"_s,
            u"environment_in_log"_s, u"trace_in_log"_s,     u"npm_debug_in_log"_s, u"plan_in_log"_s};
}

void judgeCiLogs(const LogsRead &logs, std::vector<Finding> &findings, QJsonObject &observed)
{
    const Sums sums = sumsOf(logs.digests);
    addValues(sums, findings);
    addPrinted(sums, findings);
    addTellingOutput(sums, findings);
    QJsonArray known;
    for (const KnownSeen &seen : sums.known)
        known.append(QJsonObject{{u"name"_s, seen.name}, {u"form"_s, toWord(seen.form)}, {u"count"_s, seen.count}});
    QJsonArray keys;
    for (const auto &[id, seen] : sums.rules)
        keys.append(QJsonObject{{u"rule"_s, id}, {u"name"_s, seen.name}, {u"count"_s, seen.count}});
    observed.insert(u"logs"_s, sourcesJson(logs.digests));
    observed.insert(u"masked_lines"_s, sums.ci.hidden);
    observed.insert(u"traced_lines"_s, sums.ci.traced);
    observed.insert(u"environments"_s, sums.ci.environments);
    observed.insert(u"npm_debug_lines"_s, sums.ci.npmDebug);
    observed.insert(u"plans"_s, sums.ci.plans);
    observed.insert(u"hidden_by_plan"_s, sums.ci.hiddenByPlan);
    observed.insert(u"known"_s, known);
    observed.insert(u"keys"_s, keys);
}

} // namespace cockpit
