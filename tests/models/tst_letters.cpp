#include "models/access/letters.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

LoggedRequest logged(const QString &note, int status)
{
    LoggedRequest request;
    request.note = note;
    request.status = status;
    return request;
}

} // namespace

class TestLetters : public QObject
{
    Q_OBJECT

private slots:
    void notesWhatAsksForOne_data();
    void notesWhatAsksForOne();
    void keepsLongBodiesShort();
    void counts_data();
    void counts();
    void saysHowMany_data();
    void saysHowMany();
    void namesTenAtMost();
    void knowsTheRoutes();
};

void TestLetters::notesWhatAsksForOne_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("note");
    const auto row = [](const char *name, const char *method, const char *url, const QByteArray &body,
                        const char *note) {
        QTest::newRow(name) << QString::fromLatin1(method) << u"https://api.acme.test"_s + QString::fromLatin1(url)
                            << body << QString::fromLatin1(note);
    };
    row("reset", "POST", "/password/forgot", R"({"email":"Sam@acme.test"})", "letter to sam@acme.test");
    row("reset by a form", "POST", "/forgot", "email=sam%2Blc1%40acme.test&x=1", "letter to sam+lc1@acme.test");
    row("sign-up", "POST", "/sign-up", R"({"email":"a@example.com","password":"x"})", "letter to a@example.com");
    row("link to sign in with", "POST", "/magic-link", R"({"email":"a@example.com"})", "letter to a@example.com");
    row("two invitations", "POST", "/invitations", R"({"emails":["a@acme.test","b@acme.test","a@acme.test"]})",
        "invitation to a@acme.test b@acme.test");
    row("invitation by id", "POST", "/invitations", R"({"user":7})", "invitation");
    row("address in the query", "POST", "/invitations?email=a%40acme.test", "{}", "invitation to a@acme.test");
    row("mutation", "POST", "/graphql",
        "{\"query\":\"mutation($m: String!) { inviteMember(email: $m) { id } }\","
        "\"variables\":{\"m\":\"a@acme.test\"}}",
        "invitation to a@acme.test");
    row("mutation with an alias", "POST", "/api/graphql",
        R"({"query":"mutation M { r: requestPasswordReset(email: \"a@acme.test\") }"})", "letter to a@acme.test");
    row("another mutation", "POST", "/graphql", R"({"query":"mutation { addNote(text: \"a@acme.test\") { id } }"})",
        "");
    row("question", "POST", "/graphql", R"({"query":"{ invitations { email } }"})", "");
    row("read", "GET", "/invitations", "", "");
    row("accepted", "POST", "/invitations/accept", R"({"email":"a@acme.test"})", "");
    row("login", "POST", "/login", R"({"email":"a@acme.test"})", "");
    row("note", "POST", "/notes", R"({"text":"write to a@acme.test"})", "");
}

void TestLetters::notesWhatAsksForOne()
{
    QFETCH(QString, method);
    QFETCH(QString, url);
    QFETCH(QByteArray, body);
    QTEST(letterNote(method, QUrl(url), body), "note");
}

void TestLetters::keepsLongBodiesShort()
{
    const QByteArray many = '[' + QByteArray("\"x\",").repeated(200'000) + "\"a@acme.test\"]";
    QCOMPARE(letterNote(u"POST"_s, QUrl(u"https://acme.test/invitations"_s), many), u"invitation"_s);
    QByteArray addresses;
    for (int i = 0; i < 100; ++i)
        addresses += "a" + QByteArray::number(i) + "@acme.test ";
    QCOMPARE(letterNote(u"POST"_s, QUrl(u"https://acme.test/invitations"_s), addresses).count(u'@'), 10);
}

void TestLetters::counts_data()
{
    QTest::addColumn<QString>("note");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("invitations");
    QTest::addColumn<int>("letters");
    QTest::addColumn<QStringList>("addresses");
    const QStringList sam{u"sam@acme.test"_s};
    QTest::newRow("taken") << u"may change data, letter to sam@acme.test"_s << 202 << 0 << 1 << sam;
    QTest::newRow("sent on") << u"letter to sam@acme.test"_s << 302 << 0 << 1 << sam;
    QTest::newRow("no answer, which may be a letter all the same")
        << u"may change data, letter to sam@acme.test, timed out"_s << 0 << 0 << 1 << sam;
    QTest::newRow("refused") << u"letter to sam@acme.test"_s << 422 << 0 << 0 << QStringList();
    QTest::newRow("broken") << u"letter to sam@acme.test"_s << 500 << 0 << 0 << QStringList();
    QTest::newRow("to nobody that is named") << u"undo, invitation"_s << 201 << 1 << 0 << QStringList();
    QTest::newRow("two in one") << u"invitation to sam@acme.test lee@acme.test"_s << 201 << 2 << 0
                                << QStringList{u"sam@acme.test"_s, u"lee@acme.test"_s};
    QTest::newRow("nothing of the kind") << u"may change data"_s << 201 << 0 << 0 << QStringList();
    QTest::newRow("a route that is called so") << u"letters to read"_s << 200 << 0 << 0 << QStringList();
}

void TestLetters::counts()
{
    QFETCH(QString, note);
    QFETCH(int, status);
    LetterTally tally;
    tally.add(logged(note, status));
    QTEST(tally.invitations, "invitations");
    QTEST(tally.letters, "letters");
    QTEST(tally.addresses, "addresses");
    QCOMPARE(tally.isEmpty(), tally.sentence().isEmpty());
    QCOMPARE(tally.toJson()["addresses"_L1].toArray().size(), tally.addresses.size());
}

void TestLetters::saysHowMany_data()
{
    QTest::addColumn<LetterTally>("tally");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("none") << LetterTally() << QString();
    QTest::newRow("both") << LetterTally{3, 8, {u"a@x.test"_s, u"b@x.test"_s}}
                          << u"The tests made your product send up to 3 invitation(s) and 8 letter(s), to: a@x.test, "
                             "b@x.test."_s;
    QTest::newRow("letters") << LetterTally{0, 2, {u"a@x.test"_s}}
                             << u"The tests made your product send up to 2 letter(s), to: a@x.test."_s;
    QTest::newRow("nobody is named") << LetterTally{1, 0, {}}
                                     << u"The tests made your product send up to 1 invitation(s)."_s;
}

void TestLetters::saysHowMany()
{
    QFETCH(LetterTally, tally);
    QTEST(tally.sentence(), "sentence");
}

void TestLetters::namesTenAtMost()
{
    LetterTally tally;
    for (int i = 0; i < 13; ++i)
        tally.add(logged(u"letter to a%1@x.test"_s.arg(i), 200));
    QCOMPARE(tally.letters, 13);
    QVERIFY2(tally.sentence().contains("a9@x.test, 3 more"_L1), qPrintable(tally.sentence()));
}

// Resets and links to sign in with are asked for without a mark.
void TestLetters::knowsTheRoutes()
{
    std::vector<Route> routes;
    for (const char *path : {"/forgot", "/magic-link", "/sign-up", "/invitations", "/notes"}) {
        for (const bool isSafe : {false, true})
            routes.push_back({.method = u"POST"_s, .path = QString::fromLatin1(path), .safeToWrite = isSafe});
    }
    QStringList found;
    for (const Route &route : letterRoutesAmong(routes))
        found.append(route.path + (route.safeToWrite ? u" safe"_s : QString()));
    QCOMPARE(found.join(u", "_s), u"/forgot, /forgot safe, /magic-link, /magic-link safe, /sign-up safe, "
                                  "/invitations safe"_s);
}

QTEST_GUILESS_MAIN(TestLetters)
#include "tst_letters.moc"
