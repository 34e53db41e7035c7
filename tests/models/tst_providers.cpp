#include "models/providers.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const Provider &provider(const QString &id)
{
    const auto &all = knownProviders();
    const auto it = std::ranges::find(all, id, &Provider::id);
    if (it == all.end())
        qFatal("no provider %s", qPrintable(id));
    return *it;
}

QByteArray listOf(const char *entry)
{
    return QByteArray(R"({"schema": 1, "providers": [)") + entry + "]}";
}

} // namespace

class ProvidersTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTheListOfTheProgram();
    void refusesABadList_data();
    void refusesABadList();
    void matchesHosts_data();
    void matchesHosts();
    void matchesAddresses();
    void matchesHeaders();
    void matchesTexts();
};

void ProvidersTest::readsTheListOfTheProgram()
{
    QVERIFY(knownProviders().size() > 90);
    for (const Provider &p : knownProviders()) {
        const bool hasMark = !(p.ns.isEmpty() && p.cname.isEmpty() && p.addresses.isEmpty() && p.headers.empty() &&
                               p.cookies.isEmpty() && p.mx.isEmpty() && p.spf.isEmpty() && p.txt.isEmpty());
        QVERIFY2(hasMark, qPrintable(p.id));
        // A mark is of no use if its kind is not declared.
        QVERIFY2(p.ns.isEmpty() || p.is(ProviderKind::Dns) || p.is(ProviderKind::Hosting), qPrintable(p.id));
        QVERIFY2(p.mx.isEmpty() || p.is(ProviderKind::MailIn), qPrintable(p.id));
        QVERIFY2(p.spf.isEmpty() || p.is(ProviderKind::MailOut), qPrintable(p.id));
    }
}

void ProvidersTest::refusesABadList_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    QTest::newRow("not JSON") << QByteArray("{") << u"JSON"_s;
    QTest::newRow("empty") << QByteArray(R"({"providers": []})") << u"empty"_s;
    QTest::newRow("no name") << listOf(R"({"id": "x", "kinds": ["dns"]})") << u"\"x\""_s;
    QTest::newRow("id with a capital") << listOf(R"({"id": "X", "name": "X", "kinds": ["dns"]})") << u"\"X\""_s;
    QTest::newRow("unknown kind") << listOf(R"({"id": "x", "name": "X", "kinds": ["cdn"]})") << u"cdn"_s;
    QTest::newRow("no kind") << listOf(R"({"id": "x", "name": "X"})") << u"kind"_s;
    QTest::newRow("unknown field") << listOf(R"({"id": "x", "name": "X", "kinds": ["dns"], "nss": []})") << u"nss"_s;
    QTest::newRow("bad block") << listOf(R"({"id": "x", "name": "X", "kinds": ["edge"], "addresses": ["10.0.0.0/99"]})")
                               << u"10.0.0.0/99"_s;
    QTest::newRow("header in capitals")
        << listOf(R"({"id": "x", "name": "X", "kinds": ["edge"], "headers": [{"name": "Via"}]})") << u"header"_s;
    QTest::newRow("id twice")
        << listOf(R"({"id": "x", "name": "X", "kinds": ["dns"]}, {"id": "x", "name": "X", "kinds": ["dns"]})")
        << u"twice"_s;
}

void ProvidersTest::refusesABadList()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const auto list = parseProviders(json);
    QVERIFY(!list);
    QVERIFY2(list.error().message.contains(named), qPrintable(list.error().message));
}

void ProvidersTest::matchesHosts_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("matches");
    QTest::newRow("itself") << u"fly.dev"_s << u"fly.dev"_s << true;
    QTest::newRow("below") << u"fly.dev"_s << u"shop.fly.dev"_s << true;
    QTest::newRow("ends alike") << u"fly.dev"_s << u"butterfly.dev"_s << false;
    QTest::newRow("star in a label") << u"awsdns-*.co.uk"_s << u"ns-12.awsdns-34.co.uk"_s << true;
    QTest::newRow("star stops at a dot") << u"awsdns-*.com"_s << u"awsdns-1.evil.com"_s << false;
    QTest::newRow("star as a label") << u"inbound-smtp.*.amazonaws.com"_s << u"inbound-smtp.eu-west-1.amazonaws.com"_s
                                     << true;
    QTest::newRow("more behind") << u"fly.dev"_s << u"fly.dev.example.com"_s << false;
    QTest::newRow("nothing") << u"fly.dev"_s << QString() << false;
}

void ProvidersTest::matchesHosts()
{
    QFETCH(QString, pattern);
    QFETCH(QString, host);
    QTEST(matchesHost({pattern}, host), "matches");
}

void ProvidersTest::matchesAddresses()
{
    QVERIFY(matchesAddress(provider(u"vercel"_s).addresses, u"76.76.21.21"_s));
    QVERIFY(!matchesAddress(provider(u"vercel"_s).addresses, u"76.76.22.21"_s));
    QVERIFY(!matchesAddress(provider(u"vercel"_s).addresses, u"not an address"_s));
}

void ProvidersTest::matchesHeaders()
{
    const HeaderMark server{u"server"_s, u"cloudflare"_s};
    QVERIFY(matchesHeader(server, u"Server"_s, u"Cloudflare"_s));
    QVERIFY(!matchesHeader(server, u"server"_s, u"nginx"_s));
    QVERIFY(matchesHeader({u"cf-ray"_s, {}}, u"CF-RAY"_s, u"8a"_s));
    QVERIFY(!matchesHeader({u"cf-ray"_s, {}}, u"cf-ray-id"_s, u"8a"_s));
}

void ProvidersTest::matchesTexts()
{
    QVERIFY(matchesText({u"stripe-verification=*"_s}, u"stripe-verification=abc"_s));
    QVERIFY(!matchesText({u"stripe-verification=*"_s}, u"not stripe-verification=abc"_s));
    QVERIFY(matchesText({u"__cf_bm"_s}, u"__cf_bm"_s));
    QVERIFY(!matchesText({u"__cf_bm"_s}, u"__cf_bmx"_s));
}

QTEST_GUILESS_MAIN(ProvidersTest)
#include "tst_providers.moc"
