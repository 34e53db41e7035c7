// The page of records with the services that the program gives it, against the practice company's own name servers.
#include "app/composition.h"
#include "app/practice/practicecompany.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestRecordServices : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsAndDrafts();
    void countsTheBudget();
    void asksEachServer();

private:
    std::unique_ptr<PracticeCompany> m_company;
    RecordServices m_services;
    NetOptions m_net;
    QString m_domain;
};

void TestRecordServices::initTestCase()
{
    auto started = PracticeCompany::start();
    QVERIFY(started);
    m_company = std::move(*started);
    m_net = m_company->netOptions();
    m_domain = m_company->settings().target.domain;
    auto composed = compose(u"en"_s);
    QVERIFY(composed);
    m_services = composed->records;
    QVERIFY(m_services.isComplete());
}

void TestRecordServices::readsAndDrafts()
{
    const auto today = m_services.read(m_domain, m_net, {});
    QVERIFY(today);
    QCOMPARE(today->policy, std::optional(DmarcPolicy::None));
    const RecordDraft dmarc = m_services.draftDmarc(*today, {.policy = DmarcPolicy::Quarantine});
    QCOMPARE(dmarc.corrected, u"v=DMARC1; p=quarantine; np=reject; rua=mailto:dmarc@acme-ops.example"_s);
    QCOMPARE(dmarc.today, today->dmarc);
    const RecordDraft spf = m_services.draftSpf(*today, {.remove = {today->spfDomains.front()}});
    QVERIFY(!spf.corrected.contains(today->spfDomains.front() + u' '));
    const auto texts = m_services.readTexts(u"default._domainkey."_s + m_domain, m_net, {});
    QVERIFY(texts);
    QCOMPARE(texts->texts.size(), 1);
    const RecordDraft dkim =
        m_services.draftDkim(m_domain, *texts, {.selector = u"default"_s, .pasted = texts->texts.front()});
    QCOMPARE(dkim.name, u"default._domainkey."_s + m_domain);
    QVERIFY(!dkim.notes.empty()); // the key is weak, as the list of faults says
}

void TestRecordServices::countsTheBudget()
{
    const auto today = m_services.read(m_domain, m_net, {});
    QVERIFY(today && !today->spf.isEmpty());
    const auto budget = m_services.budget(m_domain, today->spf.front(), m_net, {});
    QVERIFY(budget);
    QVERIFY2(budget->lookups > budget->limit, qPrintable(QString::number(budget->lookups)));
}

void TestRecordServices::asksEachServer()
{
    const auto today = m_services.read(m_domain, m_net, {});
    QVERIFY(today && !today->dmarc.isEmpty());
    const QString name = u"_dmarc."_s + m_domain;
    const auto owners = m_services.askOwners({m_domain, name, u"TXT"_s, today->dmarc.front()}, m_net, {});
    QVERIFY(owners);
    QCOMPARE(owners->size(), size_t(2));
    QCOMPARE(owners->front().state, OwnerState::HasIt);
    QCOMPARE(owners->back().state, OwnerState::Failed); // the company's second server is lame
    const auto other = m_services.askOwners({m_domain, name, u"TXT"_s, u"v=DMARC1; p=reject"_s}, m_net, {});
    QVERIFY(other);
    QCOMPARE(other->front().state, OwnerState::HasOther);
}

QTEST_GUILESS_MAIN(TestRecordServices)
#include "tst_recordservices.moc"
