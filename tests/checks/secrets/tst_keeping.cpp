// The four checks that judge the inventory of secrets, and say nothing where only a person knows.
#include "checks/secrets/inventory.h"
#include "checks/secrets/leastprivilege.h"
#include "checks/secrets/rotation.h"
#include "checks/secrets/sharing.h"
#include "models/guide.h"
#include "models/redactor.h"
#include "tests/models/foundsamples.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::sample;
using namespace Qt::StringLiterals;

using Entries = std::vector<SecretEntry>;
Q_DECLARE_METATYPE(Entries)

class TestSecretsKeeping : public QObject
{
    Q_OBJECT

private slots:
    void inventory_data();
    void inventory();
    void leastPrivilege_data();
    void leastPrivilege();
    void rotation_data();
    void rotation();
    void leadsStayLeads();
    void sharingIsForAPerson();
    void anEmptiedInventoryClosesWhatItSaid();
    void namesAreFew();
    void namesStayReadable();
    void everyCodeHasItsSteps();

private:
    static ProjectFacts factsOf(const Entries &entries, const QJsonArray &found);
};

namespace {

QString said(const Judged &judged)
{
    QStringList parts{toWord(judged.outcome)};
    for (const Finding &finding : judged.findings)
        parts << finding.code + u':' + toWord(finding.severity);
    if (!judged.reason.isEmpty())
        parts << u"reason"_s;
    return parts.join(u' ');
}

SecretEntry changed(const std::function<void(SecretEntry &)> &change)
{
    SecretEntry entry = secretEntry();
    change(entry);
    return entry;
}

} // namespace

ProjectFacts TestSecretsKeeping::factsOf(const Entries &entries, const QJsonArray &found)
{
    ProjectFacts facts;
    facts.secrets = entries;
    if (!found.isEmpty())
        facts.observedBefore = {{u"secrets.tree"_s, QJsonObject{{u"secrets"_s, found}}}};
    return facts;
}

void TestSecretsKeeping::inventory_data()
{
    QTest::addColumn<Entries>("entries");
    QTest::addColumn<QJsonArray>("found");
    QTest::addColumn<QString>("expected");
    const QJsonArray none;
    QTest::newRow("nothing written down") << Entries{} << none << u"not_run reason"_s;
    QTest::newRow("all said") << Entries{secretEntry()} << none << u"pass"_s;
    QTest::newRow("no owner") << Entries{changed([](auto &e) { e.owner.clear(); })} << none
                              << u"warn incomplete:medium"_s;
    QTest::newRow("no scope") << Entries{changed([](auto &e) { e.scope.clear(); })} << none
                              << u"warn incomplete:medium"_s;
    QTest::newRow("no place") << Entries{changed([](auto &e) { e.keptIn.clear(); })} << none
                              << u"warn incomplete:medium"_s;
    QTest::newRow("no rotation") << Entries{changed([](auto &e) { e.lastRotated = {}; })} << none
                                 << u"warn incomplete:medium"_s;
    QTest::newRow("a day to come is a rotation status")
        << Entries{changed([](auto &e) { e.lastRotated = {}, e.nextDue = kToday.addDays(9); })} << none << u"pass"_s;
    QTest::newRow("no service is no gap") << Entries{changed([](auto &e) { e.service.clear(); })} << none << u"pass"_s;
    QTest::newRow("found and not listed")
        << Entries{secretEntry()} << QJsonArray{foundRow()} << u"warn not_listed:medium"_s;
    QTest::newRow("found and nothing listed") << Entries{} << QJsonArray{foundRow()} << u"warn not_listed:medium"_s;
    QTest::newRow("found and listed") << Entries{exposedEntry()} << QJsonArray{foundRow()} << u"pass"_s;
    QTest::newRow("a key for tests") << Entries{secretEntry()} << QJsonArray{foundRow(kPrint, u"test_mode"_s)}
                                     << u"pass"_s;
}

void TestSecretsKeeping::inventory()
{
    QFETCH(Entries, entries);
    QFETCH(QJsonArray, found);
    QTEST(said(judgeSecretsInventory(factsOf(entries, found))), "expected");
}

void TestSecretsKeeping::leastPrivilege_data()
{
    QTest::addColumn<Entries>("entries");
    QTest::addColumn<QJsonArray>("found");
    QTest::addColumn<QString>("expected");
    const QJsonArray none;
    const SecretEntry open = changed([](auto &e) { e.rights = Rights::Unknown; });
    const SecretEntry tooMuch = changed([](auto &e) { e.rights = Rights::MoreThanNeeded; });
    QTest::newRow("nothing written down") << Entries{} << none << u"not_run reason"_s;
    QTest::newRow("confirmed") << Entries{secretEntry()} << none << u"pass"_s;
    QTest::newRow("nobody looked") << Entries{open} << none << u"info reason"_s;
    QTest::newRow("one of two") << Entries{secretEntry(), open} << none << u"info reason"_s;
    QTest::newRow("too much") << Entries{secretEntry(), tooMuch} << none << u"warn too_many_rights:medium"_s;
    QTest::newRow("too much, and one open")
        << Entries{open, tooMuch} << none << u"warn too_many_rights:medium reason"_s;
    QTest::newRow("found and not listed") << Entries{secretEntry()} << QJsonArray{foundRow()} << u"info reason"_s;
    QTest::newRow("found, and too much of another")
        << Entries{tooMuch} << QJsonArray{foundRow()} << u"warn too_many_rights:medium reason"_s;
}

void TestSecretsKeeping::leastPrivilege()
{
    QFETCH(Entries, entries);
    QFETCH(QJsonArray, found);
    QTEST(said(judgeLeastPrivilege(factsOf(entries, found))), "expected");
}

void TestSecretsKeeping::rotation_data()
{
    QTest::addColumn<Entries>("entries");
    QTest::addColumn<QJsonArray>("found");
    QTest::addColumn<QString>("expected");
    const QJsonArray none;
    const SecretEntry unknown = changed([](auto &e) { e.exposure = Exposure::Unknown; });
    QTest::newRow("nothing written down") << Entries{} << none << u"not_run reason"_s;
    QTest::newRow("not exposed") << Entries{secretEntry()} << none << u"pass"_s;
    QTest::newRow("exposed") << Entries{exposedEntry()} << none << u"fail not_replaced:high"_s;
    QTest::newRow("revoked, not tried") << Entries{withSteps(exposedEntry(), 4)} << none << u"fail not_replaced:high"_s;
    QTest::newRow("shown dead") << Entries{withSteps(exposedEntry(), 5)} << none << u"pass"_s;
    QTest::newRow("dead and still in the history")
        << Entries{withSteps(exposedEntry(), 5)} << QJsonArray{foundRow()} << u"pass"_s;
    QTest::newRow("found and not listed")
        << Entries{secretEntry()} << QJsonArray{foundRow()} << u"fail not_replaced:high"_s;
    QTest::newRow("found and nothing listed") << Entries{} << QJsonArray{foundRow()} << u"fail not_replaced:high"_s;
    QTest::newRow("nobody knows") << Entries{unknown} << none << u"info reason"_s;
    QTest::newRow("exposed, and one unknown")
        << Entries{exposedEntry(), unknown} << none << u"fail not_replaced:high reason"_s;
    QTest::newRow("due today") << Entries{changed([](auto &e) { e.nextDue = kToday; })} << none << u"pass"_s;
    QTest::newRow("due yesterday") << Entries{changed([](auto &e) { e.nextDue = kToday.addDays(-1); })} << none
                                   << u"warn overdue:low"_s;
}

// What a look calls a lead is no more than that once it stands in no inventory.
void TestSecretsKeeping::leadsStayLeads()
{
    QJsonObject lead = foundRow();
    lead.insert(u"proof"_s, u"lead"_s);
    const auto proofOf = [](const Entries &entries, const QJsonArray &found) {
        return judgeSecretsRotation(factsOf(entries, found), kToday).findings.front().proof;
    };
    QCOMPARE(proofOf({}, {lead}), Proof::Lead);
    QCOMPARE(proofOf({}, {foundRow()}), Proof::Strong);
    QCOMPARE(proofOf({exposedEntry()}, {lead}), Proof::Strong);
    QJsonObject other = foundRow();
    other.insert(u"fingerprint"_s, u"fedcba9876543210"_s);
    QCOMPARE(proofOf({}, {lead, other}), Proof::Strong);
}

void TestSecretsKeeping::rotation()
{
    QFETCH(Entries, entries);
    QFETCH(QJsonArray, found);
    const Judged judged = judgeSecretsRotation(factsOf(entries, found), kToday);
    QTEST(said(judged), "expected");
    QVERIFY(judged.findings.empty() || judged.findings.front().subject.isEmpty());
}

void TestSecretsKeeping::sharingIsForAPerson()
{
    const Judged judged =
        judgeSecretsSharing(factsOf({secretEntry(u"STRIPE_SECRET_KEY"_s), secretEntry(u"The shop's key"_s)}, {}));
    QCOMPARE(said(judged), u"not_run reason"_s);
    const QJsonArray words = judged.observed[u"search_words"_s].toArray();
    QVERIFY(words.contains(u"STRIPE_SECRET_KEY"_s));
    QVERIFY(words.contains(u"sk_live_"_s));
    QVERIFY(!words.contains(u"The shop's key"_s));
    QCOMPARE(judged.evidence.size(), std::size_t(1));
}

// What an earlier look said of entries that are gone must not stand for ever.
void TestSecretsKeeping::anEmptiedInventoryClosesWhatItSaid()
{
    ProjectFacts facts;
    facts.observedBefore = {{u"secrets.rotation"_s, QJsonObject{{u"listed"_s, 1}}}};
    QCOMPARE(said(judgeSecretsRotation(facts, kToday)), u"info reason"_s);
    QCOMPARE(said(judgeSecretsInventory(facts)), u"not_run reason"_s); // which never looked
}

void TestSecretsKeeping::namesAreFew()
{
    Entries entries;
    for (int i = 0; i < 30; ++i)
        entries.push_back(exposedEntry(u"Key %1"_s.arg(i)));
    const Judged judged = judgeSecretsRotation(factsOf(entries, {}), kToday);
    const Finding &finding = judged.findings.front();
    QVERIFY(finding.whatWeSaw.contains(u"Key 7"_s));
    QVERIFY(!finding.whatWeSaw.contains(u"Key 8"_s));
    QCOMPARE(finding.evidence.front().body.count(u'\n'), 29);
    QCOMPARE(finding.effortMinutes, 480);
}

// "of 1 secret: RESEND_API_KEY" has the form of a credential, and its name would leave as dots.
void TestSecretsKeeping::namesStayReadable()
{
    Entries entries;
    for (const auto name : {"RESEND_API_KEY"_L1, "Password of the database"_L1, "STRIPE_SECRET_KEY"_L1, "Token"_L1}) {
        SecretEntry late = exposedEntry();
        late.id = late.name = name;
        late.owner.clear();
        late.rights = Rights::MoreThanNeeded;
        late.nextDue = kToday.addDays(-3);
        entries.push_back(late);
        SecretEntry unknown = secretEntry();
        unknown.id = unknown.name = name + " of another service"_L1;
        unknown.exposure = Exposure::Unknown;
        unknown.rights = Rights::Unknown;
        unknown.nextDue = kToday.addDays(-3);
        entries.push_back(unknown);
    }
    const QJsonArray found{foundRow(u"fedcba9876543210"_s)};
    const auto isKept = [](const QString &text) { return redact(text) == text; };
    for (const Judged &judged :
         {judgeSecretsInventory(factsOf(entries, found)), judgeLeastPrivilege(factsOf(entries, {})),
          judgeSecretsRotation(factsOf(entries, found), kToday)}) {
        QVERIFY(!judged.findings.empty());
        QVERIFY2(isKept(judged.reason), qPrintable(judged.reason));
        for (const Finding &finding : judged.findings) {
            QVERIFY2(isKept(finding.whatWeSaw), qPrintable(redact(finding.whatWeSaw)));
            for (const Evidence &evidence : finding.evidence)
                QVERIFY2(isKept(evidence.body), qPrintable(redact(evidence.body)));
        }
    }
}

void TestSecretsKeeping::everyCodeHasItsSteps()
{
    const std::map<QString, QStringList> codes{{u"secrets.inventory"_s, {u"incomplete"_s, u"not_listed"_s}},
                                               {u"secrets.least-privilege"_s, {u"too_many_rights"_s}},
                                               {u"secrets.rotation"_s, {u"not_replaced"_s, u"overdue"_s}},
                                               {u"secrets.sharing"_s, {}}};
    for (const auto &[id, its] : codes) {
        const auto guide = loadGuide(id, u"en"_s);
        QVERIFY2(guide, qPrintable(guide ? QString() : guide.error().message));
        for (const QString &code : its)
            QVERIFY2(guide->stepsByCode.contains(code), qPrintable(code));
    }
}

QTEST_GUILESS_MAIN(TestSecretsKeeping)
#include "tst_keeping.moc"
