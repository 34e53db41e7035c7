#include "checks/access/massassignment.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/lab/renewed.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kHtml = "Content-Type: text/html";

// The own account, and the collection that has prices.
bool isMassRoute(const ShopRouteLine &line)
{
    return line.path == "/api/me" || line.path == "/api/invoices" || line.path == "/api/invoices/{id}";
}

PageRequest requestOf(ShopLab &lab, const QByteArray &target, const QString &role)
{
    PageRequest request{.method = "GET", .target = target, .authority = lab.shop().apiHost()};
    request.headers["authorization"] = "Bearer " + lab.shop().tokenWith(lab.shop().account(u"Birch Bakery"_s, role));
    return request;
}

} // namespace

class TestMassAssignment : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void knowsNames_data();
    void knowsNames();
    void choosesFields_data();
    void choosesFields();
    void leavesWhatIsMeant();
    void tells_data();
    void tells();
    void judges_data();
    void judges();
    void provesWhatTheProjectForbids_data();
    void provesWhatTheProjectForbids();
    void findsNothingInCleanProducts();
    void findsFaults_data();
    void findsFaults();
    void findsTheRoleOnAPage();
    void findsTheCustomerInAForm_data();
    void findsTheCustomerInAForm();
    void isNotFooled_data();
    void isNotFooled();
    void staysInsideItsBudget();
    void putsBackTheRole();
    void takesBackWhatMoved();
    void stopsAndCleansUp();

private:
    ShopLab m_shop;
    DeskLab m_desk;
    LyingShop m_hostile;
};

void TestMassAssignment::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    QVERIFY2(m_desk.isReady(), qPrintable(m_desk.problem()));
}

void TestMassAssignment::init()
{
    renew(m_shop, m_desk);
}

void TestMassAssignment::knowsNames_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &expected) { QTest::newRow(name) << expected; };
    row("role", u"role"_s);
    row("isAdmin", u"role"_s);
    row("is_superuser", u"role"_s);
    row("tenant_id", u"tenant"_s);
    row("organisationId", u"tenant"_s);
    row("workspace-id", u"tenant"_s);
    row("ownerId", u"owner"_s);
    row("created_by", u"owner"_s);
    row("total_cents", u"price"_s);
    row("unitPrice", u"price"_s);
    row("credits", u"price"_s);
    row("plan", u"plan"_s);
    row("subscription_tier", u"plan"_s);
    row("emailVerified", u"verified"_s);
    row("is_paid", u"verified"_s);
    row("title", u""_s);
    row("parole", u""_s);
    row("planet", u""_s);
    row("explanation", u""_s);
    row("totality", u""_s);
    row("username", u""_s);
    row("id", u""_s);
}

void TestMassAssignment::knowsNames()
{
    QFETCH(QString, expected);
    const auto kind = massClassOf(QString::fromUtf8(QTest::currentDataTag()));
    QCOMPARE(kind ? toWord(*kind) : QString(), expected);
}

void TestMassAssignment::choosesFields_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QString>("expected"); // "name=value" in their order
    QTest::newRow("price") << QByteArray(R"({"id":1,"title":"x","total_cents":2480})") << u"total_cents=1"_s;
    QTest::newRow("price of one") << QByteArray(R"({"title":"x","total_cents":1})") << u"total_cents=2"_s;
    QTest::newRow("price as text") << QByteArray(R"({"title":"x","price":"2.00"})") << u""_s;
    QTest::newRow("owner") << QByteArray(R"({"title":"x","owner_id":1})") << u"owner_id=2"_s;
    QTest::newRow("owner who is the colleague") << QByteArray(R"({"title":"x","owner_id":2})") << u""_s;
    QTest::newRow("owner of another kind") << QByteArray(R"({"title":"x","owner_id":"u-1"})") << u""_s;
    QTest::newRow("tenant") << QByteArray(R"({"title":"x","tenant_id":1})") << u"tenant_id=9"_s;
    QTest::newRow("tenant of an unknown name") << QByteArray(R"({"title":"x","org_id":1})") << u""_s;
    QTest::newRow("tenant last") << QByteArray(R"({"title":"x","tenant_id":1,"total":5})") << u"total=1 tenant_id=9"_s;
    QTest::newRow("role") << QByteArray(R"({"title":"x","role":"member"})") << u"role=admin"_s;
    QTest::newRow("role that is the highest") << QByteArray(R"({"title":"x","role":"admin"})") << u""_s;
    QTest::newRow("flag") << QByteArray(R"({"title":"x","is_admin":false})") << u"is_admin=true"_s;
    QTest::newRow("flag that is set") << QByteArray(R"({"title":"x","is_admin":true})") << u""_s;
    QTest::newRow("verified") << QByteArray(R"({"title":"x","verified":false})") << u"verified=true"_s;
    QTest::newRow("plan") << QByteArray(R"({"title":"x","plan":"free"})") << u"plan=enterprise"_s;
    QTest::newRow("seats") << QByteArray(R"({"title":"x","seats":5})") << u"seats=6"_s;
    QTest::newRow("in a wrapper") << QByteArray(R"({"data":{"title":"x","total":5},"total":1})") << u"total=1"_s;
    QTest::newRow("of another object") << QByteArray(R"({"title":"x","customer":{"balance":3}})") << u""_s;
    QTest::newRow("in a list") << QByteArray(R"([{"title":"x","total":5}])") << u""_s;
    QTest::newRow("no JSON") << QByteArray("oops") << u""_s;
}

void TestMassAssignment::choosesFields()
{
    QFETCH(QByteArray, record);
    QFETCH(QString, expected);
    const OtherPeople others{.ofColleague = {{u"id"_s, 2}, {u"tenant_id"_s, 1}},
                             .ofOutsider = {{u"id"_s, 7}, {u"tenant_id"_s, 9}},
                             .higherRole = u"admin"_s};
    QStringList found;
    for (const MassField &field : massFieldsOf({}, R"({"title":"x"})", answer(200, kJson, record), others))
        found.append(field.name + u'=' + field.sent.toVariant().toString());
    QCOMPARE(found.join(u' '), expected);
}

void TestMassAssignment::leavesWhatIsMeant()
{
    const HttpResponse shown = answer(200, kJson, R"({"title":"x","total":5,"role":"member"})");
    WritePlace place;
    place.schema = QJsonDocument::fromJson(R"({"properties":{"role":{"type":"string"}}})").object();
    QCOMPARE(massFieldsOf(place, R"({"title":"x","total":5})", shown, {.higherRole = u"admin"_s}).size(),
             std::size_t(0));
    place.schema = QJsonDocument::fromJson(R"({"properties":{"role":{"type":"string","readOnly":true}}})").object();
    QCOMPARE(massFieldsOf(place, R"({"title":"x","total":5})", shown, {.higherRole = u"admin"_s}).size(),
             std::size_t(1));
}

void TestMassAssignment::tells_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("wasTaken");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("ofOutsider");
    QTest::addColumn<QString>("expected");
    QTest::newRow("refused") << 422 << false << QByteArray() << QByteArray() << u"refused"_s;
    QTest::newRow("changed") << 200 << true << QByteArray(R"({"role":"admin"})") << QByteArray() << u"changed"_s;
    QTest::newRow("ignored") << 200 << true << QByteArray(R"({"role":"member"})") << QByteArray() << u"ignored"_s;
    QTest::newRow("not shown") << 200 << true << QByteArray(R"({"name":"x"})") << QByteArray() << u"unclear"_s;
    QTest::newRow("nothing read") << 200 << true << QByteArray() << QByteArray() << u"unclear"_s;
    QTest::newRow("limited") << 429 << false << QByteArray() << QByteArray() << u"unclear"_s;
    QTest::newRow("broken") << 500 << false << QByteArray() << QByteArray() << u"unclear"_s;
    QTest::newRow("with the other customer")
        << 200 << true << QByteArray() << QByteArray(R"({"title":"LC-CANARY-abcdefghij23"})") << u"moved"_s;
    QTest::newRow("the other customer sees something else")
        << 200 << true << QByteArray(R"({"role":"member"})") << QByteArray(R"({"title":"y"})") << u"ignored"_s;
}

void TestMassAssignment::tells()
{
    QFETCH(int, status);
    QFETCH(bool, wasTaken);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, ofOutsider);
    QFETCH(QString, expected);
    TriedField one{{MassClass::Role, u"role"_s, u"member"_s, u"admin"_s}, {}};
    one.tried.answer = answer(status, kJson, "{}");
    one.tried.wasTaken = wasTaken;
    if (!after.isEmpty())
        one.tried.after = answer(200, kJson, after);
    if (!ofOutsider.isEmpty())
        one.ofOutsider = answer(200, kJson, ofOutsider);
    const MassPlaceRun run{.text = u"LC-CANARY-abcdefghij23"_s};
    QCOMPARE(toWord(massVerdictOf(one, run)), expected);
}

void TestMassAssignment::judges_data()
{
    QTest::addColumn<MassClass>("kind");
    QTest::addColumn<bool>("isChanged");
    QTest::addColumn<bool>("stillTakes");
    QTest::addColumn<QString>("brokenOff");
    QTest::addColumn<QString>("expected");
    using enum MassClass;
    QTest::newRow("role") << Role << true << true << QString() << u"role_changed:critical"_s;
    QTest::newRow("owner") << Owner << true << true << QString() << u"owner_changed:medium"_s;
    QTest::newRow("price") << Price << true << true << QString() << u"price_changed:medium"_s;
    QTest::newRow("plan") << Plan << true << true << QString() << u"plan_changed:high"_s;
    QTest::newRow("verified") << Verified << true << true << QString() << u"verified_changed:high"_s;
    QTest::newRow("held") << Role << false << true << QString() << u"pass"_s;
    QTest::newRow("held, but the good body is not taken any more")
        << Role << false << false << QString() << u"not_run"_s;
    QTest::newRow("held, and broken off") << Role << false << true << u"Stopped."_s << u"not_run"_s;
    QTest::newRow("changed, and broken off") << Role << true << false << u"Stopped."_s << u"role_changed:critical"_s;
}

void TestMassAssignment::judges()
{
    QFETCH(MassClass, kind);
    QFETCH(bool, isChanged);
    QFETCH(bool, stillTakes);
    QFETCH(QString, brokenOff);
    QFETCH(QString, expected);
    TriedField one{{kind, u"field"_s, u"a"_s, u"b"_s}, {}};
    one.tried.answer = answer(200, kJson, "{}");
    one.tried.wasTaken = true;
    one.tried.after = answer(200, kJson, isChanged ? R"({"field":"b"})" : R"({"field":"a"})");
    MassRun run;
    run.brokenOff = brokenOff;
    run.places = {{.tried = {one}, .stillTakes = stillTakes}};
    QCOMPARE(said(judgeMassAssignment(run)), expected);
}

// An owner or a price may be the author's to set, unless the project says otherwise.
void TestMassAssignment::provesWhatTheProjectForbids_data()
{
    QTest::addColumn<MassClass>("kind");
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<Proof>("proof");
    QTest::addColumn<Severity>("severity");
    using enum MassClass;
    const QByteArray closed = R"({"properties":{"title":{}},"additionalProperties":false})";
    const QByteArray readOnly = R"({"properties":{"field":{"readOnly":true}}})";
    const QByteArray open = R"({"properties":{"title":{}}})";
    QTest::newRow("price") << Price << QByteArray("{}") << Proof::Lead << Severity::Medium;
    QTest::newRow("price, other fields allowed") << Price << open << Proof::Lead << Severity::Medium;
    QTest::newRow("price, no other fields") << Price << closed << Proof::Proven << Severity::High;
    QTest::newRow("price, read only") << Price << readOnly << Proof::Proven << Severity::High;
    QTest::newRow("owner") << Owner << QByteArray("{}") << Proof::Lead << Severity::Medium;
    QTest::newRow("owner, read only") << Owner << readOnly << Proof::Proven << Severity::High;
    QTest::newRow("role is never meant") << Role << open << Proof::Proven << Severity::Critical;
}

void TestMassAssignment::provesWhatTheProjectForbids()
{
    QFETCH(MassClass, kind);
    QFETCH(QByteArray, schema);
    TriedField one{{kind, u"field"_s, u"a"_s, u"b"_s}, {}};
    one.tried.answer = answer(200, kJson, "{}");
    one.tried.wasTaken = true;
    one.tried.after = answer(200, kJson, R"({"field":"b"})");
    MassPlaceRun place{.tried = {one}, .stillTakes = true};
    place.place.schema = QJsonDocument::fromJson(schema).object();
    MassRun run;
    run.places = {place};
    const Judged judged = judgeMassAssignment(run);
    QCOMPARE(judged.findings.size(), std::size_t(1));
    QTEST(judged.findings.front().proof, "proof");
    QTEST(judged.findings.front().severity, "severity");
}

void TestMassAssignment::findsNothingInCleanProducts()
{
    BadShop shop(m_shop, isMassRoute);
    AttackRun shopRun = shop.newRun();
    const Judged ofShop = shop.judged(shopRun, massAssignmentCheck());
    QVERIFY2(ofShop.findings.empty() && ofShop.outcome == Outcome::Pass, qPrintable(told(ofShop)));
    QCOMPARE(ofShop.observed["routes"_L1].toArray().size(), 3);
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
    // Fields that are taken and left alone are no fault, and what anybody may read by its id was not moved to anybody.
    using Faults = FaultSet<ShopFault>;
    for (const Faults &lax :
         {Faults{ShopFault::ExtraFieldsAccepted}, Faults{ShopFault::ExtraFieldsAccepted, ShopFault::CrossPath}}) {
        m_shop.setFaults(lax);
        m_shop.reset();
        AttackRun laxRun = shop.newRun();
        const Judged ofLax = shop.judged(laxRun, massAssignmentCheck());
        QVERIFY2(ofLax.findings.empty() && ofLax.outcome == Outcome::Pass, qPrintable(told(ofLax)));
        QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
    }
    BadDesk desk(m_desk);
    AttackRun deskRun = desk.newRun();
    const Judged ofDesk = desk.judged(deskRun, massAssignmentCheck());
    QVERIFY2(ofDesk.findings.empty(), qPrintable(told(ofDesk)));
    QVERIFY2(ofDesk.outcome == Outcome::Info || ofDesk.outcome == Outcome::Pass, qPrintable(told(ofDesk)));
}

void TestMassAssignment::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("role") << MassRole << u"role_changed"_s;
    QTest::newRow("owner") << MassOwner << u"owner_changed"_s;
    QTest::newRow("tenant") << MassTenant << u"tenant_changed"_s;
    QTest::newRow("price") << MassPrice << u"price_changed"_s;
    QTest::newRow("plan") << MassPlan << u"plan_changed"_s;
    QTest::newRow("verified") << MassVerified << u"verified_changed"_s;
}

void TestMassAssignment::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, code);
    m_shop.setFaults({fault});
    BadShop scene(m_shop, isMassRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QVERIFY2(codesOf(judged) == QStringList{code}, qPrintable(told(judged)));
    const Finding &found = judged.findings.front();
    QVERIFY2(found.proof == Proof::Proven, qPrintable(told(judged)));
    QCOMPARE(found.evidence.size(), std::size_t(2));
    QCOMPARE(secretIn(found, run), QString());
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

void TestMassAssignment::findsTheRoleOnAPage()
{
    m_desk.setFaults({DeskFault::MassRole});
    BadDesk scene(m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QVERIFY2(codesOf(judged) == QStringList{u"role_changed"_s}, qPrintable(told(judged)));
    QVERIFY(judged.findings.front().proof == Proof::Strong);
}

void TestMassAssignment::findsTheCustomerInAForm_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QString>("codes");
    const QByteArray me = R"({"query":"{ me { id tenantId } }"})";
    QTest::newRow("taken") << true << me << u"tenant_changed"_s;
    QTest::newRow("left alone") << false << me << QString();
    QTest::newRow("nobody tells the number") << true << QByteArray(R"({"query":"{ invoices { id } }"})") << QString();
}

// Pages show no field to try: the number of a customer is what the product's own questions tell.
void TestMassAssignment::findsTheCustomerInAForm()
{
    QFETCH(bool, isFaulty);
    QFETCH(QByteArray, question);
    QFETCH(QString, codes);
    m_desk.setFaults(isFaulty ? FaultSet<DeskFault>{DeskFault::MassTenant} : FaultSet<DeskFault>());
    m_desk.reset();
    BadDesk scene(m_desk);
    scene.facts.samples.push_back({u"POST"_s, u"/graphql"_s, scene.host, "application/json", question, {}});
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QVERIFY2(codesOf(judged).join(u' ') == codes, qPrintable(told(judged)));
    for (const Finding &found : judged.findings)
        QVERIFY2(found.proof == Proof::Proven, qPrintable(told(judged)));
    int left = 0; // with whomever
    for (const JournalLine &line : m_desk.desk().journal().lines()) {
        left += line.method == "POST" && line.target == "/invoices" && line.status == 303 ? 1 : 0;
        left -= line.method == "DELETE" && line.status == 303 ? 1 : 0;
    }
    QCOMPARE(left, 0);
}

void TestMassAssignment::isNotFooled_data()
{
    addLieRows();
}

void TestMassAssignment::isNotFooled()
{
    QFETCH(ShopLie, lie);
    m_hostile.lie(lie, 6);
    BadShopOf scene(m_hostile, [](const ShopRouteLine &line) { return line.path.startsWith("/api/invoices"); });
    AttackRun run = scene.newRun();
    QCOMPARE(fooledBy(scene.judged(run, massAssignmentCheck())), QString());
}

void TestMassAssignment::staysInsideItsBudget()
{
    BadShop scene(m_shop, isMassRoute);
    QCOMPARE(budgetProblem(scene, massAssignmentCheck(), {.least = 11, .most = 60, .tooFew = 30}), QString());
}

void TestMassAssignment::putsBackTheRole()
{
    m_shop.setFaults({ShopFault::MassRole});
    const PageRequest me = requestOf(m_shop, "/api/me", u"member"_s);
    const QByteArray before = m_shop.shop().answer(me).body;
    QVERIFY2(before.contains("\"role\":\"member\""), before);
    BadShop scene(m_shop, isMassRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QVERIFY2(codesOf(judged).contains(u"role_changed"_s), qPrintable(told(judged)));
    QCOMPARE(m_shop.shop().answer(me).body, before);
}

void TestMassAssignment::takesBackWhatMoved()
{
    m_shop.setFaults({ShopFault::MassTenant});
    PageRequest list = requestOf(m_shop, "/api/invoices", u"admin"_s);
    list.headers["authorization"] =
        "Bearer " + m_shop.shop().tokenWith(m_shop.shop().account(u"Cedar Clinic"_s, u"admin"_s));
    const QByteArray before = m_shop.shop().answer(list).body;
    BadShop scene(m_shop, isMassRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, massAssignmentCheck());
    QVERIFY2(codesOf(judged) == QStringList{u"tenant_changed"_s}, qPrintable(told(judged)));
    QCOMPARE(m_shop.shop().answer(list).body, before);
}

void TestMassAssignment::stopsAndCleansUp()
{
    BadShop scene(m_shop, [](const ShopRouteLine &line) { return line.path.startsWith("/api/invoices"); });
    AttackRun run = scene.newRun();
    const StoppedLook stopped =
        stoppedLook([&] { return m_shop.shop().journal().count("POST", "/api/invoices") > 0; },
                    [&] { run.token.cancel(); }, [&] { return scene.judged(run, massAssignmentCheck()); });
    QCOMPARE(stopped.problem(), QString());
    QVERIFY2(stopped.judged.outcome == Outcome::NotRun, qPrintable(told(stopped.judged)));
    QCOMPARE(recordsLeft(m_shop.shop().journal()), 0);
}

QTEST_GUILESS_MAIN(TestMassAssignment)
#include "tst_massassignment.moc"
