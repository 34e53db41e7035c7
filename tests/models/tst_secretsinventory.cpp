// What an entry of the inventory may hold, when it is due, and how its replacement goes on.
#include "secretsamples.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::sample;
using namespace Qt::StringLiterals;

class TestSecretsInventory : public QObject
{
    Q_OBJECT

private slots:
    void tellsValuesFromWords_data();
    void tellsValuesFromWords();
    void refusesAValueInAnyField_data();
    void refusesAValueInAnyField();
    void tidiesWhatWasTyped();
    void refusesWhatHasNoValidForm_data();
    void refusesWhatHasNoValidForm();
    void refusesAListWithDoubles();
    void survivesItsJson();
    void readsNoUnknownWords_data();
    void readsNoUnknownWords();
    void knowsWhenOneIsDue_data();
    void knowsWhenOneIsDue();
    void stands_data();
    void stands();
    void stepsComeInOrder();
    void theLastStepSaysHow();
    void theLastStepEndsTheExposure();
    void anotherRoundRemembersTheDeadValue();
};

namespace {

// In pieces, so that no key stands in this file.
QString stripeKey()
{
    return u"sk_"_s + u"live_"_s + u"4eC39HqLyjWDarjtT1zdp7dc"_s;
}

} // namespace

void TestSecretsInventory::tellsValuesFromWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isValue");
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("a setting") << u"STRIPE_SECRET_KEY_LIVE_2024"_s << false;
    QTest::newRow("a place") << u"Vercel, environment variables (eu-central-1)"_s << false;
    QTest::newRow("a long word") << u"Donaudampfschifffahrtsgesellschaft"_s << false;
    QTest::newRow("a path") << u"projects/12345/secrets/stripe-live/versions/3"_s << false;
    QTest::newRow("a project's id") << u"123e4567-e89b-12d3-a456-426614174000"_s << false;
    QTest::newRow("known shape") << stripeKey() << true;
    QTest::newRow("known shape in a sentence") << u"the key is %1 today"_s.arg(stripeKey()) << true;
    QTest::newRow("20 letters and digits") << u"a1b2c3d4e5f6a7b8c9d0"_s << true;
    QTest::newRow("19 letters and digits") << u"a1b2c3d4e5f6a7b8c9d"_s << false;
    QTest::newRow("a hash") << QString(32, u'a') + u"12"_s << true;
    QTest::newRow("one digit") << QString(30, u'a') + u"1"_s << false;
    QTest::newRow("digits alone") << u"12345678901234567890123"_s << false;
    QTest::newRow("password in an address") << u"postgres://shop:hunter2@db.example.com/shop"_s << true;
    QTest::newRow("named") << u"password=hunter2"_s << true;
}

void TestSecretsInventory::tellsValuesFromWords()
{
    QFETCH(QString, text);
    QTEST(looksLikeValue(text), "isValue");
    QVERIFY(!looksLikeValue(withoutValues(text)));
}

void TestSecretsInventory::refusesAValueInAnyField_data()
{
    QTest::addColumn<int>("field");
    for (int field = 0; field < 9; ++field)
        QTest::addRow("field %d", field) << field;
}

void TestSecretsInventory::refusesAValueInAnyField()
{
    QFETCH(int, field);
    SecretEntry entry = withSteps(exposedEntry(), 1);
    QString *const fields[] = {&entry.name,
                               &entry.service,
                               &entry.owner,
                               &entry.scope,
                               &entry.keptIn,
                               &entry.exposedWhere,
                               &entry.rightsBy,
                               &entry.rotation.front().by,
                               &entry.rotation.front().how};
    *fields[field] = u"It is %1"_s.arg(stripeKey());
    const auto checked = checkedSecret(entry);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::BadInput);
    QVERIFY(!checked.error().message.contains(u"4eC39"_s));
}

void TestSecretsInventory::tidiesWhatWasTyped()
{
    SecretEntry entry = secretEntry();
    entry.name = u"  Stripe\u202e key\n of the shop "_s;
    entry.environments = {Environment::Production, Environment::Local, Environment::Production};
    const auto checked = checkedSecret(entry);
    QVERIFY(checked);
    QCOMPARE(checked->name, u"Stripe key of the shop"_s);
    QCOMPARE(checked->environments, (std::vector{Environment::Local, Environment::Production}));
    entry.name = u" \n"_s;
    QVERIFY(!checkedSecret(entry));
}

void TestSecretsInventory::refusesWhatHasNoValidForm_data()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("as it is") << 0 << true;
    QTest::newRow("no id") << 1 << false;
    QTest::newRow("fingerprint too short") << 2 << false;
    QTest::newRow("fingerprint of other signs") << 3 << false;
    QTest::newRow("rule with other signs") << 4 << false;
    QTest::newRow("a name of 200") << 5 << true;
    QTest::newRow("a name of 201") << 6 << false;
    QTest::newRow("an interval before now") << 7 << false;
}

void TestSecretsInventory::refusesWhatHasNoValidForm()
{
    QFETCH(int, change);
    SecretEntry entry = exposedEntry();
    switch (change) {
    case 1:
        entry.id.clear();
        break;
    case 2:
        entry.fingerprint.chop(1);
        break;
    case 3:
        entry.deadFingerprints = {u"0123456789abcdeg"_s};
        break;
    case 4:
        entry.rule = u"stripe live"_s;
        break;
    case 5:
        entry.name = QString(200, u'n');
        break;
    case 6:
        entry.name = QString(201, u'n');
        break;
    case 7:
        entry.rotateEveryDays = -1;
        break;
    default:
        break;
    }
    QTEST(checkedSecret(entry).has_value(), "isValid");
}

void TestSecretsInventory::refusesAListWithDoubles()
{
    const std::vector<SecretEntry> two{secretEntry(u"A"_s), secretEntry(u"B"_s)};
    QCOMPARE(checkedSecrets(two).value(), two);
    QVERIFY(!checkedSecrets({two[0], two[1], two[0]}));
    std::vector<SecretEntry> many;
    for (std::size_t i = 0; i < kMostSecrets; ++i)
        many.push_back(secretEntry(QString::number(i)));
    QVERIFY(checkedSecrets(many));
    many.push_back(secretEntry(u"one more"_s));
    QVERIFY(!checkedSecrets(many));
}

void TestSecretsInventory::survivesItsJson()
{
    SecretEntry entry = withSteps(exposedEntry(), 5);
    entry.rule = u"stripe-live-secret"_s;
    entry.exposedWhere = u"src/pay.js, line 12"_s;
    entry.exposedBy = {u"secrets.tree:secret#"_s + kPrint};
    entry.deadFingerprints = {kOtherPrint};
    entry.environments = {Environment::Local, Environment::Staging, Environment::Production};
    entry.nextDue = kToday.addDays(1);
    entry.rightsBy = u"Jo"_s;
    entry.rightsOn = kToday;
    QCOMPARE(secretEntryFromJson(toJson(entry)), std::optional(entry));
    SecretEntry bare;
    bare.id = u"1"_s;
    bare.name = u"Bare"_s;
    QCOMPARE(secretEntryFromJson(toJson(bare)), std::optional(bare));
}

void TestSecretsInventory::readsNoUnknownWords_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("exposed") << u"exposed"_s << QJsonValue(u"perhaps"_s);
    QTest::newRow("rights") << u"rights"_s << QJsonValue(u"all"_s);
    QTest::newRow("environment") << u"environments"_s << QJsonValue(QJsonArray{u"moon"_s});
    QTest::newRow("step") << u"rotation"_s << QJsonValue(QJsonArray{QJsonObject{{u"step"_s, u"wished"_s}}});
    QTest::newRow("a step before its turn")
        << u"rotation"_s << QJsonValue(QJsonArray{QJsonObject{{u"step"_s, u"shown_dead"_s}}});
    QTest::newRow("no id") << u"id"_s << QJsonValue(QString());
    QTest::newRow("no name") << u"name"_s << QJsonValue(7);
}

void TestSecretsInventory::readsNoUnknownWords()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject json = toJson(secretEntry());
    QVERIFY(secretEntryFromJson(json));
    json[member] = value;
    QVERIFY(!secretEntryFromJson(json));
}

void TestSecretsInventory::knowsWhenOneIsDue_data()
{
    QTest::addColumn<QDate>("last");
    QTest::addColumn<int>("days");
    QTest::addColumn<QDate>("day");
    QTest::addColumn<QDate>("due");
    QTest::addColumn<bool>("isOverdue");
    const QDate today = kToday;
    QTest::newRow("nothing said") << QDate() << 0 << QDate() << QDate() << false;
    QTest::newRow("interval without a start") << QDate() << 90 << QDate() << QDate() << false;
    QTest::newRow("due today") << today.addDays(-90) << 90 << QDate() << today << false;
    QTest::newRow("due yesterday") << today.addDays(-91) << 90 << QDate() << today.addDays(-1) << true;
    QTest::newRow("a day goes first") << today.addDays(-91) << 90 << today.addDays(5) << today.addDays(5) << false;
    QTest::newRow("a day that is past") << QDate() << 0 << today.addDays(-1) << today.addDays(-1) << true;
}

void TestSecretsInventory::knowsWhenOneIsDue()
{
    QFETCH(QDate, last);
    QFETCH(int, days);
    QFETCH(QDate, day);
    SecretEntry entry;
    entry.lastRotated = last;
    entry.rotateEveryDays = days;
    entry.nextDue = day;
    QTEST(dueOn(entry), "due");
    QTEST(isOverdue(entry, kToday), "isOverdue");
}

void TestSecretsInventory::stands_data()
{
    QTest::addColumn<SecretEntry>("entry");
    QTest::addColumn<SecretStanding>("standing");
    SecretEntry entry = secretEntry();
    QTest::newRow("all said") << entry << SecretStanding::InOrder;
    entry.exposure = Exposure::Unknown;
    QTest::newRow("nobody knows whether it is out") << entry << SecretStanding::Unclear;
    entry.owner.clear();
    QTest::newRow("no owner") << entry << SecretStanding::Incomplete;
    entry.lastRotated = kToday.addDays(-91);
    QTest::newRow("overdue") << entry << SecretStanding::Overdue;
    entry.rights = Rights::MoreThanNeeded;
    QTest::newRow("may do too much") << entry << SecretStanding::MoreRights;
    entry.exposure = Exposure::Yes;
    QTest::newRow("exposed") << entry << SecretStanding::Exposed;
    QTest::newRow("begun") << withSteps(entry, 1) << SecretStanding::BeingReplaced;
    QTest::newRow("four of five") << withSteps(exposedEntry(), 4) << SecretStanding::BeingReplaced;
    QTest::newRow("five of five") << withSteps(exposedEntry(), 5) << SecretStanding::Replaced;
}

void TestSecretsInventory::stands()
{
    QFETCH(SecretEntry, entry);
    QTEST(standingOf(entry, kToday), "standing");
    QVERIFY(!standingText(entry, kToday).isEmpty());
}

void TestSecretsInventory::stepsComeInOrder()
{
    SecretEntry entry = exposedEntry();
    QCOMPARE(nextStep(entry), std::optional(RotationStep::MadeNew));
    QVERIFY(!withStepDone(entry, RotationStep::ShownDead, stepDone(RotationStep::ShownDead)));
    QVERIFY(!withStepDone(entry, RotationStep::MadeNew, {kToday, u" "_s, {}})); // by nobody
    entry = withStepDone(entry, RotationStep::MadeNew, stepDone(RotationStep::MadeNew)).value();
    QCOMPARE(nextStep(entry), std::optional(RotationStep::PutInPlace));
    QVERIFY(!withStepDone(entry, RotationStep::MadeNew, stepDone(RotationStep::MadeNew))); // twice
    QCOMPARE(withoutLastStep(entry), exposedEntry());
    QCOMPARE(withoutLastStep(exposedEntry()), exposedEntry());
}

void TestSecretsInventory::theLastStepSaysHow()
{
    const SecretEntry entry = withSteps(exposedEntry(), 4);
    QVERIFY(!withStepDone(entry, RotationStep::ShownDead, {kToday, u"Dana"_s, {}}));
    QVERIFY(!withStepDone(entry, RotationStep::ShownDead, {kToday, u"Dana"_s, u"tried %1"_s.arg(stripeKey())}));
    QVERIFY(isOpenlyExposed(entry));
    QVERIFY(withStepDone(entry, RotationStep::ShownDead, {kToday, u"Dana"_s, u"401"_s}));
}

void TestSecretsInventory::theLastStepEndsTheExposure()
{
    SecretEntry entry = exposedEntry();
    entry.nextDue = kToday.addDays(-1);
    entry = withSteps(entry, 5);
    QVERIFY(isRotated(entry));
    QVERIFY(!isOpenlyExposed(entry));
    QCOMPARE(entry.lastRotated, kToday);
    QCOMPARE(dueOn(entry), kToday.addDays(90));
    QVERIFY(!nextStep(entry));
    QVERIFY(isOpenlyExposed(withoutLastStep(entry)));
}

void TestSecretsInventory::anotherRoundRemembersTheDeadValue()
{
    const SecretEntry again = withNewRotation(withSteps(exposedEntry(), 5));
    QCOMPARE(again.deadFingerprints, QStringList{kPrint});
    QVERIFY(again.fingerprint.isEmpty());
    QCOMPARE(again.exposure, Exposure::No);
    QVERIFY(again.rotation.empty());
    // A round that was given up proves nothing.
    const SecretEntry givenUp = withNewRotation(withSteps(exposedEntry(), 4));
    QVERIFY(isOpenlyExposed(givenUp));
    QVERIFY(givenUp.deadFingerprints.isEmpty());
}

QTEST_GUILESS_MAIN(TestSecretsInventory)
#include "tst_secretsinventory.moc"
