#include "models/store/projectfile.h"
#include "models/store/rows.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectStore)
};

} // namespace

Error unreadableRow(const QString &table, const QString &key)
{
    return {ErrorKind::Storage,
            Text::tr("The project file holds something that this program cannot read. It was left as it is."),
            u"%1 %2"_s.arg(table, key)};
}

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
    for (const QJsonValue value : QJsonDocument::fromJson(text.toUtf8()).array())
        list << value.toString();
    return list;
}

// A name goes into requests as it stands, so it must be one; a role decides what is asked there.
std::optional<Host> hostFrom(const QSqlQuery &row)
{
    const auto role = fromWord<HostRole>(row.value(0).toString());
    const Result<QString> name = normaliseHostName(row.value(1).toString());
    const uint port = row.value(2).toUInt();
    if (!role || !name || port == 0 || port > 65535)
        return std::nullopt;
    return Host{*role, *name, static_cast<std::uint16_t>(port)};
}

void readHosts(Statements &statements, std::vector<Host> &hosts)
{
    std::optional<Error> unreadable;
    statements.each(u"SELECT role, name, https_port FROM host ORDER BY position"_s, {}, [&](const QSqlQuery &row) {
        if (const auto host = hostFrom(row))
            hosts.push_back(*host);
        else
            unreadable = unreadableRow(u"host"_s, row.value(1).toString());
    });
    if (hosts.empty())
        unreadable = unreadableRow(u"host"_s, u"(none)"_s);
    if (unreadable)
        statements.fail(*unreadable);
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
    readHosts(statements, settings.target.hosts);
}

} // namespace cockpit::store
