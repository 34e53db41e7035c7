#include "tests/app/practice/deskprobes.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace cockpit::lab {

QByteArray DeskScene::visit()
{
    return visitor.get("/login").header("Set-Cookie").split(';').constFirst();
}

QByteArray DeskScene::csrf(const QByteArray &cookie, const QByteArray &page)
{
    const QByteArray body = get(page, cookie).body;
    const QByteArray mark = "name=\"csrf_token\" value=\"";
    const qsizetype at = body.indexOf(mark);
    return at < 0 ? QByteArray() : body.mid(at + mark.size(), body.indexOf('"', at + mark.size()) - at - mark.size());
}

QByteArray DeskScene::signIn(const PracticeAccount &account, QByteArray cookie)
{
    if (cookie.isEmpty())
        cookie = visit();
    const Heard in =
        post("/login", {{"email", account.email.toUtf8()}, {"password", account.password}}, cookie, "/login");
    const QByteArray fresh = in.header("Set-Cookie").split(';').constFirst();
    return fresh.isEmpty() ? cookie : fresh;
}

Heard DeskScene::get(const QByteArray &target, const QByteArray &cookie, Fields fields)
{
    if (!cookie.isEmpty())
        fields.emplace_back("Cookie", cookie);
    return visitor.ask("GET", target, {}, {}, std::move(fields));
}

Heard DeskScene::post(const QByteArray &target, std::vector<std::pair<QByteArray, QByteArray>> values,
                      const QByteArray &cookie, const QByteArray &page, const Fields &fields)
{
    values.emplace_back("csrf_token", csrf(cookie, page));
    return visitor.form(target, values, cookie, fields);
}

Heard DeskScene::tryPassword(const QString &email, const QByteArray &password, const Fields &fields)
{
    return post("/login", {{"email", email.toUtf8()}, {"password", password}}, visit(), "/login", fields);
}

Heard DeskScene::graphQl(const QString &query, const QByteArray &cookie)
{
    Fields fields;
    if (!cookie.isEmpty())
        fields.emplace_back("Cookie", cookie);
    return visitor.send("POST", "/graphql", {{u"query"_s, query}}, {}, fields);
}

} // namespace cockpit::lab

// Each switch of the desk makes its fault, and without it the same question finds none.
class TestDeskFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void switchMakesTheFault_data();
    void switchMakesTheFault();
    void signedLinkWorksForItsOwner();

private:
    DeskApp m_desk;
    CachingProxy m_cache{[this](const PageRequest &request) { return m_desk.answer(request); }};
    std::unique_ptr<Visitor> m_visitor;
    DeskProbes m_probes;
};

void TestDeskFaults::initTestCase()
{
    m_cache.setKeepsByExtension(true);
    m_visitor = std::make_unique<Visitor>([this](const PageRequest &request) { return m_cache.answer(request); },
                                          m_desk.host());
    QVERIFY(m_visitor->isReady());
    addDeskAccessProbes(m_probes);
    addDeskSessionProbes(m_probes);
}

void TestDeskFaults::switchMakesTheFault_data()
{
    QTest::addColumn<int>("fault");
    for (const auto &line : allDeskFaults())
        QTest::newRow(line.name) << int(line.fault);
}

void TestDeskFaults::switchMakesTheFault()
{
    QFETCH(int, fault);
    const auto probe = m_probes.find(DeskFault(fault));
    QVERIFY2(probe != m_probes.end(), "no question shows this fault");
    DeskScene scene{m_desk, *m_visitor};
    for (const bool isOn : {false, true}) {
        m_desk.reset();
        m_cache.clear();
        m_desk.setFaults(isOn ? FaultSet<DeskFault>{DeskFault(fault)} : FaultSet<DeskFault>());
        QCOMPARE(probe->second(scene), isOn);
    }
}

void TestDeskFaults::signedLinkWorksForItsOwner()
{
    m_desk.reset();
    m_desk.setFaults({});
    DeskScene scene{m_desk, *m_visitor};
    const QByteArray cookie = scene.cookieOf(kBirch);
    const QByteArray body = scene.get("/invoices/2", cookie).body;
    const qsizetype at = body.indexOf("/files/2.pdf?");
    QVERIFY(at > 0);
    const QByteArray link = body.mid(at, body.indexOf('"', at) - at).replace("&amp;", "&");
    QCOMPARE(scene.get(link, cookie).status, 200);
    QCOMPARE(scene.get(link, scene.cookieOf(kCedar)).status, 403);
    QCOMPARE(scene.get(link).status, 303);
    m_desk.clock().advance(std::chrono::minutes(6));
    QCOMPARE(scene.get(link, cookie).status, 403);
}

QTEST_GUILESS_MAIN(TestDeskFaults)
#include "tst_deskfaults.moc"
