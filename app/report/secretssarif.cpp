// SARIF 2.1.0 of `launch-cockpit secrets`, as code scanning views want it: files relative to the root that was looked
// at, the rules with their severity as a number. One value is one result, its further places are
// related ones. Public keys are no results. What tells results apart from run to run is the rule, the file and how many
// came before in it: nothing that is made of the value, by which it could be guessed, and the same on each machine.
#include "app/report/jsontext.h"
#include "app/report/resultidentity.h"
#include "app/report/secretswords.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

constexpr size_t kMostRelated = 50; // of one result: views show a few

QString levelOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return u"error"_s;
    case Severity::Medium:
        return u"warning"_s;
    case Severity::Low:
        return u"note"_s;
    }
    Q_UNREACHABLE();
}

// What code scanning views sort by: above 9 is critical, above 7 high, above 4 medium.
QString securitySeverityOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return u"9.5"_s;
    case Severity::High:
        return u"8.0"_s;
    case Severity::Medium:
        return u"5.5"_s;
    case Severity::Low:
        return u"2.0"_s;
    }
    Q_UNREACHABLE();
}

void addMessage(JsonText &json, const QString &text)
{
    json.beginObject();
    json.name("text"_L1).text(text);
    json.endObject();
}

void addRuleProperties(JsonText &json, const LeakRule &rule)
{
    json.beginObject();
    json.name("tags"_L1).texts({u"security"_s, u"secrets"_s});
    json.name("precision"_L1).text(u"high"_s);
    json.name("security-severity"_L1).text(securitySeverityOf(rule.severity));
    json.endObject();
}

void addRule(JsonText &json, const LeakRule &rule)
{
    const QString opens = opensSentence(rule);
    const QString what = Text::tr("%1 stands in a file or in the history.").arg(rule.name);
    json.beginObject();
    json.name("id"_L1).text(rule.id);
    json.name("name"_L1).text(rule.id);
    addMessage(json.name("shortDescription"_L1), rule.name);
    addMessage(json.name("fullDescription"_L1), opens.isEmpty() ? what : what + u' ' + opens);
    addMessage(json.name("help"_L1), (opens.isEmpty() ? QString() : opens + u' ') + repairOfRule(rule));
    json.name("defaultConfiguration"_L1).beginObject();
    json.name("level"_L1).text(levelOf(rule.severity));
    json.endObject();
    addRuleProperties(json.name("properties"_L1), rule);
    if (!rule.rotate.isEmpty())
        json.name("helpUri"_L1).text(rule.rotate.toString(QUrl::FullyEncoded));
    json.endObject();
}

// The bytes of the name, not the name as it is shown: a view must find the file. In an archive that is the archive; a
// text without a file is the repository's.
QString uriOf(const FoundSecret &place)
{
    const QByteArray file = place.file();
    if (file == "-" && !place.history)
        return u"stdin"_s;
    return file.isEmpty() ? u".git"_s : QString::fromLatin1(file.toPercentEncoding("/"));
}

// The file alone does not name the place.
bool isLogical(const FoundSecret &place)
{
    return place.path.isEmpty() || place.isPacked() || place.isInName;
}

void addRegion(JsonText &json, const FoundSecret &place)
{
    json.beginObject();
    if (isLogical(place)) { // a line of a member is none of the archive
        json.name("startLine"_L1).number(1);
    } else {
        json.name("startLine"_L1).number(place.hit.line);
        if (place.hit.character > 0) // else the offset tells
            json.name("startColumn"_L1).number(place.hit.character);
        json.name("byteOffset"_L1).number(place.hit.offset);
        json.name("byteLength"_L1).number(place.hit.length);
    }
    json.endObject();
}

void addPhysical(JsonText &json, const FoundSecret &place)
{
    json.beginObject();
    json.name("artifactLocation"_L1).beginObject();
    json.name("uri"_L1).text(uriOf(place));
    json.name("uriBaseId"_L1).text(u"%SRCROOT%"_s);
    json.endObject();
    addRegion(json.name("region"_L1), place);
    json.endObject();
}

void addLogical(JsonText &json, const FoundSecret &place)
{
    json.beginArray();
    json.beginObject();
    json.name("fullyQualifiedName"_L1).text(shownPlace(place));
    json.endObject();
    json.endArray();
}

void addHistory(JsonText &json, const HistoryPlace &place)
{
    json.beginObject();
    json.name("reach"_L1).textOrNull(reachWord(place));
    json.name("in_head"_L1).truth(place.isInHead);
    json.name("object"_L1).latin1(place.object);
    json.endObject();
}

// id: 0 for the first of a result, which has none.
void addLocation(JsonText &json, const FoundSecret &place, size_t id = 0)
{
    json.beginObject();
    if (id > 0)
        json.name("id"_L1).number(static_cast<qint64>(id));
    addPhysical(json.name("physicalLocation"_L1), place);
    if (isLogical(place))
        addLogical(json.name("logicalLocations"_L1), place);
    if (place.history)
        addHistory(json.name("properties"_L1), *place.history);
    json.endObject();
}

void addSuppressions(JsonText &json, const ReportedSecret &secret)
{
    json.beginArray();
    if (secret.standing == Standing::Remarked || secret.standing == Standing::InBaseline) {
        const bool isRemark = secret.standing == Standing::Remarked;
        json.beginObject();
        json.name("kind"_L1).text(isRemark ? u"inSource"_s : u"external"_s);
        json.name("status"_L1).text(u"accepted"_s);
        json.name("justification"_L1)
            .text(isRemark ? secret.main().hit.allowed.value_or(QString()) : Text::tr("Accepted in the baseline."));
        json.endObject();
    }
    json.endArray();
}

void addProperties(JsonText &json, const ReportedSecret &secret)
{
    json.beginObject();
    json.name("severity"_L1).text(toWord(secret.severity));
    json.name("security-severity"_L1).text(securitySeverityOf(secret.severity));
    json.name("encoding"_L1).text(toWord(secret.main().hit.through));
    if (secret.isInHead)
        json.name("in_head"_L1).truth(*secret.isInHead);
    if (secret.history) {
        const CommitNote &first = *secret.history->first;
        json.name("commit"_L1).latin1(first.id);
        json.name("author"_L1).text(first.author);
        json.name("date"_L1).text(first.authoredAt.toString(Qt::ISODate));
        json.name("reach"_L1).textOrNull(reachWord(*secret.history));
    }
    json.endObject();
}

void addRelated(JsonText &json, const ReportedSecret &secret)
{
    json.beginArray();
    for (size_t i = 1; i < std::min(secret.places.size(), kMostRelated + 1); ++i)
        addLocation(json, secret.places[i], i);
    json.endArray();
}

void addResult(JsonText &json, const ReportedSecret &secret, int ruleIndex, const ResultIdentity &identity)
{
    const SecretHit &hit = secret.main().hit;
    const QString history = historySentences(secret);
    const QString found = Text::tr("%1: %2.").arg(hit.rule->name, hit.masked);
    json.beginObject();
    json.name("ruleId"_L1).text(hit.rule->id);
    json.name("ruleIndex"_L1).number(ruleIndex);
    json.name("level"_L1).text(levelOf(secret.severity));
    addMessage(json.name("message"_L1), history.isEmpty() ? found : found + u' ' + history);
    json.name("locations"_L1).beginArray();
    addLocation(json, secret.main());
    json.endArray();
    json.name("partialFingerprints"_L1).beginObject();
    json.name(identity.name).latin1(identity.hash);
    json.endObject();
    addSuppressions(json.name("suppressions"_L1), secret);
    addProperties(json.name("properties"_L1), secret);
    if (secret.places.size() > 1)
        addRelated(json.name("relatedLocations"_L1), secret);
    json.endObject();
}

void addNotification(JsonText &json, const QString &level, const QString &sentence)
{
    if (sentence.isEmpty())
        return;
    json.beginObject();
    json.name("level"_L1).text(level);
    addMessage(json.name("message"_L1), sentence);
    json.endObject();
}

// What was not looked at: a warning where a secret may stand in it, a note of what is left out by its kind.
void addNotifications(JsonText &json, const SecretsReport &report)
{
    const WalkTotals &walk = report.scan.walk;
    json.beginArray();
    for (const WalkProblem &problem : walk.problems)
        addNotification(json, u"warning"_s, Text::tr("%1 was not looked at: %2").arg(problem.place, problem.why));
    addNotification(json, u"warning"_s, sentenceOf(report.scan.outside));
    for (const QString &gap : report.gaps())
        addNotification(json, u"warning"_s, gap);
    addNotification(json, u"note"_s, binariesSentence(report));
    addNotification(json, u"note"_s, linksSentence(walk));
    addNotification(json, u"note"_s, specialSentence(walk));
    json.endArray();
}

void addInvocation(JsonText &json, const SecretsReport &report)
{
    json.beginObject();
    json.name("executionSuccessful"_L1).truth(!report.isStopped());
    addNotifications(json.name("toolExecutionNotifications"_L1), report);
    json.endObject();
}

bool isResult(const ReportedSecret &secret)
{
    return secret.standing != Standing::Public;
}

// Writes the rules of what was found, each once; their numbers.
std::map<const LeakRule *, int> addRules(JsonText &json, const SecretsReport &report)
{
    std::map<const LeakRule *, int> numbers;
    json.beginArray();
    for (const ReportedSecret &secret : report.secrets) {
        const LeakRule *rule = secret.main().hit.rule;
        if (isResult(secret) && numbers.try_emplace(rule, static_cast<int>(numbers.size())).second)
            addRule(json, *rule);
    }
    json.endArray();
    return numbers;
}

void addRun(JsonText &json, const SecretsReport &report)
{
    json.beginObject();
    json.name("columnKind"_L1).text(u"unicodeCodePoints"_s);
    json.name("tool"_L1).beginObject();
    json.name("driver"_L1).beginObject();
    json.name("name"_L1).text(u"launch-cockpit"_s);
    json.name("version"_L1).text(report.toolVersion);
    const auto numbers = addRules(json.name("rules"_L1), report);
    json.endObject();
    json.endObject();
    json.name("invocations"_L1).beginArray();
    addInvocation(json, report);
    json.endArray();
    json.name("results"_L1).beginArray();
    ResultIdentities identities;
    for (const ReportedSecret &secret : report.secrets) {
        if (isResult(secret))
            addResult(json, secret, numbers.at(secret.main().hit.rule), identities.next(secret));
    }
    json.endArray();
    json.endObject();
}

} // namespace

QByteArray secretsSarif(const SecretsReport &report)
{
    JsonText json;
    json.beginObject();
    json.name("$schema"_L1).text(u"https://json.schemastore.org/sarif-2.1.0.json"_s);
    json.name("version"_L1).text(u"2.1.0"_s);
    json.name("runs"_L1).beginArray();
    addRun(json, report);
    json.endArray();
    json.endObject();
    return json.take();
}

} // namespace cockpit
