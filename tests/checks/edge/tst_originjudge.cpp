// Around the shield: which answers count as the server behind, and what is said of them.
#include "checks/edge/origincandidates.h"
#include "checks/edge/originexposed.h"
#include "originpages.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::originpages;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

Result<HttpResponse> got(int status, const QByteArray &body, const QByteArray &headers = "Server: nginx",
                         CertificateTrust trust = CertificateTrust::Untrusted)
{
    HttpResponse response = answer(status, headers, body, u"https://example.com/"_s);
    response.trust = trust;
    return response;
}

Result<HttpResponse> none(ErrorKind kind)
{
    return failure(kind, u"No answer."_s);
}

OriginLook lookOf(const Result<HttpResponse> &direct, const std::optional<Result<HttpResponse>> &stranger = {},
                  const QByteArray &page = kPage, std::optional<bool> wasOpen = true)
{
    OriginLook look{u"203.0.113.10"_s,
                    {u"dev.example.com"_s},
                    u"example.com"_s,
                    u"cloudflare"_s,
                    QUrl(u"https://example.com/"_s),
                    *got(200, page, "Server: cloudflare"),
                    direct,
                    wasOpen,
                    stranger};
    const PageMark edge = markOf(look.throughEdge);
    compareDirect(look, edge);
    compareStranger(look, edge);
    return look;
}

OriginLook without(ErrorKind kind, std::optional<bool> wasOpen)
{
    return lookOf(none(kind), {}, kPage, wasOpen);
}

} // namespace

class OriginJudgeTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsStatesApart_data();
    void tellsStatesApart();
    void judges_data();
    void judges();
    void readsAddressesInSpf_data();
    void readsAddressesInSpf();
};

void OriginJudgeTest::tellsStatesApart_data()
{
    QTest::addColumn<OriginLook>("look");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, const OriginLook &look, const QString &state) {
        QTest::newRow(name) << look << state;
    };
    const auto page = got(200, kPage);
    const auto other = got(200, kOther);
    const auto trusted = got(200, kPage, "Server: nginx", CertificateTrust::Trusted);
    row("the page, and another one for strangers", lookOf(page, other), u"exposed"_s);
    row("the page, and a refusal for strangers", lookOf(page, got(421, kPage)), u"exposed"_s);
    row("the page, and no handshake for strangers", lookOf(page, none(ErrorKind::Protocol)), u"exposed"_s);
    row("the page with another clock", lookOf(got(200, kPage + "<p>12:31:07 req-8f1b2c</p>"), other), u"exposed"_s);
    row("the page for everybody", lookOf(page, page), u"same_for_all"_s);
    row("the page for everybody, with a good certificate", lookOf(trusted, page), u"exposed"_s);
    row("the page, and silence for strangers", lookOf(page, none(ErrorKind::TimedOut)), u"unclear"_s);
    row("the page, and nobody asked for strangers", lookOf(page), u"unclear"_s);
    row("another page", lookOf(other), u"another"_s);
    row("the page with another status", lookOf(got(404, kPage)), u"another"_s);
    row("refused", lookOf(got(403, kPage)), u"another"_s);
    row("broken", lookOf(got(500, kPage)), u"another"_s);
    row("signed by the edge", lookOf(got(200, kPage, "CF-RAY: 8f1b-FRA"), other), u"still_edge"_s);
    OriginLook azure = lookOf(got(200, kPage, "X-Azure-Ref: a"), other);
    azure.edgeId = u"azure"_s;
    row("signed by a platform that is this edge", azure, u"still_edge"_s);
    row("signed by another edge", lookOf(got(200, kPage, "Server: BunnyCDN"), other), u"still_edge"_s);
    OriginLook inside = lookOf(got(200, kPage, "X-Amz-Cf-Id: a1"), other);
    row("signed by an edge of which the page shows nothing", inside, u"still_edge"_s);
    inside.throughEdge.headers.push_back({"X-Amz-Cf-Id", "b2"});
    row("signed by one further inside", inside, u"exposed"_s);
    inside.throughEdge.headers.push_back({"CF-RAY", "8f1b-FRA"});
    row("signed by one further inside, behind the edge", inside, u"exposed"_s);
    row("signed by a platform", lookOf(got(200, kPage, "X-Azure-Ref: a"), other), u"exposed"_s);
    row("too short to tell", lookOf(got(200, "Not found"), got(200, "Hello you"), "Not found"), u"unclear"_s);
    row("closed", without(ErrorKind::Unreachable, false), u"closed"_s);
    row("takes no connection", without(ErrorKind::TimedOut, false), u"closed"_s);
    row("no TLS", without(ErrorKind::Protocol, false), u"closed"_s);
    row("takes the connection and is silent", without(ErrorKind::TimedOut, true), u"unclear"_s);
    row("takes the connection and cuts the answer off", without(ErrorKind::Protocol, true), u"unclear"_s);
    row("the run was over", without(ErrorKind::TimedOut, {}), u"unclear"_s);
    OriginLook unmeasured = lookOf(page, other);
    unmeasured.likeness.reset();
    row("no time to compare", unmeasured, u"unclear"_s);
    row("stopped", lookOf(none(ErrorKind::Cancelled)), u"unclear"_s);
}

void OriginJudgeTest::tellsStatesApart()
{
    QFETCH(OriginLook, look);
    QTEST(toWord(stateOf(look)), "state");
}

void OriginJudgeTest::judges_data()
{
    QTest::addColumn<std::vector<OriginLook>>("looks");
    QTest::addColumn<int>("more");
    QTest::addColumn<QStringList>("notes");
    QTest::addColumn<QString>("expected");
    const std::vector<OriginLook> exposed{lookOf(got(200, kPage), got(200, kOther))};
    const std::vector<OriginLook> locked{lookOf(got(403, kPage)), without(ErrorKind::TimedOut, false)};
    const std::vector<OriginLook> shared{lookOf(got(200, kPage), got(200, kPage))};
    QTest::newRow("exposed") << exposed << 0 << QStringList() << u"origin_exposed:high"_s;
    QTest::newRow("exposed, and sources missing") << exposed << 3 << QStringList{u"x."_s} << u"origin_exposed:high"_s;
    QTest::newRow("locked") << locked << 0 << QStringList() << u"pass"_s;
    QTest::newRow("nothing to ask") << std::vector<OriginLook>() << 0 << QStringList() << u"pass"_s;
    QTest::newRow("the same for all") << shared << 0 << QStringList() << u"origin_same_page:medium"_s;
    QTest::newRow("one proven, one the same for all")
        << std::vector{shared.front(), exposed.front()} << 0 << QStringList() << u"origin_exposed:high"_s;
    OriginLook app = exposed.front();
    app.host = u"app.example.com"_s;
    QTest::newRow("two hosts") << std::vector{shared.front(), app} << 0 << QStringList()
                               << u"origin_exposed:high origin_same_page:medium"_s;
    QTest::newRow("silent") << std::vector{without(ErrorKind::TimedOut, true)} << 0 << QStringList() << u"info"_s;
    QTest::newRow("more than are asked") << locked << 1 << QStringList() << u"info"_s;
    QTest::newRow("a source is missing") << locked << 0 << QStringList{u"The logs are slow."_s} << u"info"_s;
}

void OriginJudgeTest::judges()
{
    QFETCH(std::vector<OriginLook>, looks);
    QFETCH(int, more);
    QFETCH(QStringList, notes);
    const Judged judged = judgeOrigin({{u"example.com"_s}, u"Cloudflare"_s, looks, 0, more, notes});
    QTEST(said(judged), "expected");
    const bool hasDoubts = judged.outcome == Outcome::Info || more > 0 || !notes.isEmpty();
    QCOMPARE(judged.reason.isEmpty(), !hasDoubts);
    QCOMPARE(judged.observed.contains("not_seen"_L1), hasDoubts);
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, finding.code == u"origin_exposed"_s ? Proof::Proven : Proof::Lead);
        QVERIFY(finding.host == u"example.com"_s || finding.host == u"app.example.com"_s);
        QVERIFY(finding.whatWeSaw.contains(u"203.0.113.10"_s));
        QVERIFY(!finding.evidence.empty());
    }
}

void OriginJudgeTest::readsAddressesInSpf_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QStringList>("addresses");
    QTest::newRow("one") << QByteArray("v=spf1 ip4:203.0.113.10 -all") << QStringList{u"203.0.113.10"_s};
    QTest::newRow("with its length") << QByteArray("v=spf1 +ip4:203.0.113.10/32 -all")
                                     << QStringList{u"203.0.113.10"_s};
    QTest::newRow("a block") << QByteArray("v=spf1 ip4:203.0.113.0/31 -all") << QStringList();
    QTest::newRow("new style") << QByteArray("v=spf1 ip6:2001:db8::7 -all") << QStringList{u"2001:db8::7"_s};
    QTest::newRow("broken") << QByteArray("v=spf1 ip4:203.0.113 -all") << QStringList();
    QTest::newRow("another text") << QByteArray("ip4:203.0.113.10") << QStringList();
}

void OriginJudgeTest::readsAddressesInSpf()
{
    QFETCH(QByteArray, record);
    QTEST(addressesInSpf(record), "addresses");
}

QTEST_GUILESS_MAIN(OriginJudgeTest)
#include "tst_originjudge.moc"
