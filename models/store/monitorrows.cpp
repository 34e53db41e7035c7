#include "models/store/rows.h"

#include <set>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

void removeMonitorsNotIn(Statements &statements, const std::vector<Monitor> &kept)
{
    std::set<qint64> ids;
    for (const Monitor &monitor : kept)
        ids.insert(monitor.id);
    std::vector<qint64> gone;
    statements.each(u"SELECT id FROM monitor"_s, {}, [&](const QSqlQuery &row) {
        if (!ids.contains(row.value(0).toLongLong()))
            gone.push_back(row.value(0).toLongLong());
    });
    for (const qint64 id : gone)
        statements.run(u"DELETE FROM monitor WHERE id = ?"_s, {id});
}

std::chrono::seconds intervalFrom(const QVariant &column)
{
    return boundedInterval(std::chrono::seconds(column.toLongLong()));
}

qlonglong count(std::chrono::milliseconds duration)
{
    return static_cast<qlonglong>(duration.count());
}

Sample sampleFrom(const QSqlQuery &row)
{
    const auto milliseconds = [&](int column) { return std::chrono::milliseconds(row.value(column).toLongLong()); };
    Sample sample;
    sample.monitorId = row.value(0).toLongLong();
    sample.at = toTime(row.value(1));
    sample.state = sampleStateFromWord(row.value(2).toString()).value_or(SampleState::Unknown);
    sample.httpStatus = row.value(3).toInt();
    sample.total = milliseconds(4);
    sample.dns = milliseconds(5);
    sample.connect = milliseconds(6);
    sample.tls = milliseconds(7);
    sample.firstByte = milliseconds(8);
    if (!row.value(9).isNull())
        sample.certificateDaysLeft = row.value(9).toInt();
    sample.message = row.value(10).toString();
    return sample;
}

} // namespace

std::vector<Monitor> writeMonitors(Statements &statements, std::vector<Monitor> monitors)
{
    removeMonitorsNotIn(statements, monitors);
    int position = 0;
    for (Monitor &monitor : monitors) {
        const QVariant id = monitor.id == 0 ? QVariant(QMetaType::fromType<qint64>()) : QVariant(monitor.id);
        const qint64 row = statements.insert(
            u"INSERT INTO monitor (id, position, kind, name, url, interval_s, enabled) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind = excluded.kind, name = excluded.name,"
            " url = excluded.url, interval_s = excluded.interval_s, enabled = excluded.enabled"_s,
            {id, position++, toWord(monitor.kind), fromText(monitor.name), fromText(monitor.url),
             static_cast<qlonglong>(monitor.interval.count()), monitor.enabled});
        if (monitor.id == 0)
            monitor.id = row;
    }
    return monitors;
}

void readMonitors(Statements &statements, ProjectState &state)
{
    const QString sql = u"SELECT id, kind, name, url, interval_s, enabled FROM monitor ORDER BY position"_s;
    statements.each(sql, {}, [&](const QSqlQuery &row) {
        const QString kind = row.value(1).toString();
        state.monitors.push_back(
            {row.value(0).toLongLong(), meaningOf(statements, monitorKindFromWord(kind), u"monitor"_s, kind),
             row.value(2).toString(), row.value(3).toString(), intervalFrom(row.value(4)), row.value(5).toBool()});
    });
    const QString notes = u"SELECT monitor_id, started, text FROM incident_note ORDER BY monitor_id, started"_s;
    statements.each(notes, {}, [&](const QSqlQuery &row) {
        state.incidentNotes.push_back({row.value(0).toLongLong(), toTime(row.value(1)), row.value(2).toString()});
    });
}

void writeIncidentNote(Statements &statements, const IncidentNote &note)
{
    if (note.text.isEmpty()) {
        statements.run(u"DELETE FROM incident_note WHERE monitor_id = ? AND started = ?"_s,
                       {note.monitorId, fromTime(note.started)});
        return;
    }
    statements.run(u"INSERT OR REPLACE INTO incident_note (monitor_id, started, text) VALUES (?, ?, ?)"_s,
                   {note.monitorId, fromTime(note.started), note.text});
}

void writeSample(Statements &statements, const Sample &sample)
{
    const QVariant days =
        sample.certificateDaysLeft ? QVariant(*sample.certificateDaysLeft) : QVariant(QMetaType::fromType<int>());
    // A sample that was under way while its monitor was removed has nowhere to go; the others must still be saved.
    statements.run(u"INSERT INTO sample (monitor_id, at, state, http_status, total_ms, dns_ms, connect_ms, tls_ms,"
                   " first_byte_ms, certificate_days, message) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                   " WHERE EXISTS (SELECT 1 FROM monitor WHERE id = ?)"_s,
                   {sample.monitorId, fromTime(sample.at), toWord(sample.state), sample.httpStatus, count(sample.total),
                    count(sample.dns), count(sample.connect), count(sample.tls), count(sample.firstByte), days,
                    fromText(sample.message), sample.monitorId});
}

std::vector<Sample> readSamples(Statements &statements, qint64 monitorId, const QDateTime &from, const QDateTime &to)
{
    std::vector<Sample> samples;
    statements.each(u"SELECT monitor_id, at, state, http_status, total_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,"
                    " certificate_days, message FROM sample WHERE monitor_id = ? AND at >= ? AND at <= ?"
                    " ORDER BY at, id"_s,
                    {monitorId, fromTime(from), fromTime(to)},
                    [&](const QSqlQuery &row) { samples.push_back(sampleFrom(row)); });
    return samples;
}

} // namespace cockpit::store
