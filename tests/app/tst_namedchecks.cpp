#include "app/cli/namedchecks.h"
#include "checks/engine/nothingtotry.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

CheckResult ended(const char *id, Outcome outcome, const QString &host = {})
{
    CheckResult result;
    result.checkId = QString::fromLatin1(id);
    result.host = host;
    result.outcome = outcome;
    result.reason = u"Because of "_s + result.checkId.section(u'.', 0, 0) + u'.';
    return result;
}

} // namespace

// Whether what --only names was looked at.
class TestNamedChecks : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatWasNotLookedAt_data();
    void namesWhatWasNotLookedAt();
    void saysWhy();
};

void TestNamedChecks::namesWhatWasNotLookedAt_data()
{
    using enum Outcome;
    using Results = std::vector<CheckResult>;
    QTest::addColumn<QStringList>("only");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<Results>("results");
    QTest::addColumn<PatternRule>("rule");
    QTest::addColumn<QString>("unlooked");
    const auto row = [](const char *name, const QString &only, const QString &expected, const Results &results,
                        const QString &unlooked, PatternRule rule = PatternRule::EachShows) {
        const auto list = [](const QString &text) { return text.isEmpty() ? QStringList() : text.split(u' '); };
        QTest::newRow(name) << list(only) << list(expected) << results << rule << unlooked;
    };
    const QString roles = u"access.roles"_s;
    row("nothing is named", u""_s, roles, {ended("access.roles", NotRun)}, u""_s);
    row("named, and not run", roles, u""_s, {ended("access.roles", NotRun)}, roles);
    row("named, and broken", roles, u""_s, {ended("access.roles", Error)}, roles);
    for (const Outcome outcome : {Pass, Info, Warn, Fail, NotApplicable})
        row(qPrintable(u"named, and "_s + toWord(outcome)), roles, roles, {ended("access.roles", outcome)}, u""_s);
    row("another is named", u"access.logout"_s, roles, {ended("access.roles", NotRun), ended("access.logout", Pass)},
        u""_s);
    row("on one of two hosts", u"tls.reachable"_s, u""_s,
        {ended("tls.reachable", Pass, u"a.example"_s), ended("tls.reachable", Error, u"b.example"_s)},
        u"tls.reachable@b.example"_s);
    const QString pattern = u"access.*"_s;
    row("a pattern brings it, and the project has nothing for it", pattern, u""_s,
        {ended("access.roles", NotRun), ended("access.logout", Pass)}, u""_s);
    row("a pattern brings it, and the project has all for it", pattern, roles,
        {ended("access.roles", NotRun), ended("access.logout", Pass)}, roles);
    const auto without = [](const char *id) {
        CheckResult result = ended(id, NotRun);
        result.hasNothingToTry = true;
        return result;
    };
    row("a pattern brings it, and its look had nothing to try", pattern, roles,
        {without("access.roles"), ended("access.logout", Pass)}, u""_s);
    row("beside one that could not be tried", pattern, u"access.roles access.logout"_s,
        {without("access.roles"), ended("access.logout", NotRun), ended("access.unauthenticated", Pass)},
        u"access.logout"_s);
    row("named by its id, and there was nothing to try", u"access.* access.roles"_s, roles,
        {without("access.roles"), ended("access.logout", Pass)}, roles);
    row("nothing of the pattern had anything to try", pattern, roles, {without("access.roles")}, roles);
    row("a pattern brings it, and it broke", pattern, roles,
        {ended("access.roles", Error), ended("access.logout", Fail)}, roles);
    row("nothing of the pattern was looked at", pattern, u""_s,
        {ended("access.roles", NotRun), ended("access.logout", Error)}, u"access.roles access.logout"_s);
    row("nothing of the pattern applies", pattern, u""_s,
        {ended("access.roles", NotApplicable), ended("access.logout", NotApplicable)}, u""_s);
    row("of two patterns one is blank", u"access.* abuse.*"_s, u""_s,
        {ended("access.roles", NotRun), ended("access.logout", Pass), ended("abuse.schema", NotRun)},
        u"abuse.schema"_s);
    row("of two patterns one is blank, and one is enough", u"access.* abuse.*"_s, u""_s,
        {ended("access.logout", Pass), ended("abuse.schema", NotRun)}, u""_s, PatternRule::OneShows);
    row("of two patterns both are blank", u"access.* abuse.*"_s, u""_s,
        {ended("access.logout", NotRun), ended("abuse.schema", Error)}, u"access.logout abuse.schema"_s,
        PatternRule::OneShows);
    row("what is expected counts where one is enough, too", u"access.* abuse.*"_s, u"abuse.schema"_s,
        {ended("access.logout", Pass), ended("abuse.schema", NotRun)}, u"abuse.schema"_s, PatternRule::OneShows);
    row("a pattern and a name of its own", u"access.* access.roles"_s, u""_s,
        {ended("access.roles", NotRun), ended("access.logout", Pass)}, roles);
    row("a family whose name begins alike", u"mail.*"_s, u"mailing.list"_s,
        {ended("mailing.list", NotRun), ended("mail.mx", Pass)}, u""_s);
    row("all but what was skipped", pattern, u"access.roles access.logout"_s, {ended("access.logout", Pass)}, u""_s);
}

void TestNamedChecks::namesWhatWasNotLookedAt()
{
    QFETCH(QStringList, only);
    QFETCH(QStringList, expected);
    QFETCH(std::vector<CheckResult>, results);
    QFETCH(PatternRule, rule);
    QStringList names;
    for (const UnlookedCheck &one : unlookedNamed(only, expected, results, rule)) {
        names << one.name;
        QVERIFY(!one.reason.isEmpty());
    }
    QTEST(names.join(u' '), "unlooked");
}

void TestNamedChecks::saysWhy()
{
    QCOMPARE(unlookedText({}), QString());
    const QString text = unlookedText({{u"access.roles"_s, u"Needs accounts."_s},
                                       {u"abuse.schema"_s, u"No answer."_s},
                                       {u"access.logout"_s, u"Needs accounts."_s}});
    QVERIFY2(text.contains(u"access.roles, access.logout: Needs accounts. abuse.schema: No answer. "_s),
             qPrintable(text));
    QVERIFY2(text.contains(u"--skip"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestNamedChecks)
#include "tst_namedchecks.moc"
