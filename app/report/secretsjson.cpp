// The JSON of `launch-cockpit secrets` (cli.md); members beside the contract's are additions.
//
// One value is one finding. `file`, `line` and `column` say where it matters most: in a file as it is now if it stands
// there, else where the history has it. `commit`, `author` and `date` are of its first appearance, null where nobody
// looked at the history or no commit has it; `in_head` says whether the commit that is checked out still has it, null
// where nobody looked, and where not all of the history could be read and HEAD does not have it in what was. `reach`:
// "references" (branches and tags lead to it), "stash", "reflog" and "unreachable" (on this machine alone), "staged";
// null where no commit has it, and where a stopped look or a damaged history does not tell.
// `in_name`: a name of a file or folder has it, and `line` and `column` are of no text.
// `held_by` of a place: the kinds of references that lead to its commits (blobplace.h). `verified` is null: this
// command asks nobody whether a key still works. `places` has all of its places, each with what is known of it.
// `unreadable` of `not_scanned` counts what was to be looked at and could not be, or not to its end: files and folders,
// and of the history what is too large, too deep (`too_deep` of them: folders of a change), broken, encrypted or has
// more secrets than are listed. Of a change that is guarded the exit status is 3 where it is not 0.
// `fingerprint` tells values apart, and is the same for one value in all looks of one machine that compare with the
// same baseline, or with none. It is the HMAC of what values are compared by with a key that is in no file, but made of
// the one of this machine (renewFingerprints()), so that on a machine that keeps none, as a build server, it is of this
// run alone. The entries of a baseline are something else.
#include "app/report/jsontext.h"
#include "app/report/secretswords.h"
#include "checks/secrets/marktexts.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString placeName(const FoundSecret &place)
{
    return place.path == "-" ? u"-"_s : shownPlace(place);
}

// "Ada Example <ada@example.com>"
QString authorOf(const CommitNote &note)
{
    return note.mail.isEmpty() ? note.author : u"%1 <%2>"_s.arg(note.author, note.mail).trimmed();
}

void addDate(JsonText &json, const std::optional<CommitNote> &note)
{
    json.textOrNull(note ? note->authoredAt.toString(Qt::ISODate) : QString());
}

void addId(JsonText &json, const QByteArray &id)
{
    if (id.isEmpty())
        json.null();
    else
        json.latin1(id);
}

void addNote(JsonText &json, const std::optional<CommitNote> &note)
{
    addId(json.name("commit"_L1), note ? note->id : QByteArray());
    json.name("author"_L1).textOrNull(note ? authorOf(*note) : QString());
    addDate(json.name("date"_L1), note);
}

void addPaths(JsonText &json, const std::vector<QByteArray> &paths)
{
    json.beginArray();
    for (const QByteArray &path : paths)
        json.text(shownPath(path));
    json.endArray();
}

void addHistory(JsonText &json, const HistoryPlace &place)
{
    addNote(json, place.first);
    addId(json.name("last_commit"_L1), place.last ? place.last->id : QByteArray());
    addDate(json.name("last_date"_L1), place.last);
    json.name("commits"_L1).number(place.commits);
    json.name("in_head"_L1).truth(place.isInHead);
    json.name("reach"_L1).textOrNull(reachWord(place));
    json.name("held_by"_L1).texts(toWords(place.holders));
    json.name("part"_L1).text(toWord(place.kind));
    addId(json.name("object"_L1), place.object);
    addPaths(json.name("other_files"_L1), place.otherPaths);
}

void addAllowed(JsonText &json, const std::optional<QString> &reason)
{
    if (reason)
        json.text(*reason);
    else
        json.null();
}

void addPlace(JsonText &json, const FoundSecret &place)
{
    json.beginObject();
    json.name("file"_L1).text(placeName(place));
    json.name("line"_L1).number(place.hit.line);
    json.name("column"_L1).number(place.hit.column);
    json.name("severity"_L1).text(toWord(place.hit.severity));
    json.name("encoding"_L1).text(toWord(place.hit.through));
    json.name("in_name"_L1).truth(place.isInName);
    json.name("low_weight_place"_L1).truth(place.weight == PlaceWeight::Lower);
    addAllowed(json.name("allowed"_L1), place.hit.allowed);
    json.name("remark_not_counted"_L1).textOrNull(toWord(place.hit.markTrouble));
    if (place.history)
        addHistory(json, *place.history);
    else
        json.name("commit"_L1).null();
    json.endObject();
}

void addRule(JsonText &json, const LeakRule &rule)
{
    json.name("rule"_L1).text(rule.id);
    json.name("name"_L1).text(rule.name);
    json.name("service"_L1).text(rule.service);
    json.name("opens"_L1).beginArray();
    for (const Opens each : rule.opens)
        json.text(opensWord(each));
    json.endArray();
}

// Who accepted it, and why.
void addAcceptance(JsonText &json, const ReportedSecret &secret)
{
    const bool isRemark = secret.standing == Standing::Remarked;
    if (!isRemark && secret.standing != Standing::InBaseline)
        return;
    json.name("accepted_by"_L1).text(isRemark ? u"remark"_s : u"baseline"_s);
    addAllowed(json.name("reason"_L1),
               isRemark ? std::optional(secret.main().hit.allowed.value_or(QString())) : std::nullopt);
}

void addStanding(JsonText &json, const ReportedSecret &secret)
{
    json.name("in_head"_L1);
    if (secret.isInHead)
        json.truth(*secret.isInHead);
    else
        json.null();
    addNote(json, secret.history ? secret.history->first : std::nullopt);
    const HistoryPlace *history = secret.history ? secret.history.get() : secret.main().history.get();
    json.name("reach"_L1).textOrNull(history ? reachWord(*history) : QString());
}

void addEntry(JsonText &json, const ReportedSecret &secret, RuleWords &words)
{
    const FoundSecret &main = secret.main();
    json.beginObject();
    addRule(json, *main.hit.rule);
    json.name("rotate"_L1).textOrNull(words.of(*main.hit.rule).rotateAt);
    json.name("kind"_L1).text(toWord(main.hit.kind));
    json.name("file"_L1).text(placeName(main));
    json.name("line"_L1).number(main.hit.line);
    json.name("column"_L1).number(main.hit.column);
    json.name("fingerprint"_L1).latin1(main.hit.fingerprint);
    json.name("masked"_L1).text(main.hit.masked);
    json.name("severity"_L1).text(toWord(secret.severity));
    json.name("weak_at_public_host"_L1).truth(main.hit.isWeak);
    json.name("verified"_L1).null();
    json.name("encoding"_L1).text(toWord(main.hit.through));
    json.name("in_name"_L1).truth(main.isInName);
    json.name("low_weight_place"_L1).truth(main.weight == PlaceWeight::Lower);
    addStanding(json, secret);
    addAcceptance(json, secret);
    json.name("places"_L1).beginArray();
    for (const FoundSecret &place : secret.places)
        addPlace(json, place);
    json.endArray();
    json.endObject();
}

void addEntries(JsonText &json, const SecretsReport &report, std::initializer_list<Standing> standings,
                RuleWords &words)
{
    json.beginArray();
    for (const ReportedSecret &secret : report.secrets) {
        if (std::ranges::find(standings, secret.standing) != standings.end())
            addEntry(json, secret, words);
    }
    json.endArray();
}

void addNotScanned(JsonText &json, const SecretsReport &report)
{
    json.beginObject();
    const HistoryScan *history = report.history ? &*report.history : nullptr;
    json.name("unreadable"_L1).number(report.scan.walk.unreadable + (history ? history->unseen : 0));
    json.name("too_deep"_L1).number(history ? history->counts.tooDeep : 0);
    json.name("binary"_L1).number(report.binaries());
    json.name("links"_L1).number(report.scan.walk.links);
    json.name("special"_L1).number(report.scan.walk.special);
    json.name("cut"_L1).number(report.scan.cutFiles);
    json.name("problems"_L1).beginArray();
    for (const WalkProblem &problem : report.scan.walk.problems) {
        json.beginObject();
        json.name("file"_L1).text(problem.place);
        json.name("why"_L1).text(problem.why);
        json.endObject();
    }
    json.endArray();
    const QString outside = sentenceOf(report.scan.outside);
    json.name("gaps"_L1).texts((outside.isEmpty() ? QStringList() : QStringList(outside)) + report.gaps());
    json.endObject();
}

qint64 vainMarksOf(const SecretsReport &report)
{
    return report.scan.vainMarks + (report.history ? report.history->vainMarks : 0);
}

void addScanned(JsonText &json, const SecretsReport &report)
{
    const HistoryScan *history = report.history ? &*report.history : nullptr;
    json.beginObject();
    json.name("files"_L1).number(report.files());
    json.name("bytes"_L1).number(report.bytes());
    json.name("commits"_L1).number(history ? history->commits : 0);
    json.name("versions"_L1).number(report.versions());
    json.name("programs"_L1).number(report.scan.programs);
    json.name("archives"_L1).number(report.scan.archives + (history ? history->archives : 0));
    json.endObject();
}

} // namespace

QByteArray secretsJson(const SecretsReport &report)
{
    RuleWords words;
    JsonText json;
    json.beginObject();
    json.name("schema"_L1).number(1);
    json.name("tool"_L1).beginObject();
    json.name("name"_L1).text(u"launch-cockpit"_s);
    json.name("version"_L1).text(report.toolVersion);
    json.endObject();
    addScanned(json.name("scanned"_L1), report);
    json.name("stopped"_L1).truth(report.isStopped());
    json.name("remarks_not_counted"_L1).number(vainMarksOf(report) + report.unreasonedMarks);
    addNotScanned(json.name("not_scanned"_L1), report);
    addEntries(json.name("findings"_L1), report, {Standing::Open}, words);
    addEntries(json.name("public"_L1), report, {Standing::Public}, words);
    addEntries(json.name("accepted"_L1), report, {Standing::Remarked, Standing::InBaseline}, words);
    json.endObject();
    return json.take();
}

} // namespace cockpit
