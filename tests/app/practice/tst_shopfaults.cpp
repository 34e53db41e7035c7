#include "tests/app/practice/shopprobes.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace cockpit::lab {

QByteArray ShopScene::tokenOf(const QString &tenant, const QString &role)
{
    return signIn(shop.account(tenant, role)).text("access_token").toLatin1();
}

Heard ShopScene::signIn(const PracticeAccount &account, const QByteArray &path, const Fields &fields)
{
    return visitor.send("POST", path,
                        {{u"email"_s, account.email}, {u"password"_s, QString::fromLatin1(account.password)}}, {},
                        fields);
}

Heard ShopScene::wrong(const QString &email, const QByteArray &path, const Fields &fields)
{
    return visitor.send("POST", path, {{u"email"_s, email}, {u"password"_s, u"not the password"_s}}, {}, fields);
}

} // namespace cockpit::lab

// Each switch of the shop makes its fault, and without it the same question finds none.
class TestShopFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void switchMakesTheFault_data();
    void switchMakesTheFault();
    void cleanShopWorks();
    void holdsBackAndLetsTheOwnerIn();
    void takesCodesOfLetters();

private:
    ShopApi m_shop;
    CachingProxy m_cache{[this](const PageRequest &request) { return m_shop.answer(request); }};
    std::unique_ptr<Visitor> m_visitor;
    ShopProbes m_probes;
};

void TestShopFaults::initTestCase()
{
    m_cache.setKeepsByExtension(true);
    m_visitor = std::make_unique<Visitor>([this](const PageRequest &request) { return m_cache.answer(request); },
                                          m_shop.apiHost());
    QVERIFY(m_visitor->isReady());
    addAccessProbes(m_probes);
    addRouteProbes(m_probes);
    addTokenProbes(m_probes);
    addAccountProbes(m_probes);
    addInputProbes(m_probes);
}

void TestShopFaults::switchMakesTheFault_data()
{
    QTest::addColumn<int>("fault");
    for (const auto &line : allShopFaults()) {
        if (line.fault != ShopFault::SlowBodyTiesUp) // of the server: see tst_shoplab
            QTest::newRow(line.name) << int(line.fault);
    }
}

void TestShopFaults::switchMakesTheFault()
{
    QFETCH(int, fault);
    const auto probe = m_probes.find(ShopFault(fault));
    QVERIFY2(probe != m_probes.end(), "no question shows this fault");
    QVERIFY(!sentenceOf(ShopFault(fault)).isEmpty());
    ShopScene scene{m_shop, *m_visitor};
    for (const bool isOn : {false, true}) {
        m_shop.reset();
        m_cache.clear();
        m_shop.setFaults(isOn ? FaultSet<ShopFault>{ShopFault(fault)} : FaultSet<ShopFault>());
        // A critical extension needs a second switch to be seen, which the question sets.
        QCOMPARE(probe->second(scene), isOn);
    }
}

void TestShopFaults::cleanShopWorks()
{
    m_shop.reset();
    m_shop.setFaults({});
    ShopScene scene{m_shop, *m_visitor};
    const QByteArray admin = scene.birch(u"admin"_s);
    for (const ShopRouteLine &route : m_shop.routes()) {
        if (route.method != "POST" || !m_shop.exampleOf(route.method, route.path).contains("title"_L1))
            continue;
        const Heard made = m_visitor->send("POST", route.path, m_shop.exampleOf(route.method, route.path), admin);
        QCOMPARE(made.status, 201);
        const QByteArray place = made.header("Location");
        QCOMPARE(m_visitor->get(place, admin).status, 200);
        QCOMPARE(m_visitor->ask("DELETE", place, {}, {}, {{"Authorization", "Bearer " + admin}}).status, 204);
        QCOMPARE(m_visitor->get(place, admin).status, 404);
    }
    QCOMPARE(m_visitor->get("/api/customers", admin).json()["count"_L1].toInt(), 2);
    QCOMPARE(m_visitor->get("/api/customers").status, 401);
    QCOMPARE(m_visitor->send("POST", "/api/health", {}).status, 405);
    QVERIFY(m_shop.journal().count() > 8);
}

void TestShopFaults::holdsBackAndLetsTheOwnerIn()
{
    m_shop.reset();
    m_shop.setFaults({});
    ShopScene scene{m_shop, *m_visitor};
    const PracticeAccount owner = throwAwayOf(m_shop.accounts(), kBirch);
    int tries = 0;
    while (tries < 20 && scene.wrong(owner.email).status == 401)
        ++tries;
    QCOMPARE(tries, TryLimits().perAccount);
    const Heard held = scene.signIn(owner);
    QCOMPARE(held.status, 429);
    m_shop.clock().advance(std::chrono::seconds(held.header("Retry-After").toInt()));
    QCOMPARE(scene.signIn(owner).status, 200);
}

void TestShopFaults::takesCodesOfLetters()
{
    m_shop.reset();
    m_shop.setFaults({});
    const QString owner = throwAwayOf(m_shop.accounts(), kBirch).email;
    const auto ask = [&](const QString &email) {
        return m_visitor->send("POST", "/api/login/code", {{u"email"_s, email}});
    };
    const auto check = [&](const QByteArray &code) {
        return m_visitor->send("POST", "/api/login/code/check",
                               {{u"email"_s, owner}, {u"code"_s, QString::fromLatin1(code)}});
    };
    const auto newest = [&] { return m_shop.outbox().newest(LetterKind::Code, owner)->token; };
    const Heard known = ask(owner);
    const Heard stranger = ask(u"nobody@example.com"_s);
    QCOMPARE(known.status, 202);
    QVERIFY(known.status == stranger.status && known.json() == stranger.json());
    QCOMPARE(m_shop.outbox().letters().size(), std::size_t(1));
    const QByteArray first = newest();
    ask(owner);
    const Heard in = check(first); // a letter that was late
    QCOMPARE(in.status, 200);
    QVERIFY(m_visitor->get("/api/me", in.text("access_token").toLatin1()).isGood());
    m_shop.clock().advance(std::chrono::minutes(10) + std::chrono::seconds(1));
    QCOMPARE(check(newest()).status, 401); // too old
    int tries = 1;
    while (tries < 20 && check("none").status == 401)
        ++tries;
    QCOMPARE(tries, TryLimits().perAccount);
}

QTEST_GUILESS_MAIN(TestShopFaults)
#include "tst_shopfaults.moc"
