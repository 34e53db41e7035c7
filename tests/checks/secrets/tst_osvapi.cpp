// The OSV database's interface against a server on loopback: good answers, and each way in which it can fail.
#include "checks/net/httpclient.h"
#include "checks/secrets/dependencies/osvapi.h"
#include "checks/secrets/dependencies/osvpages.h"
#include "tests/checks/secrets/osvlab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestOsvApi : public QObject
{
    Q_OBJECT

private slots:
    void asksAndReads();
    void followsPages();
    void asksHalvesOfABadList();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void tellsNobodyWithoutACertificate();
    void keepsIdsWithoutRecords();
    void readsAttacksFirst();
    void asksInPieces();
    void stops();
    void readsPages_data();
    void readsPages();
};

namespace {

Dependency package(const QString &name, const QString &version)
{
    Dependency one;
    one.name = name;
    one.version = version;
    return one;
}

QJsonObject hole(const QString &id, const QString &name)
{
    return {{u"id"_s, id},
            {u"summary"_s, u"A hole"_s},
            {u"affected"_s,
             QJsonArray{QJsonObject{{u"package"_s, QJsonObject{{u"ecosystem"_s, u"npm"_s}, {u"name"_s, name}}}}}}};
}

OsvAnswer ask(const NetOptions &options, const std::vector<Dependency> &packages, CancelToken token = {})
{
    Observations seen(options, token, Deadline::in(20s), nullptr);
    return askOsv(seen, packages);
}

const std::vector<Dependency> kTwo{package(u"lodash"_s, u"4.17.15"_s), package(u"express"_s, u"5.0.0"_s)};

} // namespace

void TestOsvApi::asksAndReads()
{
    OsvLab lab;
    lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"GHSA-1111"_s, u"lodash"_s));
    const OsvAnswer answer = ask(lab.options(), kTwo);
    QVERIFY2(!answer.gap, answer.gap ? qPrintable(answer.gap->message) : "");
    QCOMPARE(answer.ids, (std::vector{QStringList{u"GHSA-1111"_s}, QStringList{}}));
    QCOMPARE(answer.advisories.size(), 1U);
    QCOMPARE(answer.advisories.at(u"GHSA-1111"_s).summary, u"A hole"_s);
    QVERIFY(answer.unasked.empty());
    QCOMPARE(lab.asked(), QStringList({u"/v1/querybatch"_s, u"/v1/vulns/GHSA-1111"_s}));
    // Names and versions, and nothing else of the product.
    QCOMPARE(lab.sent(),
             QByteArray(R"({"queries":[{"package":{"ecosystem":"npm","name":"lodash"},"version":"4.17.15"},)"
                        R"({"package":{"ecosystem":"npm","name":"express"},"version":"5.0.0"}]})"));
}

void TestOsvApi::followsPages()
{
    OsvLab lab;
    lab.answerInPages();
    for (const QString &id : {u"GHSA-1111"_s, u"GHSA-2222"_s, u"GHSA-3333"_s})
        lab.addHole(u"npm:lodash@4.17.15"_s, hole(id, u"lodash"_s));
    const OsvAnswer answer = ask(lab.options(), kTwo);
    QVERIFY(!answer.gap);
    QCOMPARE(answer.ids[0], QStringList({u"GHSA-1111"_s, u"GHSA-2222"_s, u"GHSA-3333"_s}));
    QCOMPARE(lab.asked().filter(u"querybatch"_s).size(), 3);
}

void TestOsvApi::asksHalvesOfABadList()
{
    OsvLab lab;
    lab.refuse(u"bad"_s);
    lab.addHole(u"npm:p3@1.0"_s, hole(u"GHSA-1111"_s, u"p3"_s));
    std::vector<Dependency> packages;
    for (int i = 0; i < 8; ++i)
        packages.push_back(package(i == 5 ? u"bad"_s : u"p%1"_s.arg(i), u"1.0"_s));
    const OsvAnswer answer = ask(lab.options(), packages);
    QCOMPARE(answer.unasked, std::vector<size_t>{5});
    QCOMPARE(answer.ids[3], QStringList{u"GHSA-1111"_s});
    QVERIFY(answer.gap);
    QCOMPARE(lab.asked().filter(u"querybatch"_s).size(), 7);
}

void TestOsvApi::saysWhatIsMissing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("asked to wait") << 429 << QByteArray("slow down") << ErrorKind::NotPermitted;
    QTest::newRow("trouble of its own") << 503 << QByteArray() << ErrorKind::Protocol;
    QTest::newRow("refused") << 403 << QByteArray("<html>blocked</html>") << ErrorKind::Protocol;
    QTest::newRow("a page instead of an answer") << 200 << QByteArray("<html>sign in</html>") << ErrorKind::Protocol;
    QTest::newRow("an answer for fewer") << 200 << QByteArray(R"({"results":[{}]})") << ErrorKind::Protocol;
    QTest::newRow("a list of texts") << 200 << QByteArray(R"({"results":["a","b"]})") << ErrorKind::Protocol;
    QTest::newRow("deep") << 200 << QByteArray(100'000, '[') << ErrorKind::Protocol;
}

void TestOsvApi::saysWhatIsMissing()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    OsvLab lab;
    lab.breakAt(u"querybatch"_s, status, body);
    const OsvAnswer answer = ask(lab.options(), kTwo);
    QCOMPARE(answer.unasked, (std::vector<size_t>{0, 1}));
    QVERIFY(answer.gap);
    QCOMPARE(answer.gap->kind, kind);
    QVERIFY(answer.gap->message.contains("OSV"_L1));
}

void TestOsvApi::tellsNobodyWithoutACertificate()
{
    OsvLab lab;
    const OsvAnswer answer = ask(lab.options(false), kTwo);
    QCOMPARE(answer.unasked, (std::vector<size_t>{0, 1}));
    QVERIFY(answer.gap);
    QCOMPARE(lab.sent(), QByteArray());
    // Nobody there: one question is enough to know.
    NetOptions nowhere;
    nowhere.connects = {{u"api.osv.dev"_s, 443, {u"127.0.0.1"_s, unusedPort()}}};
    QCOMPARE(ask(nowhere, kTwo).gap->kind, ErrorKind::Unreachable);
}

void TestOsvApi::keepsIdsWithoutRecords()
{
    OsvLab lab;
    lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"GHSA-1111"_s, u"lodash"_s));
    lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"GHSA-2222"_s, u"lodash"_s));
    lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"../../odd"_s, u"lodash"_s));
    lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"BIT-1.2"_s, u"lodash"_s));
    lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"a\nb\x1b"_s + QString(500, u'x'), u"lodash"_s));
    lab.breakAt(u"GHSA-2222"_s, 500, {});
    const OsvAnswer answer = ask(lab.options(), kTwo);
    QCOMPARE(answer.ids[0].size(), 5);
    QCOMPARE(answer.advisories.size(), 2U);
    QCOMPARE(answer.unread.size(), 3);
    QCOMPARE(answer.unread[0], u"../../odd"_s);
    QCOMPARE(answer.unread[2], u"GHSA-2222"_s);
    // It goes into reports.
    QVERIFY2(answer.unread[1].size() <= 110 && !answer.unread[1].contains(u'\n') && !answer.unread[1].contains(u'\x1b'),
             qPrintable(answer.unread[1]));
    QVERIFY2(answer.gap && answer.gap->message.contains("cannot be looked up"_L1), qPrintable(answer.gap->message));
    QVERIFY(answer.gap);
    QVERIFY(answer.unasked.empty());
    QVERIFY(lab.asked().filter(u"odd"_s).isEmpty());
}

void TestOsvApi::readsAttacksFirst()
{
    OsvLab lab;
    for (size_t i = 0; i < kMostDetails; ++i)
        lab.addHole(u"npm:lodash@4.17.15"_s, hole(u"GHSA-%1"_s.arg(1000 + i), u"lodash"_s));
    lab.addHole(u"npm:express@5.0.0"_s, hole(u"MAL-2025-1"_s, u"express"_s));
    const OsvAnswer answer = ask(lab.options(), kTwo);
    QVERIFY(answer.advisories.contains(u"MAL-2025-1"_s));
    QCOMPARE(answer.unread, QStringList{u"GHSA-%1"_s.arg(999 + kMostDetails)});
}

void TestOsvApi::asksInPieces()
{
    OsvLab lab;
    std::vector<Dependency> packages;
    for (qsizetype i = 0; i <= kPackagesPerQuestion; ++i)
        packages.push_back(package(u"p%1"_s.arg(i), u"1.0"_s));
    lab.addHole(u"npm:p0@1.0"_s, hole(u"GHSA-1111"_s, u"p0"_s));
    lab.addHole(u"npm:p%1@1.0"_s.arg(kPackagesPerQuestion), hole(u"GHSA-2222"_s, u"p"_s));
    const OsvAnswer answer = ask(lab.options(), packages);
    QVERIFY(!answer.gap);
    QCOMPARE(answer.ids.front(), QStringList{u"GHSA-1111"_s});
    QCOMPARE(answer.ids.back(), QStringList{u"GHSA-2222"_s});
    QCOMPARE(lab.asked().filter(u"querybatch"_s).size(), 2);
}

void TestOsvApi::stops()
{
    OsvLab lab;
    CancelToken token;
    token.cancel();
    const OsvAnswer answer = ask(lab.options(), kTwo, token);
    QCOMPARE(answer.unasked.size(), 2U);
    QVERIFY(lab.asked().isEmpty());
}

void TestOsvApi::readsPages_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("nothing known") << QByteArray(R"({"results":[{},{}]})") << true;
    QTest::newRow("one of them") << QByteArray(R"({"results":[{"vulns":[{"id":"A-1"}],"next_page_token":"x"},{}]})")
                                 << true;
    QTest::newRow("one too many") << QByteArray(R"({"results":[{},{},{}]})") << false;
    QTest::newRow("an error") << QByteArray(R"({"code":3,"message":"no"})") << false;
    QTest::newRow("an endless token") << QByteArray(R"({"results":[{"next_page_token":")" + QByteArray(5000, 'x') +
                                                    R"("},{}]})")
                                      << false;
}

void TestOsvApi::readsPages()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isRight);
    const auto pages = readOsvPages(json, 2);
    QCOMPARE(pages.has_value(), isRight);
    if (json.contains("A-1"))
        QCOMPARE(pages->front(), (OsvPage{{u"A-1"_s}, u"x"_s}));
}

QTEST_GUILESS_MAIN(TestOsvApi)
#include "tst_osvapi.moc"
