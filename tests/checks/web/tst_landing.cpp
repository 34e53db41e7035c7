#include "checks/web/landing.h"
#include "checks/web/parsedpage.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kSite = u"https://example.com/"_s;
const QString kWww = u"https://www.example.com/"_s;
const QString kApp = u"https://app.example.com/"_s;

// A project of three hosts, with answers put in place.
class Walks
{
public:
    explicit Walks(const QString &domain = u"example.com"_s)
        : m_seen(NetOptions{}, CancelToken(), Deadline::never(), nullptr),
          m_target{domain,
                   {{HostRole::Site, domain}, {HostRole::Www, u"www."_s + domain}, {HostRole::App, u"app."_s + domain}}}
    {
    }

    // Visitors of `from` end at `to`.
    void lead(const QString &from, const QString &to, int status = 200, RedirectEnd end = RedirectEnd::Arrived)
    {
        RedirectChain chain = arrivedAt(answer(status, {}, {}, to), from == to ? QStringList() : QStringList{from});
        chain.end = end;
        m_seen.put(FollowRedirects{QUrl(from)}, chain);
        m_seen.put(HttpGet{QUrl(from)}, from == to ? answer(status, {}, {}, to) : answer(301, {}, {}, from));
    }
    void silence(const QString &from)
    {
        m_seen.put(FollowRedirects{QUrl(from)}, Result<RedirectChain>(failure(ErrorKind::TimedOut, u"silent"_s)));
        m_seen.put(HttpGet{QUrl(from)}, Result<HttpResponse>(failure(ErrorKind::TimedOut, u"silent"_s)));
    }

    // The outcome, or where the judge was sent.
    QString landing(size_t host)
    {
        return said(onLanding(lookAt(host), [](const RedirectChain &chain) {
            return Judged{.summary = chain.last.url.toString(), .findings = {makeNote(chain.last.url.host())}};
        }));
    }
    QString ownAnswer(size_t host)
    {
        return said(onOwnAnswer(lookAt(host), [](const HttpResponse &response) {
            return Judged{.summary = {}, .findings = {makeNote(response.url.host())}};
        }));
    }

private:
    static Finding makeNote(const QString &host)
    {
        Finding note;
        note.code = host;
        return note;
    }
    Look lookAt(size_t host)
    {
        return {m_seen, m_target, &m_target.hosts.at(host), m_policy, m_facts, QDateTime::currentDateTimeUtc()};
    }

    Observations m_seen;
    const Target m_target;
    const Policy m_policy;
    const ProjectFacts m_facts;
};

} // namespace

class LandingTest : public QObject
{
    Q_OBJECT

private slots:
    // However many checks ask, and a stopped run does not turn a page into an empty one.
    void readsAPageOnce()
    {
        CancelToken token;
        Observations seen(NetOptions{}, token, Deadline::never(), nullptr);
        const HttpResponse page = answer(200, {}, "<title>Acme</title>");
        QCOMPARE(pageOrNothing(page, seen).title, u"Acme"_s);
        QCOMPARE((*pageIn(page, seen))->title, u"Acme"_s);
        QCOMPARE(seen.probesSent(), 1);
        HttpResponse elsewhere = page;
        elsewhere.url = QUrl(kApp + u"other"_s);
        pageIn(elsewhere, seen);
        QCOMPARE(seen.probesSent(), 2);
        token.cancel();
        elsewhere.body += "<p>x";
        QCOMPARE(pageIn(elsewhere, seen)->error().kind, ErrorKind::Cancelled);
        QCOMPARE(pageOrNothing(elsewhere, seen).title, u"Acme"_s);
        const HttpResponse deep = answer(200, {}, QByteArray("<b>").repeated(3000));
        Observations others(NetOptions{}, CancelToken(), Deadline::never(), nullptr);
        QCOMPARE(pageIn(deep, others)->error().kind, ErrorKind::TooLarge);
        QVERIFY(pageOrNothing(deep, others).parts.empty());
    }

    void judgesWhereVisitorsArrive_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("landing");
        QTest::addColumn<QString>("ownAnswer");
        QTest::newRow("stays") << kApp << u"app.example.com:low"_s << u"app.example.com:low"_s;
        QTest::newRow("moves to a listed host") << kSite << u"not_applicable"_s << u"not_applicable"_s;
        QTest::newRow("moves within the domain, to a host that nobody looks at")
            << u"https://portal.example.com/"_s << u"portal.example.com:low"_s << u"app.example.com:low"_s;
        QTest::newRow("moves to a stranger, who is not judged")
            << u"https://login.example.net/"_s << u"not_applicable"_s << u"app.example.com:low"_s;
    }

    void judgesWhereVisitorsArrive()
    {
        QFETCH(QString, to);
        Walks walks;
        walks.lead(kSite, kSite);
        walks.lead(kWww, kSite);
        walks.lead(kApp, to);
        QTEST(walks.landing(2), "landing");
        QTEST(walks.ownAnswer(2), "ownAnswer");
    }

    void judgesOnePageOnce()
    {
        const QString shared = u"https://start.example.com/"_s;
        Walks walks;
        walks.lead(kSite, shared);
        walks.lead(kWww, shared);
        walks.lead(kApp, kApp);
        QCOMPARE(walks.landing(0), u"start.example.com:low"_s);
        QCOMPARE(walks.landing(1), u"not_applicable"_s);
    }

    // QUrl shows them decoded, the project holds A-labels.
    void knowsInternationalNames()
    {
        const QString site = u"https://xn--bcher-kva.de/"_s;
        const QString app = u"https://app.xn--bcher-kva.de/"_s;
        Walks walks(u"xn--bcher-kva.de"_s);
        walks.lead(site, site);
        walks.lead(u"https://www.xn--bcher-kva.de/"_s, site);
        walks.lead(app, u"https://portal.xn--bcher-kva.de/"_s);
        QVERIFY(walks.landing(0).endsWith(":low"_L1)); // judged here
        QCOMPARE(walks.landing(1), u"not_applicable"_s);
        QVERIFY(walks.landing(2).endsWith(":low"_L1)); // of the same domain
        QVERIFY(walks.ownAnswer(2).endsWith(":low"_L1));
    }

    void neverGradesWhatIsNoPage_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("end");
        QTest::newRow("challenge or refusal") << 403 << static_cast<int>(RedirectEnd::Arrived);
        QTest::newRow("rate limit") << 429 << static_cast<int>(RedirectEnd::Arrived);
        QTest::newRow("server error") << 500 << static_cast<int>(RedirectEnd::Arrived);
        QTest::newRow("loop") << 302 << static_cast<int>(RedirectEnd::Loop);
        QTest::newRow("too many hops") << 302 << static_cast<int>(RedirectEnd::TooManyHops);
        QTest::newRow("no readable address") << 302 << static_cast<int>(RedirectEnd::BadLocation);
        QTest::newRow("not the web") << 302 << static_cast<int>(RedirectEnd::NotHttp);
    }

    void neverGradesWhatIsNoPage()
    {
        QFETCH(int, status);
        QFETCH(int, end);
        Walks walks;
        walks.lead(kSite, kSite, status, static_cast<RedirectEnd>(end));
        QCOMPARE(walks.landing(0), u"error"_s);
    }

    void neverGradesSilence()
    {
        Walks walks;
        walks.silence(kSite);
        QCOMPARE(walks.landing(0), u"error"_s);
        QCOMPARE(walks.ownAnswer(0), u"error"_s);
    }
};

QTEST_GUILESS_MAIN(LandingTest)
#include "tst_landing.moc"
