#include "app/practice/shop/backendservice.h"
#include "tests/app/practice/shopvisitor.h"

#include <QTest>

#include <map>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

// Row security and rules of the backend service, each on and off.
class TestBackendService : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void switchMakesTheFault_data();
    void switchMakesTheFault();
    void rowSecurityOfEachTable_data();
    void rowSecurityOfEachTable();
    void asksForTheKey();

private:
    Heard withKey(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                  const QByteArray &session = {});
    bool shows(BackendFault fault);
    QByteArray at(const QByteArray &label, const QByteArray &target);
    QByteArray session();
    bool rowStays(); // one that a stranger put there and removed again

    FaultSet<BackendFault> m_faults;
    BackendService m_backend;
    Visitor m_visitor{[this](const PageRequest &request) { return m_backend.answer(request); }, "backend.example"};
};

void TestBackendService::init()
{
    QVERIFY(m_visitor.isReady());
    m_visitor.setHost("backend.example");
    m_backend.reset();
    m_backend.setUp({});
}

Heard TestBackendService::withKey(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                                  const QByteArray &session)
{
    Fields fields{{"apikey", m_backend.publicKey()}, {"Prefer", "count=exact"}};
    if (!session.isEmpty())
        fields.emplace_back("Authorization", "Bearer " + session);
    return m_visitor.ask(method, target, body, body.isEmpty() ? QByteArray() : "application/json", fields);
}

QByteArray TestBackendService::session()
{
    const PracticeAccount account = accountOf(m_backend.accounts(), kCedar, u"admin"_s);
    const QByteArray body = R"({"email":")" + account.email.toUtf8() + R"(","password":")" + account.password + R"("})";
    return withKey("POST", "/auth/v1/token?grant_type=password", body).text("access_token").toLatin1();
}

// What a stranger gets at the host of that name.
QByteArray TestBackendService::at(const QByteArray &label, const QByteArray &target)
{
    m_visitor.setHost(label + ".example");
    return m_visitor.get(target).body;
}

bool TestBackendService::shows(BackendFault fault)
{
    switch (fault) {
    case BackendFault::OpenSignUp:
        return withKey("POST", "/auth/v1/signup", "{}").isGood();
    case BackendFault::SignedInReadsAll:
        return withKey("GET", "/rest/v1/profiles?select=*", {}, session()).body.contains("bella.reyes@");
    case BackendFault::BucketListed:
        return withKey("POST", "/storage/v1/object/list/" + m_backend.privateBucket(), "{}").body.contains("lease");
    case BackendFault::BucketPublic:
        return m_visitor.get("/storage/v1/object/public/" + m_backend.privateBucket() + "/birch-lease.pdf").isGood();
    case BackendFault::FunctionOpen:
        return withKey("POST", "/functions/v1/send-report", "{}").isGood();
    case BackendFault::RpcOpen:
        return withKey("POST", "/rest/v1/rpc/yearly_totals", "{}").isGood();
    case BackendFault::SchemaListed:
        return withKey("GET", "/rest/v1/").body.contains("profiles");
    case BackendFault::RealtimeRootOpen:
        return m_visitor.get("/.json?shallow=true").isGood();
    case BackendFault::FirestoreOpen:
        return m_visitor.get("/v1/projects/ledger/databases/(default)/documents/members").isGood();
    case BackendFault::FirebaseFilesOpen:
        return m_visitor.get("/v0/b/ledger.appspot.com/o?maxResults=1").isGood();
    case BackendFault::FirebaseSignUpOpen:
        return m_visitor.send("POST", "/v1/accounts:signUp?key=" + m_backend.firebaseKey(), {}).isGood();
    case BackendFault::PocketBaseOpen:
        return at("pocket", "/api/collections/customers/records?perPage=1").contains("bella.reyes@");
    case BackendFault::ConvexOpen:
        m_visitor.setHost("calm-otter-123.convex.cloud");
        return m_visitor.send("POST", "/api/query", {{u"path"_s, u"customers:list"_s}}).body.contains("bella.reyes@");
    case BackendFault::HasuraNoSecret:
        return at("hasura", "/v1alpha1/config").contains("\"is_admin_secret_set\":false");
    case BackendFault::HasuraPublicRole:
        m_visitor.setHost("hasura.example");
        return m_visitor.send("POST", "/v1/graphql", {{u"query"_s, u"{customers_aggregate{aggregate{count}}}"_s}})
            .body.contains("41");
    case BackendFault::AppwriteOpen:
        return at("appwrite", "/v1/databases/main/collections/customers/documents").contains("41") &&
               at("appwrite", "/v1/storage/buckets/contracts/files").contains("birch-lease");
    case BackendFault::StrapiOpen:
        return at("strapi", "/api/customers").contains("41") && at("strapi", "/api/users/count") == "12";
    case BackendFault::StrapiUnclaimed:
        return at("strapi", "/admin/init").contains("false");
    case BackendFault::DirectusOpen:
        return at("directus", "/items/customers").contains("41");
    case BackendFault::N8nUnclaimed:
        return at("n8n", "/rest/settings").contains("true");
    case BackendFault::GraphQlListed:
        return withKey("POST", "/graphql/v1", R"({"query":"{__schema{queryType{fields{name}}}}"})")
            .body.contains("profilesCollection");
    case BackendFault::RowsStay:
        return rowStays();
    case BackendFault::FilesWritable:
        return withKey("POST", "/storage/v1/object/" + m_backend.privateBucket() + "/a.txt", "text").isGood();
    case BackendFault::RecordsWritable:
        m_visitor.ask("PUT", "/feedback/a.json", R"({"note":"a"})", "application/json", {});
        return m_visitor.get("/feedback/a.json").body.contains("note");
    }
    return false;
}

bool TestBackendService::rowStays()
{
    m_backend.setUp({.faults = m_faults, .readableTables = {u"orders"_s}, .writableTables = {u"orders"_s}});
    (void)withKey("POST", "/rest/v1/orders", R"({"id":99})");
    (void)withKey("DELETE", "/rest/v1/orders?id=eq.99");
    return withKey("GET", "/rest/v1/orders?id=eq.99").body.contains("99");
}

void TestBackendService::switchMakesTheFault_data()
{
    QTest::addColumn<int>("fault");
    for (const auto &line : allBackendFaults())
        QTest::newRow(line.name) << int(line.fault);
}

void TestBackendService::switchMakesTheFault()
{
    QFETCH(int, fault);
    m_faults = {};
    QVERIFY(!shows(BackendFault(fault)));
    m_backend.reset();
    m_faults = {BackendFault(fault)};
    m_backend.setUp({.faults = m_faults});
    QVERIFY(shows(BackendFault(fault)));
}

void TestBackendService::rowSecurityOfEachTable_data()
{
    QTest::addColumn<QString>("table");
    for (const QString &table : m_backend.tables())
        QTest::newRow(qPrintable(table)) << table;
}

void TestBackendService::rowSecurityOfEachTable()
{
    QFETCH(QString, table);
    const QByteArray target = "/rest/v1/" + table.toLatin1();
    QCOMPARE(withKey("GET", target).header("Content-Range"), QByteArray("*/0"));
    QCOMPARE(withKey("POST", target, R"({"id":99})").status, 401);
    m_backend.setUp({.readableTables = {table}, .writableTables = {table}});
    QCOMPARE(withKey("GET", target).header("Content-Range"), QByteArray("0-1/2"));
    QCOMPARE(withKey("POST", target, R"({"id":99})").status, 201);
    QCOMPARE(withKey("GET", target).header("Content-Range"), QByteArray("0-2/3"));
}

void TestBackendService::asksForTheKey()
{
    QCOMPARE(m_visitor.get("/rest/v1/profiles").status, 401);
    QCOMPARE(withKey("GET", "/rest/v1/nothing").status, 404);
    QVERIFY(m_backend.bundleLine("https://backend.example").contains(m_backend.publicKey()));
}

QTEST_GUILESS_MAIN(TestBackendService)
#include "tst_backendservice.moc"
