#include "checks/http/cachehit.h"
#include "checks/http/cachepolicy.h"
#include "checks/http/cachestatic.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(cockpit::Naming)

namespace {

constexpr qint64 kBig = 60LL * 1024;
const QString kHashed = u"https://app.example.com/assets/index-DkR3xQ2z.js"_s;
const QString kNamed = u"https://app.example.com/app.js"_s;

StaticAsset file(const QString &url, const QByteArray &headers, qint64 bytes = kBig)
{
    return assetOf(answer(200, "Content-Encoding: br\n" + headers, QByteArray(bytes, 'x'), url));
}

} // namespace

class CachingTest : public QObject
{
    Q_OBJECT

private slots:
    void readsCacheControl_data();
    void readsCacheControl();
    void saysWhoMayStore_data();
    void saysWhoMayStore();
    void seesHits_data();
    void seesHits();
    void knowsNamesByContent_data();
    void knowsNamesByContent();
    void judgesFiles_data();
    void judgesFiles();
    void hasNothingToSayWithoutFiles();
    void choosesOwnFiles();
};

void CachingTest::readsCacheControl_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<CacheControl>("expected");
    const auto row = [](const char *name, const QByteArrayList &lines, const CacheControl &expected) {
        QTest::newRow(name) << lines << expected;
    };
    row("nothing", {}, {});
    row("only commas", {" , ,"}, {});
    row("any case, blanks", {" No-Store ,PRIVATE"}, {.noStore = true, .isPrivate = true, .isEmpty = false});
    row("two lines", {"no-cache", "public"}, {.noCache = true, .isPublic = true, .isEmpty = false});
    row("a life", {"max-age=60, s-maxage=\"30\""}, {.maxAge = 60, .sharedMaxAge = 30, .isEmpty = false});
    row("the first of two counts", {"max-age=1, max-age=2"}, {.maxAge = 1, .isEmpty = false});
    row("a life that is no number", {"max-age=soon"}, {.maxAge = 0, .isEmpty = false});
    row("a negative life", {"max-age=-1"}, {.maxAge = 0, .isEmpty = false});
    row("a life without a number", {"max-age"}, {.maxAge = 0, .isEmpty = false});
    row("more digits than fit", {"max-age=99999999999999999999"}, {.maxAge = 2147483648LL, .isEmpty = false});
    row("of one field only", {"private=\"set-cookie, x\", no-cache=x"}, {.isEmpty = false});
    row("a word in quotes is no directive", {"x=\"a, no-store\""}, {.isEmpty = false});
    row("revalidation", {"must-revalidate, immutable"},
        {.mustRevalidate = true, .isImmutable = true, .isEmpty = false});
    row("quotes that stay open", {"x=\"a, no-store"}, {.isEmpty = false});
}

void CachingTest::readsCacheControl()
{
    QFETCH(QByteArrayList, lines);
    QFETCH(CacheControl, expected);
    QVERIFY(parseCacheControl(lines) == expected);
}

void CachingTest::saysWhoMayStore_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("mayStore");
    QTest::addColumn<bool>("withLogin");
    QTest::addColumn<qint64>("browserSeconds");
    const auto row = [](const char *name, int status, const QByteArray &headers, bool mayStore, bool withLogin,
                        qint64 browserSeconds) {
        QTest::newRow(name) << status << headers << mayStore << withLogin << browserSeconds;
    };
    row("nothing said, 200", 200, {}, true, false, -1);
    row("nothing said, 302", 302, {}, false, false, -1);
    row("nothing said, 308", 308, {}, true, false, -1);
    row("a life makes 302 storable", 302, "Cache-Control: max-age=5", true, false, 5);
    row("no-store", 200, "Cache-Control: no-store, max-age=5", false, false, 5);
    row("private", 200, "Cache-Control: private, max-age=5", false, false, 5);
    row("no-cache asks first", 200, "Cache-Control: no-cache", false, false, -1);
    row("no life", 200, "Cache-Control: max-age=0", false, false, 0);
    row("public holds with a login", 200, "Cache-Control: public", true, true, -1);
    row("so does s-maxage", 200, "Cache-Control: s-maxage=5", true, true, -1);
    row("so does must-revalidate", 200, "Cache-Control: max-age=5, must-revalidate", true, true, 5);
    row("a cookie forbids nothing", 200, "Set-Cookie: a=1\nCache-Control: max-age=5", true, false, 5);
    row("Expires", 200, "Date: Sat, 28 Nov 2026 12:00:00 GMT\nExpires: Sat, 28 Nov 2026 12:01:00 GMT", true, false, 60);
    row("Expires that is no date is past", 200, "Expires: 0", false, false, 0);
    row("max-age before Expires", 200, "Expires: 0\nCache-Control: max-age=5", true, false, 5);
    row("the vendor's field before all", 200,
        "Cache-Control: no-store\nCDN-Cache-Control: no-store\nVercel-CDN-Cache-Control: max-age=5", true, false, -1);
    row("the common field before Cache-Control", 200, "Cache-Control: max-age=5\nCDN-Cache-Control: no-store", false,
        false, 5);
    row("an empty field decides nothing", 200, "Cache-Control: no-store\nCDN-Cache-Control: ", false, false, -1);
    row("Surrogate-Control", 200, "Cache-Control: private\nSurrogate-Control: max-age=60", true, false, -1);
    row("the edge's field replaces Expires", 200, "Expires: 0\nCDN-Cache-Control: public", true, true, 0);
}

void CachingTest::saysWhoMayStore()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    const CachePolicy policy = cachePolicyOf(answer(status, headers));
    QTEST(policy.sharedCacheMayStore(status), "mayStore");
    QTEST(policy.sharedCacheMayStoreWithLogin(status), "withLogin");
    QTEST(policy.browserSeconds, "browserSeconds");
}

void CachingTest::seesHits_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &headers, const QString &expected) {
        QTest::newRow(name) << headers << expected;
    };
    row("nothing", {}, u"none"_s);
    for (const char *word : {"HIT", "STALE", "UPDATING", "REVALIDATED"})
        row(word, QByteArray("CF-Cache-Status: ") + word, u"Cloudflare hit"_s);
    for (const char *word : {"MISS", "EXPIRED"})
        row(word, QByteArray("CF-Cache-Status: ") + word, u"Cloudflare miss"_s);
    for (const char *word : {"BYPASS", "DYNAMIC", "NONE"})
        row(word, QByteArray("CF-Cache-Status: ") + word, u"Cloudflare bypass"_s);
    row("CloudFront hit", "X-Amz-Cf-Id: x\nX-Cache: Hit from cloudfront", u"CloudFront hit"_s);
    row("CloudFront refresh", "X-Amz-Cf-Id: x\nX-Cache: RefreshHit from cloudfront", u"CloudFront hit"_s);
    row("CloudFront miss", "X-Amz-Cf-Id: x\nX-Cache: Miss from cloudfront", u"CloudFront miss"_s);
    row("CloudFront error", "X-Amz-Cf-Id: x\nX-Cache: Error from cloudfront", u"CloudFront bypass"_s);
    row("Fastly, the last is nearest", "X-Served-By: cache-fra-1\nX-Cache: HIT, MISS", u"Fastly miss"_s);
    row("Fastly hit", "X-Served-By: cache-fra-1\nX-Cache: MISS, HIT", u"Fastly hit"_s);
    row("Azure", "X-Azure-Ref: x\nX-Cache: TCP_REMOTE_HIT", u"Azure Front Door hit"_s);
    row("Azure, off", "X-Azure-Ref: x\nX-Cache: CONFIG_NOCACHE", u"Azure Front Door bypass"_s);
    row("Akamai", "Akamai-Cache-Status: Hit from child", u"Akamai hit"_s);
    row("Vercel", "X-Vercel-Cache: PRERENDER", u"Vercel hit"_s);
    row("Netlify", "Cache-Status: \"Netlify Edge\"; fwd=miss", u"Cache-Status miss"_s);
    row("Netlify, durable", "Cache-Status: \"Netlify Durable\"; hit, \"Netlify Edge\"; fwd=miss",
        u"Cache-Status hit"_s);
    row("Netlify, passed", "Cache-Status: \"Netlify Edge\"; fwd=bypass", u"Cache-Status bypass"_s);
    row("Varnish, two numbers", "X-Varnish: 32770 3", u"Varnish hit"_s);
    row("Varnish, one number", "X-Varnish: 32770", u"Varnish miss"_s);
    row("KeyCDN", "Server: keycdn\nX-Cache: HIT", u"KeyCDN hit"_s);
    row("nginx", "X-Cache-Status: HIT", u"nginx hit"_s);
    row("hit-for-pass is none", "X-Cache: HIT-FOR-PASS", u"X-Cache bypass"_s);
    row("Google", "Via: 1.1 google\nAge: 10", u"Google Cloud CDN hit"_s);
    row("an age of nothing", "Age: 0", u"none"_s);
    row("an age beside a miss", "X-Cache-Status: MISS\nAge: 9", u" hit"_s);
}

void CachingTest::seesHits()
{
    QFETCH(QByteArray, headers);
    const auto hit = cacheHitIn(answer(200, headers));
    QTEST(hit ? hit->vendor + u' ' + toWord(hit->state) : u"none"_s, "expected");
}

void CachingTest::knowsNamesByContent_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Naming>("expected");
    using enum Naming;
    const auto row = [](const QString &path, Naming expected) { QTest::newRow(qPrintable(path)) << path << expected; };
    row(u"/assets/index-DkR3xQ2z.js"_s, ByContent);
    row(u"/static/js/main.3f9a1c7e.chunk.js"_s, ByContent);
    row(u"/_next/static/chunks/pages/index.js"_s, ByContent);
    row(u"/_app/immutable/entry/start.js"_s, ByContent);
    row(u"/app.js?v=41"_s, ByContent);
    row(u"/js/app.js?id=8f2b"_s, ByContent);
    row(u"/3f9a1c7e5b2d8046.css"_s, ByContent);
    row(u"/app.js"_s, Stays);
    row(u"/assets/my-dashboard.js"_s, Stays);
    row(u"/bootstrap.bundle.min.js"_s, Stays);
    row(u"/jquery-3.7.1.js"_s, Stays);
    row(u"/statistics.js"_s, Stays);
    row(u"/app.js?user=1"_s, Stays);
    row(u"/app.js?id=7"_s, Stays);
    row(u"/a.png?h=200"_s, Stays);
    row(u"/app.js?h=8f2b11"_s, ByContent);
    row(u"/app.js?t=1732841234"_s, Unclear);
    row(u"/js/LoginForm.js"_s, Stays);
    row(u"/DataTables.js"_s, Stays);
    row(u"/assets/vendor-react-LoginPage.js"_s, Stays);
    row(u"/AddToCart.js"_s, Stays);
    row(u"/polyfills-es2015.js"_s, Stays);
    row(u"/Base64Encoder.js"_s, Stays);
    row(u"/html5shiv3.js"_s, Unclear);
    row(u"/vue3router4.js"_s, Unclear);
    row(u"/mp4player2.js"_s, Unclear);
    row(u"/Grid960System12.css"_s, Unclear);
    row(u"/assets/index-q7xb3kz9.js"_s, ByContent);
    row(u"/jQueryUI.js"_s, Unclear);
    row(u"/assets/index-BxKqWzPt.js"_s, Unclear);
    row(u"/assets/index-X3RKQ2ZT.js"_s, ByContent);
    row(u"/assets/index-k3j9x2ab.js"_s, ByContent);
    row(u"/assets/customer-dashboard-B7-x_Q2z.js"_s, ByContent);
}

void CachingTest::knowsNamesByContent()
{
    QFETCH(QString, path);
    QTEST(namingOf(QUrl(u"https://app.example.com"_s + path)), "expected");
}

void CachingTest::judgesFiles_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &url, const QByteArray &headers, qint64 bytes,
                        const QString &expected) { QTest::newRow(name) << url << headers << bytes << expected; };
    const QByteArray tag = "ETag: \"1\"\n";
    row("for ever", kHashed, "Cache-Control: public, max-age=31536000, immutable", kBig, u"pass"_s);
    row("a month", kHashed, "Cache-Control: max-age=2592000", kBig, u"pass"_s);
    row("a second less", kHashed, "Cache-Control: max-age=2591999", kBig, u"kept_too_short:low"_s);
    row("asked about each time", kHashed, tag + "Cache-Control: no-cache", kBig, u"kept_too_short:low"_s);
    row("never kept", kHashed, tag + "Cache-Control: no-store", kBig, u"loaded_again:low"_s);
    row("a name that stays, asked about", kNamed, tag + "Cache-Control: no-cache", kBig, u"pass"_s);
    row("nothing said and no mark", kNamed, {}, kBig, u"loaded_again:low"_s);
    row("nothing said, with a mark", kNamed, tag, kBig, u"pass"_s);
    row("too small to matter", kNamed, {}, 50LL * 1024 - 1, u"pass"_s);
    row("large enough", kNamed, {}, 50LL * 1024, u"loaded_again:low"_s);
    row("a name that stays, for a week", kNamed, "Cache-Control: max-age=604800", kBig, u"pass"_s);
    row("a name that stays, for longer", kNamed, "Cache-Control: max-age=604801", kBig, u"kept_too_long:low"_s);
    row("a name of capitals, for a month", u"https://app.example.com/js/LoginForm.js"_s,
        "Cache-Control: max-age=2592000", kBig, u"kept_too_long:low"_s);
    row("letters that may be a hash, for an hour", u"https://app.example.com/index-BxKqWzPt.js"_s,
        tag + "Cache-Control: max-age=3600", kBig, u"pass"_s);
    row("letters that may be a hash, for ever", u"https://app.example.com/index-BxKqWzPt.js"_s,
        "Cache-Control: max-age=31536000", kBig, u"pass"_s);
    row("a cookie", kHashed, "Cache-Control: max-age=31536000\nSet-Cookie: a=1", kBig, u"cookie_on_file:low"_s);
    row("passed on by the edge", kHashed, "Cache-Control: max-age=31536000\nCF-Cache-Status: DYNAMIC", kBig,
        u"edge_passes:low"_s);
    row("kept by the edge", kHashed, "Cache-Control: max-age=31536000\nCF-Cache-Status: HIT", kBig, u"pass"_s);
}

void CachingTest::judgesFiles()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, headers);
    QFETCH(qint64, bytes);
    QTEST(said(judgeCacheStatic(arrivedAt(answer(200)), {file(url, headers, bytes)})), "expected");
    const QByteArray kept = "Content-Type: text/css\nCache-Control: max-age=31536000";
    const StaticAsset plain = assetOf(answer(200, kept, QByteArray(kBig, 'x'), kHashed));
    QCOMPARE(said(judgeCacheStatic(arrivedAt(answer(200)), {plain})), u"not_compressed:low"_s);
}

void CachingTest::hasNothingToSayWithoutFiles()
{
    QCOMPARE(said(judgeCacheStatic(arrivedAt(answer(200)), {})), u"not_applicable"_s);
    QCOMPARE(said(judgeCacheStatic(arrivedAt(answer(200)), {}, 1)), u"error"_s); // there are some, unseen
    const Judged some =
        judgeCacheStatic(arrivedAt(answer(200)), {file(kHashed, "Cache-Control: max-age=31536000", kBig)}, 1);
    QCOMPARE(said(some), u"info"_s);
    QVERIFY(!some.reason.isEmpty() && !closes(some, u"loaded_again"_s));
    const Judged all =
        judgeCacheStatic(arrivedAt(answer(200)), {file(kHashed, "Cache-Control: max-age=31536000", kBig)});
    QVERIFY(all.outcome == Outcome::Pass && closes(all, u"loaded_again"_s));
}

void CachingTest::choosesOwnFiles()
{
    const QUrl url(u"https://app.example.com/"_s);
    const auto page = parseHtml("<script src=/a.js></script><script src=/a.js></script>"
                                "<link rel=stylesheet href=https://cdn.example.com/b.css>"
                                "<img src=https://x.example.org/c.png><img src=http://app.example.com/d.png>"
                                "<iframe src=/e></iframe>",
                                url);
    QVERIFY(page);
    QStringList names;
    for (const PagePart &part : ownAssets(*page, url))
        names << part.url.toString();
    QCOMPARE(names, (QStringList{u"https://app.example.com/a.js"_s, u"https://cdn.example.com/b.css"_s}));
}

QTEST_GUILESS_MAIN(CachingTest)
#include "tst_caching.moc"
