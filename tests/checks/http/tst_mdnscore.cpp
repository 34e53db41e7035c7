#include "checks/http/mdncspparser.h"
#include "checks/http/mdnscore.h"
#include "checks/http/mdntests.h"
#include "checks/http/preloadlist.h"
#include "checks/http/structuredfield.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using enum MdnOutcome;

namespace {

const QString kHome = u"https://app.example.com/"_s;

MdnWalk walkTo(const HttpResponse &last, const QStringList &earlier = {})
{
    MdnWalk walk{.last = last, .route = {}, .answers = {last}, .isVerified = true};
    for (const QString &url : earlier)
        walk.route.push_back(QUrl(url));
    walk.route.push_back(last.url);
    return walk;
}

// A host whose HTTPS page has these header lines and this text.
MdnFacts page(const QByteArray &headers, const QByteArray &html = {}, int status = 200)
{
    const HttpResponse last = answer(status, "Content-Type: text/html\n" + headers, html, kHome);
    MdnFacts facts;
    facts.host = u"app.example.com"_s;
    facts.https = walkTo(last);
    facts.http = walkTo(last, {u"http://app.example.com/"_s});
    if (const auto read = parseHtml(html, last.url))
        facts.page = *read;
    return facts;
}

MdnFacts withCsp(const QByteArray &policy)
{
    return page("Content-Security-Policy: " + policy);
}

MdnFacts withCookie(const QByteArray &cookie)
{
    return page("Set-Cookie: " + cookie);
}

MdnFacts withHsts(const QByteArray &cookie)
{
    return page("Strict-Transport-Security: max-age=31536000\nSet-Cookie: " + cookie);
}

MdnFacts withPreflight(int status, const QByteArray &headers)
{
    MdnFacts facts = page({});
    facts.foreignOrigin = "https://lc-1.example.net";
    facts.preflight = answer(status, headers);
    return facts;
}

// The way from http://app.example.com/.
MdnFacts routed(const QStringList &route)
{
    MdnFacts facts = page({});
    facts.http = walkTo(answer(200, {}, {}, route.last()), route.first(route.size() - 1));
    return facts;
}

MdnFacts withScripts(const QByteArray &html)
{
    return page({}, html);
}

MdnFacts changed(MdnFacts facts, const std::function<void(MdnFacts &)> &change)
{
    change(facts);
    return facts;
}

struct Row
{
    const char *name;
    MdnTest test;
    MdnFacts facts;
    MdnOutcome expected;
};

std::vector<Row> cspRows()
{
    const auto csp = MdnTest::Csp;
    return {
        {"CSP: nothing unsafe, default none", csp, withCsp("default-src 'none'; script-src 'self'"),
         CspNoUnsafeDefaultSrcNone},
        {"CSP: nothing unsafe", csp, withCsp("default-src 'self'"), CspNoUnsafe},
        {"CSP: a nonce makes unsafe-inline void", csp,
         withCsp("default-src 'self'; script-src 'nonce-x' 'unsafe-inline'"), CspNoUnsafe},
        {"CSP: strict-dynamic makes https: void", csp,
         withCsp("default-src 'self'; script-src 'nonce-x' 'strict-dynamic' https:"), CspNoUnsafe},
        {"CSP: strict-dynamic without a nonce", csp, withCsp("default-src 'self'; script-src 'strict-dynamic'"),
         CspInvalid},
        {"CSP: unsafe styles", csp, withCsp("default-src 'self'; style-src 'unsafe-inline'"),
         CspUnsafeInlineInStyleSrcOnly},
        {"CSP: pictures over http", csp, withCsp("default-src 'self'; img-src http://x.example"),
         CspInsecureSchemeInPassiveContentOnly},
        {"CSP: eval", csp, withCsp("default-src 'self'; script-src 'self' 'unsafe-eval'"), CspUnsafeEval},
        {"CSP: inline", csp, withCsp("default-src 'self' 'unsafe-inline'"), CspUnsafeInline},
        {"CSP: plugins from anywhere", csp, withCsp("script-src 'self'"), CspUnsafeInline},
        {"CSP: active http", csp, withCsp("default-src 'self'; connect-src http://x.example"), CspInsecureScheme},
        {"CSP: a directive twice", csp, withCsp("default-src 'self'; default-src 'none'"), CspInvalid},
        {"CSP: a comma at the end", csp, withCsp("default-src 'self',"), CspInvalid},
        {"CSP: too short", csp, withCsp("abc"), CspInvalid},
        {"CSP: a path that cannot be decoded", csp,
         withCsp("default-src https://x.example/%zz, default-src https://x.example/%zz"), CspInvalid},
        {"CSP: none", csp, page({}), CspMissing},
        {"CSP: only frame-ancestors in a meta tag", csp,
         page({}, "<meta http-equiv=Content-Security-Policy content=\"frame-ancestors 'none'\">"), CspMissing},
        {"CSP: in a meta tag", csp,
         page({}, "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">"), CspNoUnsafe},
        {"CSP: watches only", csp, page("Content-Security-Policy-Report-Only: default-src 'self'"), CspReportOnly},
        {"CSP: reports to two places", csp, withCsp("default-src 'self'; report-uri /a; report-uri /b"),
         CspDuplicateDirectives},
        {"CSP: reports to two places, unsafe", csp, withCsp("default-src *; report-uri /a; report-uri /b"),
         CspUnsafeInline},
        {"CSP: what only one of two policies allows", csp,
         withCsp("default-src 'self' 'unsafe-inline', default-src 'self'"), CspNoUnsafe},
    };
}

std::vector<Row> cookieRows()
{
    const auto cookies = MdnTest::Cookies;
    return {
        {"cookies: in order", cookies, withCookie("a=1; Secure; SameSite=Lax"), CookiesSecureWithSameSite},
        {"cookies: no SameSite", cookies, withCookie("a=1; Secure"), CookiesSecure},
        {"cookies: none", cookies, page({}), CookiesNotFound},
        {"cookies: of somebody else's domain", cookies, withCookie("a=1; Domain=example.org"), CookiesNotFound},
        {"cookies: a broken prefix", cookies, withCookie("__Host-a=1; Secure; Domain=example.com"), CookiesNotFound},
        {"cookies: not Secure, HSTS", cookies, withHsts("a=1; SameSite=Lax"), CookiesNotSecureButHsts},
        {"cookies: session not Secure, HSTS", cookies, withHsts("sess=1; HttpOnly; SameSite=Lax"),
         CookiesSessionNotSecureButHsts},
        {"cookies: not Secure", cookies, withCookie("a=1; SameSite=Lax"), CookiesNotSecure},
        {"cookies: SameSite unknown", cookies, withCookie("a=1; Secure; SameSite=maybe"), CookiesSameSiteInvalid},
        {"cookies: None without Secure", cookies, withCookie("a=1; SameSite=None"), CookiesSameSiteInvalid},
        {"cookies: CSRF token without SameSite", cookies, withCookie("csrftoken=1; Secure"),
         CookiesAntiForgeryWithoutSameSite},
        {"cookies: readable session", cookies, withCookie("PHPSESSID=1; Secure; SameSite=Lax"),
         CookiesSessionNotHttpOnly},
        {"cookies: session not Secure", cookies, withCookie("login=1; HttpOnly; SameSite=Lax"),
         CookiesSessionNotSecure},
        {"cookies: the balancer's of Heroku does not count", cookies, withCookie("heroku-session-affinity=1"),
         CookiesNotFound},
    };
}

std::vector<Row> corsRows()
{
    const auto cors = MdnTest::Cors;
    const QByteArray reflected = "Access-Control-Allow-Origin: https://lc-1.example.net\n";
    return {
        {"CORS: none", cors, page({}), CorsMissing},
        {"CORS: refused", cors, withPreflight(405, "Access-Control-Allow-Origin: *"), CorsMissing},
        {"CORS: for everybody", cors, withPreflight(204, "Access-Control-Allow-Origin: *"), CorsPublic},
        {"CORS: for one", cors, withPreflight(204, "Access-Control-Allow-Origin: https://a.example"), CorsRestricted},
        {"CORS: reflected without credentials", cors, withPreflight(204, reflected), CorsRestricted},
        {"CORS: reflected", cors, withPreflight(204, reflected + "Access-Control-Allow-Credentials: True"),
         CorsUniversal},
    };
}

std::vector<Row> redirectionRows()
{
    const auto redirection = MdnTest::Redirection;
    const QString plain = u"http://app.example.com/"_s;
    return {
        {"redirection: to https", redirection, page({}), RedirectionToHttps},
        {"redirection: no http", redirection, changed(page({}), [](MdnFacts &f) { f.http.reset(); }),
         RedirectionNotNeededNoHttp},
        {"redirection: bad certificate", redirection,
         changed(page({}), [](MdnFacts &f) { f.http->isVerified = false; }), RedirectionInvalidCert},
        {"redirection: all preloaded", redirection,
         changed(routed({plain}), [](MdnFacts &f) { f.isHttpRoutePreloaded = true; }),
         RedirectionAllRedirectsPreloaded},
        {"redirection: stays", redirection, routed({plain}), RedirectionMissing},
        {"redirection: ends on http", redirection, routed({plain, u"http://www.example.com/"_s}),
         RedirectionNotToHttps},
        {"redirection: first to http", redirection, routed({plain, u"http://www.example.com/"_s, kHome}),
         RedirectionNotToHttpsOnInitialRedirection},
        {"redirection: to another host", redirection, routed({plain, u"https://www.example.com/"_s}),
         RedirectionOffHostFromHttp},
    };
}

std::vector<Row> referrerRows()
{
    const auto referrer = MdnTest::Referrer;
    return {
        {"referrer: none", referrer, page({}), ReferrerMissing},
        {"referrer: private", referrer, page("Referrer-Policy: Same-Origin"), ReferrerPrivate},
        {"referrer: the last known word counts", referrer, page("Referrer-Policy: no-referrer, unsafe-url, nonsense"),
         ReferrerUnsafe},
        {"referrer: meta after header", referrer,
         page("Referrer-Policy: unsafe-url", "<meta name=referrer content=strict-origin>"), ReferrerPrivate},
        {"referrer: nonsense", referrer, page("Referrer-Policy: nonsense"), ReferrerInvalid},
    };
}

std::vector<Row> hstsRows()
{
    const auto hsts = MdnTest::Hsts;
    const auto with = [](const QByteArray &value) { return page("Strict-Transport-Security: " + value); };
    return {
        {"HSTS: preloaded", hsts, changed(page({}), [](MdnFacts &f) { f.isPreloaded = true; }), HstsPreloaded},
        {"HSTS: six months", hsts, with("max-age=15552000"), HstsSixMonths},
        {"HSTS: a second less", hsts, with("max-age=15551999; includeSubDomains"), HstsShort},
        {"HSTS: negative", hsts, with("max-age=-1"), HstsShort},
        {"HSTS: quoted is read as no number", hsts, with("max-age=\"1\""), HstsSixMonths},
        {"HSTS: none", hsts, page({}), HstsMissing},
        {"HSTS: no max-age", hsts, with("includeSubDomains"), HstsInvalid},
        {"HSTS: twice", hsts, page("Strict-Transport-Security: max-age=1\nStrict-Transport-Security: max-age=1"),
         HstsInvalid},
        {"HSTS: no https", hsts, changed(page({}), [](MdnFacts &f) { f.https.reset(); }), HstsNoHttps},
        {"HSTS: bad certificate", hsts,
         changed(with("max-age=31536000"), [](MdnFacts &f) { f.https->isVerified = false; }), HstsInvalidCert},
    };
}

std::vector<Row> sriRows()
{
    const auto sri = MdnTest::Sri;
    const auto plainHttp = [](MdnFacts facts) {
        facts.https.reset();
        return facts;
    };
    return {
        {"SRI: no html", sri,
         changed(page({}), [](MdnFacts &f) { f.https->last = answer(200, "Content-Type: application/json"); }),
         SriNotHtml},
        {"SRI: no scripts", sri, withScripts("<p>x"), SriNoScripts},
        {"SRI: own scripts", sri, withScripts("<script src=/a.js></script>"), SriOwnScriptsOnly},
        {"SRI: scripts of the same domain", sri, withScripts("<script src=https://cdn.example.com/a.js></script>"),
         SriOwnScriptsOnly},
        {"SRI: own scripts with integrity", sri, withScripts("<script src=/a.js integrity=sha256-x></script>"),
         SriOnOwnScripts},
        {"SRI: the same over http earns nothing", sri,
         plainHttp(withScripts("<script src=/a.js integrity=sha256-x></script>")), SriOwnScriptsOnly},
        {"SRI: foreign with integrity", sri,
         withScripts("<script src=https://x.example.org/a.js integrity=sha256-x></script>"), SriOnForeignScripts},
        {"SRI: foreign without", sri, withScripts("<script src=https://x.example.org/a.js></script>"),
         SriMissingOverHttps},
        {"SRI: foreign over http with integrity", sri,
         withScripts("<script src=http://x.example.org/a.js integrity=sha256-x></script>"), SriOverHttp},
        {"SRI: foreign over http without", sri, withScripts("<script src=http://x.example.org/a.js></script>"),
         SriMissingOverHttp},
        {"SRI: no scheme", sri, withScripts("<script src=//app.example.com/a.js></script>"), SriMissingOverHttp},
        {"SRI: the worst counts", sri,
         withScripts("<script src=http://x.example.org/a.js></script><script src=https://y.example.org/a.js></script>"),
         SriMissingOverHttp},
        {"a page that cannot be read", sri, changed(page({}), [](MdnFacts &f) { f.page.reset(); }), HtmlNotParseable},
    };
}

std::vector<Row> headerRows()
{
    const auto framing = MdnTest::Framing;
    return {
        {"sniffing: forbidden", MdnTest::Sniffing, page("X-Content-Type-Options: NoSniff"), SniffingForbidden},
        {"sniffing: none", MdnTest::Sniffing, page({}), SniffingMissing},
        {"sniffing: twice", MdnTest::Sniffing, page("X-Content-Type-Options: nosniff\nX-Content-Type-Options: nosniff"),
         SniffingInvalid},
        {"framing: by policy", framing, withCsp("default-src 'self'; frame-ancestors *"), FramingCsp},
        {"framing: deny", framing, page("X-Frame-Options: Deny"), FramingSameoriginOrDeny},
        {"framing: allow-from", framing, page("X-Frame-Options: ALLOW-FROM https://a.example"), FramingAllowFromOrigin},
        {"framing: none", framing, page({}), FramingMissing},
        {"framing: nonsense", framing, page("X-Frame-Options: none"), FramingInvalid},
        {"CORP: same site", MdnTest::Corp, page("Cross-Origin-Resource-Policy: Same-Site"), CorpSameSite},
        {"CORP: same origin", MdnTest::Corp, page("Cross-Origin-Resource-Policy: same-origin"), CorpSameOrigin},
        {"CORP: cross origin", MdnTest::Corp, page("Cross-Origin-Resource-Policy: cross-origin"), CorpCrossOrigin},
        {"CORP: none", MdnTest::Corp, page({}), CorpMissing},
        {"CORP: nonsense", MdnTest::Corp, page("Cross-Origin-Resource-Policy: yes"), CorpInvalid},
        {"COEP: require-corp", MdnTest::Coep, page("Cross-Origin-Embedder-Policy: require-corp; report-to=\"default\""),
         CoepRequireCorp},
        {"COEP: credentialless", MdnTest::Coep, page("Cross-Origin-Embedder-Policy: credentialless"),
         CoepCredentialless},
        {"COEP: unsafe-none", MdnTest::Coep, page("Cross-Origin-Embedder-Policy: unsafe-none"), CoepUnsafeNone},
        {"COEP: none", MdnTest::Coep, page({}), CoepMissing},
        {"COEP: in quotes", MdnTest::Coep, page("Cross-Origin-Embedder-Policy: \"require-corp\""), CoepInvalid},
        {"COOP: same-origin", MdnTest::Coop, page("Cross-Origin-Opener-Policy: same-origin"), CoopSameOrigin},
        {"COOP: pop-ups", MdnTest::Coop, page("Cross-Origin-Opener-Policy: same-origin-allow-popups"),
         CoopSameOriginAllowPopups},
        {"COOP: pop-ups without opener", MdnTest::Coop, page("Cross-Origin-Opener-Policy: noopener-allow-popups"),
         CoopNoopenerAllowPopups},
        {"COOP: unsafe-none", MdnTest::Coop, page("Cross-Origin-Opener-Policy: unsafe-none"), CoopUnsafeNone},
        {"COOP: none", MdnTest::Coop, page({}), CoopMissing},
        {"COOP: in capitals", MdnTest::Coop, page("Cross-Origin-Opener-Policy: Same-Origin"), CoopInvalid},
    };
}

std::vector<Row> allRows()
{
    std::vector<Row> rows;
    for (auto part :
         {cspRows(), cookieRows(), corsRows(), redirectionRows(), referrerRows(), hstsRows(), sriRows(), headerRows()})
        std::ranges::move(part, std::back_inserter(rows));
    return rows;
}

} // namespace

class MdnScoreTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<size_t>("row");
        const std::vector<Row> rows = allRows();
        for (size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i].name) << i;
    }

    void judges()
    {
        QFETCH(size_t, row);
        static const std::vector<Row> rows = allRows();
        const auto outcomes = judgeMdn(rows[row].facts);
        QVERIFY(outcomes);
        QCOMPARE(outcomes->size(), size_t(12));
        QCOMPARE(toWord(outcomes->at(rows[row].test)), toWord(rows[row].expected));
    }

    void everyOutcomeHasARow()
    {
        constexpr int kOutcomes = 77;
        std::set<MdnOutcome> expected;
        for (const Row &row : allRows())
            expected.insert(row.expected);
        for (int i = 0; i < kOutcomes; ++i) {
            const auto outcome = static_cast<MdnOutcome>(i);
            QVERIFY2(expected.contains(outcome), qPrintable(toWord(outcome)));
        }
        QCOMPARE(static_cast<int>(HtmlNotParseable), kOutcomes - 1);
    }

    void adds_data()
    {
        QTest::addColumn<std::vector<MdnOutcome>>("outcomes");
        QTest::addColumn<int>("score");
        QTest::addColumn<QString>("grade");
        using Outcomes = std::vector<MdnOutcome>;
        QTest::newRow("nothing") << Outcomes{} << 100 << u"A+"_s;
        QTest::newRow("bonuses") << Outcomes{CspNoUnsafeDefaultSrcNone, CorpSameOrigin} << 120 << u"A+"_s;
        QTest::newRow("bonuses from 90") << Outcomes{CspInsecureSchemeInPassiveContentOnly, CorpSameOrigin} << 100
                                         << u"A+"_s;
        QTest::newRow("none from 85 on") << Outcomes{CspInsecureSchemeInPassiveContentOnly, SniffingMissing,
                                                     CorpSameOrigin}
                                         << 85 << u"A-"_s;
        QTest::newRow("95") << Outcomes{SniffingMissing} << 95 << u"A"_s;
        QTest::newRow("80") << Outcomes{HstsMissing} << 80 << u"B+"_s;
        QTest::newRow("75") << Outcomes{CspMissing} << 75 << u"B"_s;
        QTest::newRow("65") << Outcomes{HstsShort, CspMissing} << 65 << u"B-"_s;
        QTest::newRow("60") << Outcomes{CookiesSessionNotSecure} << 60 << u"C+"_s;
        QTest::newRow("50") << Outcomes{CorsUniversal} << 50 << u"C"_s;
        QTest::newRow("45") << Outcomes{CorsUniversal, SniffingMissing} << 45 << u"C-"_s;
        QTest::newRow("40") << Outcomes{CorsUniversal, HstsShort} << 40 << u"D+"_s;
        QTest::newRow("30") << Outcomes{CorsUniversal, HstsMissing} << 30 << u"D"_s;
        QTest::newRow("25") << Outcomes{CorsUniversal, CspMissing} << 25 << u"D-"_s;
        QTest::newRow("20") << Outcomes{CorsUniversal, CookiesSessionNotHttpOnly} << 20 << u"F"_s;
        QTest::newRow("never below nothing") << Outcomes{CorsUniversal, SriMissingOverHttp, CspMissing} << 0 << u"F"_s;
    }

    void adds()
    {
        QFETCH(std::vector<MdnOutcome>, outcomes);
        const MdnScore got = scoreOf(outcomes);
        QTEST(got.score, "score");
        QTEST(got.grade, "grade");
    }

    void scoresOnlyWhatAnswers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isScored");
        QTest::newRow("199") << 199 << false;
        QTest::newRow("200") << 200 << true;
        QTest::newRow("399") << 399 << true;
        QTest::newRow("400") << 400 << false;
        QTest::newRow("401") << 401 << true;
        QTest::newRow("402") << 402 << false;
        QTest::newRow("403") << 403 << true;
        QTest::newRow("404") << 404 << false;
        QTest::newRow("500") << 500 << false;
    }

    void scoresOnlyWhatAnswers()
    {
        QFETCH(int, status);
        QTEST(judgeMdn(page({}, {}, status)).has_value(), "isScored");
        QVERIFY(!judgeMdn({}));
    }

    void cutsPolicies_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("directive");
        QTest::addColumn<QStringList>("sources");
        QTest::newRow("one") << u"img-src a.example b.example"_s << u"img-src"_s
                             << QStringList{u"a.example"_s, u"b.example"_s};
        QTest::newRow("no sources") << u"script-src"_s << u"script-src"_s << QStringList{u"'none'"_s};
        QTest::newRow("the longer of two is superfluous") << u"img-src https://a.example https://a.example/b"_s
                                                          << u"img-src"_s << QStringList{u"https://a.example"_s};
        QTest::newRow("two policies without anything in common")
            << u"img-src a.example, img-src b.example"_s << u"img-src"_s << QStringList{u"'none'"_s};
        QTest::newRow("a folder holds its files") << u"img-src a.example/x/, img-src a.example/x/y.png"_s
                                                  << u"img-src"_s << QStringList{u"a.example/x/y.png"_s};
        QTest::newRow("only the second policy has it")
            << u"default-src 'self', img-src b.example"_s << u"img-src"_s << QStringList{u"'none'"_s};
    }

    void cutsPolicies()
    {
        QFETCH(QString, header);
        QFETCH(QString, directive);
        const auto csp = parseMdnCsp(splitMdnPolicies({header}));
        QVERIFY(csp);
        QTEST(csp->directives.value(directive), "sources");
    }

    void readsStructuredFields_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("token") << QByteArray(" same-origin ") << QByteArray("same-origin");
        QTest::newRow("parameters") << QByteArray("a;b;c=1;d=\"x\\\"y\";e=?1;f=:YQ==:;g=1.5;h=@1;i=%\"x\"")
                                    << QByteArray("a");
        QTest::newRow("a star") << QByteArray("*") << QByteArray("*");
        QTest::newRow("string") << QByteArray("\"a\"") << QByteArray();
        QTest::newRow("open string") << QByteArray("a;b=\"x") << QByteArray();
        QTest::newRow("two items") << QByteArray("a, b") << QByteArray();
        QTest::newRow("number") << QByteArray("1") << QByteArray();
        QTest::newRow("too many digits") << QByteArray("a;b=1234567890123456") << QByteArray();
        QTest::newRow("parameter in capitals") << QByteArray("a;B") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }

    void readsStructuredFields()
    {
        QFETCH(QByteArray, value);
        const auto item = parseFieldItem(value);
        const bool isToken = item && item->kind == FieldItem::Kind::Token;
        QTEST(isToken ? item->text : QByteArray(), "token");
    }

    void knowsPreloadedNames()
    {
        const auto names = loadPreloadList();
        QVERIFY2(names, names ? "" : qPrintable(names.error().message));
        QVERIFY(isPreloaded(u"www.acme.app"_s, *names));
        QVERIFY(!isPreloaded(u"www.acme.com"_s, *names));
        QVERIFY(!isPreloaded(u"dev.acme.com"_s, *names));
        QVERIFY(!parsePreloadList("{}"));
        QVERIFY(!parsePreloadList(R"({"names":["app","app"]})"));
    }
};

QTEST_GUILESS_MAIN(MdnScoreTest)
#include "tst_mdnscore.moc"
