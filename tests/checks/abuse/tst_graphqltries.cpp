#include "checks/abuse/graphqltries.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestGraphQlTries : public QObject
{
    Q_OBJECT

private slots:
    void readsGraphQl_data();
    void readsGraphQl();
};

void TestGraphQlTries::readsGraphQl_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // the third call
    QTest::newRow("with variables")
        << QByteArray(R"({"query":"mutation L($e: String!) { login(email: $e, password: $p) { ok } }"})")
        << u"a2: login(email: \"a\\\"b\", password: \"Lc-wrong-password-2\") { ok }"_s;
    QTest::newRow("with an alias and without a selection")
        << QByteArray(R"({"query":"mutation{x:signIn(pwd:\"1\",username:\"2\")}"})")
        << u"a2: signIn(username: \"a\\\"b\", pwd: \"Lc-wrong-password-2\")"_s;
    QTest::newRow("another mutation") << QByteArray(R"({"query":"mutation { pay(email: 1, password: 2) }"})")
                                      << QString();
    QTest::newRow("a question") << QByteArray(R"({"query":"{ login(email: 1, password: 2) }"})") << QString();
    QTest::newRow("without a password") << QByteArray(R"({"query":"mutation { login(email: 1) }"})") << QString();
    QTest::newRow("garbage") << QByteArray("[") << QString();
}

void TestGraphQlTries::readsGraphQl()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    const auto login = graphQlLoginIn(body);
    QCOMPARE(login ? login->call(2, u"a\"b"_s) : QString(), expected);
    QCOMPARE(heardIn(R"({"data":{"a0":{"ok":false},"a1":null}})"), 1);
    QCOMPARE(heardIn(R"([{"data":{"a0":{}}},{"data":{"a0":{}}},{"errors":[]}])"), 2);
    QCOMPARE(heardIn("garbage"), 0);
}

QTEST_GUILESS_MAIN(TestGraphQlTries)
#include "tst_graphqltries.moc"
