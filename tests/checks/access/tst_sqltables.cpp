#include "checks/access/sqltables.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "orders: id? what note?" of each table: "?" may be left out; "=" and the word that it takes.
QString told(const std::vector<TableShape> &shapes)
{
    QStringList tables;
    for (const TableShape &shape : shapes) {
        QStringList columns;
        for (const TableColumn &one : shape.columns) {
            columns.append(one.name + (one.isRequired ? QString() : u"?"_s) +
                           (one.word.isEmpty() ? QString() : u'=' + one.word));
        }
        tables.append(shape.name + u": "_s + columns.join(u' '));
    }
    return tables.join(u"; "_s);
}

QString tablesOf(QStringView sql)
{
    SqlTables tables;
    tables.read(sql);
    return told(tables.shapes());
}

} // namespace

class TestSqlTables : public QObject
{
    Q_OBJECT

private slots:
    void readsTables_data();
    void readsTables();
    void readsKinds_data();
    void readsKinds();
    void readsFilesOneAfterTheOther();
    void staysWithinBounds();
};

void TestSqlTables::readsTables_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("tables");
    const auto row = [](const char *name, const QString &sql, const QString &tables) {
        QTest::newRow(name) << sql << tables;
    };
    row("as people write it",
        u"create table orders (\n  id bigint generated always as identity primary key,\n  what text not null,\n"
        "  price numeric(10, 2) default 0 not null,\n  note varchar(20)\n);"_s,
        u"orders: id? what price? note?"_s);
    row("as a dump writes it",
        u"CREATE TABLE IF NOT EXISTS \"public\".\"orders\" (\n    \"id\" \"uuid\" DEFAULT \"gen_random_uuid\"() NOT "
        u"NULL,\n"
        "    \"what\" character varying(20) NOT NULL,\n    \"kind\" \"text\" NOT NULL,\n"
        "    CONSTRAINT \"k\" CHECK ((\"kind\" = ANY (ARRAY['cake'::\"text\", 'bread'::\"text\"])))\n);\n"
        "ALTER TABLE ONLY \"public\".\"orders\"\n    ADD CONSTRAINT \"orders_pkey\" PRIMARY KEY (\"id\");"_s,
        u"orders: id? what kind=cake"_s);
    row("another schema", u"create table auth.users (id uuid); create table storage.\"objects\" (id uuid);"_s, u""_s);
    row("a key of two", u"create table t (a int, b int, c int, primary key (a, b), unique (c))"_s, u"t: a b c?"_s);
    row("a rule with a name of its own",
        u"create table t (a int, constraint k unique (a), foreign key (a) references o)"_s, u"t: a?"_s);
    row("a check beside the column", u"create table t (kind text not null check (kind in ('cake', 'bread')))"_s,
        u"t: kind=cake"_s);
    row("a check without a list", u"create table t (kind text check (kind <> 'cake'))"_s, u"t: kind?"_s);
    row("a type of words", u"create type public.k as enum ('cake', 'bread'); create table t (kind public.k not null)"_s,
        u"t: kind=cake"_s);
    row("a serial", u"create table t (id bigserial primary key, a text not null)"_s, u"t: id? a"_s);
    row("views", u"create or replace view public.totals as select 1; create materialized view m as select 2;"_s,
        u"totals: ; m: "_s);
    row("a temporary table", u"create temp table t (id int); create temporary view v as select 1;"_s, u""_s);
    row("a table of another's rows", u"create table copy as select * from orders"_s, u"copy: "_s);
    row("remarks",
        u"-- create table a (id int);\n/* create /* table */ b (id int); */ create table c (id int -- ;\n)"_s,
        u"c: id?"_s);
    row("texts", u"insert into x values ('create table a (id int);', 'it''s;'), (E'\\';'); create table c (id int)"_s,
        u"c: id?"_s);
    row("functions",
        u"create function f() returns void as $body$ begin; create table a (id int); end $body$;"
        "create table c (id int)"_s,
        u"c: id?"_s);
    row("rows of a dump",
        u"create table a (id int);\nCOPY public.a (id) FROM stdin;\n1;'\n\\.\ncreate table b (id int);"_s,
        u"a: id?; b: id?"_s);
    row("columns that come and go",
        u"create table t (a int); alter table if exists only t add column if not exists b text not null, drop a, "
        "add column c text default 'x' not null; alter table t rename column b to d; alter table t rename to u"_s,
        u"u: d c?"_s);
    row("rules that come and go",
        u"create table t (a text, b text not null, c text not null, d text not null default 1); alter table t "
        "alter column a set not null, alter b drop not null, alter c set default 'x', alter d drop default, "
        "drop constraint k"_s,
        u"t: a b? c? d"_s);
    row("dropped", u"create table a (id int); create table b (id int); drop table if exists a, public.c cascade"_s,
        u"b: id?"_s);
    row("moved away", u"create table a (id int); alter table a set schema private"_s, u""_s);
    row("twice", u"create table a (id int); create table if not exists a (id int, b int)"_s, u"a: id?"_s);
    row("names in capitals", u"CREATE TABLE Orders (Id INT, \"What\" TEXT)"_s, u"orders: id? What?"_s);
    row("cut off", u"create table a (id int not null, b te"_s, u"a: id b?"_s);
    row("no statement", u";;; )( create create table alter table drop table \" ' $$"_s, u""_s);
    row("of another database", u"create table `orders` (`id` int)"_s, u""_s);
}

void TestSqlTables::readsTables()
{
    QFETCH(QString, sql);
    QTEST(tablesOf(sql), "tables");
}

void TestSqlTables::readsKinds_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *type, TableColumnKind kind) {
        QTest::newRow(type) << QString::fromLatin1(type) << int(kind);
    };
    row("character varying(20)", TableColumnKind::Text);
    row("\"text\"", TableColumnKind::Text);
    row("text[]", TableColumnKind::Other);
    row("int array", TableColumnKind::Other);
    row("double precision", TableColumnKind::Number);
    row("timestamp(3) with time zone", TableColumnKind::Time);
    row("uuid", TableColumnKind::Uuid);
    row("jsonb", TableColumnKind::Json);
    row("boolean", TableColumnKind::Truth);
    row("geometry", TableColumnKind::Other);
}

// As it is made, and as it is changed later.
void TestSqlTables::readsKinds()
{
    QFETCH(QString, type);
    QFETCH(int, kind);
    SqlTables tables;
    tables.read(u"create table t (a "_s + type + u" not null, b oid); alter table t alter b type "_s + type);
    const auto shapes = tables.shapes();
    QCOMPARE(shapes.size(), 1U);
    QCOMPARE(shapes.front().columns.size(), 2U);
    QCOMPARE(int(shapes.front().columns.front().kind), kind);
    QCOMPARE(int(shapes.front().columns.back().kind), kind);
}

void TestSqlTables::readsFilesOneAfterTheOther()
{
    SqlTables tables;
    tables.read(u"create table orders (id int"); // a file that is damaged ends with itself
    tables.read(u"alter table orders add column what text not null");
    QCOMPARE(told(tables.shapes()), u"orders: id? what"_s);
}

void TestSqlTables::staysWithinBounds()
{
    QString many;
    for (int i = 0; i < 1'000; ++i)
        many += u"create table t%1 (a text);"_s.arg(i);
    SqlTables tables;
    tables.read(many);
    QCOMPARE(tables.shapes().size(), kMostShapes);

    const QString insert = u"insert into x values "_s + u"(1),"_s.repeated(100'000);
    SqlStatements rows(insert);
    QCOMPARE(rows.next().size(), kMostSqlWords);
    QVERIFY(rows.next().empty());
    const QString quote = u'\'' + QString(1'000'000, u'x');
    SqlStatements text(quote);
    const auto words = text.next();
    QCOMPARE(words.size(), 1U);
    QCOMPARE(words.front().text.size(), kLongestSqlText);
    QCOMPARE(tablesOf(QString(300'000, u'(')), QString());
    QCOMPARE(tablesOf(u"/*"_s.repeated(300'000)), QString());
}

QTEST_GUILESS_MAIN(TestSqlTables)
#include "tst_sqltables.moc"
