// What is no secret although it stands in the place of one, and what is shown of one.
#include "checks/secrets/candidate.h"
#include "checks/secrets/naturaltext.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/smallrules.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestPlaceholders : public QObject
{
    Q_OBJECT

private slots:
    void knowsPlaceholders_data();
    void knowsPlaceholders();
    void tellsWordsFromKeys_data();
    void tellsWordsFromKeys();
    void takesFewKeysForWords();
    void masks_data();
    void masks();
};

void TestPlaceholders::knowsPlaceholders_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("expected");
    for (const char *value : {"YOUR_API_KEY",
                              "your-secret-here",
                              "changeme",
                              "CHANGE_ME_NOW",
                              "xxxxxxxxxxxx",
                              "aaaaaaaaaaaaaaaa",
                              "${SECRET}",
                              "{{ secret }}",
                              "$SECRET",
                              "<secret>",
                              "%SECRET%",
                              "process.env.KEY",
                              "import.meta.env.VITE_KEY",
                              "abcdefghijkl",
                              "1234567890",
                              "sk-...abcd",
                              "true",
                              "NULL",
                              "AKIAIOSFODNN7EXAMPLE",
                              "__SECRET__",
                              "********",
                              "http://root:root@db",
                              "postgres://app:changeme@db.example.com/x",
                              "postgres://app:[YOUR-PASSWORD]@db.acme.com/x",
                              "postgres://app:q7Zr9Lw2vX@localhost/x",
                              "postgres://app:q7Zr9Lw2vX@example/x",
                              "https://todo@acme.com",
                              "todo: a real key",
                              "a-dummy-value",
                              "TBD",
                              "0000000000000000"})
        QTest::newRow(value) << std::string(value) << true;
    for (const std::string &value : {stripeKey(), noise(40), noise(16, 7), std::string("q7!Zr9#Lw2vX"),
                                     std::string("postgres://app:q7Zr9Lw2vX@db.example.com/x"), privateKey(300),
                                     std::string("postgres://app:Kj8dhQ2mPzW4s@db.todoplanner.com:5432/main"),
                                     std::string("mysql://app:Kj8dhQ2mPzW4s@dummy.acme.com:3306/todo"),
                                     std::string("redis://app:Kj8dhQ2mPzW4s@insert-coin.com/0"),
                                     std::string("postgres://app:Kj8dhQ2mPzW4s@db.acme.com/example"),
                                     std::string("https://Kj8dhQ2mPzW4s@github.com/todo/your-app"),
                                     std::string("postgres://app:changeme@db.acme.com/x"),
                                     std::string("x9Kd03mmQpTodoZz81"), std::string("harbour_Kj8dhQ2mP")})
        QTest::newRow(value.c_str()) << value << false;
}

void TestPlaceholders::knowsPlaceholders()
{
    QFETCH(std::string, value);
    QFETCH(bool, expected);
    QCOMPARE(standsForSecret(value), expected);
}

void TestPlaceholders::tellsWordsFromKeys_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("expected");
    for (const char *value : {"getUserTokenFromRequest", "this-is-the-name", "reset_password_token", "Benutzername",
                              "application/json", "mein geheimes Wort", "components.settings.title"})
        QTest::newRow(value) << std::string(value) << true;
}

void TestPlaceholders::tellsWordsFromKeys()
{
    QFETCH(std::string, value);
    QFETCH(bool, expected);
    QCOMPARE(readsLikeWords(value), expected);
}

// A key that reads like words by accident would be missed.
void TestPlaceholders::takesFewKeysForWords()
{
    const auto missed = [](auto key) {
        constexpr unsigned kKeys = 2000;
        int count = 0;
        for (unsigned seed = 1; seed <= kKeys; ++seed)
            count += readsLikeWords(key(seed)) ? 1 : 0;
        return count;
    };
    constexpr int kMost = 20; // one in a hundred
    for (const size_t length : {14, 16, 20, 24, 32})
        QVERIFY2(missed([&](unsigned seed) { return noise(length, seed); }) <= kMost,
                 qPrintable(QString::number(length)));
    QVERIFY(missed([](unsigned seed) { return noise(32, seed, "0123456789abcdef"); }) <= kMost);
}

void TestPlaceholders::masks_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("short") << std::string("abcdefgh123") << u"••••"_s;
    QTest::newRow("longer") << std::string("abcdefgh1234") << u"abcd••••"_s;
    QTest::newRow("long") << std::string("abcdefgh1234ijklmnop5678") << u"abcd••••5678"_s;
    QTest::newRow("with bytes that are no letters") << std::string("a\nc\x80gh1234ijklmnop5678\x1b") << u"a?c?••••"_s;
}

void TestPlaceholders::masks()
{
    QFETCH(std::string, value);
    QFETCH(QString, expected);
    QCOMPARE(maskedSecret(value), expected);
}

QTEST_GUILESS_MAIN(TestPlaceholders)
#include "tst_placeholders.moc"
