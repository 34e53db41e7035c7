// The JSON of `launch-cockpit secrets` (cli.md); members beside the contract's are additions.
//
// One value is one finding. `file`, `line` and `column` say where it matters most: in a file as it is now if it stands
// there, else where the history has it. `commit`, `author` and `date` are of its first appearance, null where nobody
// looked at the history or no commit has it; `in_head` says whether the commit that is checked out still has it, null
// where nobody looked. `reach`: "references" (branches and tags lead to it), "reflog" and "unreachable" (on this
// machine alone), "staged". `in_name`: a name of a file or folder has it, and `line` and
// `column` are of no text. `verified` is null: this command asks nobody whether a key still works. `places` has all of
// its places, each with what is known of it.
#include "app/report/secretswords.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

// "Ada Example <ada@example.com>"
QString authorOf(const CommitNote &note)
{
    return note.mail.isEmpty() ? note.author : u"%1 <%2>"_s.arg(note.author, note.mail).trimmed();
}

void insertNote(QJsonObject &json, const std::optional<CommitNote> &note)
{
    json.insert(u"commit"_s, note ? textOrNull(QString::fromLatin1(note->id)) : QJsonValue::Null);
    json.insert(u"author"_s, note ? textOrNull(authorOf(*note)) : QJsonValue::Null);
    json.insert(u"date"_s, note ? textOrNull(note->authoredAt.toString(Qt::ISODate)) : QJsonValue::Null);
}

QJsonArray pathsOf(const std::vector<QByteArray> &paths)
{
    QJsonArray shown;
    for (const QByteArray &path : paths)
        shown.append(shownPath(path));
    return shown;
}

void insertHistory(QJsonObject &json, const HistoryPlace &place)
{
    insertNote(json, place.first);
    json.insert(u"last_commit"_s, place.last ? textOrNull(QString::fromLatin1(place.last->id)) : QJsonValue::Null);
    json.insert(u"last_date"_s,
                place.last ? textOrNull(place.last->authoredAt.toString(Qt::ISODate)) : QJsonValue::Null);
    json.insert(u"commits"_s, place.commits);
    json.insert(u"in_head"_s, place.isInHead);
    json.insert(u"reach"_s, reachWord(place));
    json.insert(u"part"_s, toWord(place.kind));
    json.insert(u"object"_s, textOrNull(QString::fromLatin1(place.object)));
    json.insert(u"other_files"_s, pathsOf(place.otherPaths));
}

QJsonObject placeJson(const FoundSecret &place)
{
    QJsonObject json{{u"file"_s, place.path == "-" ? u"-"_s : shownPlace(place)},
                     {u"line"_s, place.hit.line},
                     {u"column"_s, place.hit.column},
                     {u"commit"_s, QJsonValue::Null},
                     {u"severity"_s, toWord(place.hit.severity)},
                     {u"encoding"_s, toWord(place.hit.through)},
                     {u"in_name"_s, place.isInName},
                     {u"low_weight_place"_s, place.weight == PlaceWeight::Lower},
                     {u"allowed"_s, place.hit.allowed ? QJsonValue(*place.hit.allowed) : QJsonValue::Null}};
    if (place.history)
        insertHistory(json, *place.history);
    return json;
}

QJsonObject entryOf(const ReportedSecret &secret)
{
    const FoundSecret &main = secret.main();
    const LeakRule &rule = *main.hit.rule;
    QJsonArray opens;
    for (const Opens each : rule.opens)
        opens.append(opensWord(each));
    QJsonArray places;
    for (const FoundSecret &place : secret.places)
        places.append(placeJson(place));
    QJsonObject json{{u"rule"_s, rule.id},
                     {u"name"_s, rule.name},
                     {u"service"_s, rule.service},
                     {u"kind"_s, toWord(main.hit.kind)},
                     {u"file"_s, main.path == "-" ? u"-"_s : shownPlace(main)},
                     {u"line"_s, main.hit.line},
                     {u"column"_s, main.hit.column},
                     {u"fingerprint"_s, QString::fromLatin1(main.hit.fingerprint)},
                     {u"masked"_s, main.hit.masked},
                     {u"severity"_s, toWord(secret.severity)},
                     {u"verified"_s, QJsonValue::Null},
                     {u"encoding"_s, toWord(main.hit.through)},
                     {u"in_name"_s, main.isInName},
                     {u"low_weight_place"_s, main.weight == PlaceWeight::Lower},
                     {u"opens"_s, opens},
                     {u"rotate"_s, textOrNull(rule.rotate.toString())},
                     {u"in_head"_s, secret.isInHead ? QJsonValue(*secret.isInHead) : QJsonValue::Null},
                     {u"places"_s, places}};
    insertNote(json, secret.history ? secret.history->first : std::nullopt);
    const HistoryPlace *history = secret.history ? secret.history.get() : main.history.get();
    json.insert(u"reach"_s, history ? QJsonValue(reachWord(*history)) : QJsonValue::Null);
    return json;
}

QJsonObject acceptedEntryOf(const ReportedSecret &secret)
{
    QJsonObject entry = entryOf(secret);
    const bool isRemark = secret.standing == Standing::Remarked;
    entry.insert(u"accepted_by"_s, isRemark ? u"remark"_s : u"baseline"_s);
    entry.insert(u"reason"_s, isRemark ? QJsonValue(secret.main().hit.allowed.value_or(QString())) : QJsonValue::Null);
    return entry;
}

QJsonObject notLookedAt(const SecretsReport &report)
{
    QJsonArray problems;
    for (const WalkProblem &problem : report.scan.walk.problems)
        problems.append(QJsonObject{{u"file"_s, problem.place}, {u"why"_s, problem.why}});
    QStringList gaps = report.scan.archiveGaps;
    if (report.history)
        gaps += report.history->gaps;
    return {{u"unreadable"_s, report.scan.walk.unreadable},
            {u"binary"_s, report.scan.binaries + report.scan.archivedBinaries},
            {u"links"_s, report.scan.walk.links},
            {u"special"_s, report.scan.walk.special},
            {u"cut"_s, report.scan.cutFiles},
            {u"problems"_s, problems},
            {u"gaps"_s, QJsonArray::fromStringList(gaps)}};
}

QJsonObject lookedAt(const SecretsReport &report)
{
    const HistoryScan *history = report.history ? &*report.history : nullptr;
    return {{u"files"_s, report.files()},
            {u"bytes"_s, report.bytes()},
            {u"commits"_s, history ? history->commits : 0},
            {u"versions"_s, history ? history->counts.files : 0},
            {u"programs"_s, report.scan.programs},
            {u"archives"_s, report.scan.archives + (history ? history->archives : 0)}};
}

} // namespace

QJsonObject secretsJson(const SecretsReport &report)
{
    QJsonArray findings;
    QJsonArray made;
    QJsonArray accepted;
    for (const ReportedSecret &secret : report.secrets) {
        switch (secret.standing) {
        case Standing::Open:
            findings.append(entryOf(secret));
            break;
        case Standing::Public:
            made.append(entryOf(secret));
            break;
        case Standing::Remarked:
        case Standing::InBaseline:
            accepted.append(acceptedEntryOf(secret));
            break;
        }
    }
    return {{u"schema"_s, 1},
            {u"tool"_s, QJsonObject{{u"name"_s, u"launch-cockpit"_s}, {u"version"_s, report.toolVersion}}},
            {u"scanned"_s, lookedAt(report)},
            {u"stopped"_s, report.isStopped()},
            {u"not_scanned"_s, notLookedAt(report)},
            {u"findings"_s, findings},
            {u"public"_s, made},
            {u"accepted"_s, accepted}};
}

} // namespace cockpit
