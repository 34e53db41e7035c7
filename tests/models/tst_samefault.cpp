#include "models/samefault.h"

#include "tests/models/samplestate.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Finding findingAt(const QString &subject, const QString &checkId = u"abuse.schema"_s)
{
    Finding finding = sample::finding(checkId, Severity::Medium);
    finding.code = u"crash"_s;
    finding.host = u"api.example.com"_s;
    finding.subject = subject;
    finding.title = u"A route breaks"_s;
    finding.whatWeSaw = subject;
    return finding;
}

} // namespace

class TestSameFault : public QObject
{
    Q_OBJECT

private slots:
    void tellsFaultsApart_data();
    void tellsFaultsApart();
    void groupsInOrder();
};

void TestSameFault::tellsFaultsApart_data()
{
    QTest::addColumn<Finding>("other");
    QTest::addColumn<bool>("isSame");
    const auto row = [](const char *name, bool isSame, void (*change)(Finding &)) {
        Finding other = findingAt(u"POST /b"_s);
        change(other);
        QTest::newRow(name) << other << isSame;
    };
    row("another route", true, [](Finding &) {});
    row("another effort", true, [](Finding &f) { f.effortMinutes += 5; });
    row("no place", false, [](Finding &f) { f.subject.clear(); });
    row("another check", false, [](Finding &f) { f.checkId = u"abuse.error-leak"_s; });
    row("another fault", false, [](Finding &f) { f.code = u"mass_assignment"_s; });
    row("another host", false, [](Finding &f) { f.host = u"www.example.com"_s; });
    row("graver", false, [](Finding &f) { f.severity = Severity::High; });
    row("less sure", false, [](Finding &f) { f.proof = Proof::Lead; });
    row("another impact", false, [](Finding &f) { f.impact = Impact::CostAbuse; });
    row("another title", false, [](Finding &f) { f.title = u"B"_s; });
    row("another repair", false, [](Finding &f) { f.fix.steps = {u"Otherwise"_s}; });
    row("other text to paste", false, [](Finding &f) { f.fix.paste = u"x"_s; });
}

void TestSameFault::tellsFaultsApart()
{
    QFETCH(Finding, other);
    QTEST(isSameFault(findingAt(u"POST /a"_s), other), "isSame");
    QTEST(isSameFault(other, findingAt(u"POST /a"_s)), "isSame");
    QVERIFY(isSameFault(findingAt(u"a"_s, u"access.roles"_s), findingAt(u"b"_s, u"access.roles"_s)));
    // A name or a file has its own repair.
    QVERIFY(!isSameFault(findingAt(u"a"_s, u"dns.takeover"_s), findingAt(u"b"_s, u"dns.takeover"_s)));
}

void TestSameFault::groupsInOrder()
{
    const std::vector<Finding> all{findingAt(u"a"_s), findingAt(u"x"_s, u"mail.dmarc"_s), findingAt(u"b"_s),
                                   findingAt(u"y"_s, u"mail.dmarc"_s)};
    QString printed;
    for (const auto &group : groupsOf(all, isSameFault)) {
        for (const Finding &finding : group)
            printed += finding.subject;
        printed += u' ';
    }
    QCOMPARE(printed, u"ab x y "_s);
}

QTEST_GUILESS_MAIN(TestSameFault)
#include "tst_samefault.moc"
