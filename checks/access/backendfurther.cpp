#include "checks/access/backendfurther.h"

#include "checks/access/backendasks.h"
#include "checks/access/tablefiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// As PostgREST or pg_graphql describe themselves.
QStringList tablesDescribedBy(const BackendAsk &schema)
{
    const QJsonObject description = QJsonDocument::fromJson(schema.answer->body).object();
    QStringList names = tablesInGraphQl(description);
    for (const QString &path : description["paths"_L1].toObject().keys()) {
        const QString name = path.mid(1);
        if (!name.isEmpty() && !name.contains(u'/'))
            names.append(name);
    }
    return names;
}

} // namespace

// Tables that the description of the interface names and the code does not.
std::vector<BackendAsk> furtherTables(const BackendLook &seen)
{
    std::vector<BackendAsk> further;
    QStringList known = seen.backend.tables;
    for (const BackendAsk &ask : seen.asks) {
        if (ask.part != BackendPart::Schema || resultOf(ask) != BackendResult::Open)
            continue;
        if (seen.backend.kind == BackendKind::Hasura)
            return describedTables(seen.backend, *ask.answer);
        for (const QString &name : tablesDescribedBy(ask)) {
            if (known.contains(name) || known.size() >= kMostTables)
                continue;
            known.append(name);
            further.push_back(tableAsk(seen.backend, name));
        }
    }
    return further;
}

// Of the types and schemas in the product's code, which are no part of its pages. One that is of another database is
// asked for as well: there is no such table.
void addTablesOfCode(const Look &look, std::vector<BackendFound> &backends)
{
    const bool isWanted = std::ranges::find(backends, BackendKind::Supabase, &BackendFound::kind) != backends.end();
    if (!isWanted || look.facts.sources.empty())
        return;
    const auto read = look.seen.ask(access::ReadTableFiles{look.facts.sources});
    for (const TableShape &table : *read ? (*read)->shapes : std::vector<TableShape>()) {
        for (BackendFound &one : backends) {
            if (one.kind == BackendKind::Supabase && !one.tables.contains(table.name) &&
                one.tables.size() < kMostTables)
                one.tables.append(table.name);
        }
    }
}

// A file by its public address, which needs no key: one whose name the list told.
std::vector<BackendAsk> filesOf(const BackendLook &seen)
{
    std::vector<BackendAsk> files;
    for (const BackendAsk &ask : seen.asks) {
        if (ask.part != BackendPart::Bucket || seen.backend.kind != BackendKind::Supabase ||
            resultOf(seen, ask) != BackendResult::Open)
            continue;
        const QString name =
            QJsonDocument::fromJson(ask.answer->body).array().first().toObject().value("name"_L1).toString();
        HttpGet question;
        question.url = QUrl(seen.backend.origin.toString() + u"/storage/v1/object/public/"_s + ask.name + u'/' +
                            QString::fromLatin1(QUrl::toPercentEncoding(name)));
        question.method = "HEAD";
        if (!name.isEmpty())
            files.push_back({BackendPart::File, ask.name, question});
    }
    return files;
}

} // namespace cockpit
