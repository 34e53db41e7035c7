#include "checks/access/tablefiles.h"
#include "checks/engine/observations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kGenerated = R"(export type Database = {
  public: {
    Tables: {
      orders: {
        Row: {
          id: number
          what: string
        }
        Insert: {
          id?: number
          kind: "cake" | "bread"
          note?: string | null
          paid: boolean
          placed_at: string
          tags: string[]
          what: string
        }
        Update: {
          what?: string
        }
      }
    }
  }
}
)";

const QByteArray kPrisma =
    "model Order {\n  id        Int      @id @default(autoincrement())\n  what      String\n"
    "  note      String?\n  paid      Boolean  @default(false)\n  placedAt  DateTime @map(\"placed_at\")\n"
    "  customer  Customer @relation(fields: [customerId], references: [id])\n  tags String[]\n\n"
    "  @@map(\"orders\")\n}\n";

const QByteArray kDrizzle =
    "export const orders = pgTable(\"orders\", {\n  id: serial(\"id\").primaryKey(),\n"
    "  what: text(\"what\").notNull(),\n  owner: uuid(\"owner_id\").notNull(),\n"
    "  paid: boolean(\"paid\").notNull().default(false),\n  note: varchar(\"note\", { length: 20 }),\n});\n";

// "orders: id? what note?" of each table: "?" may be left out.
QString told(const std::vector<TableShape> &shapes)
{
    QStringList tables;
    for (const TableShape &shape : shapes) {
        QStringList columns;
        for (const TableColumn &one : shape.columns)
            columns.append(one.name + (one.isRequired ? QString() : u"?"_s));
        tables.append(shape.name + u": "_s + columns.join(u' '));
    }
    return tables.join(u"; "_s);
}

QString rowOf(const TableShape &shape)
{
    const auto row = smallRowFor(shape, u"LC-CANARY-x"_s);
    return row ? row->column + u' ' + QString::fromUtf8(QJsonDocument(row->fields).toJson(QJsonDocument::Compact))
               : QString();
}

} // namespace

class TestTableShapes : public QObject
{
    Q_OBJECT

private slots:
    void readsShapes_data();
    void readsShapes();
    void readsADescription();
    void readsGraphQl_data();
    void readsGraphQl();
    void makesTheSmallestRow_data();
    void makesTheSmallestRow();
    void readsFolders();
    void staysWithinBounds();
};

void TestTableShapes::readsShapes_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("shapes");
    QTest::newRow("generated types") << kGenerated << u"orders: id? kind note? paid placed_at tags what"_s;
    QTest::newRow("prisma") << kPrisma << u"orders: id? what note? paid? placed_at"_s;
    QTest::newRow("prisma without another name") << QByteArray("model Order {\n  what String\n}\n") << u"Order: what"_s;
    QTest::newRow("drizzle") << kDrizzle << u"orders: id? what owner_id paid? note?"_s;
    QTest::newRow("other code") << QByteArray("const model = { Row: 1 };") << QString();
    QTest::newRow("cut off") << kGenerated.left(kGenerated.indexOf("paid")) << QString();
    QTest::newRow("no text at all") << QByteArray("\xff\xfe\x00model X {", 12) << QString();
}

void TestTableShapes::readsShapes()
{
    QFETCH(QByteArray, code);
    QTEST(told(tableShapesIn(code)), "shapes");
}

void TestTableShapes::readsADescription()
{
    const QJsonObject id{{u"format"_s, u"bigint"_s}, {u"default"_s, u"nextval()"_s}};
    const QJsonObject what{{u"format"_s, u"text"_s}};
    const QJsonObject table{{u"required"_s, QJsonArray{u"id"_s, u"what"_s}},
                            {u"properties"_s, QJsonObject{{u"id"_s, id}, {u"what"_s, what}}}};
    const QJsonObject description{{u"definitions"_s, QJsonObject{{u"orders"_s, table}}}};
    QCOMPARE(told(tableShapesIn(description)), u"orders: id? what"_s);
    QVERIFY(tableShapesIn(QJsonObject{{u"definitions"_s, 7}}).empty());
}

void TestTableShapes::readsGraphQl_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QStringList>("tables");
    const auto row = [](const char *name, const QByteArray &fields, const QStringList &tables) {
        QTest::newRow(name) << "{\"data\":{\"__schema\":{\"queryType\":{\"fields\":" + fields + "}}}}" << tables;
    };
    row("two tables", R"([{"name":"node"},{"name":"ordersCollection"},{"name":"profilesCollection"}])",
        {u"orders"_s, u"profiles"_s});
    row("twice", R"([{"name":"ordersCollection"},{"name":"ordersCollection"}])", {u"orders"_s});
    row("none", R"([{"name":"node"}])", {});
    row("odd names", R"([{"name":"a/b Collection"},{"name":7},null,{"name":"Collection"}])", {});
    QTest::newRow("off") << QByteArray(R"({"errors":[{"message":"pg_graphql is not enabled"}]})") << QStringList();
}

void TestTableShapes::readsGraphQl()
{
    QFETCH(QByteArray, answer);
    QTEST(tablesInGraphQl(QJsonDocument::fromJson(answer).object()), "tables");
}

void TestTableShapes::makesTheSmallestRow_data()
{
    using enum TableColumnKind;
    QTest::addColumn<TableShape>("shape");
    QTest::addColumn<QString>("row");
    QTest::newRow("a text that is needed")
        << TableShape{u"t"_s, {{u"note"_s, Text}, {u"paid"_s, Truth, true}, {u"what"_s, Text, true}}}
        << uR"(what {"paid":false,"what":"LC-CANARY-x"})"_s;
    QTest::newRow("a text that may be left out")
        << TableShape{u"t"_s, {{u"id"_s, Number}, {u"note"_s, Text}}} << uR"(note {"note":"LC-CANARY-x"})"_s;
    QTest::newRow("a word of a list") << TableShape{u"t"_s, {{u"kind"_s, Text, true, u"cake"_s}, {u"note"_s, Text}}}
                                      << uR"(note {"kind":"cake","note":"LC-CANARY-x"})"_s;
    QTest::newRow("no text") << TableShape{u"t"_s, {{u"id"_s, Number, true}}} << QString();
    QTest::newRow("nobody knows what it needs")
        << TableShape{u"t"_s, {{u"place"_s, Other, true}, {u"note"_s, Text, true}}} << QString();
}

void TestTableShapes::makesTheSmallestRow()
{
    QFETCH(TableShape, shape);
    QTEST(rowOf(shape), "row");
}

void TestTableShapes::readsFolders()
{
    QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &text) {
        QVERIFY(QDir(folder.path()).mkpath(QFileInfo(folder.filePath(name)).path()));
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write(u"src/database.types.ts"_s, kGenerated);
    write(u"prisma/schema.prisma"_s, QByteArray(kPrisma).replace("orders", "invoices"));
    write(u"node_modules/x/schema.prisma"_s, QByteArray(kPrisma).replace("orders", "strangers"));
    write(u"notes.txt"_s, kDrizzle);
    // In the order of their names, whatever the order of the folder.
    write(u"supabase/migrations/20260102_rename.sql"_s, "ALTER TABLE bills RENAME TO payments;");
    write(u"supabase/migrations/20260101_begin.sql"_s, "CREATE TABLE bills (id int); CREATE TABLE old (id int);");
    write(u"supabase/migrations/20260103_end.sql"_s, "drop table old;\n-- migrate:down\ndrop table payments;");
    write(u"supabase/migrations/20260104_more.down.sql"_s, "drop table payments;");
    write(u"node_modules/x/schema.sql"_s, "CREATE TABLE strangers_too (id int);");
    Observations seen({}, {}, Deadline::in(std::chrono::seconds(20)), nullptr, passiveBudget(1));
    const auto read = seen.ask(access::ReadTableFiles{{{.kind = SourceKind::Code, .path = folder.path()}}});
    QVERIFY2(*read, qPrintable(*read ? QString() : (*read).error().message));
    QStringList names;
    for (const TableShape &shape : (*read)->shapes)
        names.append(shape.name);
    names.sort();
    QCOMPARE(names.join(u' '), u"invoices orders payments"_s);
}

void TestTableShapes::staysWithinBounds()
{
    QByteArray many;
    for (int i = 0; i < 300; ++i)
        many += "model M" + QByteArray::number(i) + " {\n  a String\n}\n";
    QCOMPARE(tableShapesIn(many).size(), kMostShapes);
    QVERIFY(tableShapesIn("model A {" + QByteArray(3'000'000, 'x')).empty());
    QVERIFY(tableShapesIn("Row: { Insert: { pgTable(\"a\", {" + QByteArray(3'000'000, '{')).empty());
}

QTEST_GUILESS_MAIN(TestTableShapes)
#include "tst_tableshapes.moc"
