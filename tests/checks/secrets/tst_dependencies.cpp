// secrets.dependencies: reading the code, judging what is known, and the whole look with an export and with the OSV
// database on loopback.
#include "checks/net/httpclient.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/dependencies.h"
#include "checks/secrets/updatecommand.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/secrets/holesmade.h"
#include "tests/checks/secrets/osvlab.h"
#include "tests/checks/secrets/smallrules.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDependencies : public QObject
{
    Q_OBJECT

private slots:
    void readsTheCode();
    void saysWhatItCouldNotRead();
    void passesOverLinksAndPipes();
    void masksNamesOfFiles();
    void rates_data();
    void rates();
    void namesTheRepair();
    void doubtsNamesOfOnesOwnRegistry_data();
    void doubtsNamesOfOnesOwnRegistry();
    void putsWhatMattersFirst();
    void groupsByPackage();
    void concludes_data();
    void concludes();
    void notesWhatItDidNotSee();
    void neverNamesACommandForOddNames_data();
    void neverNamesACommandForOddNames();
    void looksWithTheDatabase();
    void looksWithAnExport();
    void looksWithNeither();
    void knowsPurposes();
    void refusesBrokenPurposes_data();
    void refusesBrokenPurposes();
};

namespace {

const QDateTime kNow(QDate(2026, 6, 1), QTime(12, 0), Qt::UTC);

void writeTo(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

Judged lookAt(const std::vector<LocalSource> &sources, const NetOptions &options)
{
    Observations seen(options, {}, Deadline::in(20s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    ProjectFacts facts;
    facts.sources = sources;
    const Look look{seen, {}, nullptr, {}, facts, kNow};
    return dependenciesCheck().look(look);
}

} // namespace

void TestDependencies::readsTheCode()
{
    QTemporaryDir folder;
    writeTo(folder.filePath(u"package-lock.json"_s), lodashLock());
    writeTo(folder.filePath(u"node_modules/x/package-lock.json"_s), lodashLock());
    writeTo(folder.filePath(u"composer.json"_s), "{}");
    writeTo(folder.filePath(u"vendor/y/composer.lock"_s), R"({"packages": []})");
    writeTo(folder.filePath(u"apps/web/yarn.lock"_s),
            "# yarn lockfile v1\n\nlodash@^4:\n  version \"4.17.15\"\n\njest@^26:\n  version \"26.0.0\"\n");
    writeTo(folder.filePath(u"apps/web/package.json"_s), R"({"devDependencies":{"jest":"^26"}})");
    writeTo(folder.filePath(u"requirements.txt"_s), requirements({"django==4.2", "requests>=2"}));
    Observations seen({}, {}, Deadline::in(20s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const CodeReading reading = readDependencies({{SourceKind::Code, folder.path(), {}}}, seen);
    QStringList files;
    for (const LockFileSeen &file : reading.files)
        files += file.file;
    QCOMPARE(files, QStringList({u"apps/web/yarn.lock"_s, u"package-lock.json"_s, u"requirements.txt"_s}));
    QStringList packages;
    for (const UsedPackage &one : reading.packages)
        packages += u"%1@%2 in %3"_s.arg(one.key(), one.package.version).arg(one.places.size());
    QCOMPARE(packages, QStringList({u"PyPI:django@4.2 in 1"_s, u"npm:express@5.0.0 in 1"_s, u"npm:jest@26.0.0 in 1"_s,
                                    u"npm:lodash@4.17.15 in 2"_s}));
    QVERIFY(reading.packages[2].isForDevelopmentAlone());
    QVERIFY(!reading.packages[3].isForDevelopmentAlone());
    QVERIFY(reading.packages[3].isDirect());
    QCOMPARE(reading.notComparable, 1);
    QCOMPARE(reading.notComparableNamed, QStringList{u"requests"_s});
    QCOMPARE(reading.gaps, QStringList());
}

void TestDependencies::saysWhatItCouldNotRead()
{
    QTemporaryDir folder;
    writeTo(folder.filePath(u"composer.lock"_s), "<<<<<<< HEAD\n");
    writeTo(folder.filePath(u"requirements.txt"_s), requirements({"django==4.2"}));
    Observations seen({}, {}, Deadline::in(20s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const CodeReading reading = readDependencies(
        {{SourceKind::Code, folder.path(), {}}, {SourceKind::Code, folder.filePath(u"missing"_s), {}}}, seen);
    QCOMPARE(reading.packages.size(), 1U);
    QCOMPARE(reading.gaps.size(), 2);
    QVERIFY(reading.gaps[0].contains("composer.lock"_L1));
    QVERIFY(reading.gaps[1].contains("missing"_L1));
    // With several sources a file is told by its source.
    QCOMPARE(reading.packages[0].package.file, QFileInfo(folder.path()).fileName() + u"/requirements.txt"_s);

    writeTo(folder.filePath(u"app/mix.lock"_s), "%{}");
    const CodeReading other = readDependencies({{SourceKind::Code, folder.filePath(u"app"_s), {}}}, seen);
    QCOMPARE(other.gaps, QStringList{u"mix.lock is a lock file of a form that is not read."_s});

    Observations over({}, {}, Deadline::in(-1s), nullptr);
    over.put(CompiledRules{}, test::smallSet());
    const CodeReading nothing = readDependencies({{SourceKind::Code, folder.path(), {}}}, over);
    QVERIFY(nothing.packages.empty());
    QVERIFY(!nothing.gaps.isEmpty());
}

void TestDependencies::passesOverLinksAndPipes()
{
    QTemporaryDir elsewhere;
    writeTo(elsewhere.filePath(u"requirements.txt"_s), requirements({"django==4.2"}));
    QTemporaryDir folder;
    QVERIFY(QFile::link(elsewhere.path(), folder.filePath(u"linked"_s)));
    QVERIFY(QFile::link(elsewhere.filePath(u"requirements.txt"_s), folder.filePath(u"requirements.txt"_s)));
    QCOMPARE(::mkfifo(folder.filePath(u"yarn.lock"_s).toUtf8().constData(), 0600), 0);
    Observations seen({}, {}, Deadline::in(20s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const CodeReading reading = readDependencies({{SourceKind::Code, folder.path(), {}}}, seen);
    QVERIFY(reading.packages.empty());
    QVERIFY(reading.files.empty());
    QCOMPARE(reading.gaps.size(), 1);
    QVERIFY2(reading.gaps[0].contains("requirements.txt"_L1), qPrintable(reading.gaps[0]));
}

void TestDependencies::masksNamesOfFiles()
{
    QTemporaryDir folder;
    const QString key = QString::fromStdString(test::stripeKey());
    writeTo(folder.filePath(key + u"/requirements.txt"_s), requirements({"django==4.2"}));
    writeTo(folder.filePath(key + u"/app/composer.lock"_s), "<<<<<<< HEAD\n");
    writeTo(folder.filePath(key + u"/mix.lock"_s), "%{}");
    Observations seen({}, {}, Deadline::in(20s), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    const CodeReading reading = readDependencies({{SourceKind::Code, folder.path(), {}}}, seen);
    QCOMPARE(reading.packages.size(), 1U);
    QVERIFY(reading.packages[0].package.file.endsWith("/requirements.txt"_L1));
    QVERIFY(!reading.packages[0].package.file.contains(key));
    for (const LockFileSeen &file : reading.files)
        QVERIFY2(!file.file.contains(key), qPrintable(file.file));
    QCOMPARE(reading.gaps.size(), 2);
    QVERIFY(!reading.gaps.join(u' ').contains(key));
}

void TestDependencies::rates_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<PackageUse>("use");
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("severity"); // below 0: not said
    QTest::addColumn<QString>("finding");
    const auto row = [](const char *title, const char *name, PackageUse use, const char *id, int severity,
                        const char *finding) {
        QTest::newRow(title) << QString::fromLatin1(name) << use << QString::fromLatin1(id) << severity
                             << QString::fromLatin1(finding);
    };
    using enum PackageUse;
    const auto critical = static_cast<int>(Severity::Critical);
    const auto high = static_cast<int>(Severity::High);
    const auto medium = static_cast<int>(Severity::Medium);
    const auto low = static_cast<int>(Severity::Low);
    row("critical in production", "left-pad", Production, "A-1", critical,
        "known_hole npm:left-pad critical data_exposure");
    row("nobody knows what for", "left-pad", Unknown, "A-1", high, "known_hole npm:left-pad high data_exposure");
    row("medium", "left-pad", Production, "A-1", medium, "known_hole npm:left-pad medium maintainability");
    row("severity not said", "left-pad", Production, "A-1", -1, "known_hole npm:left-pad medium maintainability");
    row("signs people in", "passport", Production, "A-1", medium, "known_hole npm:passport medium account_takeover");
    row("handles mail", "nodemailer", Production, "A-1", medium, "known_hole npm:nodemailer medium data_exposure");
    row("development: one step less", "jest", Development, "A-1", critical,
        "development_hole npm:jest high maintainability");
    row("development, low", "jest", Development, "A-1", low, "development_hole npm:jest low maintainability");
    row("an attack", "left-pad", Production, "MAL-1", -1, "malicious_package npm:left-pad critical account_takeover");
    row("an attack on developers", "jest", Development, "MAL-1", low,
        "malicious_package npm:jest critical account_takeover");
}

void TestDependencies::rates()
{
    QFETCH(QString, name);
    QFETCH(PackageUse, use);
    QFETCH(QString, id);
    QFETCH(int, severity);
    QFETCH(QString, finding);
    const auto said = severity < 0 ? std::nullopt : std::optional(static_cast<Severity>(severity));
    const Judged judged = judgeDependencies(
        factsOf({{used(Ecosystem::Npm, name, u"1.0.0"_s, use), {known(id, said, u"1.0.1"_s)}}}), kNow);
    QCOMPARE(printed(judged.findings), QStringList{finding});
    QCOMPARE(judged.findings[0].location->line, 7);
    QCOMPARE(judged.findings[0].proof, Proof::Strong);
}

void TestDependencies::namesTheRepair()
{
    const Judged judged =
        judgeDependencies(factsOf({{used(Ecosystem::Npm, u"lodash"_s, u"4.17.15"_s),
                                    {known(u"A-1"_s, Severity::High, u"4.17.9"_s),
                                     known(u"A-2"_s, Severity::Critical, u"4.17.21"_s), known(u"A-3"_s, {}, {})}}}),
                          kNow);
    QCOMPARE(judged.findings.size(), 1U);
    const Finding &finding = judged.findings[0];
    QVERIFY2(finding.whatWeSaw.contains("Update lodash from 4.17.15 to 4.17.21 or later."_L1),
             qPrintable(finding.whatWeSaw));
    QVERIFY(finding.whatWeSaw.contains("A-2 (critical)"_L1));
    QVERIFY(finding.whatWeSaw.contains("no repaired version is known"_L1));
    QCOMPARE(finding.fix.paste, u"npm install lodash@4.17.21"_s);
    QCOMPARE(finding.evidence.size(), 1U);
    QVERIFY(finding.evidence[0].body.contains("severity not stated"_L1));
    QVERIFY(finding.evidence[0].body.contains("package-lock.json:7"_L1));
}

// Attacks take the names of private packages: that says nothing of what one's own registry gives out.
void TestDependencies::doubtsNamesOfOnesOwnRegistry_data()
{
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("id");
    QTest::addColumn<Proof>("proof");
    QTest::newRow("an attack") << QString() << u"MAL-1"_s << Proof::Strong;
    QTest::newRow("the name of an attack") << u"npm.acme.internal"_s << u"MAL-1"_s << Proof::Lead;
    QTest::newRow("a hole") << u"npm.acme.internal"_s << u"A-1"_s << Proof::Strong;
}

void TestDependencies::doubtsNamesOfOnesOwnRegistry()
{
    QFETCH(QString, registry);
    QFETCH(QString, id);
    QFETCH(Proof, proof);
    UsedPackage package = used(Ecosystem::Npm, u"acme-utils"_s, u"1.0.0"_s);
    package.package.registry = registry;
    package.places = {package.package};
    const Judged judged = judgeDependencies(factsOf({{package, {known(id, {}, {})}}}), kNow);
    QCOMPARE(judged.findings.size(), 1U);
    const Finding &finding = judged.findings[0];
    QCOMPARE(finding.proof, proof);
    QCOMPARE(finding.whatWeSaw.contains("npm.acme.internal"_L1), proof == Proof::Lead);
    QCOMPARE(finding.title.contains("has the name of an attack"_L1), proof == Proof::Lead);
    // From the public registry in one place at least: it is there that it attacks.
    package.places.push_back(used(Ecosystem::Npm, u"acme-utils"_s, u"1.0.0"_s).package);
    QCOMPARE(judgeDependencies(factsOf({{package, {known(id, {}, {})}}}), kNow).findings[0].proof, Proof::Strong);
}

void TestDependencies::putsWhatMattersFirst()
{
    const auto hole = [](Severity severity) { return std::vector{known(u"A-1"_s, severity, u"2.0.0"_s)}; };
    const auto risks = risksOf(
        factsOf({{used(Ecosystem::Npm, u"plain"_s, u"1.0.0"_s), hole(Severity::Critical)},
                 {used(Ecosystem::Npm, u"jest"_s, u"1.0.0"_s, PackageUse::Development), hole(Severity::Critical)},
                 {used(Ecosystem::Npm, u"inner"_s, u"1.0.0"_s, PackageUse::Production, PackageReach::Transitive),
                  hole(Severity::High)},
                 {used(Ecosystem::Npm, u"asked"_s, u"1.0.0"_s), hole(Severity::High)},
                 {used(Ecosystem::Npm, u"nodemailer"_s, u"1.0.0"_s), hole(Severity::Medium)},
                 {used(Ecosystem::Npm, u"passport"_s, u"1.0.0"_s), hole(Severity::Medium)},
                 {used(Ecosystem::Npm, u"stripe"_s, u"1.0.0"_s), hole(Severity::High)},
                 {used(Ecosystem::Npm, u"evil"_s, u"1.0.0"_s), {known(u"MAL-1"_s, {}, {})}}}));
    QStringList names;
    for (const PackageRisk &risk : risks)
        names += risk.package().name;
    QCOMPARE(names, QStringList({u"evil"_s, u"stripe"_s, u"passport"_s, u"nodemailer"_s, u"plain"_s, u"asked"_s,
                                 u"inner"_s, u"jest"_s}));
}

void TestDependencies::groupsByPackage()
{
    const Judged judged = judgeDependencies(
        factsOf({{used(Ecosystem::Npm, u"minimist"_s, u"0.0.8"_s), {known(u"A-1"_s, Severity::Critical, u"0.2.4"_s)}},
                 {used(Ecosystem::Npm, u"minimist"_s, u"1.2.0"_s), {known(u"A-1"_s, Severity::Critical, u"1.2.6"_s)}},
                 {used(Ecosystem::PyPi, u"minimist"_s, u"1.0"_s), {}}}),
        kNow);
    QCOMPARE(judged.findings.size(), 1U);
    QVERIFY2(judged.findings[0].whatWeSaw.contains("Update minimist from 0.0.8, 1.2.0 to 1.2.6 or later."_L1),
             qPrintable(judged.findings[0].whatWeSaw));
    const QJsonObject seen = judged.observed["vulnerable"_L1][0].toObject();
    QCOMPARE(seen["versions"_L1].toArray().size(), 2);
    QCOMPARE(seen["holes"_L1].toArray().size(), 1);
    QCOMPARE(seen["fixed"_L1].toString(), u"1.2.6"_s);
    QCOMPARE(judged.observed["packages"_L1].toInt(), 3);
}

void TestDependencies::concludes_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<bool>("hasReason");
    QTest::addColumn<bool>("hasGap");
    QTest::newRow("all looked up, nothing known") << QString() << Outcome::Pass << false << false;
    QTest::newRow("a hole") << u"hole"_s << Outcome::Fail << false << false;
    QTest::newRow("one not asked") << u"unasked"_s << Outcome::Info << true << true;
    QTest::newRow("a hole, one not asked") << u"hole unasked"_s << Outcome::Fail << true << true;
    QTest::newRow("one from git") << u"git"_s << Outcome::Info << true << true;
    QTest::newRow("a file that could not be read") << u"unread"_s << Outcome::Info << true << true;
    QTest::newRow("an export of yesterday") << u"new-export"_s << Outcome::Pass << false << false;
    QTest::newRow("an export of last quarter") << u"old-export"_s << Outcome::Info << true << true;
    QTest::newRow("an old export of one ecosystem, a new one of another")
        << u"old-and-new-export"_s << Outcome::Info << true << true;
    QTest::newRow("nobody answered") << u"all-unasked"_s << Outcome::Error << true << false;
    QTest::newRow("no lock file") << u"no-files"_s << Outcome::NotRun << true << false;
    QTest::newRow("lock files without packages") << u"empty-files"_s << Outcome::NotApplicable << true << false;
    QTest::newRow("none could be read") << u"no-files unread"_s << Outcome::NotRun << true << false;
}

void TestDependencies::concludes()
{
    QFETCH(QString, change);
    DependencyFacts facts =
        factsOf({{used(Ecosystem::Npm, u"a"_s, u"1.0.0"_s), {}}, {used(Ecosystem::Npm, u"b"_s, u"1.0.0"_s), {}}});
    const QStringList changes = change.split(u' ');
    if (changes.contains("hole"_L1))
        facts.answer.holes[0] = {known(u"A-1"_s, Severity::High, u"2.0.0"_s)};
    if (changes.contains("unasked"_L1))
        facts.answer.unasked = {1};
    if (changes.contains("all-unasked"_L1))
        facts.answer.unasked = {0, 1};
    if (changes.contains("git"_L1))
        facts.reading.notComparable = 1;
    if (changes.contains("unread"_L1))
        facts.reading.gaps += u"yarn.lock could not be read."_s;
    if (changes.contains("new-export"_L1))
        facts.answer.exportNewest = {{Ecosystem::Npm, kNow.addDays(-kExportIsOldDays).toString(Qt::ISODate)}};
    if (changes.contains("old-export"_L1))
        facts.answer.exportNewest = {{Ecosystem::Npm, kNow.addDays(-kExportIsOldDays - 1).toString(Qt::ISODate)}};
    if (changes.contains("old-and-new-export"_L1))
        facts.answer.exportNewest = {{Ecosystem::Npm, kNow.addDays(-kExportIsOldDays - 1).toString(Qt::ISODate)},
                                     {Ecosystem::PyPi, kNow.toString(Qt::ISODate)}};
    if (changes.contains("no-files"_L1) || changes.contains("empty-files"_L1)) {
        facts.reading.packages.clear();
        facts.answer.holes.clear();
    }
    if (changes.contains("no-files"_L1))
        facts.reading.files.clear();
    const Judged judged = judgeDependencies(facts, kNow);
    QTEST(judged.outcome, "outcome");
    QTEST(!judged.reason.isEmpty(), "hasReason");
    QTEST(judged.observed.contains("not_seen"_L1), "hasGap");
}

// What was not asked closes nothing; what was asked and is gone is closed.
void TestDependencies::notesWhatItDidNotSee()
{
    DependencyFacts facts =
        factsOf({{used(Ecosystem::Npm, u"a"_s, u"1.0.0"_s), {}}, {used(Ecosystem::Npm, u"b"_s, u"1.0.0"_s), {}}});
    facts.answer.unasked = {1};
    const Judged judged = judgeDependencies(facts, kNow);
    const QString hole = u"known_hole"_s;
    QVERIFY(closes(judged, hole, u"npm:a"_s) && !closes(judged, hole, u"npm:b"_s));
    QVERIFY(closes(judged, hole, u"npm:c"_s));                // is used no more
    facts.reading.gaps = {u"yarn.lock could not be read."_s}; // it may name any
    QVERIFY(!closes(judgeDependencies(facts, kNow), hole, u"npm:a"_s));
}

void TestDependencies::neverNamesACommandForOddNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("command");
    QTest::newRow("plain") << u"@scope/name"_s << u"1.2.3"_s << u"npm install @scope/name@1.2.3"_s;
    QTest::newRow("a command in the name") << u"a;curl$IFS-x"_s << u"1.2.3"_s << QString();
    QTest::newRow("a substitution") << u"$(id)"_s << u"1.2.3"_s << QString();
    QTest::newRow("an option") << u"--registry=x"_s << u"1.2.3"_s << QString();
    QTest::newRow("a command in the version") << u"a"_s << u"1.2.3&&id"_s << QString();
    QTest::newRow("a line break at the end") << u"a"_s << u"1.2.3\n"_s << QString();
}

void TestDependencies::neverNamesACommandForOddNames()
{
    QFETCH(QString, name);
    QFETCH(QString, version);
    const Dependency package{Ecosystem::Npm,         name, u"1.0.0"_s, PackageUse::Production, PackageReach::Direct,
                             u"package-lock.json"_s, 1};
    QTEST(updateCommand(package, version), "command");
}

void TestDependencies::looksWithTheDatabase()
{
    QTemporaryDir code;
    writeTo(code.filePath(u"package-lock.json"_s), lodashLock());
    OsvLab lab;
    lab.addHole(u"npm:lodash@4.17.15"_s, QJsonDocument::fromJson(lodashRecord()).object());
    const Judged judged = lookAt({{SourceKind::Code, code.path(), {}}}, lab.options());
    QCOMPARE(judged.reason, QString());
    QCOMPARE(printed(judged.findings), QStringList{u"known_hole npm:lodash high data_exposure"_s});
    QVERIFY(judged.findings[0].whatWeSaw.contains("CVE-2021-23337 (high): Command injection"_L1));
    QVERIFY(judged.findings[0].whatWeSaw.contains("Update lodash from 4.17.15 to 4.17.21 or later."_L1));
    QCOMPARE(judged.findings[0].location->line, 5);
    QCOMPARE(judged.observed["asked"_L1].toArray(), QJsonArray{u"api"_s});
    QCOMPARE(judged.observed["vulnerable"_L1][0]["holes"_L1][0]["score"_L1].toDouble(), 7.2);
}

void TestDependencies::looksWithAnExport()
{
    QTemporaryDir code;
    writeTo(code.filePath(u"package-lock.json"_s), lodashLock());
    QTemporaryDir advisories;
    writeTo(advisories.filePath(u"npm/GHSA-35jh.json"_s), lodashRecord());
    OsvLab lab;
    const std::vector<LocalSource> sources{{SourceKind::Code, code.path(), {}},
                                           {SourceKind::Advisories, advisories.path(), {}}};
    const Judged judged = lookAt(sources, lab.options());
    QCOMPARE(printed(judged.findings), QStringList{u"known_hole npm:lodash high data_exposure"_s});
    QCOMPARE(judged.reason, QString());
    QCOMPARE(judged.observed["asked"_L1].toArray(), QJsonArray{u"export"_s});
    QVERIFY(lab.asked().isEmpty()); // nothing left this machine

    // What the export does not hold is asked for.
    writeTo(code.filePath(u"requirements.txt"_s), requirements({"django==4.2"}));
    const Judged both = lookAt(sources, lab.options());
    QCOMPARE(both.observed["asked"_L1].toArray(), (QJsonArray{u"api"_s, u"export"_s}));
    QVERIFY(!lab.sent().contains("lodash"));
}

void TestDependencies::looksWithNeither()
{
    QTemporaryDir code;
    writeTo(code.filePath(u"package-lock.json"_s), lodashLock());
    OsvLab lab;
    lab.breakAt(u"querybatch"_s, 503, {});
    const Judged judged = lookAt({{SourceKind::Code, code.path(), {}}}, lab.options());
    QCOMPARE(judged.outcome, Outcome::Error);
    QVERIFY(judged.findings.empty());
    QVERIFY2(judged.reason.contains("503"_L1) && judged.reason.contains("all.zip"_L1), qPrintable(judged.reason));
}

void TestDependencies::knowsPurposes()
{
    const auto purposes = loadPackagePurposes();
    QVERIFY2(purposes, purposes ? "" : qPrintable(purposes.error().message));
    QCOMPARE(purposes->value(u"npm:passport"_s), PackagePurpose::SignIn);
    QCOMPARE(purposes->value(packageKey(Ecosystem::PyPi, u"pdfminer.six"_s)), PackagePurpose::Pdf);
    QCOMPARE(purposes->value(packageKey(Ecosystem::NuGet, u"mailkit"_s)), PackagePurpose::Mail);
    QVERIFY(!purposes->contains(u"npm:left-pad"_s));
    // Each purpose in each ecosystem: an empty one was forgotten.
    using enum PackagePurpose;
    for (const PackagePurpose purpose : {SignIn, Upload, Pdf, Payment, Mail}) {
        for (const Ecosystem ecosystem :
             {Ecosystem::Npm, Ecosystem::PyPi, Ecosystem::Packagist, Ecosystem::RubyGems, Ecosystem::Go,
              Ecosystem::CratesIo, Ecosystem::Maven, Ecosystem::NuGet, Ecosystem::Pub}) {
            bool isAny = false;
            for (auto one = purposes->begin(); one != purposes->end(); ++one)
                isAny = isAny || (*one == purpose && one.key().startsWith(toWord(ecosystem) + u':'));
            QVERIFY2(isAny, qPrintable(toWord(purpose) + u' ' + toWord(ecosystem)));
        }
    }
}

void TestDependencies::refusesBrokenPurposes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an unknown purpose") << QByteArray(
        R"({"schema":1,"purposes":[{"id":"games","packages":[{"ecosystem":"npm","names":["a"]}]}]})");
    QTest::newRow("an unknown ecosystem")
        << QByteArray(R"({"schema":1,"purposes":[{"id":"mail","packages":[{"ecosystem":"apt","names":["a"]}]}]})");
    QTest::newRow("two purposes") << QByteArray(
        R"({"schema":1,"purposes":[{"id":"mail","packages":[{"ecosystem":"npm","names":["a"]}]},)"
        R"({"id":"pdf","packages":[{"ecosystem":"npm","names":["a"]}]}]})");
    QTest::newRow("an unknown member") << QByteArray(R"({"schema":1,"purposes":[],"more":1})");
}

void TestDependencies::refusesBrokenPurposes()
{
    QFETCH(QByteArray, json);
    const auto purposes = parsePackagePurposes(json);
    QVERIFY(!purposes);
    QCOMPARE(purposes.error().kind, ErrorKind::BadInput);
}

QTEST_GUILESS_MAIN(TestDependencies)
#include "tst_dependencies.moc"
