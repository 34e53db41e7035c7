#include "checks/dns/certificatesearch.h"
#include "checks/net/httpclient.h"
#include "checks/tls/transparency.h"
#include "tests/checks/tls/tlslook.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const Host kSite{HostRole::Site, u"shop.example"_s, kHttpsPort};

std::vector<SctSeen> timestamps(int embedded, int elsewhere = 0)
{
    std::vector<SctSeen> all;
    for (int i = 0; i < embedded; ++i)
        all.push_back({QByteArray(32, char('a' + i)), SctSource::Embedded});
    for (int i = 0; i < elsewhere; ++i)
        all.push_back({QByteArray(32, char('a' + i)), SctSource::Handshake});
    return all;
}

TransparencyFacts logged(int embedded, int elsewhere = 0, int lifeDays = 90)
{
    TransparencyFacts facts{.leaf = goodLeaf(), .scts = timestamps(embedded, elsewhere)};
    facts.leaf.notAfter = facts.leaf.notBefore.addDays(lifeDays);
    facts.leaf.issuerOrganization = u"Let's Encrypt"_s;
    facts.logged = LoggedList();
    return facts;
}

LoggedCertificate entry(const QString &organization, const QStringList &names)
{
    return {organization, u"R1"_s, names, kNow.addDays(-5), kNow.addDays(80)};
}

TransparencyFacts withEntry(const QString &organization, const QString &name)
{
    TransparencyFacts facts = logged(2);
    facts.logged = LoggedList{{entry(u"Let's Encrypt"_s, {u"shop.example"_s}), entry(organization, {name})}};
    return facts;
}

QByteArray answerOf(const QByteArrayList &entries)
{
    return '[' + entries.join(',') + ']';
}

QByteArray logEntry(const QByteArray &issuer, const QByteArray &names, const QByteArray &until)
{
    return R"({"issuer_name": ")" + issuer + R"(", "name_value": ")" + names +
           R"(", "not_before": "2026-05-01T00:00:00", "not_after": ")" + until + R"("})";
}

} // namespace

Q_DECLARE_METATYPE(cockpit::TransparencyFacts)

class TestTransparency : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<TransparencyFacts>("facts");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QStringList>("codes");
        const auto row = [](const char *name, const TransparencyFacts &facts, Outcome outcome,
                            const QStringList &codes = {}) { QTest::newRow(name) << facts << outcome << codes; };
        const QStringList tooFew{u"too_few_timestamps high"_s};
        row("two logs", logged(2), Outcome::Pass);
        row("one log", logged(1), Outcome::Fail, tooFew);
        row("none", logged(0), Outcome::Fail, tooFew);
        row("180 days, two logs", logged(2, 0, 180), Outcome::Pass);
        row("181 days, two logs", logged(2, 0, 181), Outcome::Fail, tooFew);
        row("181 days, three logs", logged(3, 0, 181), Outcome::Pass);
        row("two in the handshake", logged(0, 2, 181), Outcome::Pass);
        row("one in the handshake", logged(0, 1), Outcome::Fail, tooFew);
        row("one here, one there", logged(1, 1), Outcome::Fail, tooFew);
        TransparencyFacts twice = logged(1);
        twice.scts.push_back(twice.scts.front());
        row("twice the same log", twice, Outcome::Fail, tooFew);
        TransparencyFacts unasked = logged(0);
        unasked.handshakeProblem = Error{ErrorKind::TimedOut, u"silent"_s};
        row("none, and the handshake could not be asked", unasked, Outcome::Error);
        TransparencyFacts own = logged(0);
        own.trust = TrustKind::Private;
        row("of one's own authority", own, Outcome::NotApplicable);
        own.trust = TrustKind::Unknown;
        row("a link is missing", own, Outcome::NotRun);
        TransparencyFacts expired = logged(2);
        expired.leaf.notAfter = kNow;
        row("expired", expired, Outcome::NotRun);

        row("another issuer", withEntry(u"DigiCert Inc"_s, u"shop.example"_s), Outcome::Warn,
            {u"unexpected_issuer low"_s});
        row("a wildcard that stands for too much", withEntry(u"Somebody"_s, u"*.example"_s), Outcome::Pass);
        row("another name", withEntry(u"DigiCert Inc"_s, u"other.example"_s), Outcome::Pass);
        row("another of the same authority", withEntry(u"Internet Security Research Group"_s, u"shop.example"_s),
            Outcome::Pass);
        TransparencyFacts edge = withEntry(u"Google Trust Services"_s, u"shop.example"_s);
        edge.expectedAuthorities = {u"google"_s};
        row("one that the edge may use", edge, Outcome::Pass);
        TransparencyFacts allowed = withEntry(u"DigiCert Inc"_s, u"shop.example"_s);
        allowed.allowedByCaa = QStringList{u"letsencrypt.org"_s, u"digicert.com"_s};
        row("one that the DNS allows", allowed, Outcome::Pass);
        allowed.allowedByCaa = QStringList{u"letsencrypt.org"_s};
        row("one that the DNS forbids", allowed, Outcome::Warn, {u"unexpected_issuer medium"_s});
        TransparencyFacts silent = logged(2);
        silent.logged = failure(ErrorKind::TimedOut, u"crt.sh did not answer."_s);
        row("the search is silent", silent, Outcome::Info);
        silent.scts.clear();
        row("the search is silent, and no log knows it", silent, Outcome::Fail, tooFew);
        TransparencyFacts cut = logged(2);
        cut.logged = LoggedList{.certificates = {}, .isCut = true};
        row("the list is cut", cut, Outcome::Info);
        cut = withEntry(u"DigiCert Inc"_s, u"shop.example"_s);
        (*cut.logged)->isCut = true;
        row("the list is cut behind another issuer", cut, Outcome::Warn, {u"unexpected_issuer low"_s});
        silent.logged = failure(ErrorKind::Cancelled, u"Stopped."_s);
        row("stopped", silent, Outcome::NotRun);
    }
    void judges()
    {
        QFETCH(TransparencyFacts, facts);
        QFETCH(Outcome, outcome);
        const Judged judged = judgeTransparency(kSite, facts, kNow);
        QCOMPARE(judged.outcome, outcome);
        if (outcome != Outcome::NotRun)
            QTEST(codesOf(judged), "codes");
        const bool isJudged = outcome == Outcome::Pass || outcome == Outcome::Warn || outcome == Outcome::Fail;
        const bool isWhole = facts.logged && *facts.logged && !(*facts.logged)->isCut;
        QCOMPARE(judged.reason.isEmpty(), isJudged && isWhole);
        QCOMPARE(judged.observed.contains(u"not_seen"_s), !isWhole && outcome != Outcome::NotRun);
        QVERIFY(judged.observed.contains(u"embedded"_s));
    }

    void writesTheIssuersDown()
    {
        const Judged judged = judgeTransparency(kSite, withEntry(u"DigiCert Inc"_s, u"shop.example"_s), kNow);
        const QJsonArray issuers = judged.observed[u"issuers"_s].toArray();
        QCOMPARE(issuers.size(), 2);
        QCOMPARE(issuers[0].toObject(),
                 (QJsonObject{{u"issuer"_s, u"DigiCert Inc"_s}, {u"expected"_s, false}, {u"count"_s, 1}}));
        QCOMPARE(judged.findings.front().proof, Proof::Lead);
    }

    void readsTheLogs_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("read"); // "issuer: names; …"; "…" at the end of a list that was cut; "error"
        const QByteArray le = "C=US, O=Let's Encrypt, CN=R11";
        const QByteArray later = "2026-07-30T00:00:00";
        const auto row = [](const char *name, const QByteArray &json, const QString &read) {
            QTest::newRow(name) << json << read;
        };
        row("one", answerOf({logEntry(le, "shop.example\\n*.Shop.example", later)}),
            u"Let's Encrypt: shop.example *.shop.example"_s);
        row("quoted", answerOf({logEntry("C=US, O=\\\"DigiCert, Inc.\\\", CN=G2", "a.example", later)}),
            u"DigiCert, Inc.: a.example"_s);
        row("no organization", answerOf({logEntry("CN=Mine", "a.example", later)}), u": a.example"_s);
        row("an O inside another value", answerOf({logEntry("C=US, OU=O=x, CN=Mine", "a.example", later)}),
            u": a.example"_s);
        row("expired this second", answerOf({logEntry(le, "a.example", "2026-06-01T12:00:00")}), QString());
        row("expires in a second", answerOf({logEntry(le, "a.example", "2026-06-01T12:00:01")}),
            u"Let's Encrypt: a.example"_s);
        row("no names", answerOf({logEntry(le, "", later)}), QString());
        row("no time", answerOf({logEntry(le, "a.example", "soon")}), QString());
        row("none", "[]", QString());
        row("cut off", answerOf({logEntry(le, "a.example", later), logEntry(le, "b.example", later)}).chopped(20),
            u"Let's Encrypt: a.example; …"_s);
        QByteArrayList many(500, logEntry(le, "a.example", later));
        QStringList lines(500, u"Let's Encrypt: a.example"_s);
        row("as many as are read", answerOf(many), lines.join(u"; "_s));
        many << logEntry(le, "a.example", "2026-06-01T12:00:00");
        row("and one that has expired", answerOf(many), lines.join(u"; "_s));
        many << logEntry(le, "b.example", later);
        row("one more than are read", answerOf(many), (lines << u"…"_s).join(u"; "_s));
        row("another page", "<html>down</html>", u"error"_s);
    }
    void readsTheLogs()
    {
        QFETCH(QByteArray, json);
        const auto certificates = certificatesInSearchAnswer(json, kNow);
        QStringList lines;
        if (!certificates)
            lines += u"error"_s;
        for (const LoggedCertificate &one : certificates.value_or(LoggedList()).certificates)
            lines += one.issuerOrganization + u": "_s + one.names.join(u' ');
        if (certificates && certificates->isCut)
            lines += u"…"_s;
        QTEST(lines.join(u"; "_s), "read");
    }

    void readsOneSearchOfTwo_data()
    {
        QTest::addColumn<bool>("isFirst"); // of the searches; else the second one is heard
        QTest::addColumn<bool>("isSecond");
        QTest::addColumn<int>("certificates"); // -1: an error
        QTest::addColumn<bool>("isCut");
        QTest::newRow("both") << true << true << 2 << false;
        QTest::newRow("the names below") << true << false << 1 << true;
        QTest::newRow("the domain itself") << false << true << 1 << true;
        QTest::newRow("neither") << false << false << -1 << false;
    }
    // Half of what there is tells more than nothing.
    void readsOneSearchOfTwo()
    {
        QFETCH(bool, isFirst);
        QFETCH(bool, isSecond);
        Observations seen(NetOptions(), CancelToken(), Deadline::never(), nullptr);
        const auto put = [&](const QByteArray &asked, bool isHeard, const QByteArray &number) {
            const QUrl url = QUrl::fromEncoded("https://crt.sh/?q=" + asked + "&output=json");
            const QByteArray json = R"([{"id":@,"issuer_name":"O=A","name_value":"a.shop.example",)"
                                    R"("not_before":"2020-01-01T00:00:00","not_after":"2999-01-01T00:00:00"}])";
            if (isHeard)
                seen.put(HttpGet{.url = url},
                         HttpResponse{.status = 200, .body = QByteArray(json).replace("@", number)});
            else
                seen.put(HttpGet{.url = url}, failure(ErrorKind::TimedOut, u"The logs are slow."_s));
        };
        put("%25.shop.example", isFirst, "1");
        put("shop.example", isSecond, "2");
        const auto list = seen.ask(LoggedCertificates{u"shop.example"_s, kNow});
        QTEST(*list ? static_cast<int>((*list)->certificates.size()) : -1, "certificates");
        QTEST(*list && (*list)->isCut, "isCut");
    }

    // The names below the domain and the domain itself are two searches.
    void joinsBothSearches()
    {
        const auto certificate = [](qint64 id, const QStringList &names) {
            LoggedCertificate one = entry(u"Let's Encrypt"_s, names);
            one.id = id;
            return one;
        };
        const QStringList www{u"www.shop.example"_s};
        const QStringList itself{u"shop.example"_s};
        const LoggedList all =
            joined({{certificate(1, www), certificate(0, www)}},
                   {{certificate(1, itself + www), certificate(2, itself), certificate(0, www)}, true});
        QVERIFY(all.isCut);
        QCOMPARE(all.certificates, (std::vector{certificate(1, www + itself), certificate(0, www),
                                                certificate(2, itself), certificate(0, www)}));
    }
};

QTEST_GUILESS_MAIN(TestTransparency)
#include "tst_transparency.moc"
