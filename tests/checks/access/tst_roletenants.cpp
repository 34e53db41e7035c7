// Whose texts are whose, where answers are missing and where tests write beside each other.
#include "checks/access/roletenants.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Of a customer each; what stands for the status of no answer is 0.
TestActor actor(const QString &id, const QString &tenant)
{
    TestActor made;
    made.id = made.name = id;
    made.role = u"member"_s;
    made.tenant = tenant;
    made.userName = id + u"@example.com"_s;
    return made;
}

RoleTry got(int status, const QByteArray &body)
{
    RoleTry asked;
    if (status != 0)
        asked.answer = answer(status, "Content-Type: application/json", body);
    else
        asked.problem = u"No answer in time."_s;
    return asked;
}

RoleRow row(const RoleTry &ofOwner, const RoleTry &ofAsker)
{
    RoleRow made;
    made.route.method = u"GET"_s;
    made.cells = {{.actor = actor(u"max"_s, u"acme"_s), .own = ofOwner},
                  {.actor = actor(u"bea"_s, u"beta"_s), .own = ofAsker}};
    return made;
}

const QByteArray kPlans = R"({"items":[{"label":"Starter 2024","contact":"plans@shop.example"}]})";
const QByteArray kOrders = R"({"items":[{"label":"Blue crane 17","buyer":"ann@acme.test"}]})";

QString textsOf(std::vector<Marker> markers)
{
    QStringList texts;
    for (const Marker &marker : markers)
        texts.append(marker.text);
    texts.sort();
    return texts.join(u' ');
}

} // namespace

class TestRoleTenants : public QObject
{
    Q_OBJECT

private slots:
    void takesNoSilenceForAProof_data();
    void takesNoSilenceForAProof();
    void leavesOutWhatTestsWrite();
};

void TestRoleTenants::takesNoSilenceForAProof_data()
{
    QTest::addColumn<RoleTry>("plans"); // what the asker gets of a list that all customers share
    QTest::addColumn<QString>("private");
    QTest::addColumn<QString>("strange"); // in an answer with all of it
    const QString orders = u"Blue crane 17 ann@acme.test max@example.com"_s;
    const QString all = u"Blue crane 17 Starter 2024 ann@acme.test max@example.com plans@shop.example"_s;
    QTest::newRow("shown") << got(200, kPlans) << orders << u"Blue crane 17 ann@acme.test"_s;
    QTest::newRow("refused") << got(403, "{}") << all
                             << u"Blue crane 17 Starter 2024 ann@acme.test plans@shop.example"_s;
    QTest::newRow("no answer in time") << got(0, {}) << orders << u"Blue crane 17 ann@acme.test"_s;
    QTest::newRow("too many") << got(429, "slow down") << orders << u"Blue crane 17 ann@acme.test"_s;
    QTest::newRow("broken") << got(500, "oops") << orders << u"Blue crane 17 ann@acme.test"_s;
}

void TestRoleTenants::takesNoSilenceForAProof()
{
    QFETCH(RoleTry, plans);
    RoleLook look;
    look.rows = {row(got(200, kOrders), got(200, R"({"items":[]})")), row(got(200, kPlans), plans),
                 row(got(200, kOrders), got(200, R"({"items":[]})")), row(got(200, kPlans), plans)};
    look.rows.push_back(row(got(200, "[]"), got(200, "[" + kOrders + ',' + kPlans + ']')));
    const RoleTenants tenants(look);
    const TestActor owner = *look.rows[0].cells[0].actor;
    const TestActor asker = *look.rows[0].cells[1].actor;
    const HttpResponse &everything = *look.rows.back().cells[1].own->answer;
    // What the asker gets in the last row is no secret by that alone: it is what is asked about.
    RoleLook before = look;
    before.rows.pop_back();
    QTEST(textsOf(RoleTenants(before).markersFor(&asker, owner).all()), "private");
    QTEST(textsOf(tenants.strangersIn(asker, look.rows.size() - 1, everything)), "strange");
}

void TestRoleTenants::leavesOutWhatTestsWrite()
{
    RoleLook look;
    look.rows = {row(got(200, kOrders), got(200, "[]"))};
    HttpResponse text;
    text.body = R"({"label":"Blue crane 17"})";
    look.testTexts = {text};
    QCOMPARE(textsOf(RoleTenants(look).markersFor(&*look.rows[0].cells[1].actor, *look.rows[0].cells[0].actor).all()),
             u"ann@acme.test max@example.com"_s);
}

QTEST_APPLESS_MAIN(TestRoleTenants)
#include "tst_roletenants.moc"
