#include "app/practice/shop/collections.h"
#include "app/practice/shop/recordaccess.h"
#include "app/practice/shop/shophandlers.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr int kPage = 20;
constexpr int kMostPage = 100;

// The fields that decide who owns a record and what it costs: only through a fault do they come from the request.
void takeByFault(Call &call, const Collection &collection, Record &record)
{
    record.fields.remove("owner_id"_L1);
    record.fields.remove("tenant_id"_L1);
    if (call.has(MassOwner) && call.body["owner_id"_L1].isDouble())
        record.owner = call.body["owner_id"_L1].toInt();
    if (call.has(MassTenant) && call.body["tenant_id"_L1].isDouble())
        record.tenant = call.body["tenant_id"_L1].toInt();
    if (!call.has(MassPrice) || collection.name != "invoices"_L1)
        record.fields.remove("total_cents"_L1);
}

void evaluate(const Call &call, QJsonObject &fields)
{
    if (!call.has(TemplateEvaluated))
        return;
    const QStringList names = fields.keys();
    for (const QString &name : names) {
        if (fields[name].isString())
            fields[name] = fields[name].toString().replace("{{7*7}}"_L1, "49"_L1).replace("${7*7}"_L1, "49"_L1);
    }
}

int pageSize(const Call &call)
{
    if (!call.query.hasQueryItem(u"limit"_s))
        return kPage;
    bool isNumber = false;
    const int wanted = call.query.queryItemValue(u"limit"_s).toInt(&isNumber);
    return isNumber && wanted > 0 && (wanted <= kMostPage || call.has(HugePageAccepted)) ? wanted : 0;
}

PageReply listOfAll(Call &call)
{
    const Collection &collection = collectionOf(call);
    QJsonArray list;
    for (const Record &record : call.store().records[collection.name])
        list.append(shown(collection, record));
    return jsonReply(200, {{u"items"_s, list}, {u"count"_s, list.size()}});
}

} // namespace

PageReply listRecords(Call &call)
{
    const Collection &collection = collectionOf(call);
    const int size = pageSize(call);
    if (size == 0)
        return errorReply(422, "bad_field", {{u"field"_s, u"limit"_s}, {u"problem"_s, u"range"_s}});
    const auto filter = tenantFilter(call);
    if (!filter)
        return errorReply(403, "other_tenant");
    QJsonArray list;
    for (const Record &record : call.store().records[collection.name]) {
        if (list.size() < size && fits(*filter, record))
            list.append(shown(collection, record));
    }
    return jsonReply(200, {{u"items"_s, list}, {u"count"_s, list.size()}});
}

PageReply showRecord(Call &call)
{
    const Collection &collection = collectionOf(call);
    if (call.has(CrossWildcard) && call.holes.constFirst() == "null"_L1)
        return listOfAll(call);
    const Record *record = call.store().record(collection.name, call.holes.constFirst());
    if (!record)
        return errorReply(404, "not_found");
    const bool isUnguarded = call.has(CrossPath) || (call.has(CrossMethod) && call.request.method == "POST");
    if (!isOwn(call, *record) && !isUnguarded)
        return errorReply(call.has(ExistenceOracle) ? 403 : 404,
                          call.has(ExistenceOracle) ? "not_allowed" : "not_found");
    return jsonReply(200, shown(collection, *record));
}

PageReply createRecord(Call &call)
{
    const Collection &collection = collectionOf(call);
    Record record = newRecord(call.store(), collection, call.caller.tenant, call.caller.account, call.body);
    takeByFault(call, collection, record);
    evaluate(call, record.fields);
    PageReply reply = jsonReply(201, shown(collection, record));
    reply.add("Location", "/api/" + collection.name.toLatin1() + "/" + record.id.toLatin1());
    call.store().records[collection.name].push_back(std::move(record));
    return reply;
}

PageReply changeRecord(Call &call)
{
    const Collection &collection = collectionOf(call);
    Record *record = call.store().record(collection.name, call.holes.constFirst());
    if (!record || (!isOwn(call, *record) && !call.has(BlindWrite)))
        return errorReply(404, "not_found");
    const bool isForeign = !isOwn(call, *record);
    for (auto field = call.body.begin(); field != call.body.end(); ++field)
        record->fields.insert(field.key(), field.value());
    takeByFault(call, collection, *record);
    evaluate(call, record->fields);
    return isForeign ? errorReply(404, "not_found") : jsonReply(200, shown(collection, *record));
}

PageReply removeRecord(Call &call)
{
    const Collection &collection = collectionOf(call);
    const QString id = call.holes.constFirst();
    const Record *record = call.store().record(collection.name, id);
    if (!record || (!isOwn(call, *record) && !call.has(BlindWrite)))
        return errorReply(404, "not_found");
    const bool isForeign = !isOwn(call, *record);
    std::erase_if(call.store().records[collection.name], [&](const Record &other) { return other.id == id; });
    return isForeign ? errorReply(404, "not_found") : emptyReply();
}

} // namespace cockpit::shop
