#include "models/recordwatch.h"
#include "models/store/rows.h"

#include <QJsonDocument>

namespace cockpit::store {

using namespace Qt::StringLiterals;

void writeDnsBaseline(Statements &statements, const DnsBaseline &baseline)
{
    const QByteArray sets = QJsonDocument(toJson(baseline.sets)).toJson(QJsonDocument::Compact);
    statements.run(u"INSERT OR REPLACE INTO dns_baseline (id, domain, accepted_at, sets) VALUES (1, ?, ?, ?)"_s,
                   {fromText(baseline.domain), fromTime(baseline.acceptedAt), QString::fromUtf8(sets)});
}

void writeRecordWatch(Statements &statements, std::chrono::seconds interval)
{
    statements.run(u"INSERT OR REPLACE INTO record_watch (id, interval_s) VALUES (1, ?)"_s,
                   {static_cast<qint64>(interval.count())});
}

void readDnsBaseline(Statements &statements, ProjectState &state)
{
    std::optional<Error> unreadable;
    statements.each(u"SELECT domain, accepted_at, sets FROM dns_baseline"_s, {}, [&](const QSqlQuery &row) {
        const QJsonDocument sets = QJsonDocument::fromJson(row.value(2).toString().toUtf8());
        const auto read = recordSetsFromJson(sets.array());
        if (!sets.isArray() || !read)
            unreadable = unreadableRow(u"dns_baseline"_s, row.value(0).toString());
        else
            state.dnsBaseline = DnsBaseline{row.value(0).toString(), toTime(row.value(1)), *read};
    });
    if (unreadable)
        statements.fail(*unreadable);
    statements.each(u"SELECT interval_s FROM record_watch"_s, {}, [&](const QSqlQuery &row) {
        state.recordWatch = knownRecordWatch(std::chrono::seconds(row.value(0).toLongLong()));
    });
}

} // namespace cockpit::store
