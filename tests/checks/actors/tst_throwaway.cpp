#include "checks/actors/throwaway.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

TestActor account(const QString &name, const QString &role, bool isThrowAway, SignInKind kind = SignInKind::Json,
                  const QString &door = u"https://app.example.com/login"_s)
{
    TestActor actor;
    actor.id = actor.name = name;
    actor.userName = name + u"@example.com"_s;
    actor.role = role;
    actor.isThrowAway = isThrowAway;
    actor.signIn.kind = kind;
    actor.signIn.url = door;
    return actor;
}

QString nameOf(const TestActor *actor)
{
    return actor ? actor->name : QString();
}

} // namespace

class TestThrowAway : public QObject
{
    Q_OBJECT

private slots:
    void chooses_data();
    void chooses();
};

void TestThrowAway::chooses_data()
{
    const QString member = u"member"_s;
    const QString partners = u"https://partners.example.com/login"_s;
    using enum SignInKind;
    QTest::addColumn<std::vector<TestActor>>("actors");
    QTest::addColumn<QString>("throwAway");
    QTest::addColumn<QString>("anywhere"); // who signs in there
    QTest::addColumn<QString>("atPartners");
    using Actors = std::vector<TestActor>;
    QTest::newRow("nobody") << Actors{} << QString() << QString() << QString();
    QTest::newRow("nobody that may be locked")
        << Actors{account(u"a"_s, member, false)} << QString() << u"a"_s << QString();
    QTest::newRow("behind another") << Actors{account(u"a"_s, member, false), account(u"b"_s, member, true)} << u"b"_s
                                    << u"b"_s << QString();
    QTest::newRow("a locked one first") << Actors{account(u"a"_s, u"Locked"_s, true), account(u"b"_s, member, true)}
                                        << u"b"_s << u"b"_s << QString();
    QTest::newRow("a locked one alone") << Actors{account(u"a"_s, u"suspended"_s, true)} << QString() << QString()
                                        << QString();
    QTest::newRow("with a cookie first") << Actors{account(u"a"_s, member, true, Cookie),
                                                   account(u"b"_s, member, true, OAuthPassword)}
                                         << u"b"_s << QString() << QString();
    QTest::newRow("one that signs in at the login")
        << Actors{account(u"a"_s, member, true, OAuthPassword), account(u"b"_s, member, true, Form)} << u"b"_s << u"b"_s
        << QString();
    QTest::newRow("a locked one at another door")
        << Actors{account(u"a"_s, member, true), account(u"b"_s, u"unverified"_s, true, Json, partners),
                  account(u"c"_s, member, false, Json, partners), account(u"d"_s, member, true, Form, partners)}
        << u"a"_s << u"a"_s << u"d"_s;
}

void TestThrowAway::chooses()
{
    QFETCH(std::vector<TestActor>, actors);
    QTEST(nameOf(throwAwayAmong(actors)), "throwAway");
    QTEST(nameOf(signsInAt({}, actors)), "anywhere");
    QTEST(nameOf(signsInAt(QUrl(u"https://partners.example.com/login"_s), actors)), "atPartners");
}

QTEST_GUILESS_MAIN(TestThrowAway)
#include "tst_throwaway.moc"
