// The shop's collections of records: what they are called, how their records are numbered, and what their fields take.
#pragma once

#include "app/practice/shop/fieldschema.h"
#include "app/practice/shop/shopstate.h"

namespace cockpit::shop {

enum class RecordIdKind { Number, EncodedNumber, Uuid, Slug };

struct Collection
{
    QString name; // in the path: "customers"
    RecordIdKind ids = RecordIdKind::Number;
    Fields fields;
};

const std::vector<Collection> &collections();
const Collection *collectionNamed(const QString &name); // null when there is none
QString encodedId(const QString &kind, int number);     // base64 of "invoice:17", for addresses
// A record of that tenant and owner, with its id; the caller puts it into the store.
Record newRecord(Store &store, const Collection &collection, int tenant, int owner, const QJsonObject &fields);
// As the API gives it: id, tenant_id, owner_id and the fields; an invoice also number, total_cents and pdf_url.
QJsonObject shown(const Collection &collection, const Record &record);

} // namespace cockpit::shop
