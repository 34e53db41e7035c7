#include "app/practice/shop/shoprecords.h"

#include "app/practice/shop/collections.h"

#include <QJsonArray>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

void add(Store &store, const char *collection, int tenant, int owner, const QJsonObject &fields)
{
    const Collection *kind = collectionNamed(QString::fromLatin1(collection));
    Record record = newRecord(store, *kind, tenant, owner, fields);
    store.records[kind->name].push_back(std::move(record));
}

QJsonObject customer(const QString &name, const QString &email, const QString &phone)
{
    return {{u"name"_s, name}, {u"email"_s, email}, {u"phone"_s, phone}, {u"status"_s, u"active"_s}};
}

QJsonObject invoice(int customer, const QString &memo, const QString &text, int quantity, int cents)
{
    const QJsonObject line{{u"text"_s, text}, {u"quantity"_s, quantity}, {u"price_cents"_s, cents}};
    return {{u"customer_id"_s, customer},
            {u"due_date"_s, u"2027-01-31"_s},
            {u"currency"_s, u"EUR"_s},
            {u"memo"_s, memo},
            {u"lines"_s, QJsonArray{line}}};
}

QJsonObject project(const QString &title, qint64 cents)
{
    return {{u"title"_s, title}, {u"budget_cents"_s, cents}, {u"is_archived"_s, false}};
}

QJsonObject note(const QString &title, const QString &text)
{
    return {{u"title"_s, title}, {u"text"_s, text}};
}

// The owners are the admin and the member of the tenant.
void addOfBirch(Store &store)
{
    constexpr int tenant = kBirchId;
    add(store, "customers", tenant, 1, customer(u"Rosa Mill Cafe"_s, u"office@rosamill.example"_s, u"+1 555 0141"_s));
    add(store, "customers", tenant, 2, customer(u"Lantern Hotel"_s, u"buyer@lanternhotel.example"_s, u"+1 555 0142"_s));
    add(store, "invoices", tenant, 1, invoice(1, u"Sourdough for October"_s, u"Sourdough loaf"_s, 120, 540));
    add(store, "invoices", tenant, 2, invoice(2, u"Wedding cake Ferreira"_s, u"Cake of three floors"_s, 1, 48900));
    add(store, "projects", tenant, 1, project(u"Second oven for Mill Street"_s, 1850000));
    add(store, "projects", tenant, 2, project(u"Gluten-free line"_s, 420000));
    add(store, "notes", tenant, 1, note(u"Flour supplier"_s, u"Prices of Oakham Mills rise by 4 percent in May."_s));
    add(store, "notes", tenant, 2, note(u"Night shift"_s, u"Door code is changed on the first Sunday."_s));
    store.settings[tenant] = {{u"currency"_s, u"EUR"_s}, {u"invoice_footer"_s, u"Birch Bakery, 12 Mill Street"_s}};
}

void addOfCedar(Store &store)
{
    constexpr int tenant = kCedarId;
    add(store, "customers", tenant, 5, customer(u"Marlow Insurance"_s, u"claims@marlow.example"_s, u"+1 555 0171"_s));
    add(store, "customers", tenant, 6, customer(u"Greta Holm"_s, u"greta.holm@mailbox.example"_s, u"+1 555 0172"_s));
    add(store, "invoices", tenant, 5, invoice(3, u"Check-ups in September"_s, u"Check-up of staff"_s, 30, 9500));
    add(store, "invoices", tenant, 6, invoice(4, u"Physiotherapy Holm"_s, u"Physiotherapy session"_s, 6, 7200));
    add(store, "projects", tenant, 5, project(u"New X-ray room"_s, 9800000));
    add(store, "projects", tenant, 6, project(u"Online appointments"_s, 310000));
    add(store, "notes", tenant, 5, note(u"Vaccine fridge"_s, u"Sensor two reads half a degree too high."_s));
    add(store, "notes", tenant, 6, note(u"Holiday rota"_s, u"Doctor Amari is away from the tenth of June."_s));
    store.settings[tenant] = {{u"currency"_s, u"EUR"_s}, {u"invoice_footer"_s, u"Cedar Clinic, 3 Park Lane"_s}};
}

} // namespace

void addFirstRecords(Store &store)
{
    addOfBirch(store);
    addOfCedar(store);
}

} // namespace cockpit::shop
