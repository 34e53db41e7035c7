// The baseline as a file: which hash an entry has, what it accepts, and what a guard says of a changed one.
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/leakbaseline.h"
#include "checks/secrets/revisionbaseline.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kKey(32, 'k');

QByteArray passwordLine(const QByteArray &password)
{
    return "password = '" + password + "'\n";
}

QByteArray keyLine(unsigned seed)
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'\n";
}

std::vector<FoundSecret> foundIn(const QByteArray &text)
{
    TextScanner scanner = TextScanner::make(smallSet(), {.key = kKey}).value();
    std::vector<FoundSecret> all;
    for (const SecretHit &hit : scanner.scan({text.constData(), static_cast<size_t>(text.size())}).hits)
        all.push_back({.hit = hit, .path = "a.js"});
    return all;
}

QByteArray fileOf(const std::vector<FoundSecret> &found, const LeakBaseline &kept = {.key = kKey})
{
    SlowHashes hashes;
    return leakBaselineFile(kept, found, hashes).value();
}

// As a version wrote it that had all of a kind of rules by the slow hash.
QByteArray slowFileOf(std::vector<FoundSecret> found)
{
    for (FoundSecret &one : found)
        one.hit.mayBeGuessed = true;
    return fileOf(found);
}

LeakBaseline parsed(const QByteArray &file)
{
    return parseLeakBaseline(file, u"baseline.json"_s).value();
}

std::set<QByteArray> fingerprintsOf(const std::vector<FoundSecret> &found)
{
    std::set<QByteArray> all;
    for (const FoundSecret &one : found)
        all.insert(one.hit.fingerprint);
    return all;
}

std::set<QByteArray> acceptedBy(const QByteArray &file, const std::vector<FoundSecret> &found)
{
    std::vector<const FoundSecret *> all;
    for (const FoundSecret &one : found)
        all.push_back(&one);
    SlowHashes hashes;
    return acceptedOf(parsed(file), all, hashes).value();
}

// "fingerprint" or "slow", of each entry.
QStringList formsIn(const QByteArray &file)
{
    QStringList forms;
    for (const QJsonValue entry : QJsonDocument::fromJson(file).object().value("accepted"_L1).toArray())
        forms += entry.toObject().contains("slow"_L1) ? u"slow"_s : u"fingerprint"_s;
    return forms;
}

} // namespace

class TestLeakBaseline : public QObject
{
    Q_OBJECT

private slots:
    void hasASlowHashOfWhatIsGuessed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("forms");
        QTest::newRow("a password") << passwordLine("Sommer2024!") << QStringList{u"slow"_s};
        QTest::newRow("a key of a service") << keyLine(1) << QStringList{u"fingerprint"_s};
        QTest::newRow("the address of a database")
            << QByteArray("postgres://shop:Sommer2024!@db.example.com\n") << QStringList{u"slow"_s};
        QTest::newRow("both, one of them twice")
            << keyLine(1) + passwordLine("Sommer2024!") + keyLine(1) << QStringList{u"fingerprint"_s, u"slow"_s};
    }

    void hasASlowHashOfWhatIsGuessed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, forms);
        const std::vector<FoundSecret> found = foundIn(text);
        const QByteArray file = fileOf(found);
        QCOMPARE(formsIn(file), forms);
        for (const FoundSecret &one : found)
            QCOMPARE(file.contains(one.hit.fingerprint), !one.hit.mayBeGuessed);
        QCOMPARE(parsed(file).key, kKey);
        QCOMPARE(acceptedBy(file, found), fingerprintsOf(found));
        QVERIFY(acceptedBy(file, foundIn(passwordLine("Herbst2025!") + keyLine(2))).empty());
    }

    // Hundreds of keys take no time, and a value is hashed once for reading and writing.
    void hashesSlowlyWhatItMust()
    {
        QByteArray text;
        for (unsigned seed = 1; seed <= 600; ++seed)
            text += keyLine(seed);
        const std::vector<FoundSecret> found = foundIn(text + passwordLine("Sommer2024!"));
        QCOMPARE(found.size(), size_t(601));
        SlowHashProgress progress;
        SlowHashes hashes({}, &progress);
        const QByteArray file = leakBaselineFile({.key = kKey}, found, hashes).value();
        QVERIFY2(progress.done < 20, qPrintable(QString::number(progress.done))); // some look like words by chance
        const qint64 once = progress.done;
        const LeakBaseline baseline = parsed(file);
        std::vector<const FoundSecret *> all;
        for (const FoundSecret &one : found)
            all.push_back(&one);
        QCOMPARE(acceptedOf(baseline, all, hashes).value().size(), size_t(601));
        const qint64 compared = progress.done;
        QVERIFY(once <= compared);
        QCOMPARE(leakBaselineFile(baseline, found, hashes).value(), file);
        QCOMPARE(progress.done.load(), compared);
        CancelToken stopped;
        stopped.cancel();
        SlowHashes none(stopped);
        QCOMPARE(acceptedOf(baseline, all, none).error().kind, ErrorKind::Cancelled);
    }

    // What an earlier version had slow is accepted as it was, and quick once it is written again.
    void takesEitherForm()
    {
        const std::vector<FoundSecret> found = foundIn(keyLine(1) + passwordLine("Sommer2024!"));
        const QByteArray before = slowFileOf(found);
        QCOMPARE(formsIn(before), (QStringList{u"slow"_s, u"slow"_s}));
        QCOMPARE(acceptedBy(before, found), fingerprintsOf(found));
        const QByteArray after = fileOf(found, parsed(before));
        QCOMPARE(formsIn(after), (QStringList{u"fingerprint"_s, u"slow"_s}));
        QCOMPARE(acceptedBy(after, found), fingerprintsOf(found));
    }

    // The file before has told it; a file of the earliest form is what is mended.
    void keepsTheFormThatIsTold()
    {
        std::vector<FoundSecret> found = foundIn(passwordLine("Sommer2024!"));
        found.front().hit.mayBeGuessed = false;
        LeakBaseline before = parsed(fileOf(found));
        QCOMPARE(before.fingerprints.size(), size_t(1));
        found.front().hit.mayBeGuessed = true;
        QCOMPARE(formsIn(fileOf(found, before)), QStringList{u"fingerprint"_s});
        before.isGuessable = true;
        QCOMPARE(formsIn(fileOf(found, before)), QStringList{u"slow"_s});
    }

    // A guard tells a value that has another hash now from one that is new.
    void knowsARewrittenEntryAgain_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<bool>("isSilent");
        QTest::newRow("written again") << QByteArray() << true;
        QTest::newRow("and a key more") << keyLine(2) << false;
        QTest::newRow("and a password more") << passwordLine("Herbst2025!") << false;
    }

    void knowsARewrittenEntryAgain()
    {
        QFETCH(QByteArray, more);
        QFETCH(bool, isSilent);
        const QByteArray text = keyLine(1) + passwordLine("Sommer2024!");
        GitFixture code;
        code.init();
        const QByteArray before = slowFileOf(foundIn(text));
        code.write(u"b.json"_s, before);
        code.commitAll(u"accepted"_s);
        code.write(u"b.json"_s, fileOf(foundIn(text + more), parsed(before)));
        code.git({u"add"_s, u"-A"_s});
        const GitRepository repository = GitRepository::open(code.root()).value();
        SlowHashes hashes;
        const auto taken = baselineOfRevision(repository, u"HEAD:b.json"_s, ChangeOf::Index, {}, hashes);
        QVERIFY(taken);
        QVERIFY2(taken->alsoAccepted.isEmpty() == isSilent, qPrintable(taken->alsoAccepted));
        QVERIFY2(isSilent || taken->alsoAccepted.contains("accepts 1 secret"_L1), qPrintable(taken->alsoAccepted));
        CancelToken stopped;
        stopped.cancel();
        SlowHashes none(stopped);
        QCOMPARE(baselineOfRevision(repository, u"HEAD:b.json"_s, ChangeOf::Index, {}, none).error().kind,
                 ErrorKind::Cancelled);
    }

    // However many a change names, no more are hashed than the revision has.
    void isNotHeldUpByAChange()
    {
        const QByteArray before = slowFileOf(foundIn(keyLine(1)));
        QByteArray flood;
        for (unsigned seed = 2; seed <= 200; ++seed)
            flood += keyLine(seed);
        GitFixture code;
        code.init();
        code.write(u"b.json"_s, before);
        code.commitAll(u"accepted"_s);
        code.write(u"b.json"_s, fileOf(foundIn(flood), parsed(before)));
        code.git({u"add"_s, u"-A"_s});
        SlowHashProgress progress;
        SlowHashes hashes({}, &progress);
        const auto taken =
            baselineOfRevision(GitRepository::open(code.root()).value(), u"HEAD:b.json"_s, ChangeOf::Index, {}, hashes);
        QVERIFY(taken && taken->alsoAccepted.contains("accepts 199 secret"_L1));
        QCOMPARE(progress.wanted.load(), 1);
    }

    // With its key, from the earliest form: it is compared by the hashes of the change, unless these are too many.
    void comparesWhatWasWrittenAnew_data()
    {
        QTest::addColumn<int>("others"); // that the revision accepts, beside one of the two passwords
        QTest::addColumn<QString>("says");
        QTest::newRow("compared") << 0 << u"accepts 1 secret"_s;
        QTest::newRow("as many as are hashed") << 499 << u"accepts 1 secret"_s;
        QTest::newRow("too many") << 500 << u"was written anew"_s;
    }

    void comparesWhatWasWrittenAnew()
    {
        QFETCH(int, others);
        QFETCH(QString, says);
        const std::vector<FoundSecret> known = foundIn(passwordLine("Sommer2024!"));
        QByteArray accepted = "{\"fingerprint\":\"" + known.front().hit.fingerprint + "\"}";
        for (int i = 0; i < others; ++i)
            accepted += ",{\"fingerprint\":\"" + QByteArray::number(i).rightJustified(64, '0') + "\"}";
        const QByteArray before = "{\"schema\":1,\"key\":\"" + kKey.toHex() + "\",\"accepted\":[" + accepted + "]}";
        GitFixture code;
        code.init();
        code.write(u"b.json"_s, before);
        code.commitAll(u"accepted"_s);
        std::vector<FoundSecret> both = foundIn(passwordLine("Herbst2025!"));
        both.push_back(known.front());
        code.write(u"b.json"_s, fileOf(both, {.key = kKey, .hashing = {QByteArray(16, 's'), 4096, 8, 1}}));
        code.git({u"add"_s, u"-A"_s});
        const auto ofIndex = [&code](SlowHashes hashes) {
            const GitRepository repository = GitRepository::open(code.root()).value();
            return baselineOfRevision(repository, u"HEAD:b.json"_s, ChangeOf::Index, {}, hashes);
        };
        const auto taken = ofIndex(SlowHashes());
        QVERIFY2(taken->isRenewed && taken->alsoAccepted.contains(says), qPrintable(taken->alsoAccepted));
        CancelToken stopped;
        stopped.cancel();
        QCOMPARE(ofIndex(SlowHashes(stopped)).has_value(), !says.startsWith("accepts"_L1));
    }

    void refusesOtherBaselines_data();
    void refusesOtherBaselines();
};

void TestLeakBaseline::refusesOtherBaselines_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray key = QByteArray(64, 'a');
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("no key") << QByteArray(R"({"schema":1,"accepted":[]})");
    QTest::newRow("no list") << R"({"schema":1,"key":")" + key + "\"}";
    QTest::newRow("no fingerprint") << R"({"schema":1,"accepted":[{}],"key":")" + key + "\"}";
    QTest::newRow("a fingerprint of other characters")
        << R"({"schema":1,"accepted":[{"fingerprint":")" + QByteArray(64, 'z') + R"("}],"key":")" + key + "\"}";
    QTest::newRow("a slow hash without its salt")
        << R"({"schema":1,"accepted":[{"slow":")" + QByteArray(64, 'a') + R"("}],"key":")" + key + "\"}";
    QTest::newRow("an entry that hides another one") << R"({"schema":2,"scrypt":{"n":32768,"r":8,"p":1,"salt":")" +
                                                            QByteArray(32, 'a') + R"("},"accepted":[{"fingerprint":")" +
                                                            QByteArray(64, 'a') + R"(","slow":")" +
                                                            QByteArray(64, 'b') + R"("}],"key":")" + key + "\"}";
    QTest::newRow("no salt") << R"({"schema":2,"accepted":[],"key":")" + key + "\"}";
    QTest::newRow("later") << R"({"schema":3,"accepted":[],"key":")" + key + "\"}";
}

void TestLeakBaseline::refusesOtherBaselines()
{
    QFETCH(QByteArray, content);
    const auto baseline = parseLeakBaseline(content, u"baseline.json"_s);
    QVERIFY(!baseline);
    QVERIFY(baseline.error().message.contains("baseline.json"_L1));
}

QTEST_GUILESS_MAIN(TestLeakBaseline)
#include "tst_leakbaseline.moc"
