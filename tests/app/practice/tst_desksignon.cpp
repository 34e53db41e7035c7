// The company's own authorization server and the desk that signs people in by it: what works, and what must not.
#include "tests/app/practice/desksignon.h"

#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class TestDeskSignOn : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void signsIn();
    void takesACodeOnce();
    void takesNoOldCode();
    void takesNoCodeOfAnotherTrip();
    void needsItsStateAndItsBrowser_data();
    void needsItsStateAndItsBrowser();
    void answersRequests_data();
    void answersRequests();
    void countsWrongPasswords();

private:
    DeskScene scene() { return {m_desk, m_visitor}; }
    PracticeAccount member() { return m_desk.account(kBirch, u"member"_s); }

    DeskApp m_desk;
    Visitor m_visitor{[this](const PageRequest &request) { return m_desk.answer(request); }, m_desk.host()};
};

void TestDeskSignOn::init()
{
    QVERIFY(m_visitor.isReady());
    m_desk.reset();
    m_desk.setFaults({});
}

void TestDeskSignOn::signsIn()
{
    DeskSignOn signOn(scene());
    const Heard back = signOn.authorize(member());
    QCOMPARE(back.status, 303);
    const Heard in = signOn.finish(DeskSignOn::wayBack(back));
    QCOMPARE(in.header("Location"), QByteArray("/dashboard"));
    const QByteArray cookie = in.header("Set-Cookie").split(';').constFirst();
    QVERIFY2(scene().get("/dashboard", cookie).body.contains("Birch"), cookie);
    // Two visitors have nothing in common.
    const DeskSignOn other(scene());
    QVERIFY(other.request() != signOn.request() && other.trip() != signOn.trip());
}

void TestDeskSignOn::takesACodeOnce()
{
    DeskSignOn signOn(scene());
    const QByteArray way = DeskSignOn::wayBack(signOn.authorize(member()));
    QCOMPARE(signOn.finish(way).status, 303);
    QCOMPARE(signOn.finish(way).status, 400);
    m_desk.setFaults({DeskFault::SignOnUnbound}); // the code is used up, too
    QCOMPARE(signOn.finish(way).status, 400);
}

void TestDeskSignOn::takesNoOldCode()
{
    DeskSignOn signOn(scene());
    const QByteArray way = DeskSignOn::wayBack(signOn.authorize(member()));
    m_desk.clock().advance(std::chrono::seconds(61));
    QCOMPARE(signOn.finish(way).status, 400);
}

// The state of the second with the code of the first: the verifier does not fit (RFC 7636).
void TestDeskSignOn::takesNoCodeOfAnotherTrip()
{
    DeskSignOn first(scene());
    DeskSignOn second(scene());
    QUrlQuery mixed(QUrl::fromEncoded(DeskSignOn::wayBack(second.authorize(member()))));
    const QUrlQuery taken(QUrl::fromEncoded(DeskSignOn::wayBack(first.authorize(member()))));
    mixed.removeQueryItem(u"code"_s);
    mixed.addQueryItem(u"code"_s, taken.queryItemValue(u"code"_s));
    QCOMPARE(second.finish("/auth/sso/callback?" + mixed.toString(QUrl::FullyEncoded).toLatin1()).status, 400);
}

void TestDeskSignOn::needsItsStateAndItsBrowser_data()
{
    QTest::addColumn<bool>("hasState");
    QTest::addColumn<bool>("hasTrip");
    QTest::addColumn<int>("status");
    QTest::newRow("both") << true << true << 303;
    QTest::newRow("without the state") << false << true << 400;
    QTest::newRow("in another browser") << true << false << 400;
}

void TestDeskSignOn::needsItsStateAndItsBrowser()
{
    QFETCH(bool, hasState);
    QFETCH(bool, hasTrip);
    DeskSignOn signOn(scene());
    QByteArray way = DeskSignOn::wayBack(signOn.authorize(member()));
    if (!hasState)
        way.replace("state=", "was=");
    DeskScene browser = scene();
    QTEST(browser.get(way, hasTrip ? signOn.trip() : QByteArray()).status, "status");
}

void TestDeskSignOn::answersRequests_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected"); // the error sent back; else the status
    const auto row = [](const char *title, const char *name, const QString &value, const char *expected) {
        QTest::newRow(title) << QString::fromLatin1(name) << value << QString::fromLatin1(expected);
    };
    row("as it should be", "", {}, "200");
    row("without showing a page", "prompt", u"none"_s, "login_required");
    row("a token in the address", "response_type", u"token"_s, "unsupported_response_type");
    row("PKCE in the clear", "code_challenge_method", u"plain"_s, "invalid_request");
    row("another client", "client_id", u"elsewhere"_s, "400");
    row("no address", "redirect_uri", {}, "400");
    row("an address behind it", "redirect_uri", u"https://desk.harbor-ledger.example/auth/sso/callback/more"_s, "400");
    row("another host", "redirect_uri", u"https://evil.example/auth/sso/callback"_s, "400");
    row("a line break", "redirect_uri", u"https://desk.harbor-ledger.example/\r\nSet-Cookie: a=b"_s, "400");
}

void TestDeskSignOn::answersRequests()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const DeskSignOn signOn(scene());
    const Heard heard = scene().get(signOn.request(name, value));
    const QUrlQuery back(QUrl::fromEncoded(heard.header("Location")));
    const QString error = back.queryItemValue(u"error"_s);
    QTEST(error.isEmpty() ? QString::number(heard.status) : error, "expected");
    QCOMPARE(heard.header("Location").isEmpty(), error.isEmpty()); // nobody is sent to an address that is not known
    QVERIFY(error.isEmpty() || !back.queryItemValue(u"state"_s).isEmpty());
}

// The same limits as at the desk's own form.
void TestDeskSignOn::countsWrongPasswords()
{
    PracticeAccount wrong = throwAwayOf(m_desk.accounts(), kBirch);
    wrong.password = "not the password";
    int status = 0;
    for (int i = 0; i < 10; ++i)
        status = DeskSignOn(scene()).authorize(wrong).status;
    QCOMPARE(status, 429);
}

QTEST_GUILESS_MAIN(TestDeskSignOn)
#include "tst_desksignon.moc"
