// Permission, test accounts, access rules, bodies and the audit log. The file is foreign input, it may come by mail:
// what its check refuses stays out of the lists, so that no value of a secret and no hostile text reaches a window or a
// request.
#include "models/store/rows.h"

#include <QJsonDocument>

#include <set>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

QString toBody(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject fromBody(const QVariant &column)
{
    return QJsonDocument::fromJson(column.toString().toUtf8()).object();
}

// Without a permission that can be read, none was given; what was stopped stays so.
void readPermission(Statements &statements, ProjectState &state)
{
    statements.each(u"SELECT body FROM permission"_s, {}, [&](const QSqlQuery &row) {
        const auto permission = permissionFromJson(fromBody(row.value(0)));
        if (permission)
            state.permission = *permission;
        else
            state.permission.stopped = true;
    });
}

void readActors(Statements &statements, ProjectState &state)
{
    std::set<QString> ids;
    statements.each(u"SELECT body FROM test_actor ORDER BY position"_s, {}, [&](const QSqlQuery &row) {
        const auto actor = testActorFromJson(fromBody(row.value(0)));
        auto checked = actor ? checkedActor(*actor) : Result<TestActor>(tl::unexpected(Error{}));
        if (checked && state.actors.size() < kMostActors && ids.insert(u"id:"_s + checked->id).second &&
            ids.insert(u"name:"_s + checked->name.toLower()).second)
            state.actors.push_back(std::move(*checked));
    });
}

void readRules(Statements &statements, ProjectState &state)
{
    std::vector<AccessRule> rules;
    const QString all = u"SELECT method, path, host, role, allowance, guessed FROM access_rule ORDER BY position"_s;
    statements.each(all, {}, [&](const QSqlQuery &row) {
        const auto allowance = allowanceFromWord(row.value(4).toString());
        if (!allowance || rules.size() >= kMostAccessRules)
            return;
        auto checked = checkedRule({row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
                                    row.value(3).toString(), *allowance, row.value(5).toBool()});
        if (checked)
            rules.push_back(std::move(*checked));
    });
    if (auto checked = checkedRules(rules))
        state.accessRules = std::move(*checked);
}

void readRouteSamples(Statements &statements, ProjectState &state)
{
    std::vector<RouteSample> samples;
    statements.each(u"SELECT body FROM route_sample ORDER BY position"_s, {}, [&](const QSqlQuery &row) {
        const auto sample = routeSampleFromJson(fromBody(row.value(0)));
        auto checked = sample ? checkedSample(*sample) : Result<RouteSample>(tl::unexpected(Error{}));
        if (checked && samples.size() < kMostSamples)
            samples.push_back(std::move(*checked));
    });
    if (auto checked = checkedSamples(samples))
        state.samples = std::move(*checked);
}

} // namespace

void writePermission(Statements &statements, const Permission &permission)
{
    statements.run(u"INSERT OR REPLACE INTO permission (id, body) VALUES (1, ?)"_s, {toBody(toJson(permission))});
}

void writeActors(Statements &statements, const std::vector<TestActor> &actors)
{
    statements.run(u"DELETE FROM test_actor"_s);
    for (const TestActor &actor : actors)
        statements.run(u"INSERT INTO test_actor (body) VALUES (?)"_s, {toBody(toJson(actor))});
}

void writeAccessRules(Statements &statements, const std::vector<AccessRule> &rules)
{
    statements.run(u"DELETE FROM access_rule"_s);
    for (const AccessRule &rule : rules)
        statements.run(u"INSERT INTO access_rule (method, path, host, role, allowance, guessed)"
                       " VALUES (?, ?, ?, ?, ?, ?)"_s,
                       {fromText(rule.method), fromText(rule.path), fromText(rule.host), fromText(rule.role),
                        toWord(rule.allowance), rule.isGuessed});
}

void writeRouteSamples(Statements &statements, const std::vector<RouteSample> &samples)
{
    statements.run(u"DELETE FROM route_sample"_s);
    for (const RouteSample &sample : samples)
        statements.run(u"INSERT INTO route_sample (body) VALUES (?)"_s, {toBody(toJson(sample))});
}

void readAccess(Statements &statements, ProjectState &state)
{
    readPermission(statements, state);
    readActors(statements, state);
    readRules(statements, state);
    readRouteSamples(statements, state);
}

void writeRequests(Statements &statements, const std::vector<LoggedRequest> &requests)
{
    for (const LoggedRequest &sent : requests) {
        const LoggedRequest request = tidied(sent);
        statements.run(u"INSERT INTO request_log (at, check_id, method, host, route, actor, status, duration_ms, note)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                       {fromTime(request.at), fromText(request.checkId), fromText(request.method),
                        fromText(request.host), fromText(request.route), fromText(request.actor), request.status,
                        request.durationMs, fromText(request.note)});
    }
    statements.run(u"DELETE FROM request_log WHERE id <= (SELECT max(id) FROM request_log) - ?"_s,
                   {static_cast<qint64>(kMostLoggedRequests)});
}

std::vector<LoggedRequest> readRequests(Statements &statements)
{
    std::vector<LoggedRequest> requests;
    const QString newest = u"SELECT at, check_id, method, host, route, actor, status, duration_ms, note FROM"
                           " (SELECT * FROM request_log ORDER BY id DESC LIMIT ?) ORDER BY id"_s;
    statements.each(newest, {static_cast<qint64>(kMostLoggedRequests)}, [&](const QSqlQuery &row) {
        requests.push_back(tidied({toTime(row.value(0)), row.value(1).toString(), row.value(2).toString(),
                                   row.value(3).toString(), row.value(4).toString(), row.value(5).toString(),
                                   row.value(6).toInt(), row.value(7).toInt(), row.value(8).toString()}));
    });
    return requests;
}

} // namespace cockpit::store
