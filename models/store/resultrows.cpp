#include "models/store/rows.h"

#include <QJsonDocument>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

QString toBody(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QJsonObject fromBody(const QVariant &column)
{
    return QJsonDocument::fromJson(column.toString().toUtf8()).object();
}

void readLastRun(Statements &statements, ProjectState &state)
{
    // Not one that only looked for changed records (isRecordLook()).
    const QString newest = u"SELECT id, started, finished, stopped, roadmap FROM run WHERE id IN"
                           " (SELECT run_id FROM result WHERE key <> 'dns.drift') ORDER BY id DESC LIMIT 1"_s;
    statements.each(newest, {}, [&](const QSqlQuery &row) {
        Run run;
        run.id = row.value(0).toLongLong();
        run.started = toTime(row.value(1));
        run.finished = toTime(row.value(2));
        run.stopped = row.value(3).toBool();
        run.roadmapId = row.value(4).toString();
        state.lastRun = run;
    });
}

void readLatest(Statements &statements, ProjectState &state)
{
    std::optional<Error> unreadable;
    statements.each(u"SELECT key, body FROM result"_s, {}, [&](const QSqlQuery &row) {
        const std::optional<CheckResult> result = checkResultFromJson(fromBody(row.value(1)));
        if (result)
            state.latest.insert_or_assign(result->key(), *result);
        else
            unreadable = unreadableRow(u"result"_s, row.value(0).toString());
    });
    if (unreadable)
        statements.fail(*unreadable);
}

void readFindings(Statements &statements, ProjectState &state)
{
    std::optional<Error> unreadable;
    statements.each(u"SELECT id, first_seen, last_seen, closed_at, body FROM finding"_s, {}, [&](const QSqlQuery &row) {
        const std::optional<Finding> finding = findingFromJson(fromBody(row.value(4)));
        if (finding)
            state.findings.insert_or_assign(finding->id(), FindingRecord{*finding, toTime(row.value(1)),
                                                                         toTime(row.value(2)), toTime(row.value(3))});
        else
            unreadable = unreadableRow(u"finding"_s, row.value(0).toString());
    });
    if (unreadable)
        statements.fail(*unreadable);
}

} // namespace

qint64 writeRun(Statements &statements, const Run &run)
{
    if (run.id != 0) { // it may have been forgotten meanwhile
        statements.run(u"INSERT INTO run (id, started, finished, stopped, roadmap) VALUES (?, ?, ?, ?, ?)"
                       " ON CONFLICT (id) DO UPDATE SET started = excluded.started, finished = excluded.finished,"
                       " stopped = excluded.stopped, roadmap = excluded.roadmap"_s,
                       {run.id, fromTime(run.started), fromTime(run.finished), run.stopped, fromText(run.roadmapId)});
        return run.id;
    }
    return statements.insert(u"INSERT INTO run (started, finished, stopped, roadmap) VALUES (?, ?, ?, ?)"_s,
                             {fromTime(run.started), fromTime(run.finished), run.stopped, fromText(run.roadmapId)});
}

void forgetRunsWithoutResults(Statements &statements, qint64 exceptId)
{
    statements.run(u"DELETE FROM run WHERE id <> ? AND id NOT IN (SELECT run_id FROM result)"_s, {exceptId});
}

void writeResult(Statements &statements, qint64 runId, const CheckResult &result)
{
    statements.run(u"INSERT OR REPLACE INTO result (key, run_id, body) VALUES (?, ?, ?)"_s,
                   {result.key(), runId, toBody(toJson(result))});
}

void writeFinding(Statements &statements, const FindingRecord &record)
{
    statements.run(
        u"INSERT OR REPLACE INTO finding (id, first_seen, last_seen, closed_at, body) VALUES (?, ?, ?, ?, ?)"_s,
        {record.finding.id(), fromTime(record.firstSeen), fromTime(record.lastSeen), fromTime(record.closedAt),
         toBody(toJson(record.finding))});
}

void writeHistory(Statements &statements, const HistoryEntry &entry)
{
    statements.run(u"INSERT INTO history (finding_id, at, event, note) VALUES (?, ?, ?, ?)"_s,
                   {fromText(entry.findingId), fromTime(entry.at), fromText(entry.event), fromText(entry.note)});
}

void readResults(Statements &statements, ProjectState &state)
{
    readLastRun(statements, state);
    readLatest(statements, state);
    readFindings(statements, state);
    statements.each(u"SELECT finding_id, at, event, note FROM history ORDER BY id"_s, {}, [&](const QSqlQuery &row) {
        state.history.push_back(
            {row.value(0).toString(), toTime(row.value(1)), row.value(2).toString(), row.value(3).toString()});
    });
}

} // namespace cockpit::store
