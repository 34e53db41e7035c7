#include "app/practice/shop/livesocket.h"
#include "app/practice/shop/recordaccess.h"
#include "app/practice/shop/shophandlers.h"

#include <QJsonDocument>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

// Spreadsheets carry out what begins like a formula: such text gets an apostrophe (and quotes, RFC 4180).
QByteArray cell(const QJsonValue &value)
{
    QString text = value.isDouble() ? QString::number(value.toDouble(), 'f', 0) : value.toString();
    if (!text.isEmpty() && u"=+-@"_s.contains(text.front()) && value.isString())
        text.prepend(u'\'');
    return '"' + text.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

bool mentions(const Record &record, const QString &words)
{
    const QByteArray text = QJsonDocument(record.fields).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text).contains(words, Qt::CaseInsensitive);
}

} // namespace

const Collection &collectionOf(const Call &call)
{
    return *collectionNamed(QString::fromLatin1(call.route->path.split('/').at(2)));
}

bool isOwn(const Call &call, const Record &record)
{
    return call.caller.seesAll || record.tenant == call.caller.tenant;
}

std::optional<int> tenantFilter(const Call &call)
{
    const QStringList wanted = call.query.allQueryItemValues(u"tenant_id"_s);
    if (call.caller.seesAll)
        return wanted.isEmpty() ? kAllTenants : wanted.constLast().toInt();
    if (wanted.isEmpty())
        return call.caller.tenant;
    if (call.has(CrossListFilter))
        return wanted.constLast().toInt();
    const QString own = QString::number(call.caller.tenant);
    if (call.has(CrossPollutedFilter) && wanted.constFirst() == own)
        return wanted.constLast().toInt();
    const bool isOwn = std::all_of(wanted.begin(), wanted.end(), [&](const QString &id) { return id == own; });
    return isOwn ? std::optional(call.caller.tenant) : std::nullopt;
}

bool fits(int tenantFilter, const Record &record)
{
    return tenantFilter == kAllTenants || record.tenant == tenantFilter;
}

// ?ids[]=1&ids[]=2, by the fault: the first is looked at.
std::optional<PageReply> listByFault(Call &call)
{
    const Collection &collection = collectionOf(call);
    QStringList ids; // by the decoded name: brackets come encoded or not
    for (const auto &[name, value] : call.query.queryItems(QUrl::FullyDecoded)) {
        if (name == "ids[]"_L1)
            ids.append(value);
    }
    const Record *first = ids.isEmpty() ? nullptr : call.store().record(collection.name, ids.constFirst());
    if (!call.has(CrossIdList) || !first || !isOwn(call, *first))
        return {};
    QJsonArray list;
    for (const QString &id : ids) {
        if (const Record *record = call.store().record(collection.name, id))
            list.append(shown(collection, *record));
    }
    return jsonReply(200, {{u"items"_s, list}, {u"count"_s, list.size()}});
}

PageReply showRecordByQuery(Call &call)
{
    if (auto list = listByFault(call))
        return std::move(*list);
    const Collection &collection = collectionOf(call);
    // The last one counts, as in many frameworks; each must be the caller's.
    const QStringList ids = call.query.allQueryItemValues(u"id"_s, QUrl::FullyDecoded);
    if (ids.isEmpty())
        return errorReply(422, "bad_field", {{u"field"_s, u"id"_s}, {u"problem"_s, u"missing"_s}});
    const Record *record = call.store().record(collection.name, ids.constLast());
    if (!record || (!isOwn(call, *record) && !call.has(CrossQuery)))
        return errorReply(404, "not_found");
    return jsonReply(200, shown(collection, *record));
}

PageReply lookUpRecords(Call &call)
{
    const Collection &collection = collectionOf(call);
    QJsonArray list;
    const QJsonArray ids = call.body["ids"_L1].toArray();
    for (const QJsonValue &id : ids) {
        const QString text = id.isDouble() ? QString::number(id.toInt()) : id.toString();
        const Record *record = call.store().record(collection.name, text);
        if (record && (isOwn(call, *record) || call.has(CrossBody)))
            list.append(shown(collection, *record));
    }
    return jsonReply(200, {{u"items"_s, list}, {u"count"_s, list.size()}});
}

PageReply exportRecords(Call &call)
{
    const Collection &collection = collectionOf(call);
    const auto filter = call.has(CrossExport) ? std::optional(kAllTenants) : tenantFilter(call);
    if (!filter)
        return errorReply(403, "other_tenant");
    QByteArray table = "\"id\",\"tenant_id\"";
    for (const Field &field : collection.fields)
        table += ",\"" + field.name.toLatin1() + '"';
    table += "\r\n";
    for (const Record &record : call.store().records[collection.name]) {
        if (!fits(*filter, record))
            continue;
        table += cell(record.id) + ',' + cell(record.tenant);
        for (const Field &field : collection.fields)
            table += ',' + cell(record.fields[field.name]);
        table += "\r\n";
    }
    PageReply reply{.contentType = "text/csv; charset=utf-8", .body = table};
    reply.add("Content-Disposition", "attachment; filename=\"" + collection.name.toLatin1() + ".csv\"");
    return reply;
}

PageReply watchRecord(Call &call)
{
    const Collection &collection = *collectionNamed(u"customers"_s);
    const Record *record = call.store().record(collection.name, call.holes.constFirst());
    if (!isOwnOrigin(call.request))
        return errorReply(403, "other_origin");
    if (!record || (!isOwn(call, *record) && !call.has(CrossSocket)))
        return errorReply(404, "not_found");
    return socketReply(call.request, QJsonDocument(shown(collection, *record)).toJson(QJsonDocument::Compact));
}

// {"type":"subscribe","project_id":"…"}, and so for each kind of record.
PageReply watchChanges(Call &call)
{
    if (!isOwnOrigin(call.request))
        return errorReply(403, "other_origin");
    return subscriptionReply(
        call.request, [&shop = call.shop, caller = call.caller](const QJsonObject &wanted) -> QJsonObject {
            const std::lock_guard lock(shop.lock);
            for (const Collection &collection : collections()) {
                const QJsonValue id = wanted[QString(collection.name.chopped(1) + "_id"_L1)];
                const QString text = id.isDouble() ? QString::number(id.toInt()) : id.toString();
                const Record *record = text.isEmpty() ? nullptr : shop.store.record(collection.name, text);
                const bool isOwn = record && (caller.seesAll || record->tenant == caller.tenant);
                if (record && (isOwn || shop.has(CrossSubscribe)))
                    return shown(collection, *record);
            }
            return {};
        });
}

PageReply search(Call &call)
{
    const QString words = call.query.queryItemValue(u"q"_s, QUrl::FullyDecoded).replace(u'+', u' ');
    if (words.size() < 2 || words.size() > 100)
        return errorReply(422, "bad_field", {{u"field"_s, u"q"_s}, {u"problem"_s, u"length"_s}});
    if (call.has(SqlError) && words.contains(u'\''))
        return databaseError(words);
    const auto filter = call.has(CrossSearch) ? std::optional(kAllTenants) : tenantFilter(call);
    if (!filter)
        return errorReply(403, "other_tenant");
    QJsonArray list;
    for (const Collection &collection : collections()) {
        for (const Record &record : call.store().records[collection.name]) {
            if (fits(*filter, record) && mentions(record, words)) {
                QJsonObject object = shown(collection, record);
                object.insert("kind"_L1, collection.name);
                list.append(object);
            }
        }
    }
    return jsonReply(200, {{u"items"_s, list}, {u"count"_s, list.size()}});
}

} // namespace cockpit::shop
