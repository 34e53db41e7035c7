// Advisories as OSV writes them: their severity, and which versions they are about. Exports of them in folders and
// archives.
#include "checks/secrets/advisoryexport.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/dependencies/cvss.h"
#include "tests/checks/secrets/smallrules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAdvisories : public QObject
{
    Q_OBJECT

private slots:
    void scores_data();
    void scores();
    void ratesScores_data();
    void ratesScores();
    void readsSeverity_data();
    void readsSeverity();
    void refusesOthers_data();
    void refusesOthers();
    void judgesVersions_data();
    void judgesVersions();
    void readsExports_data();
    void readsExports();
    void refusesWhatIsNoExport();
    void saysWhatIsTooLarge();
    void stopsWhenItIsOver();
};

namespace {

QByteArray turn(const char *kind, const char *version)
{
    return QByteArray("{\"") + kind + "\":\"" + version + "\"}";
}

// {"type", "events"}
QByteArray range(const char *type, const QByteArrayList &events)
{
    return QByteArray("{\"type\":\"") + type + "\",\"events\":[" + events.join(',') + "]}";
}

QByteArray affected(const char *ecosystem, const char *name, const QByteArrayList &ranges,
                    const QByteArrayList &versions = {})
{
    return QByteArray("{\"package\":{\"ecosystem\":\"") + ecosystem + "\",\"name\":\"" + name + "\"},\"ranges\":[" +
           ranges.join(',') + "],\"versions\":[" + (versions.isEmpty() ? "" : '"' + versions.join("\",\"") + '"') +
           "]}";
}

QByteArray record(const QByteArrayList &packages, const QByteArray &more = {}, const char *id = "GHSA-aaaa-bbbb-cccc")
{
    return QByteArray("{\"id\":\"") + id + "\",\"modified\":\"2026-05-01T00:00:00Z\",\"affected\":[" +
           packages.join(',') + "]" + more + "}";
}

const QByteArray kLodash =
    affected("npm", "lodash", {range("SEMVER", {turn("introduced", "0"), turn("fixed", "4.17.21")})});

QByteArray zipOf(const std::vector<std::pair<QByteArray, QByteArray>> &files)
{
    QByteArray bytes(4 << 20, '\0');
    size_t used = 0;
    archive *const writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_open_memory(writer, bytes.data(), static_cast<size_t>(bytes.size()), &used);
    for (const auto &[name, content] : files) {
        archive_entry *const entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.constData());
        archive_entry_set_size(entry, content.size());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, content.constData(), static_cast<size_t>(content.size()));
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    bytes.truncate(static_cast<qsizetype>(used));
    return bytes;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

void TestAdvisories::scores_data()
{
    QTest::addColumn<QString>("vector");
    QTest::addColumn<double>("score"); // below 0: none
    // Examples of https://www.first.org/cvss/v3.1/examples
    QTest::newRow("CVE-2013-1937") << u"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"_s << 6.1;
    QTest::newRow("CVE-2013-0375") << u"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N"_s << 6.4;
    QTest::newRow("CVE-2014-3566") << u"CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N"_s << 3.1;
    QTest::newRow("CVE-2012-1516") << u"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H"_s << 9.9;
    QTest::newRow("CVE-2009-0783") << u"CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L"_s << 4.2;
    QTest::newRow("CVE-2012-0384") << u"CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"_s << 8.8;
    QTest::newRow("CVE-2015-1098") << u"CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H"_s << 7.8;
    QTest::newRow("CVE-2014-0160") << u"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"_s << 7.5;
    QTest::newRow("CVE-2014-6271") << u"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"_s << 9.8;
    QTest::newRow("CVE-2008-1447") << u"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N"_s << 6.8;
    QTest::newRow("CVE-2013-6014") << u"CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H"_s << 9.3;
    QTest::newRow("no effect") << u"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"_s << 0.0;
    QTest::newRow("with temporal metrics") << u"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N/E:P/RL:O"_s << 7.5;
    QTest::newRow("a metric is missing") << u"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N"_s << -1.0;
    QTest::newRow("an unknown value") << u"CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"_s << -1.0;
    QTest::newRow("a metric twice") << u"CVSS:3.1/AV:N/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"_s << -1.0;
    QTest::newRow("version 4") << u"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"_s << -1.0;
    QTest::newRow("version 2") << u"AV:N/AC:L/Au:N/C:P/I:P/A:P"_s << -1.0;
    QTest::newRow("nothing") << QString() << -1.0;
}

void TestAdvisories::scores()
{
    QFETCH(QString, vector);
    QFETCH(double, score);
    QCOMPARE(cvssBaseScore(vector).value_or(-1.0), score);
}

void TestAdvisories::ratesScores_data()
{
    QTest::addColumn<double>("score");
    QTest::addColumn<Severity>("severity");
    QTest::newRow("0.0") << 0.0 << Severity::Low;
    QTest::newRow("3.9") << 3.9 << Severity::Low;
    QTest::newRow("4.0") << 4.0 << Severity::Medium;
    QTest::newRow("6.9") << 6.9 << Severity::Medium;
    QTest::newRow("7.0") << 7.0 << Severity::High;
    QTest::newRow("8.9") << 8.9 << Severity::High;
    QTest::newRow("9.0") << 9.0 << Severity::Critical;
}

void TestAdvisories::ratesScores()
{
    QFETCH(double, score);
    QTEST(severityOfScore(score), "severity");
}

void TestAdvisories::readsSeverity_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QString>("severity"); // empty: not said
    const QByteArray three = R"({"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"})";
    const QByteArray four =
        R"({"type":"CVSS_V4","score":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"})";
    QTest::newRow("neither") << QByteArray() << QString();
    QTest::newRow("a vector of 3") << ",\"severity\":[" + three + "]" << u"high"_s;
    QTest::newRow("a word") << QByteArray(R"(,"database_specific":{"severity":"MODERATE"})") << u"medium"_s;
    QTest::newRow("a vector of 3 and a word")
        << ",\"severity\":[" + three + R"(],"database_specific":{"severity":"LOW"})" << u"high"_s;
    QTest::newRow("a vector of 4 alone: not invented") << ",\"severity\":[" + four + "]" << QString();
    QTest::newRow("a vector of 4 and a word")
        << ",\"severity\":[" + four + R"(],"database_specific":{"severity":"CRITICAL"})" << u"critical"_s;
    QTest::newRow("an unknown word") << QByteArray(R"(,"database_specific":{"severity":"dreadful"})") << QString();
}

void TestAdvisories::readsSeverity()
{
    QFETCH(QByteArray, more);
    QFETCH(QString, severity);
    const auto advisory = readAdvisory(record({kLodash}, more));
    QVERIFY(advisory);
    QCOMPARE(advisory->severity ? toWord(*advisory->severity) : QString(), severity);
}

void TestAdvisories::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another document") << QByteArray(R"({"name":"package"})");
    QTest::newRow("no id") << QByteArray(R"({"affected":[]})");
    QTest::newRow("an id with a path") << record({kLodash}, {}, "../../secret");
    QTest::newRow("an id with a line break") << record({kLodash}, {}, "GHSA\\nx");
    QTest::newRow("cut") << record({kLodash}).chopped(3);
    QTest::newRow("deep") << QByteArray(100'000, '[');
}

void TestAdvisories::refusesOthers()
{
    QFETCH(QByteArray, json);
    const auto advisory = readAdvisory(json);
    QVERIFY(!advisory);
    QCOMPARE(advisory.error().kind, ErrorKind::BadInput);
}

void TestAdvisories::judgesVersions_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("ecosystem");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("version");
    QTest::addColumn<Affects>("affects");
    QTest::addColumn<QString>("fixed");
    const auto row = [](const char *title, const QByteArray &json, const char *package, const char *version,
                        Affects affects, const char *fixed = "") {
        const QString key = QString::fromLatin1(package);
        QTest::newRow(title) << json << key.section(u':', 0, 0) << key.section(u':', 1) << QString::fromLatin1(version)
                             << affects << QString::fromLatin1(fixed);
    };
    using enum Affects;
    const QByteArray lodash = record({kLodash});
    row("before the repair", lodash, "npm:lodash", "4.17.20", Yes, "4.17.21");
    row("the repaired version", lodash, "npm:lodash", "4.17.21", No);
    row("after it", lodash, "npm:lodash", "5.0.0", No);
    row("a pre-release of the repair", lodash, "npm:lodash", "4.17.21-rc.1", Yes, "4.17.21");
    row("another package", lodash, "npm:lodash.merge", "4.17.20", No);
    row("the same name elsewhere", lodash, "PyPI:lodash", "4.17.20", No);
    row("a version that is none", lodash, "npm:lodash", "latest", Unknown);
    const QByteArray lines =
        record({affected("PyPI", "django",
                         {range("ECOSYSTEM", {turn("introduced", "3.2"), turn("fixed", "3.2.5"),
                                              turn("introduced", "4.0a1"), turn("fixed", "4.0.2")})})});
    row("before all", lines, "PyPI:Django", "3.1.9", No);
    row("where it begins", lines, "PyPI:Django", "3.2", Yes, "3.2.5");
    row("in the gap", lines, "PyPI:Django", "3.2.5", No);
    row("in the second line", lines, "PyPI:Django", "4.0rc1", Yes, "4.0.2");
    row("behind the second line", lines, "PyPI:Django", "4.0.2", No);
    const QByteArray unsorted =
        record({affected("PyPI", "django",
                         {range("ECOSYSTEM", {turn("fixed", "4.0.2"), turn("introduced", "4.0"), turn("fixed", "3.2.5"),
                                              turn("introduced", "3.2")})})});
    row("unsorted, in the first line", unsorted, "PyPI:django", "3.2.1", Yes, "3.2.5");
    row("unsorted, in the gap", unsorted, "PyPI:django", "3.9", No);
    const QByteArray last = record({affected(
        "Packagist", "acme/lib", {range("ECOSYSTEM", {turn("introduced", "0"), turn("last_affected", "1.5.0")})})});
    row("the last affected", last, "Packagist:Acme/Lib", "1.5.0", Yes);
    row("behind the last affected", last, "Packagist:acme/lib", "1.5.1", No);
    const QByteArray list = record({affected("RubyGems", "rails", {}, {"6.1.4", "6.1.4.1"})});
    row("listed", list, "RubyGems:rails", "6.1.4.1", Yes);
    row("not listed", list, "RubyGems:rails", "6.1.4.2", No);
    row("listed in another spelling", record({affected("PyPI", "a", {}, {"1.0"})}), "PyPI:a", "1.0.0", Yes);
    const QByteArray both = record({affected(
        "Go", "example.com/a", {range("SEMVER", {turn("introduced", "2.0.0"), turn("fixed", "2.1.0")})}, {"1.0.0"})});
    row("listed, though outside of the ranges", both, "Go:example.com/a", "1.0.0", Yes, "2.1.0");
    row("commits are not judged", record({affected("npm", "a", {range("GIT", {turn("introduced", "0")})})}), "npm:a",
        "1.0.0", No);
    row("all versions", record({affected("npm", "evil", {range("SEMVER", {turn("introduced", "0")})})}), "npm:evil",
        "1.0.0", Yes);
    row("withdrawn", record({kLodash}, R"(,"withdrawn":"2026-01-01T00:00:00Z")"), "npm:lodash", "4.17.20", No);
    row("of a distribution", record({affected("Debian:12", "lodash", {range("ECOSYSTEM", {turn("introduced", "0")})})}),
        "npm:lodash", "4.17.20", No);
    // https://ossf.github.io/osv-schema/#defined-ecosystems: an address behind the word names a repository.
    const QByteArray drupal =
        record({affected("Packagist:https://packages.drupal.org/8", "drupal/tfa",
                         {range("ECOSYSTEM", {turn("introduced", "0"), turn("fixed", "2.0.0")})})});
    row("of a repository of its own", drupal, "Packagist:drupal/tfa", "2.0.0-alpha4", Yes, "2.0.0");
    row("of a repository of its own, repaired", drupal, "Packagist:drupal/tfa", "2.0.0", No);
    row("an address where the schema has none",
        record({affected("npm:https://x", "lodash", {range("ECOSYSTEM", {turn("introduced", "0")})})}), "npm:lodash",
        "4.17.20", No);
    row("two entries: what mends both",
        record({kLodash,
                affected("npm", "lodash", {range("SEMVER", {turn("introduced", "4.0.0"), turn("fixed", "4.17.19")})})}),
        "npm:lodash", "4.17.0", Yes, "4.17.21");
    row("two entries, one without a repair",
        record({kLodash, affected("npm", "lodash", {range("SEMVER", {turn("introduced", "4.0.0")})})}), "npm:lodash",
        "4.17.0", Yes);
}

void TestAdvisories::judgesVersions()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, ecosystem);
    QFETCH(QString, name);
    QFETCH(QString, version);
    const auto advisory = readAdvisory(json);
    QVERIFY(advisory);
    Dependency package;
    package.ecosystem = *ecosystemFromWord(ecosystem);
    package.name = packageName(package.ecosystem, name);
    package.version = version;
    const VersionVerdict verdict = judgeVersion(*advisory, package);
    QTEST(verdict.affects, "affects");
    QTEST(verdict.fixed, "fixed");
}

void TestAdvisories::readsExports_data()
{
    QTest::addColumn<bool>("isArchive");
    QTest::newRow("a folder of files") << false;
    QTest::newRow("an all.zip in a folder") << true;
}

void TestAdvisories::readsExports()
{
    QFETCH(bool, isArchive);
    const std::vector<std::pair<QByteArray, QByteArray>> files{
        {"GHSA-1111.json", record({kLodash}, {}, "GHSA-1111")},
        {"GHSA-2222.json", record({affected("npm", "left-pad", {})}, {}, "GHSA-2222")},
        {"GHSA-3333.json", record({kLodash}, R"(,"withdrawn":"2026-01-01T00:00:00Z")", "GHSA-3333")},
        {"PYSEC-4444.json", record({affected("PyPI", "typing-extensions", {})}, {}, "PYSEC-4444")},
        // Of two ecosystems: no sign that all of the second one is here.
        {"GHSA-5555.json", record({affected("PyPI", "far", {}), affected("crates.io", "far", {})}, {}, "GHSA-5555")},
        // Of a repository of its own: no sign that the rest is here.
        {"DRUPAL-1.json",
         record({affected("Packagist:https://packages.drupal.org/8", "drupal/tfa", {})}, {}, "DRUPAL-1")},
        {"broken.json", QByteArray("{\"affected\": \"ecosystem\"")},
        {"README.md", QByteArray("\"affected\" \"ecosystem\":\"npm\"")}};
    QTemporaryDir folder;
    if (isArchive) {
        write(folder.filePath(u"all.zip"_s), zipOf(files));
    } else {
        for (const auto &[name, bytes] : files)
            write(folder.filePath(QString::fromLatin1(name)), bytes);
    }
    Observations seen({}, {}, Deadline::in(60s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const QSet<QString> keys{packageKey(Ecosystem::Npm, u"lodash"_s),
                             packageKey(Ecosystem::PyPi, u"Typing_Extensions"_s),
                             packageKey(Ecosystem::Packagist, u"drupal/tfa"_s)};
    const auto read = readAdvisoryExport(folder.path(), keys, seen);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QStringList ids;
    for (const auto &[id, advisory] : read->advisories)
        ids += id;
    QCOMPARE(ids, QStringList({u"DRUPAL-1"_s, u"GHSA-1111"_s, u"PYSEC-4444"_s}));
    QCOMPARE(read->records, 6);
    QCOMPARE(read->ecosystems, (std::set{Ecosystem::Npm, Ecosystem::PyPi}));
    QCOMPARE(read->newest, (std::map<Ecosystem, QString>{{Ecosystem::Npm, u"2026-05-01T00:00:00Z"_s},
                                                         {Ecosystem::PyPi, u"2026-05-01T00:00:00Z"_s}}));
    QCOMPARE(read->gaps, QStringList());
}

void TestAdvisories::refusesWhatIsNoExport()
{
    QTemporaryDir folder;
    write(folder.filePath(u"notes.json"_s), "{\"hello\": 1}");
    Observations seen({}, {}, Deadline::in(60s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const auto nothing = readAdvisoryExport(folder.path(), {}, seen);
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, ErrorKind::BadInput);
    const auto missing = readAdvisoryExport(folder.filePath(u"missing"_s), {}, seen);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
}

void TestAdvisories::saysWhatIsTooLarge()
{
    QTemporaryDir folder;
    write(folder.filePath(u"GHSA-1111.json"_s), record({kLodash}));
    write(folder.filePath(u"GHSA-2222.json"_s), record({kLodash}) + QByteArray(8 << 20, ' '));
    Observations seen({}, {}, Deadline::in(60s), nullptr);
    const auto read = readAdvisoryExport(folder.path(), {}, seen);
    QVERIFY(read);
    QCOMPARE(read->records, 1);
    QCOMPARE(read->gaps.size(), 1);
    QVERIFY2(read->gaps[0].contains("8 MB"_L1), qPrintable(read->gaps[0]));
}

void TestAdvisories::stopsWhenItIsOver()
{
    QTemporaryDir folder;
    write(folder.filePath(u"GHSA-1111.json"_s), record({kLodash}));
    Observations seen({}, {}, Deadline::in(-1s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const auto read = readAdvisoryExport(folder.path(), {packageKey(Ecosystem::Npm, u"lodash"_s)}, seen);
    QVERIFY(read);
    QVERIFY(read->advisories.empty());
    QCOMPARE(read->gaps.size(), 1);
}

QTEST_GUILESS_MAIN(TestAdvisories)
#include "tst_advisories.moc"
