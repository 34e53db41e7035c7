#include "checks/actors/crew.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "anna admin acme; bob member acme!": name role tenant; "!" for one that may be locked.
std::vector<TestActor> actorsOf(const QString &text)
{
    std::vector<TestActor> actors;
    for (const QString &line : text.split(u';', Qt::SkipEmptyParts)) {
        TestActor actor;
        const QString plain = line.trimmed();
        actor.isThrowAway = plain.endsWith(u'!');
        const QStringList words = QString(plain).remove(u'!').split(u' ');
        actor.id = actor.name = words.value(0);
        actor.role = words.value(1);
        actor.tenant = words.value(2);
        actors.push_back(actor);
    }
    return actors;
}

QString nameOf(const TestActor *actor)
{
    return actor ? actor->name : u"-"_s;
}

} // namespace

class CrewTest : public QObject
{
    Q_OBJECT

private slots:
    void places_data()
    {
        QTest::addColumn<QString>("actors");
        QTest::addColumn<QString>("expected"); // member admin otherMember otherAdmin anybody
        QTest::newRow("all four") << u"a admin acme; m member acme; x admin globex; y member globex"_s
                                  << u"m a y x m"_s;
        QTest::newRow("tenant with both roles first")
            << u"x admin globex; m member acme; a admin acme"_s << u"m a - x m"_s;
        QTest::newRow("capitals of a tenant") << u"a admin Acme; m member acme"_s << u"m a - - m"_s;
        QTest::newRow("without tenants") << u"a admin; m member"_s << u"- - - - m"_s;
        QTest::newRow("what may be locked comes last") << u"t member acme!; m member acme"_s << u"m - - - m"_s;
        QTest::newRow("nothing but what may be locked") << u"t member acme!"_s << u"t - - - t"_s;
        QTest::newRow("who only looks gives way") << u"v viewer acme; m member acme"_s << u"m - - - v"_s;
        QTest::newRow("nobody") << QString() << u"- - - - -"_s;
    }

    void places()
    {
        QFETCH(QString, actors);
        QFETCH(QString, expected);
        const std::vector<TestActor> list = actorsOf(actors);
        const Crew crew = crewOf(list);
        const QStringList names{nameOf(crew.member), nameOf(crew.admin), nameOf(crew.otherMember),
                                nameOf(crew.otherAdmin), nameOf(crew.anybody)};
        QCOMPARE(names.join(u' '), expected);
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("actors");
        QTest::addColumn<int>("need");
        QTest::addColumn<QString>("part"); // of the sentence; empty: nothing is missing
        const auto row = [](const char *name, const QString &actors, CrewNeed need, const QString &part) {
            QTest::newRow(name) << actors << static_cast<int>(need) << part;
        };
        row("nobody", {}, CrewNeed::OneActor, u"test account"_s);
        row("one is enough", u"m member"_s, CrewNeed::OneActor, {});
        row("no tenant", u"a admin; m member"_s, CrewNeed::TwoTenants, u"which customer"_s);
        row("one tenant", u"a admin acme; m member acme"_s, CrewNeed::TwoTenants, u"second customer"_s);
        row("two tenants", u"m member acme; y member globex"_s, CrewNeed::TwoTenants, {});
        row("no admin", u"m member acme; y member globex"_s, CrewNeed::TwoRoles, u"an administrator"_s);
        row("no member", u"a admin acme"_s, CrewNeed::TwoRoles, u"no administrator"_s);
        row("both roles", u"a admin acme; m member acme"_s, CrewNeed::TwoRoles, {});
        row("three of four", u"a admin acme; m member acme; y member globex"_s, CrewNeed::Full, u"globex"_s);
        row("four", u"a admin acme; m member acme; y member globex; x admin globex"_s, CrewNeed::Full, {});
    }

    void saysWhatIsMissing()
    {
        QFETCH(QString, actors);
        QFETCH(int, need);
        QFETCH(QString, part);
        const std::vector<TestActor> list = actorsOf(actors);
        const Crew crew = crewOf(list);
        const QString missing = whatIsMissing(crew, static_cast<CrewNeed>(need));
        QCOMPARE(missing.isEmpty(), part.isEmpty());
        QVERIFY2(missing.contains(part), qPrintable(missing));
        const auto judged = crewMissing(crew, static_cast<CrewNeed>(need));
        QCOMPARE(judged.has_value(), !part.isEmpty());
        QVERIFY(!judged || (judged->outcome == Outcome::NotRun && judged->reason == missing));
    }
};

QTEST_GUILESS_MAIN(CrewTest)
#include "tst_crew.moc"
