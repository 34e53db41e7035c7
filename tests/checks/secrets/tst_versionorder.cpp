// The orders of versions, each row by the rule of its ecosystem.
#include "checks/secrets/dependencies/versionorder.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestVersionOrder : public QObject
{
    Q_OBJECT

private slots:
    void orders_data();
    void orders();
    void refuses_data();
    void refuses();
};

namespace {

void row(const char *ecosystem, const char *left, char sign, const char *right)
{
    QTest::newRow(qPrintable(u"%1: %2 %3 %4"_s.arg(QLatin1StringView(ecosystem), QLatin1StringView(left),
                                                   QString(QLatin1Char(sign)), QLatin1StringView(right))))
        << QString::fromLatin1(ecosystem) << QString::fromLatin1(left) << sign << QString::fromLatin1(right);
}

char signOf(std::weak_ordering order)
{
    return order < 0 ? '<' : order > 0 ? '>' : '=';
}

} // namespace

void TestVersionOrder::orders_data()
{
    QTest::addColumn<QString>("ecosystem");
    QTest::addColumn<QString>("left");
    QTest::addColumn<char>("sign");
    QTest::addColumn<QString>("right");
    // semver.org, 11
    for (const char *ecosystem : {"npm", "Go", "crates.io", "Pub", "NuGet"}) {
        row(ecosystem, "1.0.0", '<', "2.0.0");
        row(ecosystem, "1.9.0", '<', "1.10.0");
        row(ecosystem, "1.0.0-alpha", '<', "1.0.0-alpha.1");
        row(ecosystem, "1.0.0-alpha.1", '<', "1.0.0-alpha.beta");
        row(ecosystem, "1.0.0-beta.2", '<', "1.0.0-beta.11");
        row(ecosystem, "1.0.0-rc.1", '<', "1.0.0");
        row(ecosystem, "1.2", '=', "1.2.0");
        row(ecosystem, "v1.2.3", '=', "1.2.3");
        row(ecosystem, "1.0.99999999999999999999", '<', "1.0.100000000000000000000");
    }
    row("npm", "1.0.0+build", '=', "1.0.0");
    row("Pub", "1.0.0+1", '>', "1.0.0");
    row("Pub", "1.0.0+2", '<', "1.0.0+10");
    row("Go", "0.0.0-20200101000000-abcdefabcdef", '<', "0.0.0-20210101000000-000000000000");
    row("Go", "2.0.0+incompatible", '=', "2.0.0");
    row("NuGet", "1.0.0.1", '>', "1.0.0");
    row("NuGet", "1.0.0-BETA", '=', "1.0.0-beta");
    row("npm", "1.0.0-BETA", '<', "1.0.0-beta");
    // PEP 440
    row("PyPI", "1.0.dev1", '<', "1.0a1");
    row("PyPI", "1.0a1", '<', "1.0b1");
    row("PyPI", "1.0b2", '<', "1.0rc1");
    row("PyPI", "1.0rc1", '<', "1.0");
    row("PyPI", "1.0", '<', "1.0.post1");
    row("PyPI", "1.0.post1.dev1", '<', "1.0.post1");
    row("PyPI", "1.0a1.dev1", '<', "1.0a1");
    row("PyPI", "1.0", '=', "1.0.0");
    row("PyPI", "1!1.0", '>', "2024.1");
    row("PyPI", "1.0+local.1", '>', "1.0");
    row("PyPI", "1.0+abc", '<', "1.0+5");
    row("PyPI", "1.0-1", '=', "1.0.post1");
    row("PyPI", "1.0.ALPHA-1", '=', "1.0a1");
    row("PyPI", "1.0c1", '=', "1.0rc1");
    row("PyPI", "4.2.10", '>', "4.2.9");
    // Gem::Version
    row("RubyGems", "1.0.a", '<', "1.0");
    row("RubyGems", "1.0", '=', "1.0.0");
    row("RubyGems", "1.0.0.rc1", '<', "1.0.0.rc2");
    row("RubyGems", "1.0.b1", '<', "1.0.b10");
    row("RubyGems", "6.1.4.1", '>', "6.1.4");
    row("RubyGems", "1.0-1", '<', "1.0");
    // Maven
    row("Maven", "1.0-alpha-1", '<', "1.0-beta-1");
    row("Maven", "1.0-milestone-1", '<', "1.0-rc-1");
    row("Maven", "1.0-rc1", '<', "1.0-SNAPSHOT");
    row("Maven", "1.0-SNAPSHOT", '<', "1.0");
    row("Maven", "1.0", '=', "1.0.0");
    row("Maven", "1.0.Final", '=', "1.0");
    row("Maven", "1.0-sp", '>', "1.0");
    row("Maven", "2.4.0.GA", '<', "2.4.0.SP1");
    row("Maven", "1-1", '<', "1.1");
    row("Maven", "1.0-a1", '=', "1.0-alpha-1");
    row("Maven", "31.1-jre", '>', "31.1-android");
    row("Maven", "2.9.10.8", '>', "2.9.10");
    row("Maven", "1.0-foo", '<', "1.0-1");
    // Composer
    row("Packagist", "1.0.0-dev", '<', "1.0.0-alpha1");
    row("Packagist", "1.0.0-beta1", '<', "1.0.0-RC1");
    row("Packagist", "1.0.0-RC1", '<', "1.0.0");
    row("Packagist", "1.0", '=', "1.0.0");
    row("Packagist", "v3.0", '>', "3.0.0-beta");
    row("Packagist", "1.0.0-patch1", '>', "1.0.0");
    row("Packagist", "5.4.10", '>', "5.4.9");
}

void TestVersionOrder::orders()
{
    QFETCH(QString, ecosystem);
    QFETCH(QString, left);
    QFETCH(char, sign);
    QFETCH(QString, right);
    const auto which = ecosystemFromWord(ecosystem);
    QVERIFY(which);
    const auto order = compareVersions(*which, left, right);
    QVERIFY(order);
    QCOMPARE(signOf(*order), sign);
    QCOMPARE(signOf(compareVersions(*which, right, left).value()), sign == '<' ? '>' : sign == '>' ? '<' : '=');
    QCOMPARE(signOf(compareVersions(*which, left, left).value()), '=');
}

void TestVersionOrder::refuses_data()
{
    QTest::addColumn<QString>("ecosystem");
    QTest::addColumn<QString>("version");
    QTest::newRow("npm: a tag") << u"npm"_s << u"latest"_s;
    QTest::newRow("npm: nothing") << u"npm"_s << QString();
    QTest::newRow("npm: an empty part") << u"npm"_s << u"1..2"_s;
    QTest::newRow("npm: an empty pre-release") << u"npm"_s << u"1.0.0-"_s;
    QTest::newRow("npm: a blank inside") << u"npm"_s << u"1.0 .0"_s;
    QTest::newRow("npm: too long") << u"npm"_s << u"1."_s + QString(kLongestComparedVersion, u'9');
    QTest::newRow("PyPI: a word") << u"PyPI"_s << u"0.1-bulbasaur"_s;
    QTest::newRow("PyPI: beyond ASCII") << u"PyPI"_s << u"1.0é"_s;
    QTest::newRow("RubyGems: a word first") << u"RubyGems"_s << u"a.1"_s;
    QTest::newRow("Packagist: a branch") << u"Packagist"_s << u"dev-main"_s;
}

void TestVersionOrder::refuses()
{
    QFETCH(QString, ecosystem);
    QFETCH(QString, version);
    QVERIFY(!compareVersions(*ecosystemFromWord(ecosystem), version, u"1.0.0"_s));
    QVERIFY(!compareVersions(*ecosystemFromWord(ecosystem), u"1.0.0"_s, version));
}

QTEST_GUILESS_MAIN(TestVersionOrder)
#include "tst_versionorder.moc"
