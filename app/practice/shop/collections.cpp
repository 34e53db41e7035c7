#include "app/practice/shop/collections.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

Fields customerFields()
{
    return {
        {.name = u"name"_s, .isRequired = true, .example = u"Harbor Cafe"_s},
        {.name = u"email"_s, .kind = FieldKind::Email, .isRequired = true, .example = u"orders@harborcafe.example"_s},
        {.name = u"phone"_s, .most = 30, .example = u"+1 555 0100"_s},
        {.name = u"status"_s, .kind = FieldKind::Choice, .choices = {u"active"_s, u"paused"_s}, .example = u"active"_s},
    };
}

Fields invoiceFields()
{
    return {
        {.name = u"customer_id"_s,
         .kind = FieldKind::Integer,
         .isRequired = true,
         .most = 1000000,
         .least = 1,
         .example = 1},
        {.name = u"due_date"_s, .kind = FieldKind::Date, .isRequired = true, .example = u"2027-03-31"_s},
        {.name = u"currency"_s, .kind = FieldKind::Choice, .choices = {u"EUR"_s, u"USD"_s}, .example = u"EUR"_s},
        {.name = u"memo"_s, .most = 500, .example = u"Spring delivery"_s},
        {.name = u"lines"_s,
         .kind = FieldKind::Lines,
         .isRequired = true,
         .example = QJsonArray{exampleOf(lineFields())}},
    };
}

Fields projectFields()
{
    return {
        {.name = u"title"_s, .isRequired = true, .example = u"New oven"_s},
        {.name = u"budget_cents"_s, .kind = FieldKind::Integer, .most = 1000000000, .example = 250000},
        {.name = u"is_archived"_s, .kind = FieldKind::Flag, .example = false},
    };
}

Fields noteFields()
{
    return {
        {.name = u"title"_s, .isRequired = true, .most = 80, .example = u"Opening hours"_s},
        {.name = u"text"_s, .most = 2000, .example = u"Closed on Mondays."_s},
    };
}

QString slugOf(const QString &title, int number)
{
    QString slug;
    for (const QChar letter : title.toLower().left(40))
        slug += letter.isLetterOrNumber() && letter.unicode() < 128 ? letter : QChar(u'-');
    return slug + u'-' + QString::number(number);
}

qint64 totalOf(const QJsonArray &lines)
{
    qint64 total = 0;
    for (const QJsonValue &line : lines)
        total += static_cast<qint64>(line["quantity"_L1].toDouble() * line["price_cents"_L1].toDouble());
    return total;
}

} // namespace

const std::vector<Collection> &collections()
{
    static const std::vector<Collection> all{
        {u"customers"_s, RecordIdKind::Number, customerFields()},
        {u"invoices"_s, RecordIdKind::EncodedNumber, invoiceFields()},
        {u"projects"_s, RecordIdKind::Uuid, projectFields()},
        {u"notes"_s, RecordIdKind::Slug, noteFields()},
    };
    return all;
}

const Collection *collectionNamed(const QString &name)
{
    const auto &all = collections();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Collection &c) { return c.name == name; });
    return found == all.end() ? nullptr : &*found;
}

QString encodedId(const QString &kind, int number)
{
    return QString::fromLatin1(base64Url((kind + u':' + QString::number(number)).toUtf8()));
}

Record newRecord(Store &store, const Collection &collection, int tenant, int owner, const QJsonObject &fields)
{
    const int number = ++store.lastNumbers[collection.name];
    Record record{.id = {}, .number = number, .tenant = tenant, .owner = owner, .fields = fields};
    switch (collection.ids) {
    case RecordIdKind::Number:
        record.id = QString::number(number);
        break;
    case RecordIdKind::EncodedNumber:
        record.id = encodedId(u"invoice"_s, number);
        break;
    case RecordIdKind::Uuid:
        record.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        break;
    case RecordIdKind::Slug:
        record.id = slugOf(fields["title"_L1].toString(), number);
        break;
    }
    return record;
}

QJsonObject shown(const Collection &collection, const Record &record)
{
    QJsonObject object = record.fields;
    const bool isCounted = collection.ids == RecordIdKind::Number;
    object.insert("id"_L1, isCounted ? QJsonValue(record.number) : QJsonValue(record.id));
    object.insert("tenant_id"_L1, record.tenant);
    object.insert("owner_id"_L1, record.owner);
    if (collection.ids == RecordIdKind::EncodedNumber) {
        object.insert("number"_L1, record.number);
        if (!object.contains("total_cents"_L1))
            object.insert("total_cents"_L1, totalOf(object["lines"_L1].toArray()));
        object.insert("pdf_url"_L1, u"/files/invoices/"_s + record.id + u".pdf"_s);
    }
    return object;
}

} // namespace cockpit::shop
