#include "tests/app/practice/deskprobes.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

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
    addDeskSignOnProbes(m_probes);
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
