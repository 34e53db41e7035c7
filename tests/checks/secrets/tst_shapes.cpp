// Shapes of secrets that were collected by hand (handshapes.h), through all rules at once: each is found where it
// stands, as serious, and its end is never shown; what only looks like them is left alone.
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/lab/handshapes.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kSeeds = 4;
const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000);

std::vector<SecretHit> hitsIn(const QByteArray &text)
{
    auto scanner = TextScanner::make(test::allRules(), {QByteArray(32, 'k'), {}, kNow});
    return scanner->scan(std::string_view(text.constData(), static_cast<size_t>(text.size()))).hits;
}

QByteArray named(const std::vector<SecretHit> &hits)
{
    QByteArray names;
    for (const SecretHit &hit : hits)
        names += hit.rule->id.toUtf8() + ' ' + toWord(hit.severity).toUtf8() + ' ' + hit.masked.toUtf8() + '\n';
    return names.isEmpty() ? "nothing" : names;
}

} // namespace

class TestShapes : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatPeopleWrite_data()
    {
        QTest::addColumn<size_t>("at");
        for (size_t at = 0; at < handShapes(1).size(); ++at)
            QTest::newRow(handShapes(1)[at].name) << at;
    }

    void findsWhatPeopleWrite()
    {
        QFETCH(size_t, at);
        for (quint32 seed = 1; seed <= kSeeds; ++seed) {
            const HandShape shape = handShapes(seed)[at];
            const auto hits = hitsIn(shape.before + shape.secret + shape.behind);
            QVERIFY2(hits.size() == 1, named(hits) + " for " + shape.secret);
            const SecretHit &hit = hits.front();
            const qint64 from = shape.before.size();
            QVERIFY(hit.offset < from + shape.secret.size() && hit.offset + hit.length >= from + shape.secret.size());
            QVERIFY2(hit.kind == LeakKind::Secret && hit.severity <= Severity::High, named(hits));
        }
    }

    void findsThemBehindAMark_data() { findsWhatPeopleWrite_data(); }

    // Of UTF-8, as editors of Windows write it: it is no part of the first line, and its bytes count.
    void findsThemBehindAMark()
    {
        QFETCH(size_t, at);
        const HandShape shape = handShapes(1)[at];
        const QByteArray text = shape.before + shape.secret + shape.behind;
        const auto plain = hitsIn(text);
        const auto marked = hitsIn("\xef\xbb\xbf" + text);
        QCOMPARE(named(marked), named(plain));
        QCOMPARE(marked.front().offset, plain.front().offset + 3);
        QCOMPARE(marked.front().line, plain.front().line);
        QCOMPARE(marked.front().column, plain.front().column + (plain.front().line == 1 ? 3 : 0));
        QCOMPARE(marked.front().character, plain.front().character);
    }

    void leavesAloneWhatOnlyLooksLikeThem_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const HandLookAlike &like : handLookAlikes())
            QTest::newRow(like.name) << QByteArray(like.text);
    }

    void leavesAloneWhatOnlyLooksLikeThem()
    {
        QFETCH(QByteArray, text);
        for (quint32 seed = 1; seed <= kSeeds; ++seed) {
            const auto hits = hitsIn(expanded(text, seed) + '\n');
            QVERIFY2(hits.empty(), named(hits));
        }
    }

    // The sign ends the host's part for whoever takes the first one: the rest is a piece of the password.
    void takesAPasswordWithAnAtWhole_data()
    {
        QTest::addColumn<QByteArray>("scheme");
        for (const char *scheme :
             {"postgres", "postgresql", "mysql", "mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "amqp",
              "sqlserver", "clickhouse", "cockroachdb", "neo4j", "https", "ftp", "smtp"})
            QTest::newRow(scheme) << QByteArray(scheme);
    }

    void takesAPasswordWithAnAtWhole()
    {
        QFETCH(QByteArray, scheme);
        for (const char *password :
             {"jInQWqpK@naMnGZqg", "p@ssQWq7pK9", "jInQ@naM@7ZqgKx", "jInQWqpK7Zq@", "jI7@na#MnGZqg"}) {
            const QByteArray address = scheme + "://app:" + password + "@db.acme.io";
            const auto hits = hitsIn("url=" + address + ":5432/app\n");
            QVERIFY2(hits.size() == 1, named(hits) + " for " + password);
            QVERIFY2(hits.front().severity <= Severity::High, named(hits));
            QVERIFY(hits.front().offset + hits.front().length >= 4 + address.size());
            QVERIFY2(!hits.front().masked.contains(QString::fromLatin1(password).last(3)), named(hits));
        }
    }

    // Where the address ends within the password all the same: it is no host of a composed network, and its end is not
    // shown.
    void isNotFooledByAPieceOfThePassword_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("a question mark behind the sign") << QByteArray("jInQWqpKqqz@naMnGZqg?x7Kd");
        QTest::newRow("a slash behind the sign") << QByteArray("jInQWqpKqqz@naMnGZqg/x7Kd");
        QTest::newRow("many signs") << QByteArray("jInQ@WqpK@naMn@GZqg@x7Kd@Ab3");
    }

    void isNotFooledByAPieceOfThePassword()
    {
        QFETCH(QByteArray, password);
        const auto hits = hitsIn("url=postgres://app:" + password + "@db.acme.io:5432/app\n");
        QVERIFY2(hits.size() == 1, named(hits));
        QVERIFY2(hits.front().severity == Severity::Critical, named(hits));
        QVERIFY2(!hits.front().masked.contains(u"GZqg"_s) && !hits.front().masked.contains(u"7Kd"_s), named(hits));
    }

    void stillKnowsAComposedNetwork_data()
    {
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("alone") << QByteArray("\n");
        QTest::newRow("a path") << QByteArray(":5432/app\n");
        QTest::newRow("another address") << QByteArray("/app,https://x@y.acme.io\n");
        QTest::newRow("a mail address beside it") << QByteArray(":5432/app ada@acme.io\n");
    }

    void stillKnowsAComposedNetwork()
    {
        QFETCH(QByteArray, behind);
        const auto hits = hitsIn("url=postgres://app:" + expanded("{alnum:14}", 3) + "@db" + behind);
        QVERIFY2(hits.size() == 1 && hits.front().severity == Severity::Low, named(hits));
    }

    void findsAlignedColumns_data()
    {
        QTest::addColumn<int>("blanks");
        QTest::addColumn<int>("found");
        for (const int blanks : {0, 1, 4, 5, 12, 24})
            QTest::addRow("%d blanks", blanks) << blanks << 1;
        QTest::newRow("too many for a column") << 60 << 0;
    }

    void findsAlignedColumns()
    {
        QFETCH(int, blanks);
        QFETCH(int, found);
        const QByteArray gap(blanks, ' ');
        const QByteArray value = expanded("{alnum:16}", 2);
        for (const QByteArray &line : {"password" + gap + "= \"" + value + '"', "Password:" + gap + '"' + value + "\",",
                                       "JWT_SECRET" + gap + "= \"" + value + value + '"'})
            QVERIFY2(static_cast<int>(hitsIn(line + '\n').size()) == found, line);
    }
};

QTEST_GUILESS_MAIN(TestShapes)
#include "tst_shapes.moc"
