// Packages of Maven, and lock files of Gradle.
#include "tests/checks/secrets/lockrows.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestJavaLocks : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
};

void TestJavaLocks::reads_data()
{
    lockColumns();
    QTest::newRow("pom.xml") << u"pom.xml"_s << QByteArray(R"(<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>com.acme</groupId><version>7</version></parent>
  <properties><jackson>2.9.0</jackson><twice>${jackson}</twice></properties>
  <dependencyManagement><dependencies><dependency>
    <groupId>org.managed</groupId><artifactId>lib</artifactId><version>1.5</version>
  </dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>com.fasterxml</groupId><artifactId>databind</artifactId><version>${twice}</version>
      <exclusions><exclusion><groupId>no</groupId><artifactId>no</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.managed</groupId><artifactId>lib</artifactId></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>own</artifactId><version>${project.version}</version></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.12</version><scope>test</scope></dependency>
    <dependency><groupId>of.parent</groupId><artifactId>x</artifactId></dependency>
    <dependency><groupId>of.range</groupId><artifactId>x</artifactId><version>[1.0,2.0)</version></dependency>
  </dependencies>
  <build><plugins><plugin><dependencies><dependency>
    <groupId>of.plugin</groupId><artifactId>x</artifactId><version>1</version>
  </dependency></dependencies></plugin></plugins></build>
</project>)") << Beside{}
                             << QStringList{u"com.acme:own 7 production direct 13"_s,
                                            u"com.fasterxml:databind 2.9.0 production direct 8"_s,
                                            u"junit:junit 4.12 development direct 14"_s,
                                            u"org.managed:lib 1.5 production direct 12"_s}
                             << QStringList{u"of.parent:x"_s, u"of.range:x"_s};
    QTest::newRow("gradle.lockfile") << u"gradle.lockfile"_s << QByteArray(R"(# made by Gradle
org.a:lib:1.0=compileClasspath,testCompileClasspath
org.b:mock:2.0=testCompileClasspath,testRuntimeClasspath
empty=annotationProcessor
)") << Beside{} << QStringList{u"org.a:lib 1.0 production unknown 2"_s, u"org.b:mock 2.0 development unknown 3"_s}
                                     << QStringList{};
    lockRow("gradle.lockfile of the build itself", "buildscript-gradle.lockfile",
            "org.jetbrains.kotlin:kotlin-gradle-plugin:1.9.0=classpath\nempty=\n",
            {u"org.jetbrains.kotlin:kotlin-gradle-plugin 1.9.0 development unknown 1"_s});
    lockRow("gradle.lockfile of the settings", "settings-gradle.lockfile", "org.a:plugin:1.0=classpath\n",
            {u"org.a:plugin 1.0 development unknown 1"_s});
    lockRow("Gradle before 6.8", "app/gradle/dependency-locks/compileClasspath.lockfile", "# made\norg.a:lib:1.0\n",
            {u"org.a:lib 1.0 production unknown 2"_s});
    lockRow("Gradle before 6.8, tests", "gradle/dependency-locks/testCompileClasspath.lockfile", "org.a:mock:1.0\n",
            {u"org.a:mock 1.0 development unknown 1"_s});
}

void TestJavaLocks::reads()
{
    compareReading();
}

QTEST_GUILESS_MAIN(TestJavaLocks)
#include "tst_javalocks.moc"
