#include "checks/dns/registration.h"
#include "lab/lookwithzone.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
const QStringList kLocked{u"client transfer prohibited"_s};

RegistrationFacts registered(const QDateTime &expires, const QStringList &statuses = kLocked)
{
    RegistrationFacts facts{u"example.com"_s, {}, false, kNow};
    facts.rdap.state = RdapState::Registered;
    facts.rdap.server = QUrl(u"https://rdap.example/"_s);
    facts.rdap.registry = {.domain = facts.domain, .registrar = u"Example Registrar"_s, .expires = expires};
    facts.rdap.registry.statuses = statuses;
    return facts;
}

} // namespace

class TestRegistration : public QObject
{
    Q_OBJECT

private slots:
    void watchesTheEnd_data();
    void watchesTheEnd();
    void translatesStatuses_data();
    void translatesStatuses();
    void theEarlierOfTwoDatesCounts_data();
    void theEarlierOfTwoDatesCounts();
    void saysWhenTheRegistryGivesNoDate();
    void otherStates_data();
    void otherStates();
    void aSuffixWithoutServerIsNotLookedAt();
};

void TestRegistration::watchesTheEnd_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<Severity>("severity");
    constexpr qint64 day = 24 * 60 * 60;
    const QStringList soon{u"ends_soon"_s};
    QTest::newRow("a year") << 365 * day << QStringList{} << Severity::Low;
    QTest::newRow("30 days") << 30 * day << QStringList{} << Severity::Low;
    QTest::newRow("a second less") << 30 * day - 1 << soon << Severity::Medium;
    QTest::newRow("14 days") << 14 * day << soon << Severity::Medium;
    QTest::newRow("a second less than 14 days") << 14 * day - 1 << soon << Severity::High;
    QTest::newRow("a second left") << qint64(1) << soon << Severity::High;
    QTest::newRow("now") << qint64(0) << QStringList{u"ended"_s} << Severity::Critical;
    QTest::newRow("a week ago") << -7 * day << QStringList{u"ended"_s} << Severity::Critical;
}

void TestRegistration::watchesTheEnd()
{
    QFETCH(qint64, seconds);
    const Judged judged = judgeRegistration(registered(kNow.addSecs(seconds)));
    QTEST(codesOf(judged), "codes");
    if (!judged.findings.empty())
        QTEST(judged.findings.front().severity, "severity");
}

void TestRegistration::translatesStatuses_data()
{
    QTest::addColumn<QStringList>("statuses");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const QStringList &statuses, const QStringList &codes) {
        QTest::newRow(qPrintable(statuses.join(u", "_s))) << statuses << codes;
    };
    row(kLocked, {});
    row({u"server transfer prohibited"_s}, {});
    row({u"active"_s}, {u"no_transfer_lock"_s});
    row({}, {});
    row(kLocked + QStringList{u"client hold"_s}, {u"on_hold"_s});
    row(kLocked + QStringList{u"server hold"_s, u"client hold"_s}, {u"on_hold"_s});
    row(kLocked + QStringList{u"redemption period"_s}, {u"being_deleted"_s});
    row(kLocked + QStringList{u"redemption period"_s, u"pending delete"_s}, {u"being_deleted"_s});
    row(kLocked + QStringList{u"auto renew period"_s}, {u"renewal_unpaid"_s});
    row({u"pending transfer"_s}, {u"transfer_under_way"_s, u"no_transfer_lock"_s});
    row(kLocked + QStringList{u"client update prohibited"_s, u"something new"_s}, {});
}

void TestRegistration::translatesStatuses()
{
    QFETCH(QStringList, statuses);
    const Judged judged = judgeRegistration(registered(kNow.addYears(1), statuses));
    QTEST(codesOf(judged), "codes");
}

void TestRegistration::theEarlierOfTwoDatesCounts_data()
{
    QTest::addColumn<int>("registryDays");
    QTest::addColumn<int>("registrarDays");
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("same") << 100 << 100 << QStringList{};
    QTest::newRow("two days apart") << 100 << 102 << QStringList{};
    QTest::newRow("three days apart") << 100 << 103 << QStringList{u"dates_differ"_s};
    QTest::newRow("registry renewed by itself") << 370 << 5 << QStringList{u"ends_soon"_s, u"dates_differ"_s};
}

void TestRegistration::theEarlierOfTwoDatesCounts()
{
    QFETCH(int, registryDays);
    QFETCH(int, registrarDays);
    RegistrationFacts facts = registered(kNow.addDays(registryDays));
    facts.rdap.registrar = facts.rdap.registry;
    facts.rdap.registrar->expires = kNow.addDays(registrarDays);
    const Judged judged = judgeRegistration(facts);
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.value("days_left"_L1).toInt(), std::min(registryDays, registrarDays));
}

void TestRegistration::saysWhenTheRegistryGivesNoDate()
{
    Judged judged = judgeRegistration(registered(QDateTime()));
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.reason.isEmpty());
    QCOMPARE(judged.observed.value("registered"_L1).toBool(), true);
    QVERIFY(judged.observed.value("days_left"_L1).isNull());
    judged = judgeRegistration(registered(QDateTime(), {u"client hold"_s}));
    QVERIFY(codesOf(judged).contains(u"on_hold"_s));
}

void TestRegistration::otherStates_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("denied");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("nobody has it") << int(RdapState::NotRegistered) << true << Outcome::Fail;
    QTest::newRow("the registry's list is incomplete") << int(RdapState::NotRegistered) << false << Outcome::NotRun;
    QTest::newRow("no server") << int(RdapState::NoServer) << true << Outcome::NotRun;
    QTest::newRow("busy") << int(RdapState::Busy) << true << Outcome::NotRun;
}

void TestRegistration::otherStates()
{
    QFETCH(int, state);
    QFETCH(bool, denied);
    RegistrationFacts facts{u"example.com"_s, {}, denied, kNow};
    facts.rdap.state = static_cast<RdapState>(state);
    const Judged judged = judgeRegistration(facts);
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.findings.empty(), judged.outcome == Outcome::NotRun);
    QVERIFY(judged.outcome == Outcome::Fail || !judged.reason.isEmpty());
}

// Nobody answers at data.iana.org in this network.
void TestRegistration::aSuffixWithoutServerIsNotLookedAt()
{
    const ZoneLook look{.zone = {u"acme.test. 300 IN A 192.0.2.1"_s},
                        .target = {u"acme.test"_s, {{HostRole::Site, u"acme.test"_s}}}};
    const Judged judged = look.run(registrationCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
}

QTEST_GUILESS_MAIN(TestRegistration)
#include "tst_registration.moc"
