// Which holes packages have by exports on this machine and by the OSV database on loopback, and which command repairs
// them.
#include "checks/net/httpclient.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/knownholes.h"
#include "checks/secrets/updatecommand.h"
#include "tests/checks/secrets/osvlab.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestKnownHoles : public QObject
{
    Q_OBJECT

private slots:
    void joinsTwins_data();
    void joinsTwins();
    void keepsWhatIsNoTwin();
    void saysHowFarEachExportGoes();
    void asksFirstWhereItHurtsMost();
    void givesUpWhenItIsOver();
    void namesTheCommand_data();
    void namesTheCommand();
};

namespace {

QJsonObject record(const QString &id, const QString &ecosystem, const QString &name, const QString &fixed,
                   const QJsonObject &more = {})
{
    QJsonArray events{QJsonObject{{u"introduced"_s, u"0"_s}}};
    if (!fixed.isEmpty())
        events.append(QJsonObject{{u"fixed"_s, fixed}});
    const QJsonObject range{{u"type"_s, u"SEMVER"_s}, {u"events"_s, events}};
    const QJsonObject package{{u"ecosystem"_s, ecosystem}, {u"name"_s, name}};
    QJsonObject object{
        {u"id"_s, id},
        {u"modified"_s, u"2026-05-01T00:00:00Z"_s},
        {u"affected"_s, QJsonArray{QJsonObject{{u"package"_s, package}, {u"ranges"_s, QJsonArray{range}}}}}};
    for (auto one = more.begin(); one != more.end(); ++one)
        object.insert(one.key(), one.value());
    return object;
}

QJsonObject aliases(const QString &id)
{
    return {{u"aliases"_s, QJsonArray{id}}};
}

QJsonObject high(QJsonObject more = {})
{
    more.insert(u"database_specific"_s, QJsonObject{{u"severity"_s, u"HIGH"_s}});
    return more;
}

void write(const QTemporaryDir &folder, const QJsonObject &object)
{
    QFile file(folder.filePath(object[u"id"_s].toString() + u".json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(object).toJson());
}

UsedPackage used(const QString &name, Ecosystem ecosystem = Ecosystem::Npm,
                 PackageReach reach = PackageReach::Transitive)
{
    const Dependency package{ecosystem, name, u"1.0.0"_s, PackageUse::Production, reach, u"yarn.lock"_s, 1};
    return {package, {package}};
}

HoleAnswer find(const std::vector<UsedPackage> &packages, const std::vector<const QTemporaryDir *> &exports,
                const PackagePurposes &purposes = {}, const NetOptions &options = {}, CancelToken token = {})
{
    std::vector<LocalSource> sources;
    sources.reserve(exports.size());
    for (const QTemporaryDir *const folder : exports)
        sources.push_back({SourceKind::Advisories, folder->path(), {}});
    Observations seen(options, token, Deadline::in(20s), nullptr);
    seen.put(CompiledRules{}, test::smallSet()); // names are masked by them; all rules take seconds to compile
    return findKnownHoles(packages, sources, purposes, seen);
}

} // namespace

// Both say something that the other one does not: an attack by name and all versions, and a severity with a repair.
void TestKnownHoles::joinsTwins_data()
{
    QTest::addColumn<QJsonObject>("ofAttack");
    QTest::addColumn<QJsonObject>("ofOthers");
    const QString attack = u"MAL-2025-1"_s;
    const QString other = u"GHSA-8mgj"_s;
    QTest::newRow("the alias is in the one that rates")
        << record(attack, u"npm"_s, u"debug"_s, {})
        << record(other, u"npm"_s, u"debug"_s, u"4.4.3"_s, high(aliases(attack)));
    QTest::newRow("the alias is in the other one") << record(attack, u"npm"_s, u"debug"_s, {}, aliases(other))
                                                   << record(other, u"npm"_s, u"debug"_s, u"4.4.3"_s, high());
    QTest::newRow("neither rates") << record(attack, u"npm"_s, u"debug"_s, {}, aliases(other))
                                   << record(other, u"npm"_s, u"debug"_s, u"4.4.3"_s);
}

void TestKnownHoles::joinsTwins()
{
    QFETCH(QJsonObject, ofAttack);
    QFETCH(QJsonObject, ofOthers);
    QTemporaryDir folder;
    write(folder, ofAttack);
    write(folder, ofOthers);
    const HoleAnswer answer = find({used(u"debug"_s)}, {&folder});
    QCOMPARE(answer.holes[0].size(), 1U);
    const KnownHole &hole = answer.holes[0][0];
    QVERIFY(hole.isMalicious);
    QCOMPARE(hole.fixed, u"4.4.3"_s);
    QCOMPARE(hole.severity.has_value(), ofOthers.contains(u"database_specific"_s));
    QVERIFY(hole.id.startsWith("MAL-"_L1) || hole.aliases.contains(u"MAL-2025-1"_s));
}

void TestKnownHoles::keepsWhatIsNoTwin()
{
    QTemporaryDir folder;
    write(folder, record(u"MAL-2025-1"_s, u"npm"_s, u"debug"_s, {}));
    write(folder, record(u"GHSA-8mgj"_s, u"npm"_s, u"debug"_s, u"4.4.3"_s, high()));
    const HoleAnswer answer = find({used(u"debug"_s)}, {&folder});
    QCOMPARE(answer.holes[0].size(), 2U);
    QVERIFY(answer.holes[0][0].isMalicious != answer.holes[0][1].isMalicious);
}

// A new export of one ecosystem makes the old one of another no newer.
void TestKnownHoles::saysHowFarEachExportGoes()
{
    QTemporaryDir old;
    write(old, record(u"GHSA-1111"_s, u"npm"_s, u"left"_s, {}, {{u"modified"_s, u"2024-01-01T00:00:00Z"_s}}));
    QTemporaryDir other;
    write(other, record(u"GHSA-2222"_s, u"PyPI"_s, u"left"_s, {}));
    write(other, record(u"GHSA-3333"_s, u"Go"_s, u"left"_s, {}, {{u"modified"_s, u"2020-01-01T00:00:00Z"_s}}));
    const std::vector<UsedPackage> packages{used(u"ok"_s), used(u"flask"_s, Ecosystem::PyPi)};
    const HoleAnswer answer = find(packages, {&old, &other});
    QCOMPARE(answer.exportNewest, (std::map<Ecosystem, QString>{{Ecosystem::Npm, u"2024-01-01T00:00:00Z"_s},
                                                                {Ecosystem::PyPi, u"2026-05-01T00:00:00Z"_s}}));
    write(other, record(u"GHSA-4444"_s, u"npm"_s, u"left"_s, {}));
    QCOMPARE(find(packages, {&old, &other}).exportNewest.at(Ecosystem::Npm), u"2026-05-01T00:00:00Z"_s);
}

void TestKnownHoles::asksFirstWhereItHurtsMost()
{
    OsvLab lab;
    const std::vector<UsedPackage> packages{used(u"a"_s), used(u"b"_s, Ecosystem::Npm, PackageReach::Direct),
                                            used(u"passport"_s), used(u"evil"_s)};
    for (const char *name : {"a", "b", "passport"})
        lab.addHole(u"npm:%1@1.0.0"_s.arg(QLatin1StringView(name)),
                    record(u"GHSA-of-%1"_s.arg(QLatin1StringView(name)), u"npm"_s, QString::fromLatin1(name), {}));
    lab.addHole(u"npm:evil@1.0.0"_s, record(u"MAL-2025-1"_s, u"npm"_s, u"evil"_s, {}));
    const HoleAnswer answer = find(packages, {}, {{u"npm:passport"_s, PackagePurpose::SignIn}}, lab.options());
    QCOMPARE(answer.holes[0][0].id, u"GHSA-of-a"_s);
    QCOMPARE(answer.holes[3][0].id, u"MAL-2025-1"_s);
    QVERIFY2(lab.sent().indexOf("passport") < lab.sent().indexOf("\"b\""), lab.sent().constData());
    QVERIFY2(lab.sent().indexOf("\"b\"") < lab.sent().indexOf("\"a\""), lab.sent().constData());
}

void TestKnownHoles::givesUpWhenItIsOver()
{
    QTemporaryDir folder;
    write(folder, record(u"GHSA-1111"_s, u"npm"_s, u"debug"_s, {}));
    CancelToken token;
    token.cancel();
    const HoleAnswer answer = find({used(u"debug"_s), used(u"other"_s)}, {&folder}, {}, {}, token);
    QCOMPARE(answer.unasked, (std::vector<size_t>{0, 1}));
}

void TestKnownHoles::namesTheCommand_data()
{
    QTest::addColumn<Dependency>("package");
    QTest::addColumn<QString>("command");
    const auto row = [](const char *file, Ecosystem ecosystem, PackageReach reach, PackageUse use,
                        const char *command) {
        QTest::addRow("%s %s %s", file, qPrintable(toWord(reach)), qPrintable(toWord(use)))
            << Dependency{ecosystem, u"name"_s, u"1.0.0"_s, use, reach, u"app/"_s + QString::fromLatin1(file), 1}
            << QString::fromLatin1(command);
    };
    using enum Ecosystem;
    using enum PackageUse;
    const PackageReach direct = PackageReach::Direct;
    const PackageReach transitive = PackageReach::Transitive;
    row("package-lock.json", Npm, direct, Production, "npm install name@2.0.0");
    row("package-lock.json", Npm, transitive, Production, "npm update name");
    // The two Yarns share these words and no other ones.
    row("yarn.lock", Npm, direct, Production, "yarn add name@2.0.0");
    row("yarn.lock", Npm, direct, Development, "yarn add -D name@2.0.0");
    row("yarn.lock", Npm, transitive, Production, "");
    row("bun.lock", Npm, direct, Production, "bun add name@2.0.0");
    row("bun.lock", Npm, direct, Development, "bun add -d name@2.0.0");
    row("bun.lock", Npm, transitive, Production, "");
    row("pnpm-lock.yaml", Npm, direct, Production, "pnpm update name@2.0.0");
    row("pdm.lock", PyPi, direct, Production, "pdm update name");
    row("poetry.lock", PyPi, direct, Production, "poetry update name");
    row("requirements.txt", PyPi, direct, Production, "name==2.0.0");
    row("prod.txt", PyPi, direct, Production, "name==2.0.0");
}

void TestKnownHoles::namesTheCommand()
{
    QFETCH(Dependency, package);
    QTEST(updateCommand(package, u"2.0.0"_s), "command");
}

QTEST_GUILESS_MAIN(TestKnownHoles)
#include "tst_knownholes.moc"
