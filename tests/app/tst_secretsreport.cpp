#include "app/report/secretsreport.h"
#include "checks/secrets/inputscan.h"
#include "checks/secrets/maskednames.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/jsonschema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray keyLine(unsigned seed, const QByteArray &behind = {})
{
    return "key = '" + QByteArray::fromStdString(stripeKey(seed)) + "'" + behind + "\n";
}

const QByteArray kRemark = " // launch-cockpit:allow a shop that is closed";

} // namespace

// What is said about what was found, by real looks at a repository with a few rules.
class TestSecretsReport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesOneFindingOfOneValue();
    void tellsWhereAndSince();
    void tellsWhatIsGone();
    void tellsWhatIsOnThisMachineAlone();
    void tellsWhatADamagedHistoryDoesNot();
    void tellsWhatIsStaged();
    void tellsWhatNoCommitHas();
    void namesTextsWithoutFile();
    void tellsWhoseNameHasIt();
    void acceptsWhatARemarkAllows_data();
    void acceptsWhatARemarkAllows();
    void acceptsWhatTheBaselineHas();
    void keepsPublicKeysApart();
    void isSarif();
    void takesNoFolderForAnArchive();
    void hasOneOrderOnAllMachines();
    void countsColumnsInCharacters();
    void knowsAnOldResultAgain();
    void tellsPasswordsApartByTheirPlace();
    void looksAtStandardInput();
    void saysWhyNothingWasLookedAt();
    void saysWhatWasNotFollowed();
    void writesAnyText();
    void neverHasAValue();

private:
    enum class Look { Files, Everything, Staged };
    SecretsReport report(Look look = Look::Everything, const std::set<QByteArray> &accepted = {},
                         const QByteArray &key = "key") const;
    // Those of this name, in the order of the results.
    QStringList identities(const QByteArray &key, const QString &name) const;
    static QJsonObject parsed(const SecretsReport &report)
    {
        return QJsonDocument::fromJson(secretsJson(report)).object();
    }
    QJsonObject finding(Look look = Look::Everything) const
    {
        const QJsonArray all = parsed(report(look)).value("findings"_L1).toArray();
        return all.size() == 1 ? all.first().toObject() : QJsonObject();
    }
    QString text(Look look = Look::Everything) const
    {
        return secretsText(report(look), SecretsDetail::Findings, SecretsColour::Off);
    }

    std::unique_ptr<GitFixture> m_git;
};

void TestSecretsReport::init()
{
    m_git = std::make_unique<GitFixture>();
    m_git->init();
    m_git->write(u"readme.md"_s, "A shop.\n");
    m_git->commitAll(u"start"_s);
}

SecretsReport TestSecretsReport::report(Look look, const std::set<QByteArray> &accepted, const QByteArray &key) const
{
    const ScanSettings settings{.key = key, .token = {}};
    SecretsFound found;
    if (look != Look::Staged) {
        TreeProgress progress;
        found.files = scanTree(m_git->root(), smallSet(), settings, progress).value();
    }
    if (look != Look::Files) {
        const GitRepository repository = GitRepository::open(m_git->root()).value();
        const BlobWalk walk = look == Look::Staged ? BlobWalk::staged(repository, {}, settings.token).value()
                                                   : BlobWalk::history(repository, settings.token).value();
        HistoryProgress progress;
        found.history = scanHistory(repository, walk, smallSet(), settings, progress).value();
    }
    TextScanner scanner = TextScanner::make(smallSet(), settings).value();
    NameMask mask(scanner);
    const bool isMasked = mask.mask(found.files) && (!found.history || mask.mask(*found.history));
    Q_ASSERT(isMasked);
    return makeSecretsReport(std::move(found), accepted, u"1.0"_s);
}

QStringList TestSecretsReport::identities(const QByteArray &key, const QString &name) const
{
    QStringList all;
    const QJsonObject log = QJsonDocument::fromJson(secretsSarif(report(Look::Files, {}, key))).object();
    for (const QJsonValue result : log.value("runs"_L1)[0]["results"_L1].toArray()) {
        if (const QString identity = result["partialFingerprints"_L1][name].toString(); !identity.isEmpty())
            all += identity;
    }
    return all;
}

void TestSecretsReport::makesOneFindingOfOneValue()
{
    m_git->write(u"old/pay.js"_s, "\n" + keyLine(1));
    const QByteArray first = m_git->commitAll(u"one"_s);
    m_git->git({u"mv"_s, u"old/pay.js"_s, u"pay.js"_s});
    m_git->write(u"deploy.sh"_s, keyLine(1));
    m_git->commitAll(u"two"_s);
    const SecretsReport made = report();
    QCOMPARE(made.valuesThatAre(Standing::Open), 1);
    const QJsonObject json = parsed(made);
    const QJsonArray findings = json.value("findings"_L1).toArray();
    QCOMPARE(findings.size(), 1);
    const QJsonObject one = findings.first().toObject();
    QCOMPARE(one.value("file"_L1).toString(), u"deploy.sh"_s);
    QCOMPARE(one.value("line"_L1).toInt(), 1);
    QCOMPARE(one.value("column"_L1).toInt(), 8);
    QCOMPARE(one.value("commit"_L1).toString(), QString::fromLatin1(first));
    QCOMPARE(one.value("author"_L1).toString(), u"Ada Example <ada@example.com>"_s);
    QVERIFY(QDateTime::fromString(one.value("date"_L1).toString(), Qt::ISODate).isValid());
    QCOMPARE(one.value("in_head"_L1).toBool(), true);
    QCOMPARE(one.value("reach"_L1).toString(), u"references"_s);
    QCOMPARE(one.value("opens"_L1).toArray(), QJsonArray{u"infrastructure"_s});
    QVERIFY(one.value("verified"_L1).isNull());
    QStringList places;
    for (const QJsonValue place : one.value("places"_L1).toArray())
        places += place["file"_L1].toString() + (place["commit"_L1].isNull() ? QString() : u"@"_s);
    // In the tree twice, in the history under three names (a version that moved stands at its last place).
    QCOMPARE(places.mid(0, 2), (QStringList{u"deploy.sh"_s, u"pay.js"_s}));
    QVERIFY2(places.size() >= 4 && places[2].endsWith(u'@'), qPrintable(places.join(u' ')));
    const QJsonObject scanned = json.value("scanned"_L1).toObject();
    QCOMPARE(scanned.value("commits"_L1).toInt(), 3);
    QCOMPARE(scanned.value("files"_L1).toInt(), 3);
    QVERIFY(scanned.value("bytes"_L1).toInt() > 200);
}

void TestSecretsReport::tellsWhereAndSince()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    const QByteArray first = m_git->commitAll(u"one"_s);
    const QString said = text();
    for (const QString &part :
         {u"1 secret"_s, u"Stripe secret key (live)"_s, u"It opens: servers and the cloud account."_s,
          u"    pay.js:1:8\n"_s, u"First in commit "_s + QString::fromLatin1(first.first(12)), u"by Ada Example."_s,
          u"It still stands in HEAD."_s, u"1 commit(s) have it, held by: a branch."_s,
          u"https://dashboard.stripe.com/apikeys"_s, u"filter-repo"_s})
        QVERIFY2(said.contains(part), qPrintable(part + u"\n\n"_s + said));
    QVERIFY(said.indexOf("https://dashboard"_L1) < said.indexOf("filter-repo"_L1)); // replaced before it is cleaned up
}

void TestSecretsReport::tellsWhatIsGone()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    const QByteArray first = m_git->commitAll(u"one"_s);
    m_git->git({u"rm"_s, u"-q"_s, u"pay.js"_s});
    m_git->commitAll(u"two"_s);
    const QJsonObject one = finding();
    QCOMPARE(one.value("file"_L1).toString(), u"pay.js"_s);
    QCOMPARE(one.value("commit"_L1).toString(), QString::fromLatin1(first));
    QCOMPARE(one.value("in_head"_L1).toBool(true), false);
    QVERIFY2(
        text().contains("It is gone from HEAD, and the history has it. 1 commit(s) have it, held by: a branch."_L1),
        qPrintable(text()));
    QCOMPARE(one.value("places"_L1)[0]["held_by"_L1][0].toString(), u"branch"_s);
    QVERIFY(finding(Look::Files).isEmpty());
}

void TestSecretsReport::tellsWhatIsOnThisMachineAlone()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    m_git->commitAll(u"one"_s);
    m_git->git({u"reset"_s, u"-q"_s, u"--hard"_s, u"HEAD~1"_s});
    QCOMPARE(finding().value("reach"_L1).toString(), u"reflog"_s);
    const QString said = text();
    QVERIFY2(said.contains("on this machine alone"_L1) && said.contains("git gc --prune=now"_L1), qPrintable(said));
    QVERIFY(!said.contains("filter-repo"_L1));
}

// A branch has it: that nothing leads to it, and that no clone has it, would be false.
void TestSecretsReport::tellsWhatADamagedHistoryDoesNot()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    m_git->commitAll(u"one"_s);
    const QString tree = QString::fromLatin1(m_git->git({u"rev-parse"_s, u"HEAD^{tree}"_s}));
    m_git->git({u"rm"_s, u"-q"_s, u"pay.js"_s});
    m_git->commitAll(u"two"_s);
    QVERIFY(QFile::remove(m_git->path(u".git/objects/%1/%2"_s.arg(tree.left(2), tree.mid(2)))));
    const QJsonObject one = finding();
    QVERIFY(one.contains("reach"_L1) && one.value("reach"_L1).isNull());
    QVERIFY(one.value("places"_L1)[0]["reach"_L1].isNull());
    const QString said = text();
    QVERIFY2(said.contains("Whether a branch or tag has it is not known"_L1) && said.contains("git fsck"_L1),
             qPrintable(said));
    QVERIFY2(!said.contains("on this machine alone"_L1) && !said.contains("git gc"_L1), qPrintable(said));
}

void TestSecretsReport::tellsWhatIsStaged()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    m_git->git({u"add"_s, u"pay.js"_s});
    const QJsonObject one = finding(Look::Staged);
    QCOMPARE(one.value("file"_L1).toString(), u"pay.js"_s);
    QCOMPARE(one.value("reach"_L1).toString(), u"staged"_s);
    QVERIFY(one.value("commit"_L1).isNull());
    const QString said = text(Look::Staged);
    QVERIFY2(said.contains("    pay.js:1:8 (staged)\n"_L1) && said.contains("need not be replaced"_L1),
             qPrintable(said));
}

void TestSecretsReport::tellsWhatNoCommitHas()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    const QJsonObject one = finding();
    QVERIFY(one.value("commit"_L1).isNull());
    QCOMPARE(one.value("in_head"_L1).toBool(true), false);
    QVERIFY2(text().contains("No commit has it."_L1), qPrintable(text()));
    QVERIFY(finding(Look::Files).value("in_head"_L1).isNull());
}

void TestSecretsReport::namesTextsWithoutFile()
{
    const QByteArray commit = m_git->commitAll(QString::fromLatin1("say\n\n" + keyLine(1)));
    const QString name = u"the message of commit "_s + QString::fromLatin1(commit.first(12));
    QCOMPARE(finding().value("file"_L1).toString(), name);
    QCOMPARE(finding().value("line"_L1).toInt(), 3);
    QVERIFY2(text().contains(name + u":3:8"_s), qPrintable(text()));
}

// A token that was pasted as user.name. Who it names is masked wherever a report says who brought something.
void TestSecretsReport::tellsWhoseNameHasIt()
{
    const QByteArray key = QByteArray::fromStdString(stripeKey(1));
    m_git->git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"two"_s,
                u"--author=k %1 <k@example.com>"_s.arg(QString::fromLatin1(key))});
    const QString commit = QString::fromLatin1(m_git->git({u"rev-parse"_s, u"HEAD"_s}));
    const QJsonObject one = finding();
    QCOMPARE(one["places"_L1][0]["part"_L1].toString(), u"author"_s);
    QCOMPARE(one["commit"_L1].toString(), commit);
    const QString said = text();
    for (const QString &part : {u"the author of commit %1 (in the name or address)"_s.arg(commit.left(12)),
                                u"git filter-repo --mailmap ../mailmap.txt"_s})
        QVERIFY2(said.contains(part), qPrintable(said));
    const SecretsReport made = report();
    const QByteArray all = secretsJson(made) + secretsSarif(made) + said.toUtf8();
    QVERIFY(!all.contains(key) && !all.contains(key.sliced(8, 12)));
}

void TestSecretsReport::acceptsWhatARemarkAllows_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<int>("open");
    QTest::newRow("remarked where it stands now") << keyLine(1) << keyLine(1, kRemark) << 0;
    QTest::newRow("no longer remarked") << keyLine(1, kRemark) << keyLine(1) << 1;
    QTest::newRow("gone, and never remarked") << keyLine(1) << QByteArray("gone\n") << 1;
    QTest::newRow("gone, and remarked to the last") << keyLine(1, kRemark) << QByteArray("gone\n") << 0;
}

void TestSecretsReport::acceptsWhatARemarkAllows()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    QFETCH(int, open);
    m_git->write(u"old.js"_s, before); // under another name: the remark holds for the value
    m_git->commitAll(u"one"_s);
    m_git->git({u"mv"_s, u"old.js"_s, u"pay.js"_s});
    m_git->write(u"pay.js"_s, now);
    m_git->commitAll(u"two"_s);
    const SecretsReport made = report();
    QCOMPARE(made.valuesThatAre(Standing::Open), open);
    QCOMPARE(made.valuesThatAre(Standing::Remarked), 1 - open);
    QCOMPARE(reaches(made, Severity::Critical), open == 1);
}

void TestSecretsReport::acceptsWhatTheBaselineHas()
{
    m_git->write(u"pay.js"_s, keyLine(1));
    m_git->commitAll(u"one"_s);
    const QByteArray fingerprint = report().secrets.front().main().hit.fingerprint;
    m_git->write(u"new.js"_s, keyLine(1) + keyLine(2));
    const QJsonObject json = parsed(report(Look::Everything, {fingerprint}));
    QCOMPARE(json.value("findings"_L1).toArray().size(), 1);
    const QJsonObject accepted = json.value("accepted"_L1).toArray().first().toObject();
    QCOMPARE(accepted.value("accepted_by"_L1).toString(), u"baseline"_s);
    QVERIFY(accepted.value("reason"_L1).isNull());
}

void TestSecretsReport::keepsPublicKeysApart()
{
    m_git->write(u"page.html"_s, "pk_" + QByteArray("live_") + QByteArray::fromStdString(noise(30, 5)) + "\n");
    m_git->commitAll(u"one"_s);
    const QJsonObject json = parsed(report());
    QCOMPARE(json.value("findings"_L1).toArray().size(), 0);
    QCOMPARE(json.value("public"_L1).toArray().size(), 1);
    QVERIFY(!reaches(report(), Severity::Low));
}

void TestSecretsReport::isSarif()
{
    m_git->write(u"caf\u00e9 1.js"_s, keyLine(1));
    m_git->write(u"old.js"_s, keyLine(2, kRemark));
    m_git->write(u"known.js"_s, keyLine(3));
    m_git->commitAll(QString::fromLatin1("say\n\n" + keyLine(4)));
    m_git->write(u"copy.js"_s, keyLine(1));
    QProcess tar;
    tar.setWorkingDirectory(m_git->root());
    tar.start(u"sh"_s, {u"-c"_s, u"cp old.js a.js && sed -i 's# //.*##' a.js && tar czf a.tgz a.js && rm a.js"_s});
    QVERIFY(tar.waitForFinished());
    QByteArray known;
    for (const ReportedSecret &secret : report().secrets) {
        if (secret.main().path == "known.js")
            known = secret.main().hit.fingerprint;
    }
    const QJsonObject log = QJsonDocument::fromJson(secretsSarif(report(Look::Everything, {known}))).object();
    const QJsonObject schema = jsonIn(QStringLiteral(SARIF_SCHEMA));
    QVERIFY(!schema.isEmpty());
    const QString problems = schemaProblems(QJsonValue(log), QJsonValue(schema));
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
    const QJsonObject run = log.value("runs"_L1).toArray().first().toObject();
    const QJsonArray rules = run.value("tool"_L1).toObject().value("driver"_L1).toObject().value("rules"_L1).toArray();
    QCOMPARE(rules.size(), 1);
    QVERIFY(rules.first()["help"_L1]["text"_L1].toString().contains("https://dashboard.stripe.com/apikeys"_L1));
    QMap<QString, QJsonObject> byUri;
    for (const QJsonValue result : run.value("results"_L1).toArray())
        byUri.insert(result["locations"_L1][0]["physicalLocation"_L1]["artifactLocation"_L1]["uri"_L1].toString(),
                     result.toObject());
    const QString cafe = u"caf%C3%A9%201.js"_s;
    QCOMPARE(byUri.keys(), (QStringList{u".git"_s, u"a.tgz"_s, cafe, u"known.js"_s}));
    QCOMPARE(byUri[u"known.js"_s]["suppressions"_L1][0]["kind"_L1].toString(), u"external"_s);
    QVERIFY(byUri[cafe]["suppressions"_L1].toArray().isEmpty());
    QStringList related;
    for (const QJsonValue place : byUri[cafe]["relatedLocations"_L1].toArray())
        related += place["physicalLocation"_L1]["artifactLocation"_L1]["uri"_L1].toString();
    QCOMPARE(related, (QStringList{u"copy.js"_s, cafe}));
    QVERIFY(
        byUri[u".git"_s]["locations"_L1][0]["logicalLocations"_L1][0]["fullyQualifiedName"_L1].toString().startsWith(
            "the message of commit"_L1));
    QCOMPARE(byUri[cafe]["properties"_L1]["commit"_L1].toString().size(), 40);
}

// A folder's name may end as what stands before a place in an archive does.
void TestSecretsReport::takesNoFolderForAnArchive()
{
    m_git->write(u"wow!/pay.js"_s, "\n" + keyLine(1));
    m_git->commitAll(u"one"_s);
    for (const Look look : {Look::Files, Look::Everything}) {
        const QJsonObject log = QJsonDocument::fromJson(secretsSarif(report(look))).object();
        const QJsonValue place = log.value("runs"_L1)[0]["results"_L1][0]["locations"_L1][0]["physicalLocation"_L1];
        QCOMPARE(place["artifactLocation"_L1]["uri"_L1].toString(), u"wow%21/pay.js"_s);
        QCOMPARE(place["region"_L1]["startLine"_L1].toInt(), 2);
    }
}

// Values at one place of one file, each of its own time, have nothing but time to be told apart by: not the key of this
// machine, nor which thread was the first.
void TestSecretsReport::hasOneOrderOnAllMachines()
{
    for (unsigned version = 1; version <= 6; ++version) {
        m_git->write(u"a.env"_s, keyLine(version));
        m_git->commitAll(u"version %1"_s.arg(version));
    }
    const auto order = [this](const QByteArray &key) {
        QStringList masked;
        for (const QJsonValue finding : parsed(report(Look::Everything, {}, key)).value("findings"_L1).toArray())
            masked += finding["masked"_L1].toString();
        return masked;
    };
    const QStringList first = order("a");
    QCOMPARE(QSet(first.begin(), first.end()).size(), 6);
    for (const char *key : {"b", "c", "d", "e"})
        QCOMPARE(order(key), first);
}

void TestSecretsReport::countsColumnsInCharacters()
{
    const QByteArray before = "/* \xc3\xa4\xe2\x82\xac\xf0\x9f\x99\x82 */ "; // the last one of two units of UTF-16
    m_git->write(u"plain.js"_s, before + keyLine(1));
    m_git->write(u"marked.js"_s, "\xef\xbb\xbf" + before + keyLine(4));
    const auto wide = [&before](int number, bool isHighFirst, QByteArray bytes) {
        for (const QChar unit : QString::fromUtf8(before + keyLine(number))) {
            const auto high = static_cast<char>(unit.unicode() >> 8);
            const auto low = static_cast<char>(unit.unicode() & 0xff);
            bytes.append(isHighFirst ? high : low).append(isHighFirst ? low : high);
        }
        return bytes;
    };
    m_git->write(u"wide.js"_s, wide(2, false, "\xff\xfe"));
    m_git->write(u"network.js"_s, wide(3, true, "\xfe\xff"));
    const QJsonObject run =
        QJsonDocument::fromJson(secretsSarif(report(Look::Files))).object().value("runs"_L1)[0].toObject();
    QCOMPARE(run.value("columnKind"_L1).toString(), u"unicodeCodePoints"_s);
    QMap<QString, int> columns;
    for (const QJsonValue result : run.value("results"_L1).toArray()) {
        const QJsonValue place = result["locations"_L1][0]["physicalLocation"_L1];
        columns.insert(place["artifactLocation"_L1]["uri"_L1].toString(), place["region"_L1]["startColumn"_L1].toInt());
    }
    const int within = static_cast<int>(keyLine(1).indexOf("sk_")) + 1;
    for (const QString &file : {u"plain.js"_s, u"marked.js"_s, u"wide.js"_s, u"network.js"_s})
        QCOMPARE(columns.value(file), within + 10);
}

// A view knows an old result again on another machine, where the line or the file has moved; a new key is a new one,
// for the old one may have been dismissed.
void TestSecretsReport::knowsAnOldResultAgain()
{
    m_git->write(u"pay.js"_s, keyLine(1) + keyLine(2));
    m_git->write(u"mail.js"_s, keyLine(3));
    const QStringList first = identities("a", u"secretValue/v1"_s);
    QCOMPARE(QSet(first.begin(), first.end()).size(), 3);
    QVERIFY(identities("a", u"rulePlaceAndOrder/v1"_s).isEmpty());
    m_git->write(u"pay.js"_s, "\n" + keyLine(1) + keyLine(2));
    QCOMPARE(identities("b", u"secretValue/v1"_s), first);
    m_git->write(u"pay.js"_s, keyLine(8) + keyLine(9));
    const QStringList next = identities("b", u"secretValue/v1"_s);
    QCOMPARE(next.size(), 3);
    QCOMPARE(QSet(next.begin(), next.end()).intersect(QSet(first.begin(), first.end())).size(), 1);
}

// Nothing of a password that people chose is in its identity.
void TestSecretsReport::tellsPasswordsApartByTheirPlace()
{
    const auto write = [this](unsigned seed) {
        const auto password = [](unsigned own) { return QByteArray::fromStdString(noise(14, own)); };
        m_git->write(u"pay.js"_s,
                     "const password = \"" + password(seed) + "\";\nconst secret = \"" + password(seed + 1) + "\";\n");
    };
    write(1);
    const QStringList first = identities("a", u"rulePlaceAndOrder/v1"_s);
    QCOMPARE(QSet(first.begin(), first.end()).size(), 2);
    QVERIFY(identities("a", u"secretValue/v1"_s).isEmpty());
    write(3);
    QCOMPARE(identities("b", u"rulePlaceAndOrder/v1"_s), first);
}

void TestSecretsReport::looksAtStandardInput()
{
    SecretsFound found;
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    QCOMPARE(::write(ends[1], keyLine(1).constData(), static_cast<size_t>(keyLine(1).size())), keyLine(1).size());
    ::close(ends[1]);
    TreeProgress progress;
    found.files = scanInput(ends[0], smallSet(), {.key = "key"}, progress).value();
    ::close(ends[0]);
    const SecretsReport made = makeSecretsReport(std::move(found), {}, u"1.0"_s);
    QCOMPARE(parsed(made).value("findings"_L1)[0]["file"_L1].toString(), u"-"_s);
    QVERIFY(secretsText(made, SecretsDetail::Findings, SecretsColour::Off).contains("    standard input:1:8\n"_L1));
}

void TestSecretsReport::saysWhyNothingWasLookedAt()
{
    const QTemporaryDir folder;
    QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"pipe"_s)).constData(), 0600), 0);
    QFile program(folder.filePath(u"program"_s));
    QVERIFY(program.open(QIODevice::WriteOnly));
    QCOMPARE(program.write("\x89PNG" + QByteArray(96, '\0')), 100);
    program.close();
    TreeProgress progress;
    SecretsFound found{scanTree(folder.path(), smallSet(), {.key = "key"}, progress).value()};
    const QString said =
        secretsText(makeSecretsReport(std::move(found), {}, {}), SecretsDetail::Findings, SecretsColour::Off);
    for (const QString &part : {u"Looked at 0 file"_s, u"were not wholly searched"_s, u"Not opened: 1 pipe"_s})
        QVERIFY2(said.contains(part), qPrintable(said));
}

// In each form: what was passed over by its kind, and by name the settings that stand elsewhere.
void TestSecretsReport::saysWhatWasNotFollowed()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QString &name) {
        QDir().mkpath(QFileInfo(folder.filePath(name)).absolutePath());
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("A=1\n") == 4);
    };
    const auto link = [&folder](const char *leadsTo, const QString &name) {
        QCOMPARE(::symlink(leadsTo, QFile::encodeName(folder.filePath(name)).constData()), 0);
    };
    for (const QString &name : {u"shared/.env"_s, u"shared/notes.txt"_s, u"shop/.env.example"_s, u"shop/.env.local"_s})
        write(name);
    link("../shared/.env", u"shop/.env"_s);
    link("../shared/notes.txt", u"shop/notes.txt"_s); // no settings
    link(".env.local", u"shop/.env.staging"_s);       // looked at where it leads
    link("nowhere", u"shop/.env.test"_s);             // holds nothing
    QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"shop/pipe"_s)).constData(), 0600), 0);
    TreeProgress progress;
    SecretsFound found{scanTree(folder.filePath(u"shop"_s), smallSet(), {.key = "key"}, progress).value()};
    QCOMPARE(found.files.outside, (OutsideFiles{1, {u".env"_s}}));
    const SecretsReport made = makeSecretsReport(std::move(found), {}, u"1.0"_s);
    const QString links = u"4 link(s) were not followed."_s;
    const QString outside = u"1 file(s) of settings lead out of the folder by a link and were not looked at: .env."_s;
    const QString special = u"Not opened: 1 pipe"_s;
    const QString text = secretsText(made, SecretsDetail::Findings, SecretsColour::Off);
    for (const QString &sentence : {links, outside, special})
        QVERIFY2(text.contains(u'\n' + sentence), qPrintable(text));
    const QJsonObject notScanned = parsed(made)["not_scanned"_L1].toObject();
    QCOMPARE(notScanned["links"_L1].toInt(), 4);
    QCOMPARE(notScanned["special"_L1].toInt(), 1);
    QCOMPARE(notScanned["gaps"_L1].toArray(), QJsonArray{outside});
    const QJsonObject log = QJsonDocument::fromJson(secretsSarif(made)).object();
    const QString problems = schemaProblems(QJsonValue(log), QJsonValue(jsonIn(QStringLiteral(SARIF_SCHEMA))));
    QVERIFY2(problems.isEmpty(), qPrintable(problems));
    QStringList said;
    for (const QJsonValue note : log["runs"_L1][0]["invocations"_L1][0]["toolExecutionNotifications"_L1].toArray())
        said += note["level"_L1].toString() + u' ' + note["message"_L1]["text"_L1].toString();
    QCOMPARE(said.mid(0, 2), (QStringList{u"warning "_s + outside, u"note "_s + links}));
    QVERIFY(said.last().startsWith(u"note "_s + special));
}

// Names, authors and sentences may hold anything.
void TestSecretsReport::writesAnyText()
{
    SecretsFound found;
    QString any = u"\u00e9 \u2028 \U0001f511 \\ \" / \x7f"_s;
    for (ushort c = 1; c < 0x20; ++c)
        any += QChar(c);
    found.files.archiveGaps = {any, QString()};
    const SecretsReport made = makeSecretsReport(std::move(found), {}, u"1.0"_s);
    const QJsonArray gaps = parsed(made)["not_scanned"_L1]["gaps"_L1].toArray();
    QCOMPARE(gaps, QJsonArray::fromStringList({any, QString()}));
    QVERIFY(!QJsonDocument::fromJson(secretsSarif(made)).isNull());
}

void TestSecretsReport::neverHasAValue()
{
    m_git->write(u"pay.js"_s, keyLine(1, " // launch-cockpit:allow as " + QByteArray::fromStdString(stripeKey(2))));
    m_git->write(u"b64.txt"_s, "key = '" + keyLine(3).toBase64() + "'\n");
    m_git->commitAll(QString::fromLatin1(keyLine(4)));
    m_git->git({u"branch"_s, QString::fromStdString(stripeKey(5))});
    m_git->write(QString::fromLatin1(keyLine(6)).trimmed().replace(u'/', u'_') + u"/a.js"_s, keyLine(7));
    m_git->commitAll(u"two"_s);
    const SecretsReport made = report();
    std::vector<FoundSecret> all;
    for (const ReportedSecret &secret : made.secrets)
        all.push_back(secret.main());
    SlowHashes hashes;
    const QByteArray said = secretsJson(made) + secretsSarif(made) +
                            secretsText(made, SecretsDetail::Everything, SecretsColour::On).toUtf8() +
                            leakBaselineFile({.key = "key"}, all, hashes).value();
    QVERIFY(made.secrets.size() >= 6);
    for (unsigned seed = 1; seed <= 7; ++seed) {
        const QByteArray value = QByteArray::fromStdString(stripeKey(seed));
        QVERIFY2(!said.contains(value) && !said.contains(value.sliced(8, 12)), qPrintable(QString::number(seed)));
        QVERIFY(!said.contains(value.toBase64().first(24)));
    }
}

QTEST_GUILESS_MAIN(TestSecretsReport)
#include "tst_secretsreport.moc"
