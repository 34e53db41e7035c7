#include "app/cli/accountsecrets.h"
#include "app/cli/attackleave.h"
#include "app/cli/auditsetup.h"
#include "app/cli/edgetoken.h"
#include "app/cli/parse.h"
#include "app/keychain.h"
#include "models/credentialkind.h"
#include "tests/app/attackcomposition.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

// What a run brings along: proofs of control, the secrets of accounts, the token of the edge.
class TestAuditProofs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void provesControlWithAToken_data();
    void provesControlWithAToken();
    void keepsTheProofInTheProject();
    void namesTheVariableOfAnAccount_data();
    void namesTheVariableOfAnAccount();
    void takesSecretsFromWhereTheyAre();
    void thePracticeCompanyBringsItsSecrets();
    void takesTheTokenFromWhereItIs_data();
    void takesTheTokenFromWhereItIs();

private:
    Result<AuditSetup> prepared(const QString &line) const;

    std::optional<Composition> m_composition;
};

void TestAuditProofs::initTestCase()
{
    auto composition = compose(u"en"_s);
    QVERIFY(composition);
    m_composition = std::move(*composition);
}

Result<AuditSetup> TestAuditProofs::prepared(const QString &line) const
{
    const auto options = parseOptions(line.split(u' '));
    return options ? prepareAudit(*options, *m_composition) : tl::unexpected(options.error());
}

void TestAuditProofs::provesControlWithAToken_data()
{
    QTest::addColumn<QString>("proven"); // by which method; empty: none
    QTest::addColumn<PermissionState>("state");
    QTest::newRow("in the record") << u"record"_s << PermissionState::Given;
    QTest::newRow("in the file") << u"file"_s << PermissionState::Given;
    QTest::newRow("nowhere") << u""_s << PermissionState::NotProven;
    QTest::newRow("nobody to be asked") << u"error"_s << PermissionState::NotProven;
    QTest::newRow("of another domain") << u"other"_s << PermissionState::OtherTarget;
}

void TestAuditProofs::provesControlWithAToken()
{
    QFETCH(QString, proven);
    QFETCH(PermissionState, state);
    const QString token = newControlToken();
    const auto parsed = parseOptions(u"audit example.com --active --token %1"_s.arg(txtRecordValue(token)).split(u' '));
    QVERIFY(parsed);
    Composition composition = composedWithAttack();
    std::atomic_int asked = 0;
    composition.lookForControl = [&](ControlMethod method, const Target &, const QString &wanted, const NetOptions &,
                                     const CancelToken &) -> Result<ControlLook> {
        ++asked;
        if (proven == "error"_L1)
            return failure(ErrorKind::Unreachable, u"Nobody answers."_s);
        const bool has = wanted == token &&
                         ((proven == "record"_L1 && method == ControlMethod::TxtRecord) ||
                          (proven == "file"_L1 && method == ControlMethod::WellKnownFile) || proven == "other"_L1);
        return ControlLook{has, proven == "other"_L1 ? u"example.net"_s : u"example.com"_s, u"Seen."_s};
    };
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    std::optional<AttackNotice> notice;
    seekAttackLeave(*setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
    QVERIFY(!notice); // it never waits
    QTRY_VERIFY(notice);
    QCOMPARE(setup->request.plan.permission, state);
    QCOMPARE(notice->isGiven, state == PermissionState::Given);
    QCOMPARE(asked.load(), proven == "record"_L1 || proven == "other"_L1 ? 1 : 2);
    if (proven == "error"_L1)
        QVERIFY2(notice->sentence.contains(u"Nobody answers."_s), qPrintable(notice->sentence));
}

// What is proven is the project's, what was agreed to is of this run; the kill switch of the window holds here, too.
void TestAuditProofs::keepsTheProofInTheProject()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mine.cockpit"_s);
    ProjectSettings settings;
    settings.target = parseAddress(u"example.com"_s).value();
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    QVERIFY(ProjectStore::create(path, settings));
    const auto parsed = parseOptions(u"audit --active --requests 900 --project %1"_s.arg(path).split(u' '));
    Composition composition = composedWithAttack();
    composition.lookForControl = [](ControlMethod, const Target &, const QString &, const NetOptions &,
                                    const CancelToken &) -> Result<ControlLook> {
        return ControlLook{true, u"example.com"_s, u"Seen."_s};
    };
    const auto audited = [&] {
        auto setup = prepareAudit(*parsed, composition).value();
        std::optional<AttackNotice> notice;
        seekAttackLeave(setup, *parsed, composition, {}, this, [&](const AttackNotice &said) { notice = said; });
        [&] { QTRY_VERIFY(notice); }();
        return setup.request.plan.permission;
    };
    QCOMPARE(audited(), PermissionState::NotProven); // its token was made just now
    const QString token = ProjectStore::open(path, OpenMode::ReadOnly).value()->load()->permission.token;
    QVERIFY(isControlToken(token));
    QCOMPARE(audited(), PermissionState::Given);
    Permission kept = ProjectStore::open(path, OpenMode::ReadOnly).value()->load()->permission;
    QCOMPARE(kept.token, token);
    QVERIFY(kept.proof && kept.proof->domain == "example.com"_L1);
    QVERIFY(kept.agreedBy.isEmpty());
    QCOMPARE(kept.budget, ActiveBudget());
    QCOMPARE(ownPermission(kept, composition.machineKey()).proof, kept.proof);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    kept = withAgreement(kept, settings.target, u"Dana"_s, now.addDays(-9)).value(); // in the window
    kept.proof->provenAt = now.addDays(-9);
    QVERIFY(
        ProjectStore::open(path, OpenMode::ReadWrite).value()->savePermission(sealed(kept, composition.machineKey())));
    QCOMPARE(audited(), PermissionState::Given); // it is looked for once more
    const Permission renewed = ProjectStore::open(path, OpenMode::ReadOnly).value()->load()->permission;
    QVERIFY(renewed.proof && renewed.proof->provenAt > now.addDays(-1));
    QCOMPARE(renewed.agreedBy, u"Dana"_s);
    QCOMPARE(renewed.agreedFor, kept.agreedFor);
    QVERIFY(renewed.agreedAt.isValid() && renewed.agreedAt < now.addDays(-8));
    QCOMPARE(renewed.budget, ActiveBudget());
    QCOMPARE(ownPermission(renewed, composition.machineKey()).agreedBy, u"Dana"_s); // the seal holds
    kept = renewed;
    kept.stopped = true;
    QVERIFY(
        ProjectStore::open(path, OpenMode::ReadWrite).value()->savePermission(sealed(kept, composition.machineKey())));
    QCOMPARE(audited(), PermissionState::Stopped);
}

void TestAuditProofs::namesTheVariableOfAnAccount_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("variable");
    QTest::newRow("a word") << u"anna"_s << QByteArray("LAUNCH_COCKPIT_SECRET_ANNA");
    QTest::newRow("words") << u"Anna, admin of Acme"_s << QByteArray("LAUNCH_COCKPIT_SECRET_ANNA__ADMIN_OF_ACME");
    QTest::newRow("digits") << u"b2"_s << QByteArray("LAUNCH_COCKPIT_SECRET_B2");
    QTest::newRow("other letters") << u"J\u00f6rg (2)"_s << QByteArray("LAUNCH_COCKPIT_SECRET_J_RG__2_");
}

void TestAuditProofs::namesTheVariableOfAnAccount()
{
    QFETCH(QString, name);
    TestActor actor;
    actor.name = name;
    QTEST(secretVariable(actor), "variable");
    QSet<QByteArray> names{secretVariable(actor)}; // each its own, and none the beginning of another
    for (const MailedValue value : kMailedValues)
        names << mailedVariable(actor, value);
    QCOMPARE(names.size(), qsizetype(kMailedValues.size()) + 1);
}

void TestAuditProofs::takesSecretsFromWhereTheyAre()
{
    Composition composition = composedWithAttack();
    const auto parsed = parseOptions(u"audit localhost --active"_s.split(u' '));
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    SessionCredentialStore keychain;
    for (const QString &name :
         {u"in variable"_s, u"in keychain"_s, u"in both"_s, u"nowhere"_s, u"twin a"_s, u"twin-a"_s}) {
        TestActor actor;
        actor.id = name;
        actor.name = name;
        actor.credential = name;
        setup->known.actors.push_back(actor);
        const Credential credential{name, {}, newKeychainEntry(CredentialKind::Other), {}, {}};
        setup->known.credentials.push_back(credential);
        if (name.endsWith("keychain"_L1) || name.endsWith("both"_L1))
            keychain.write(credential.keychainEntry, Secret("kept"), [](const Result<void> &) {});
    }
    setup->request.plan.facts = projectFactsOf(setup->known);
    for (const char *variable : {"IN_VARIABLE", "IN_BOTH", "TWIN_A"})
        qputenv(QByteArray("LAUNCH_COCKPIT_SECRET_") + variable, "given");
    qputenv("LAUNCH_COCKPIT_RESET_LINK_IN_KEYCHAIN", "https://localhost/r?t=abcd");
    qputenv("LAUNCH_COCKPIT_OLD_INVITE_LINK_IN_KEYCHAIN", "https://localhost/i/efgh");
    qputenv("LAUNCH_COCKPIT_RESET_LINK_NOWHERE", "https://localhost/r?t=ijkl"); // without a password of no use
    qputenv("LAUNCH_COCKPIT_RESET_LINK_TWIN_A", "https://localhost/r?t=mnop");
    seekAttackLeave(*setup, *parsed, composition, {}, this, [](const AttackNotice &said) { QVERIFY(said.isGiven); });
    int answers = 0;
    fetchAccountSecrets(*setup, composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    const auto &terms = *setup->request.plan.active;
    QStringList got;
    for (const auto &[id, value] : terms.secrets)
        got << id + u": "_s + QString::fromUtf8(holeValuesOf(value)[u"password"_s].reveal());
    const HoleValues mailed = mailedValuesOf(holeValuesOf(terms.secrets.at(u"in keychain"_s)));
    QCOMPARE(mailed.size(), size_t(2));
    QCOMPARE(mailed.at(u"reset_link"_s).reveal(), QByteArray("https://localhost/r?t=abcd"));
    QCOMPARE(mailed.at(u"old_invite_link"_s).reveal(), QByteArray("https://localhost/i/efgh"));
    QCOMPARE(setup->usedEntries.size(), 1); // the environment's values are no use of the keychain
    QCOMPARE(got, QStringList({u"in both: given"_s, u"in keychain: kept"_s, u"in variable: given"_s}));
    QCOMPARE(terms.missingSecrets.size(), size_t(3));
    QVERIFY2(terms.missingSecrets.at(u"nowhere"_s).contains(u"LAUNCH_COCKPIT_SECRET_NOWHERE"_s),
             qPrintable(terms.missingSecrets.at(u"nowhere"_s)));
    QVERIFY(!terms.missingSecrets.at(u"nowhere"_s).contains(u"several accounts"_s));
    QVERIFY2(terms.missingSecrets.at(u"twin-a"_s).contains(u"several accounts"_s),
             qPrintable(terms.missingSecrets.at(u"twin-a"_s)));
    for (const char *variable : {"IN_VARIABLE", "IN_BOTH", "TWIN_A"})
        QVERIFY(!qEnvironmentVariableIsSet(QByteArray("LAUNCH_COCKPIT_SECRET_") + variable));
    for (const char *variable :
         {"RESET_LINK_IN_KEYCHAIN", "OLD_INVITE_LINK_IN_KEYCHAIN", "RESET_LINK_NOWHERE", "RESET_LINK_TWIN_A"})
        QVERIFY(!qEnvironmentVariableIsSet(QByteArray("LAUNCH_COCKPIT_") + variable));
}

// In the memory of the practice company: neither variables nor the keychain are asked.
void TestAuditProofs::thePracticeCompanyBringsItsSecrets()
{
    Composition composition = composedWithAttack();
    const auto parsed = parseOptions(u"audit --demo --active"_s.split(u' '));
    auto setup = prepareAudit(*parsed, composition);
    QVERIFY(setup);
    seekAttackLeave(*setup, *parsed, composition, {}, this, [](const AttackNotice &said) { QVERIFY(said.isGiven); });
    SessionCredentialStore keychain;
    int answers = 0;
    fetchAccountSecrets(*setup, composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    QVERIFY(!setup->known.actors.empty());
    for (const TestActor &actor : setup->known.actors)
        QVERIFY2(setup->request.plan.active->secrets.contains(actor.id), qPrintable(actor.name));
    QVERIFY(setup->request.plan.active->missingSecrets.empty());
    for (const Credential &credential : setup->known.credentials)
        QVERIFY(!keychain.holds(credential.keychainEntry));
}

void TestAuditProofs::takesTheTokenFromWhereItIs_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("kept"); // "token", "other": what the project names; "lost": the keychain has no value
    QTest::addColumn<QString>("token");
    const QString all = u""_s;
    const QString edge = u" --only edge.waf-rules"_s;
    QTest::newRow("nowhere") << edge << QByteArray() << u""_s << u"none"_s;
    QTest::newRow("in the variable") << edge << QByteArray("from-variable") << u""_s << u"from-variable"_s;
    QTest::newRow("in the keychain") << edge << QByteArray() << u"token"_s << u"from-keychain"_s;
    QTest::newRow("in both") << all << QByteArray("from-variable") << u"token"_s << u"from-variable"_s;
    QTest::newRow("lost") << all << QByteArray() << u"lost"_s << u"error"_s;
    QTest::newRow("another credential") << all << QByteArray() << u"other"_s << u"none"_s;
    QTest::newRow("no check needs it") << u" --only edge.detect"_s << QByteArray("from-variable") << u"token"_s
                                       << u"none"_s;
    QTest::newRow("left out") << u" --skip edge.*"_s << QByteArray("from-variable") << u"token"_s << u"none"_s;
}

void TestAuditProofs::takesTheTokenFromWhereItIs()
{
    QFETCH(QString, options);
    QFETCH(QByteArray, variable);
    QFETCH(QString, kept);
    auto setup = prepared(u"audit example.com"_s + options);
    QVERIFY(setup);
    SessionCredentialStore keychain;
    const auto kind = kept == "other"_L1 ? CredentialKind::Other : CredentialKind::CloudflareToken;
    const Credential credential{u"One"_s, {}, newKeychainEntry(kind), {}, {}};
    if (!kept.isEmpty())
        setup->known.credentials = {credential};
    if (kept != "lost"_L1)
        keychain.write(credential.keychainEntry, Secret("from-keychain"), [](const Result<void> &) {});
    qunsetenv(kTokenVariable);
    if (!variable.isEmpty())
        qputenv(kTokenVariable, variable);
    int answers = 0;
    fetchEdgeToken(*setup, *m_composition, keychain, this, [&] { ++answers; });
    QCOMPARE(answers, 1);
    QVERIFY(!qEnvironmentVariableIsSet(kTokenVariable));
    const auto &token = setup->request.plan.facts.edgeToken;
    const QString got = !token ? u"none"_s : !*token ? u"error"_s : QString::fromUtf8((*token)->reveal());
    QTEST(got, "token");
    QCOMPARE(setup->usedEntries.contains(credential.keychainEntry), got == u"from-keychain"_s);
}

QTEST_GUILESS_MAIN(TestAuditProofs)
#include "tst_auditproofs.moc"
