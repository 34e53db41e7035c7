#include "models/store/projectfile.h"
#include "models/store/rows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

namespace cockpit::store {

using namespace Qt::StringLiterals;

QVariant fromTime(const QDateTime &time)
{
    return time.isNull() ? QVariant(QMetaType::fromType<qint64>()) : QVariant(time.toMSecsSinceEpoch());
}

QDateTime toTime(const QVariant &column)
{
    return column.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(column.toLongLong(), Qt::UTC);
}

QVariant fromText(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

namespace {

QString toJsonText(const QStringList &list)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(list)).toJson(QJsonDocument::Compact));
}

QStringList fromJsonText(const QString &text)
{
    QStringList list;
    for (const QJsonValue &value : QJsonDocument::fromJson(text.toUtf8()).array())
        list << value.toString();
    return list;
}

} // namespace

void writeSettings(Statements &statements, const ProjectSettings &settings)
{
    statements.run(
        u"INSERT OR REPLACE INTO project (id, name, domain, roadmap, dkim_selectors) VALUES (1, ?, ?, ?, ?)"_s,
        {fromText(settings.name), fromText(settings.target.domain), fromText(settings.roadmapId),
         toJsonText(settings.dkimSelectors)});
    statements.run(u"DELETE FROM host"_s);
    int position = 0;
    for (const Host &host : settings.target.hosts)
        statements.run(u"INSERT INTO host (position, role, name, https_port) VALUES (?, ?, ?, ?)"_s,
                       {position++, toWord(host.role), fromText(host.name), host.httpsPort});
}

void readSettings(Statements &statements, ProjectState &state)
{
    ProjectSettings &settings = state.settings;
    statements.each(u"SELECT name, domain, roadmap, dkim_selectors FROM project"_s, {}, [&](const QSqlQuery &row) {
        settings.name = row.value(0).toString();
        settings.target.domain = row.value(1).toString();
        settings.roadmapId = row.value(2).toString();
        settings.dkimSelectors = fromJsonText(row.value(3).toString());
    });
    statements.each(u"SELECT role, name, https_port FROM host ORDER BY position"_s, {}, [&](const QSqlQuery &row) {
        settings.target.hosts.push_back({fromWord<HostRole>(row.value(0).toString()).value_or(HostRole::Other),
                                         row.value(1).toString(), static_cast<std::uint16_t>(row.value(2).toUInt())});
    });
}

} // namespace cockpit::store
