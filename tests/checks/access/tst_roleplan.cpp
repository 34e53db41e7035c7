#include "checks/access/roleids.h"
#include "checks/access/roleplan.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

TestActor account(const QString &name, const QString &role, const QString &tenant)
{
    TestActor made;
    made.id = made.name = name;
    made.role = role;
    made.tenant = tenant;
    return made;
}

Route route(const QString &path, AccessClass access, const QString &method = u"GET"_s)
{
    Route made;
    made.method = method;
    made.path = path;
    made.access = access;
    return made;
}

RoleRow rowOf(const Route &route)
{
    RoleRow row{route, {}};
    row.cells.emplace_back(); // signed out
    for (const TestActor &actor :
         {account(u"ada"_s, u"admin"_s, u"acme"_s), account(u"max"_s, u"member"_s, u"acme"_s),
          account(u"bob"_s, u"member"_s, u"Acme"_s), account(u"bea"_s, u"member"_s, u"beta"_s)}) {
        row.cells.emplace_back();
        row.cells.back().actor = actor;
    }
    return row;
}

QStringList chosen(const std::vector<RoleRow> &rows)
{
    QStringList names;
    for (const RoleRow &row : rows) {
        for (const RoleCell &cell : row.cells) {
            if (cell.gap != CellGap::Budget)
                names << row.route.path + u' ' + (cell.actor ? cell.actor->name : u"-"_s);
        }
    }
    return names;
}

HttpResponse listOf(const QByteArray &body)
{
    return answer(200, "Content-Type: application/json", body, u"https://api.example.com/api/notes"_s);
}

} // namespace

class RolePlanTest : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhatReads_data();
    void knowsWhatReads();
    void choosesWhatMatters_data();
    void choosesWhatMatters();
    void findsIdsOfOneTenant();
};

void RolePlanTest::knowsWhatReads_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("reads");
    QTest::newRow("a list") << u"GET"_s << u"/api/notes"_s << true;
    QTest::newRow("a head") << u"HEAD"_s << u"/api/notes"_s << true;
    QTest::newRow("a write") << u"POST"_s << u"/api/notes"_s << false;
    QTest::newRow("a way out") << u"GET"_s << u"/logout"_s << false;
    QTest::newRow("another way out") << u"GET"_s << u"/users/sign_out"_s << false;
    QTest::newRow("removes by its name") << u"GET"_s << u"/notes/{id}/delete"_s << false;
    QTest::newRow("sends by its name") << u"GET"_s << u"/invoices/{id}/send-reminder"_s << false;
    QTest::newRow("a word in a word") << u"GET"_s << u"/senders"_s << true;
    QTest::newRow("an operation of GraphQL") << u"GET"_s << u"/graphql#notes"_s << false;
}

void RolePlanTest::knowsWhatReads()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QTEST(isAskableRead(route(path, AccessClass::SignedIn, method)), "reads");
}

void RolePlanTest::choosesWhatMatters_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<QStringList>("cells");
    const QStringList admins{u"/api/users -"_s, u"/api/users ada"_s, u"/api/users max"_s}; // -: a visitor
    // One of each tenant, of the record and of the list that hands out its id.
    const QStringList crossed{u"/api/notes -"_s,      u"/api/notes ada"_s,      u"/api/notes bea"_s,
                              u"/api/notes/{id} -"_s, u"/api/notes/{id} ada"_s, u"/api/notes/{id} bea"_s};
    QStringList all;
    for (const QString &path : {u"/pricing"_s, u"/api/notes"_s, u"/api/notes/{id}"_s, u"/api/users"_s}) {
        for (const QString &who : {u"-"_s, u"ada"_s, u"max"_s, u"bob"_s, u"bea"_s})
            all << path + u' ' + who;
    }
    QTest::newRow("nothing") << 0 << QStringList();
    QTest::newRow("a visitor for administrators' routes first") << 1 << admins.mid(0, 1);
    QTest::newRow("one of each role there") << 3 << admins;
    QTest::newRow("then records of two customers") << 11 << crossed + admins;
    QTest::newRow("all") << 24 << all;
}

void RolePlanTest::choosesWhatMatters()
{
    QFETCH(int, requests);
    QFETCH(QStringList, cells);
    std::vector<RoleRow> rows{
        rowOf(route(u"/pricing"_s, AccessClass::Public)), rowOf(route(u"/api/notes"_s, AccessClass::SignedIn)),
        rowOf(route(u"/api/notes/{id}"_s, AccessClass::SignedIn)), rowOf(route(u"/api/users"_s, AccessClass::Admin))};
    QCOMPARE(roleReadsCeiling({rows[0].route, rows[1].route, rows[2].route, rows[3].route}, 4), 24);
    chooseCells(rows, requests);
    QCOMPARE(chosen(rows), cells);
}

// A number that both were given is nobody's alone.
void RolePlanTest::findsIdsOfOneTenant()
{
    std::vector<RoleRow> rows{rowOf(route(u"/api/notes"_s, AccessClass::SignedIn))};
    const auto gives = [&](std::size_t at, const QByteArray &body) {
        rows[0].cells[at].own.emplace();
        rows[0].cells[at].own->answer = listOf(body);
    };
    gives(1, R"([{"id":5,"label":"shared"},{"id":7,"label":"ours"}])");
    gives(4, R"([{"id":5,"label":"shared"},{"id":9,"label":"theirs"}])");
    const RoleIds ids(rows);
    const Route record = route(u"/api/notes/{id}"_s, AccessClass::SignedIn);
    QCOMPARE(ids.idFor(record, *rows[0].cells[1].actor), u"7"_s);
    QCOMPARE(ids.idFor(record, *rows[0].cells[3].actor), u"7"_s); // of the same customer, whatever its capitals
    QCOMPARE(ids.idFor(record, *rows[0].cells[4].actor), u"9"_s);
    QCOMPARE(ids.idFor(route(u"/api/orders/{id}"_s, AccessClass::SignedIn), *rows[0].cells[4].actor), QString());
    QCOMPARE(ids.idFor(record, account(u"cy"_s, u"member"_s, u"gamma"_s)), QString());
}

QTEST_GUILESS_MAIN(RolePlanTest)
#include "tst_roleplan.moc"
