// What was found becomes proposals for the inventory, and never overwrites what a person wrote there.
#include "foundsamples.h"
#include "models/keykinds.h"
#include "models/secretsightings.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::sample;
using namespace Qt::StringLiterals;

class TestSecretsFound : public QObject
{
    Q_OBJECT

private slots:
    void proposesWhatWasFound();
    void proposesNoHarmlessKey_data();
    void proposesNoHarmlessKey();
    void takesOneSecretOfTwoChecksOnce();
    void remembersWhatIsGoneFromTheCode();
    void proposesKeysOfTheBundle();
    void proposesSecretSettings();
    void proposesCredentials();
    void foreignResultsDoNoHarm();
    void mergingTwiceChangesNothing();
    void mergingFillsWhatIsEmpty();
    void mergingMarksWhatIsExposed();
    void mergingTakesTheWordOfThePerson();
    void aDeadValueIsNotExposedAgain();
    void aFullInventoryTakesNoMore();
    void namesWhatIsNotListed();
    void knowsKindsOfKeys();
    void knowsServicesByName_data();
    void knowsServicesByName();
};

namespace {

ProjectState projectWith(const std::vector<CheckResult> &results)
{
    ProjectState state;
    applyResults(state, results, noon());
    return state;
}

std::map<QString, QJsonObject> observedIn(const ProjectState &project)
{
    std::map<QString, QJsonObject> observed;
    for (const auto &[key, look] : project.latest)
        observed.emplace(key, look.observed);
    return observed;
}

} // namespace

void TestSecretsFound::proposesWhatWasFound()
{
    const ProjectState project = projectWith({foundBy(u"secrets.tree"_s, {foundRow()})});
    const auto proposed = proposedSecrets(project);
    QCOMPARE(proposed.size(), std::size_t(1));
    const SecretEntry &entry = proposed.front();
    QCOMPARE(entry.name, u"Stripe secret key (live)"_s);
    QCOMPARE(entry.service, u"Stripe"_s);
    QCOMPARE(entry.fingerprint, kPrint);
    QCOMPARE(entry.exposure, Exposure::Yes);
    QCOMPARE(entry.exposedOn, noon().date());
    QCOMPARE(entry.exposedBy, QStringList{project.findings.begin()->first});
    QCOMPARE(entry.exposedWhere, u"src/pay.js, line 12"_s);
    QVERIFY(entry.keptIn.isEmpty()); // where it was found is not where it belongs
    QVERIFY(rotationPage(entry.rule, entry.service).isValid());
}

void TestSecretsFound::proposesNoHarmlessKey_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isAllowed");
    QTest::addColumn<int>("proposed");
    QTest::newRow("secret") << u"secret"_s << false << 1;
    QTest::newRow("for tests") << u"test_mode"_s << false << 0;
    QTest::newRow("meant for browsers") << u"public"_s << false << 0;
    QTest::newRow("accepted") << u"secret"_s << true << 0;
}

void TestSecretsFound::proposesNoHarmlessKey()
{
    QFETCH(QString, kind);
    QFETCH(bool, isAllowed);
    QJsonObject row = foundRow(kPrint, kind);
    row[u"allowed"_s] = isAllowed;
    const ProjectState project = projectWith({foundBy(u"secrets.history"_s, {row})});
    QTEST(static_cast<int>(proposedSecrets(project).size()), "proposed");
    QTEST(static_cast<int>(unlistedSecrets({}, observedIn(project)).names.size()), "proposed");
}

void TestSecretsFound::takesOneSecretOfTwoChecksOnce()
{
    const ProjectState project = projectWith(
        {foundBy(u"secrets.tree"_s, {foundRow()}), foundBy(u"secrets.history"_s, {foundRow(), foundRow(kOtherPrint)})});
    const auto proposed = proposedSecrets(project);
    QCOMPARE(proposed.size(), std::size_t(2));
    for (const SecretEntry &entry : proposed)
        QCOMPARE(entry.exposedBy.size(), entry.fingerprint == kPrint ? 2 : 1);
}

// Taken out of the code, it stays in the hands of whoever has seen it.
void TestSecretsFound::remembersWhatIsGoneFromTheCode()
{
    ProjectState project = projectWith({foundBy(u"secrets.tree"_s, {foundRow()})});
    CheckResult clean = result(u"secrets.tree"_s, Outcome::Pass);
    applyResults(project, {clean}, noon().addDays(1));
    QVERIFY(openFindings(project).empty());
    auto proposed = proposedSecrets(project);
    QCOMPARE(proposed.size(), std::size_t(1));
    QCOMPARE(proposed.front().exposure, Exposure::Yes);
    QCOMPARE(proposed.front().exposedOn, noon().date());
    // Closed because a person accepted it: it was none.
    QJsonObject row = foundRow();
    row[u"allowed"_s] = true;
    clean.observed = {{u"secrets"_s, QJsonArray{row}}};
    applyResults(project, {clean}, noon().addDays(2));
    QVERIFY(proposedSecrets(project).empty());
}

void TestSecretsFound::proposesKeysOfTheBundle()
{
    CheckResult bundle = result(u"exposure.bundle-secrets"_s, Outcome::Fail, u"example.com"_s);
    const QJsonObject key{{u"rule"_s, u"openai"_s},
                          {u"name"_s, u"OpenAI key"_s},
                          {u"class"_s, u"secret"_s},
                          {u"file"_s, u"https://example.com/app.js"_s}};
    bundle.observed = {{u"keys"_s, QJsonArray{key}}};
    Finding handed = finding(bundle.checkId, Severity::Critical);
    handed.code = u"secret_in_bundle"_s;
    handed.host = bundle.host;
    handed.subject = u"openai"_s;
    bundle.findings = {handed};
    const auto proposed = proposedSecrets(projectWith({bundle}));
    QCOMPARE(proposed.size(), std::size_t(1));
    QCOMPARE(proposed.front().service, u"OpenAI"_s);
    QCOMPARE(proposed.front().exposure, Exposure::Yes);
    QVERIFY(proposed.front().fingerprint.isEmpty());
}

void TestSecretsFound::proposesSecretSettings()
{
    const auto row = [](const QString &name, bool isSecret, const QString &production, const QString &staging) {
        return QJsonObject{{u"name"_s, name},
                           {u"is_secret"_s, isSecret},
                           {u"production"_s, QJsonObject{{u"state"_s, production}}},
                           {u"staging"_s, QJsonObject{{u"state"_s, staging}}},
                           {u"local"_s, QJsonValue()}};
    };
    CheckResult settings = result(u"secrets.env-completeness"_s, Outcome::Pass);
    settings.observed = {{u"settings"_s, QJsonArray{row(u"STRIPE_SECRET_KEY"_s, true, u"set"_s, u"elsewhere"_s),
                                                    row(u"LOG_LEVEL"_s, false, u"set"_s, u"set"_s),
                                                    row(u"UNUSED_TOKEN"_s, true, u"empty"_s, u"placeholder"_s)}}};
    CheckResult same = settings;
    same.checkId = u"secrets.env-separation"_s;
    const auto proposed = proposedSecrets(projectWith({settings, same}));
    QCOMPARE(proposed.size(), std::size_t(1));
    QCOMPARE(proposed.front().name, u"STRIPE_SECRET_KEY"_s);
    QCOMPARE(proposed.front().service, u"Stripe"_s);
    QCOMPARE(proposed.front().environments, (std::vector{Environment::Staging, Environment::Production}));
    QCOMPARE(proposed.front().exposure, Exposure::Unknown);
}

void TestSecretsFound::proposesCredentials()
{
    ProjectState project;
    project.credentials = {{u"Customer A"_s, u"Signs in as a customer"_s, u"credential-1"_s, noon(), {}}};
    const auto proposed = proposedSecrets(project);
    QCOMPARE(proposed.size(), std::size_t(1));
    QCOMPARE(proposed.front().name, u"Customer A"_s);
    QCOMPARE(proposed.front().scope, u"Signs in as a customer"_s);
    QVERIFY(!proposed.front().keptIn.isEmpty());
    QCOMPARE(proposed.front().lastRotated, noon().date());
}

void TestSecretsFound::foreignResultsDoNoHarm()
{
    const QString value = u"sk_"_s + u"live_"_s + u"4eC39HqLyjWDarjtT1zdp7dc"_s;
    QJsonObject named = foundRow();
    named[u"name"_s] = value;
    named[u"file"_s] = u"src/"_s + value;
    QJsonObject odd = foundRow(kOtherPrint);
    odd[u"fingerprint"_s] = 7;
    odd[u"rule"_s] = u"<b>"_s;
    odd[u"line"_s] = u"x"_s;
    CheckResult foreign = foundBy(u"secrets.tree"_s, {named, odd, QJsonObject()});
    foreign.observed[u"keys"_s] = u"no list"_s;
    const auto proposed = proposedSecrets(projectWith({foreign}));
    for (const SecretEntry &entry : proposed) {
        QVERIFY(checkedSecret(entry));
        QVERIFY(!entry.name.contains(u"4eC39"_s) && !entry.exposedWhere.contains(u"4eC39"_s));
    }
    QVERIFY(!proposed.empty());
    for (const SecretSighting &sighting : secretSightings(observedIn(projectWith({foreign}))))
        QVERIFY(!sighting.name.contains(u"4eC39"_s) && !sighting.place.contains(u"4eC39"_s));
}

void TestSecretsFound::mergingTwiceChangesNothing()
{
    ProjectState project = projectWith({foundBy(u"secrets.tree"_s, {foundRow(), foundRow(kOtherPrint)})});
    project.credentials = {{u"Customer A"_s, {}, u"credential-1"_s, noon(), {}}};
    const MergedSecrets once = mergedSecrets({}, proposedSecrets(project));
    QCOMPARE(once.added, 3);
    QCOMPARE(once.marked, 0);
    const MergedSecrets twice = mergedSecrets(once.entries, proposedSecrets(project));
    QCOMPARE(twice.added, 0);
    QCOMPARE(twice.marked, 0);
    QCOMPARE(twice.entries, once.entries);
}

void TestSecretsFound::mergingFillsWhatIsEmpty()
{
    SecretEntry written = secretEntry(u"stripe_secret_key"_s);
    written.service.clear();
    written.environments.clear();
    SecretEntry proposal;
    proposal.id = u"setting:STRIPE_SECRET_KEY"_s;
    proposal.name = u"STRIPE_SECRET_KEY"_s;
    proposal.service = u"Stripe"_s;
    proposal.keptIn = u"elsewhere"_s;
    proposal.environments = {Environment::Staging};
    const MergedSecrets merged = mergedSecrets({written}, {proposal});
    QCOMPARE(merged.added, 0);
    SecretEntry wanted = written;
    wanted.service = u"Stripe"_s;
    wanted.environments = {Environment::Staging};
    QCOMPARE(merged.entries, std::vector{wanted});
}

void TestSecretsFound::mergingMarksWhatIsExposed()
{
    SecretEntry written = secretEntry();
    written.fingerprint = kPrint;
    const ProjectState project = projectWith({foundBy(u"secrets.history"_s, {foundRow()})});
    const MergedSecrets merged = mergedSecrets({written}, proposedSecrets(project));
    QCOMPARE(merged.added, 0);
    QCOMPARE(merged.marked, 1);
    QCOMPARE(merged.entries.front().exposure, Exposure::Yes);
    QCOMPARE(merged.entries.front().name, written.name);
    QCOMPARE(merged.entries.front().exposedBy.size(), 1);
}

// Who has looked at the finding and said that nobody can have the secret is believed, until another finding comes.
void TestSecretsFound::mergingTakesTheWordOfThePerson()
{
    ProjectState project = projectWith({foundBy(u"secrets.tree"_s, {foundRow()})});
    std::vector<SecretEntry> known = mergedSecrets({}, proposedSecrets(project)).entries;
    known.front().exposure = Exposure::No;
    QCOMPARE(mergedSecrets(known, proposedSecrets(project)).entries.front().exposure, Exposure::No);
    applyResults(project, {foundBy(u"secrets.history"_s, {foundRow()})}, noon());
    QCOMPARE(mergedSecrets(known, proposedSecrets(project)).entries.front().exposure, Exposure::Yes);
}

void TestSecretsFound::aDeadValueIsNotExposedAgain()
{
    ProjectState project = projectWith({foundBy(u"secrets.tree"_s, {foundRow()})});
    std::vector<SecretEntry> known = mergedSecrets({}, proposedSecrets(project)).entries;
    known.front() = withSteps(known.front(), 5);
    applyResults(project, {foundBy(u"secrets.history"_s, {foundRow()})}, noon());
    const MergedSecrets merged = mergedSecrets(known, proposedSecrets(project));
    QCOMPARE(merged.entries, known);
    QCOMPARE(merged.marked, 0);
    known.front() = withNewRotation(known.front());
    const MergedSecrets later = mergedSecrets(known, proposedSecrets(project));
    QCOMPARE(later.added, 0);
    QVERIFY(!isOpenlyExposed(later.entries.front()));
    QVERIFY(later.entries.front().fingerprint.isEmpty());
    QVERIFY(unlistedSecrets(known, observedIn(project)).names.isEmpty());
}

void TestSecretsFound::aFullInventoryTakesNoMore()
{
    std::vector<SecretEntry> full;
    for (std::size_t i = 1; i < kMostSecrets; ++i)
        full.push_back(secretEntry(QString::number(i)));
    const ProjectState project = projectWith({foundBy(u"secrets.tree"_s, {foundRow(), foundRow(kOtherPrint)})});
    const MergedSecrets merged = mergedSecrets(full, proposedSecrets(project));
    QCOMPARE(merged.added, 1);
    QCOMPARE(merged.leftOut, 1);
    QVERIFY(checkedSecrets(merged.entries));
}

void TestSecretsFound::namesWhatIsNotListed()
{
    const ProjectState project = projectWith(
        {foundBy(u"secrets.tree"_s, {foundRow(), foundRow(kOtherPrint)}), foundBy(u"secrets.history"_s, {foundRow()})});
    const auto observed = observedIn(project);
    QCOMPARE(unlistedSecrets({}, observed).names.size(), 2);
    QCOMPARE(unlistedSecrets({exposedEntry()}, observed).names,
             QStringList{u"Stripe secret key (live) in src/pay.js, line 12"_s});
}

void TestSecretsFound::knowsKindsOfKeys()
{
    const auto kind = keyKindOf(u"openai-project"_s);
    QVERIFY(kind);
    QCOMPARE(kind->service, u"OpenAI"_s);
    QCOMPARE(kind->rotate.scheme(), u"https"_s);
    QVERIFY(!keyKindOf(u"no-such-rule"_s));
    QCOMPARE(rotationPage({}, u"openai"_s), kind->rotate);
    QVERIFY(rotationPage({}, u"Uncle Bob"_s).isEmpty());
}

void TestSecretsFound::knowsServicesByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("service");
    QTest::newRow("setting") << u"STRIPE_SECRET_KEY"_s << u"Stripe"_s;
    QTest::newRow("two words") << u"LEMON_SQUEEZY_API_KEY"_s << u"Lemon Squeezy"_s;
    QTest::newRow("words") << u"SendGrid key of the shop"_s << u"SendGrid"_s;
    QTest::newRow("in the middle") << u"SHOP_STRIPE_KEY"_s << QString();
    QTest::newRow("the start of a word") << u"STRIPED_KEY"_s << QString();
    QTest::newRow("none") << u"DATABASE_URL"_s << QString();
}

void TestSecretsFound::knowsServicesByName()
{
    QFETCH(QString, name);
    QTEST(serviceNamedIn(name), "service");
}

QTEST_GUILESS_MAIN(TestSecretsFound)
#include "tst_secretsfound.moc"
