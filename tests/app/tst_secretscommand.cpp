#include "tests/app/builtprogram.h"
#include "tests/app/warmhome.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <random>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// Made when the test runs: a file with whole keys in it would be held back by the guards of code hosts.
QByteArray noise(qsizetype count, unsigned seed)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::mt19937 random(seed);
    QByteArray text;
    while (text.size() < count)
        text += alphabet[random() % alphabet.size()];
    return text;
}

QByteArray stripeKey(unsigned seed)
{
    return "sk_" + QByteArray("live_") + noise(32, seed);
}

} // namespace

// `launch-cockpit secrets`, through the built program.
class TestSecretsCommand : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void init();
    void cleanup() { QProcess::execute(u"rm"_s, {u"-rf"_s, m_program->path({})}); } // Qt cannot remove each name
    void refusesInOneLine_data();
    void refusesInOneLine();
    void findsNothingInACleanFolder();
    void tellsWhatItFound();
    void keepsTheContractOfItsJson();
    void keepsTheContractOfItsSarif();
    void obeysTheThreshold_data();
    void obeysTheThreshold();
    void acceptsWhatTheBaselineHas();
    void acceptsWhatARemarkAllows();
    void keepsItsKey();
    void saysWhenItCannotKeepItsKey();
    void saysWhatItCouldNotRead();
    void looksAtTheHistory();
    void looksAtARepositoryItself_data();
    void looksAtARepositoryItself();
    void passesNoRepositoryWithoutItsHistory();
    void looksAtWhatIsNew();
    void looksAtWhatIsStaged();
    void findsInNames();
    void readsStandardInput();
    void stopsOnInterrupt();
    void leavesNothingBehindWhenKilled();

private:
    void git(const QStringList &arguments) const;
    void commit(const QString &message) const
    {
        git({u"add"_s, u"-A"_s});
        git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, message});
    }
    std::unique_ptr<QProcess> startedOnAHugeFile(const QStringList &options) const;
    QStringList filesAtHome() const;
    void write(const QByteArray &name, const QByteArray &content) const;
    Ended run(const QStringList &options) const { return m_program->run(QStringList{u"secrets"_s} + options); }
    Ended look(const QStringList &options = {}) const { return run(QStringList{u"shop"_s} + options); }

    WarmHome m_warm;
    std::unique_ptr<BuiltProgram> m_program;
    const QByteArray m_key = stripeKey(1);
};

void TestSecretsCommand::init()
{
    m_program = std::make_unique<BuiltProgram>();
    QVERIFY(QDir().mkpath(m_program->path(u"shop/src"_s)));
    static const QByteArrayList ofAFirstStart{"keepsItsKey", "saysWhenItCannotKeepItsKey", "saysWhatItCouldNotRead",
                                              "leavesNothingBehindWhenKilled"};
    if (!ofAFirstStart.contains(QTest::currentTestFunction()))
        QVERIFY(m_warm.copyTo(*m_program));
}

void TestSecretsCommand::write(const QByteArray &name, const QByteArray &content) const
{
    // Names of any bytes: Qt writes those of UTF-8 only.
    const QByteArray path = QFile::encodeName(m_program->path(u"shop/"_s)) + name;
    const int file = ::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    QVERIFY(file >= 0);
    QCOMPARE(::write(file, content.constData(), static_cast<size_t>(content.size())), content.size());
    ::close(file);
}

void TestSecretsCommand::refusesInOneLine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("no folder") << u""_s << 2 << u"folder"_s;
    QTest::newRow("two folders") << u"shop other"_s << 2 << u"other"_s;
    QTest::newRow("a mistyped option") << u"shop --basline x"_s << 2 << u"--baseline"_s;
    QTest::newRow("a form that it has not") << u"shop --format junit"_s << 2 << u"sarif"_s;
    QTest::newRow("a folder that is not there") << u"missing"_s << 3 << u"missing"_s;
    QTest::newRow("a baseline that is not there") << u"shop --baseline missing.json"_s << 3 << u"missing.json"_s;
    QTest::newRow("a report that cannot be written") << u"shop --out missing/report"_s << 3 << u"missing/report"_s;
    QTest::newRow("an option of the network") << u"shop --timeout 5"_s << 2 << u"--timeout"_s;
    QTest::newRow("what is staged, and more") << u"shop --staged --history"_s << 2 << u"--staged"_s;
    QTest::newRow("the history of a pipe") << u"- --since HEAD"_s << 2 << u"Standard input"_s;
    for (const QString &option : {u"--history"_s, u"--staged"_s, u"--since HEAD"_s})
        QTest::newRow(qPrintable(u"no repository: "_s + option)) << u"shop "_s + option << 3 << u"git repository"_s;
}

void TestSecretsCommand::refusesInOneLine()
{
    QFETCH(QString, line);
    QFETCH(int, status);
    QFETCH(QString, mentions);
    const Ended ended = run(line.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(ended.status, status);
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(ended.complaint.contains(mentions.toUtf8()), ended.complaint.constData());
    QVERIFY(ended.out.isEmpty());
}

void TestSecretsCommand::findsNothingInACleanFolder()
{
    write("src/pay.js", "export const total = 1;\n");
    const Ended ended = look();
    QCOMPARE(ended.status, 0);
    QVERIFY2(ended.out.startsWith("No secrets found."), ended.out.constData());
    QVERIFY2(ended.complaint.isEmpty(), ended.complaint.constData());
}

void TestSecretsCommand::tellsWhatItFound()
{
    write("src/pay.js", "a\nconst key = '" + m_key + "';\n");
    write("deploy.sh", "export KEY=" + m_key + "\n");
    const Ended ended = look();
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.out.startsWith("1 secret"), ended.out.constData());
    QVERIFY(ended.out.contains("src/pay.js:2:14\n"));
    QVERIFY(ended.out.contains("deploy.sh:1:12\n"));
    QVERIFY(ended.out.contains(m_key.last(4)));
    QVERIFY2(ended.complaint.isEmpty(), ended.complaint.constData());
}

void TestSecretsCommand::keepsTheContractOfItsJson()
{
    write("src/pay.js", "a\nconst key = '" + m_key + "';\n");
    write("page.html", "<script>Stripe('pk_" + QByteArray("live_") + noise(32, 5) + "')</script>\n");
    write("logo.png", QByteArray("\x89PNG\0", 5));
    const QJsonObject json = look({u"--format"_s, u"json"_s}).json();
    QCOMPARE(json.value("schema"_L1).toInt(), 1);
    const QJsonObject scanned = json.value("scanned"_L1).toObject();
    QCOMPARE(scanned.value("files"_L1).toInt(), 2);
    QVERIFY(scanned.value("bytes"_L1).toInt() > 60);
    QCOMPARE(scanned.value("commits"_L1).toInt(-1), 0);
    const QJsonArray findings = json.value("findings"_L1).toArray();
    QCOMPARE(findings.size(), 1);
    const QJsonObject finding = findings.first().toObject();
    QCOMPARE(finding.value("file"_L1).toString(), u"src/pay.js"_s);
    QCOMPARE(finding.value("line"_L1).toInt(), 2);
    QCOMPARE(finding.value("column"_L1).toInt(), 14);
    QVERIFY(finding.value("commit"_L1).isNull());
    QVERIFY(finding.value("verified"_L1).isNull());
    QCOMPARE(finding.value("severity"_L1).toString(), u"critical"_s);
    QCOMPARE(finding.value("fingerprint"_L1).toString().size(), 64);
    QVERIFY(!finding.value("rule"_L1).toString().isEmpty());
    QCOMPARE(finding.value("masked"_L1).toString(), u"sk_l••••"_s + QString::fromLatin1(m_key.last(4)));
    QCOMPARE(json.value("public"_L1).toArray().size(), 1);
}

// What code scanning views read of SARIF 2.1.0, each member by its path in the standard.
void TestSecretsCommand::keepsTheContractOfItsSarif()
{
    write("src/caf\xe9 1.js", "a\nconst key = '" + m_key + "';\n");
    write("old.js", "k = '" + stripeKey(2) + "' // launch-cockpit:allow of a shop that is closed\n");
    const QJsonObject log = look({u"--format"_s, u"sarif"_s}).json();
    QCOMPARE(log.value("version"_L1).toString(), u"2.1.0"_s);
    QVERIFY(log.value("$schema"_L1).toString().contains("sarif-2.1.0"_L1));
    const QJsonObject sarif = log.value("runs"_L1).toArray().first().toObject();
    const QJsonObject driver = sarif.value("tool"_L1).toObject().value("driver"_L1).toObject();
    QCOMPARE(driver.value("name"_L1).toString(), u"launch-cockpit"_s);
    const QJsonArray rules = driver.value("rules"_L1).toArray();
    const QJsonArray results = sarif.value("results"_L1).toArray();
    QCOMPARE(results.size(), 2);
    for (const QJsonValue value : results) {
        const QJsonObject result = value.toObject();
        const int index = result.value("ruleIndex"_L1).toInt(-1);
        const QJsonObject rule = rules.at(index).toObject();
        QCOMPARE(rule.value("id"_L1), result.value("ruleId"_L1));
        QVERIFY(!rule.value("shortDescription"_L1).toObject().value("text"_L1).toString().isEmpty());
        QVERIFY(!rule.value("help"_L1).toObject().value("text"_L1).toString().isEmpty());
        const QJsonObject properties = rule.value("properties"_L1).toObject();
        QVERIFY(properties.value("security-severity"_L1).toString().toDouble() > 9);
        QVERIFY(properties.value("tags"_L1).toArray().contains(u"security"_s));
        QCOMPARE(result.value("level"_L1).toString(), u"error"_s);
        QVERIFY(!result.value("message"_L1).toObject().value("text"_L1).toString().isEmpty());
        QCOMPARE(result.value("partialFingerprints"_L1).toObject().size(), 1);
        const QJsonArray suppressions = result.value("suppressions"_L1).toArray();
        const QJsonObject place =
            result.value("locations"_L1).toArray().first().toObject().value("physicalLocation"_L1).toObject();
        const QJsonObject region = place.value("region"_L1).toObject();
        const QString uri = place.value("artifactLocation"_L1).toObject().value("uri"_L1).toString();
        if (uri == "old.js"_L1) {
            QCOMPARE(suppressions.first().toObject().value("kind"_L1).toString(), u"inSource"_s);
            QCOMPARE(suppressions.first().toObject().value("justification"_L1).toString(),
                     u"of a shop that is closed"_s);
        } else {
            QCOMPARE(uri, u"src/caf%E9%201.js"_s);
            QCOMPARE(region.value("startLine"_L1).toInt(), 2);
            QCOMPARE(region.value("startColumn"_L1).toInt(), 14);
            QVERIFY(suppressions.isEmpty());
        }
    }
}

void TestSecretsCommand::obeysTheThreshold_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("failOn");
    QTest::addColumn<int>("status");
    QTest::newRow("never") << u"pay.js"_s << u"never"_s << 0;
    QTest::newRow("weighed below the threshold") << u"pay.test.js"_s << u"critical"_s << 0;
}

void TestSecretsCommand::obeysTheThreshold()
{
    QFETCH(QString, place);
    QFETCH(QString, failOn);
    QFETCH(int, status);
    write(place.toUtf8(), m_key);
    QCOMPARE(look({u"--fail-on"_s, failOn}).status, status);
}

void TestSecretsCommand::acceptsWhatTheBaselineHas()
{
    write("old.js", "k = '" + m_key + "'\n");
    git({u"init"_s, u"-q"_s});
    commit(u"shop"_s);
    const QString baseline = m_program->path(u"accepted.json"_s);
    QCOMPARE(look({u"--write-baseline"_s, baseline}).status, 0);
    write("moved.js", "\n\n  k = '" + m_key + "'\n");
    // Another machine has another key of its own; the baseline brings one.
    QVERIFY(QFile::remove(m_program->path(u".local/share/launch-cockpit/launch-cockpit/fingerprint.key"_s)));
    const Ended known = look({u"--baseline"_s, baseline});
    QCOMPARE(known.status, 0);
    QVERIFY2(known.out.contains("accepted in the baseline"), known.out.constData());
    write("new.js", "k = '" + stripeKey(2) + "'\n");
    const Ended fresh = look({u"--baseline"_s, baseline, u"--format"_s, u"json"_s});
    QCOMPARE(fresh.status, 1);
    QCOMPARE(fresh.json().value("findings"_L1).toArray().size(), 1);
    QCOMPARE(fresh.json().value("accepted"_L1).toArray().size(), 1); // in two places
}

void TestSecretsCommand::acceptsWhatARemarkAllows()
{
    write("old.js", "k = '" + m_key + "' // launch-cockpit:allow closed shop\nk = '" + stripeKey(2) +
                        "' // launch-cockpit:allow\n");
    const Ended ended = look({u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.json().value("findings"_L1).toArray().size(), 1);
    const QJsonObject allowed = ended.json().value("accepted"_L1).toArray().first().toObject();
    QCOMPARE(allowed.value("reason"_L1).toString(), u"closed shop"_s);
    const QJsonObject open = ended.json().value("findings"_L1).toArray().first().toObject();
    QCOMPARE(open.value("places"_L1).toArray().first().toObject().value("remark_not_counted"_L1).toString(),
             u"no_reason"_s);
    QVERIFY(look({}).out.contains("the remark here has no effect: it gives no reason"));
}

void TestSecretsCommand::keepsItsKey()
{
    write("old.js", m_key);
    const auto fingerprint = [this] {
        return look({u"--format"_s, u"json"_s})
            .json()
            .value("findings"_L1)
            .toArray()
            .first()
            .toObject()
            .value("fingerprint"_L1)
            .toString();
    };
    const QString first = fingerprint();
    QCOMPARE(first.size(), 64);
    QCOMPARE(fingerprint(), first);
}

void TestSecretsCommand::saysWhenItCannotKeepItsKey()
{
    write("old.js", m_key);
    QFile inTheWay(m_program->path(u".local"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const Ended ended = look();
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(ended.complaint.contains("fingerprints of this session"), ended.complaint.constData());
}

// Somebody who may not read everything, in a home that nobody may write to.
void TestSecretsCommand::saysWhatItCouldNotRead()
{
    write("closed.js", m_key);
    const QByteArray home = QFile::encodeName(m_program->path({}));
    QCOMPARE(::chmod(QFile::encodeName(m_program->path(u"shop/closed.js"_s)).constData(), 0), 0);
    QCOMPARE(::chmod(home.constData(), 0555), 0);
    QStringList inside;
    if (::geteuid() == 0) // root without root's right to pass over permissions
        inside = {u"setpriv"_s, u"--bounding-set=-dac_override,-dac_read_search"_s,
                  u"--inh-caps=-dac_override,-dac_read_search"_s};
    // Nothing was read: that is no "no secrets".
    const Ended ended = m_program->runInside(inside, {u"secrets"_s, u"shop"_s});
    QCOMPARE(::chmod(home.constData(), 0700), 0);
    QCOMPARE(ended.status, 3);
    QVERIFY2(ended.complaint.contains("Nothing could be read"), ended.complaint.constData());
    QVERIFY2(ended.out.contains("could not be read") && ended.out.contains("closed.js"), ended.out.constData());
    QVERIFY2(ended.complaint.contains("fingerprints of this session"), ended.complaint.constData());
    QCOMPARE(filesAtHome(), QStringList{u"shop/closed.js"_s});
}

void TestSecretsCommand::git(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_program->path(u"shop"_s));
    process.start(u"git"_s, QStringList{u"-c"_s, u"user.name=Ada Example"_s, u"-c"_s, u"user.email=ada@example.com"_s,
                                        u"-c"_s, u"init.defaultBranch=main"_s} +
                                arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

// From a folder of the repository: names are those of the repository, everywhere.
void TestSecretsCommand::looksAtTheHistory()
{
    git({u"init"_s, u"-q"_s});
    write("src/gone.js", "k = '" + m_key + "'\n");
    write("src/pay.js", "k = '" + stripeKey(2) + "'\n");
    commit(u"one"_s);
    git({u"rm"_s, u"-q"_s, u"src/gone.js"_s});
    commit(u"two"_s);
    write("src/new.js", "k = '" + stripeKey(3) + "'\n");
    const Ended ended = run({u"shop/src"_s, u"--history"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.json().value("scanned"_L1)["commits"_L1].toInt(), 2);
    QCOMPARE(ended.json().value("scanned"_L1)["files"_L1].toInt(), 2);
    QStringList found;
    for (const QJsonValue finding : ended.json().value("findings"_L1).toArray())
        found += u"%1 %2 %3"_s.arg(finding["file"_L1].toString(), finding["commit"_L1].isNull() ? u"-"_s : u"commit"_s,
                                   finding["in_head"_L1].toBool() ? u"HEAD"_s : u"-"_s);
    QCOMPARE(found, (QStringList{u"src/gone.js commit -"_s, u"src/new.js - -"_s, u"src/pay.js commit HEAD"_s}));
}

void TestSecretsCommand::looksAtARepositoryItself_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isPacked");
    QTest::addColumn<QStringList>("expected");
    const QStringList ofBare{u".git/config -"_s, u"c.txt commit"_s, u"notes.txt -"_s};
    QTest::newRow("bare") << u"bare.git"_s << false << ofBare;
    QTest::newRow("bare and packed") << u"bare.git"_s << true << ofBare;
    QTest::newRow("of a working tree") << u"shop/.git"_s << false
                                       << QStringList{u".git/config -"_s, u".git/notes.txt -"_s, u"c.txt commit"_s};
}

// Its objects are its history, and no files: what stands in them has the place that a commit has. What it is set to is
// looked at, and so is what else its owner has put there.
void TestSecretsCommand::looksAtARepositoryItself()
{
    QFETCH(QString, name);
    QFETCH(bool, isPacked);
    QFETCH(QStringList, expected);
    git({u"init"_s, u"-q"_s});
    write("c.txt", "k = '" + m_key + "'\n");
    commit(u"one"_s);
    git({u"clone"_s, u"-q"_s, u"--bare"_s, u"."_s, m_program->path(u"bare.git"_s)});
    const QString folder = m_program->path(name);
    if (isPacked)
        git({u"-C"_s, folder, u"repack"_s, u"-adq"_s});
    git({u"config"_s, u"-f"_s, folder + u"/config"_s, u"shop.key"_s, QString::fromLatin1(stripeKey(2))});
    write("../" + QFile::encodeName(name) + "/notes.txt", "k = '" + stripeKey(3) + "'\n");
    write("../" + QFile::encodeName(name) + "/a-copy.txt", "k = '" + m_key + "'\n");
    const Ended ended = run({name, u"--history"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 1);
    QStringList found;
    for (const QJsonValue finding : ended.json().value("findings"_L1).toArray()) {
        found += u"%1 %2"_s.arg(finding["file"_L1].toString(), finding["commit"_L1].isNull() ? u"-"_s : u"commit"_s);
        for (const QJsonValue place : finding["places"_L1].toArray())
            QVERIFY2(!place["file"_L1].toString().contains(u"objects/"_s), qPrintable(found.join(u'\n')));
    }
    QCOMPARE(found, expected);
    const QString gaps = ended.json().value("not_scanned"_L1)["gaps"_L1].toVariant().toStringList().join(u'\n');
    QVERIFY2(gaps.contains(u"and not as files"_s), qPrintable(gaps));
}

void TestSecretsCommand::passesNoRepositoryWithoutItsHistory()
{
    git({u"init"_s, u"-q"_s});
    write("c.txt", "nothing\n");
    commit(u"one"_s);
    git({u"clone"_s, u"-q"_s, u"--bare"_s, u"."_s, m_program->path(u"bare.git"_s)});
    const Ended files = run({u"bare.git"_s});
    QCOMPARE(files.status, 3);
    QVERIFY2(files.out.startsWith("Not all that this git repository holds was looked at."), files.out.constData());
    QVERIFY2(files.complaint.contains("--history"), files.complaint.constData());
    const Ended all = run({u"bare.git"_s, u"--history"_s});
    QCOMPARE(all.status, 0);
    QVERIFY2(all.out.startsWith("No secrets found."), all.out.constData());
    // A product may have folders of these names.
    QVERIFY(QDir().mkpath(m_program->path(u"shop/list/objects"_s)));
    write("list/HEAD", "first\n");
    write("list/objects/one.txt", "nothing\n");
    QCOMPARE(run({u"shop/list"_s}).status, 0);
}

void TestSecretsCommand::looksAtWhatIsNew()
{
    git({u"init"_s, u"-q"_s});
    write("old.js", "k = '" + m_key + "'\n");
    commit(u"one"_s);
    write("new.js", "k = '" + stripeKey(2) + "'\n");
    commit(u"two"_s);
    const Ended ended = look({u"--since"_s, u"HEAD~1"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 1);
    const QJsonArray findings = ended.json().value("findings"_L1).toArray();
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings[0]["file"_L1].toString(), u"new.js"_s);
    const Ended unknown = look({u"--since"_s, u"nowhere"_s});
    QCOMPARE(unknown.status, 3);
    QVERIFY2(unknown.complaint.contains("nowhere"), unknown.complaint.constData());
}

void TestSecretsCommand::looksAtWhatIsStaged()
{
    git({u"init"_s, u"-q"_s});
    write("old.js", "k = '" + m_key + "'\n");
    commit(u"one"_s);
    write("staged.js", "k = '" + stripeKey(2) + "'\n");
    git({u"add"_s, u"staged.js"_s});
    write("loose.js", "k = '" + stripeKey(3) + "'\n");
    const Ended ended = look({u"--staged"_s});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.out.startsWith("1 secret") && ended.out.contains("staged.js:1:6 (staged)"), ended.out.constData());
    // Another line of a file with an old key holds up nobody.
    commit(u"two"_s);
    write("old.js", "k = '" + m_key + "'\nx = 1\n");
    git({u"add"_s, u"old.js"_s});
    QCOMPARE(look({u"--staged"_s}).status, 0);
    commit(u"three"_s);
    QCOMPARE(look({u"--since"_s, u"HEAD~1"_s}).status, 0);
    write("old.js", "k = '" + m_key + "' // live\nx = 1\n");
    git({u"add"_s, u"old.js"_s});
    QCOMPARE(look({u"--staged"_s}).status, 1);
}

// A name is a place without a line, and it is masked in all forms.
void TestSecretsCommand::findsInNames()
{
    write("src/" + m_key + ".txt", "hello\n");
    for (const QString &format : {u"text"_s, u"json"_s, u"sarif"_s}) {
        const Ended ended = look({u"--format"_s, format, u"--verbose"_s});
        QCOMPARE(ended.status, 1);
        QVERIFY2(!ended.out.contains(m_key.mid(8, 16)), ended.out.constData());
    }
    const QJsonValue finding = look({u"--format"_s, u"json"_s}).json().value("findings"_L1)[0];
    QVERIFY(finding["in_name"_L1].toBool());
    QCOMPARE(finding["line"_L1].toInt(), 1);
    QVERIFY(look().out.contains(".txt (in the name itself)"));
}

void TestSecretsCommand::readsStandardInput()
{
    const auto process = m_program->prepared({u"secrets"_s, u"-"_s, u"--format"_s, u"json"_s});
    process->start();
    process->write("a\n" + m_key + "\n");
    process->closeWriteChannel();
    QVERIFY(process->waitForFinished(60000));
    QCOMPARE(process->exitCode(), 1);
    const QJsonObject json = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
    QCOMPARE(json.value("findings"_L1)[0]["file"_L1].toString(), u"-"_s);
    QCOMPARE(json.value("findings"_L1)[0]["line"_L1].toInt(), 2);
}

QStringList TestSecretsCommand::filesAtHome() const
{
    const QDir home(m_program->path({}));
    QStringList found;
    QDirIterator files(home.path(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext())
        found += home.relativeFilePath(files.next());
    found.sort();
    return found;
}

// Nothing on the disk, and minutes to look at.
std::unique_ptr<QProcess> TestSecretsCommand::startedOnAHugeFile(const QStringList &options) const
{
    const int file =
        ::open(QFile::encodeName(m_program->path(u"shop/huge.txt"_s)).constData(), O_WRONLY | O_CREAT, 0644);
    const QByteArray text(10000, 'a');
    const bool isWritten = ::write(file, text.constData(), static_cast<size_t>(text.size())) == text.size() &&
                           ::ftruncate(file, off_t(1) << 40) == 0;
    ::close(file);
    auto process = m_program->prepared(QStringList{u"secrets"_s, u"shop"_s} + options);
    process->start();
    // It reads once it holds the file open.
    const auto isReading = [&process] {
        const QDir open(u"/proc/%1/fd"_s.arg(process->processId()));
        const QStringList files = open.entryList(QDir::Files | QDir::System);
        return std::ranges::any_of(files, [&](const QString &number) {
            return QFileInfo(open.filePath(number)).symLinkTarget().endsWith("huge.txt"_L1);
        });
    };
    const bool isThere = isWritten && process->waitForStarted() && QTest::qWaitFor(isReading, 60000);
    return isThere ? std::move(process) : nullptr;
}

void TestSecretsCommand::stopsOnInterrupt()
{
    write("first.js", m_key + "\n");
    const auto process = startedOnAHugeFile({u"--format"_s, u"json"_s, u"--out"_s, u"report.json"_s});
    QVERIFY(process);
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGINT), 0);
    QVERIFY(process->waitForFinished(5000));
    // A second is promised; the rest is for a machine that does a dozen other things.
    QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(process->exitCode(), 130);
    QFile report(m_program->path(u"report.json"_s));
    QVERIFY(report.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(report.readAll()).object();
    QVERIFY(json.value("stopped"_L1).toBool());
}

void TestSecretsCommand::leavesNothingBehindWhenKilled()
{
    write("first.js", m_key + "\n");
    const auto process =
        startedOnAHugeFile({u"--out"_s, u"report.txt"_s, u"--write-baseline"_s, m_program->path(u"accepted.json"_s)});
    QVERIFY(process);
    process->kill();
    QVERIFY(process->waitForFinished(5000));
    // What each start keeps for the next one, and the files that were there.
    static const QRegularExpression usual(
        u"^(shop/(first\\.js|huge\\.txt)|.*/fingerprint\\.key|.*/secrets-(\\d{1,3}|keywords)\\.patterns|state/launch-cockpit/launch-cockpit\\.log)$"_s);
    const QStringList files = filesAtHome();
    for (const QString &file : files)
        QVERIFY2(usual.match(file).hasMatch(), qPrintable(file));
    QVERIFY(files.size() >= 2);
}

QTEST_GUILESS_MAIN(TestSecretsCommand)
#include "tst_secretscommand.moc"
