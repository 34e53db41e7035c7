#include "tests/lab/nginxsites.h"

#include <QMap>

#include <functional>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using Headers = QMap<QByteArray, QByteArray>; // an empty value: not sent

const QByteArray kPage = "<!doctype html><html lang=\"en\"><title>Acme</title><p>Orders for workshops.</html>\n";

Headers goodHeaders()
{
    return {{"Strict-Transport-Security", "max-age=63072000; includeSubDomains"},
            {"X-Content-Type-Options", "nosniff"},
            {"X-Frame-Options", "DENY"},
            {"Referrer-Policy", "strict-origin-when-cross-origin"},
            {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
            {"Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
                                        "frame-ancestors 'none'"},
            {"Cache-Control", "no-store"}};
}

QByteArray linesOf(const Headers &headers)
{
    QByteArray lines = "gzip on; gzip_types application/javascript text/css; gzip_min_length 20;\n";
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        if (!it->isEmpty())
            lines += "add_header " + it.key() + " \"" + *it + "\" always;\n";
    }
    return lines;
}

// Changes to the headers of a host in order, and what stands in its block beside them.
struct Trait
{
    Headers headers = {};
    QByteArray inside = {};
    QByteArray page = kPage;
    std::vector<NginxFile> files = {};
    HostRole role = HostRole::App;
};

NginxSite site(const QString &name, const QStringList &expected, const Trait &trait)
{
    Headers headers = goodHeaders();
    for (auto it = trait.headers.begin(); it != trait.headers.end(); ++it)
        headers.insert(it.key(), *it);
    return {{name + u".example.com"_s, linesOf(headers) + trait.inside, trait.page, trait.files}, trait.role, expected};
}

// A policy with one part more or another one.
QByteArray policyWith(const QByteArray &part)
{
    return part + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

NginxSite withPolicy(const QString &name, const QStringList &expected, const QByteArray &policy)
{
    return site(name, expected, {.headers = {{"Content-Security-Policy", policy}}});
}

std::vector<NginxSite> controls()
{
    const QByteArray shell = "<!doctype html><html lang=\"en\"><title>Acme</title><div id=\"root\"></div></html>\n";
    return {site(u"good"_s, {}, {}),
            site(u"catch-all"_s, {}, {.inside = "location / { try_files $uri /index.html; }", .page = shell})};
}

std::vector<NginxSite> policySites()
{
    return {
        withPolicy(u"no-policy"_s, {u"http.csp missing"_s}, {}),
        site(u"policy-watches"_s, {u"http.csp report_only"_s},
             {.headers = {{"Content-Security-Policy", ""},
                          {"Content-Security-Policy-Report-Only", policyWith("default-src 'self'")}}}),
        withPolicy(u"policy-inline"_s, {u"http.csp scripts_unrestricted"_s},
                   policyWith("default-src 'self' 'unsafe-inline'")),
        withPolicy(u"policy-any-address"_s, {u"http.csp scripts_unrestricted"_s},
                   policyWith("default-src 'self'; script-src https:")),
        withPolicy(u"policy-shared-host"_s, {u"http.csp weak_parts"_s},
                   policyWith("default-src 'self'; script-src 'self' https://unpkg.com")),
        withPolicy(u"policy-eval"_s, {u"http.csp weak_parts"_s},
                   policyWith("default-src 'self'; script-src 'self' 'unsafe-eval'")),
        withPolicy(u"policy-twice"_s, {u"http.csp duplicates"_s}, policyWith("default-src 'self'; default-src 'none'")),
        withPolicy(u"policy-nonce"_s, {},
                   policyWith("default-src 'self'; script-src 'nonce-4bA9' 'strict-dynamic' 'unsafe-inline' https:")),
        withPolicy(u"policy-of-two"_s, {},
                   policyWith("default-src * 'unsafe-inline'") + ", " + policyWith("default-src 'self'")),
        site(u"policy-in-page"_s, {},
             {.headers = {{"Content-Security-Policy", ""}},
              .page =
                  "<!doctype html><meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">" + kPage}),
        site(u"policy-in-page-only-half"_s, {u"http.csp ignored_in_meta"_s},
             {.headers = {{"Content-Security-Policy", ""}},
              .page = "<!doctype html><meta http-equiv=Content-Security-Policy content=\"default-src 'self'; "
                      "frame-ancestors 'none'\">" +
                      kPage}),
    };
}

std::vector<NginxSite> headerSites()
{
    const QByteArray noFrames = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
    return {
        site(u"framing-open"_s, {u"http.framing missing"_s},
             {.headers = {{"X-Frame-Options", ""}, {"Content-Security-Policy", noFrames}}}),
        site(u"framing-old-word"_s, {u"http.framing invalid"_s},
             {.headers = {{"X-Frame-Options", "ALLOW-FROM https://a.example"}, {"Content-Security-Policy", noFrames}}}),
        site(u"framing-everybody"_s, {u"http.framing anyone"_s},
             {.headers = {{"Content-Security-Policy", noFrames + "; frame-ancestors *"}}}),
        site(u"framing-by-header-alone"_s, {}, {.headers = {{"Content-Security-Policy", noFrames}}}),
        site(u"guessing"_s, {u"http.nosniff missing"_s}, {.headers = {{"X-Content-Type-Options", ""}}}),
        site(u"guessing-misspelt"_s, {u"http.nosniff invalid"_s},
             {.headers = {{"X-Content-Type-Options", "no-sniff"}}}),
        site(u"referrer-whole"_s, {u"http.referrer-policy whole_address"_s},
             {.headers = {{"Referrer-Policy", "unsafe-url"}}}),
        site(u"referrer-misspelt"_s, {u"http.referrer-policy unknown_word"_s},
             {.headers = {{"Referrer-Policy", "strict"}}}),
        site(u"referrer-unsaid"_s, {}, {.headers = {{"Referrer-Policy", ""}}}),
        site(u"permissions-open"_s, {u"http.permissions-policy open_to_all"_s},
             {.headers = {{"Permissions-Policy", "camera=*"}}}),
        site(u"permissions-old-form"_s, {u"http.permissions-policy unreadable"_s},
             {.headers = {{"Permissions-Policy", "camera 'none'; microphone 'none'"}}}),
        site(u"permissions-unsaid"_s, {}, {.headers = {{"Permissions-Policy", ""}}}),
        site(u"hsts-missing"_s, {u"http.hsts missing"_s}, {.headers = {{"Strict-Transport-Security", ""}}}),
        site(u"hsts-short"_s, {u"http.hsts short"_s}, {.headers = {{"Strict-Transport-Security", "max-age=15551999"}}}),
        site(u"hsts-off"_s, {u"http.hsts disabled"_s}, {.headers = {{"Strict-Transport-Security", "max-age=0"}}}),
        site(u"hsts-without-age"_s, {u"http.hsts invalid"_s},
             {.headers = {{"Strict-Transport-Security", "includeSubDomains"}}}),
        site(u"versions"_s, {u"http.error-pages version_on_page"_s, u"http.version-leak version"_s},
             {.inside = "server_tokens on;"}),
        site(u"versions-of-framework"_s, {u"http.version-leak version"_s},
             {.headers = {{"X-Powered-By", "PHP/7.4.3"}}}),
    };
}

std::vector<NginxSite> cookieSites()
{
    const auto cookie = [](const QString &name, const QStringList &expected, const QByteArray &value) {
        return site(name, expected, {.headers = {{"Set-Cookie", value}}});
    };
    return {
        cookie(u"cookie-good"_s, {}, "connect.sid=3f9a; Path=/; Secure; HttpOnly; SameSite=Lax"),
        cookie(u"cookie-readable-by-design"_s, {}, "XSRF-TOKEN=3f9a; Path=/; Secure; SameSite=Lax"),
        cookie(u"cookie-readable"_s, {u"http.cookies session_not_httponly"_s},
               "PHPSESSID=3f9a; Path=/; Secure; SameSite=Lax"),
        cookie(u"cookie-in-clear"_s, {u"http.cookies session_not_secure"_s},
               "laravel_session=3f9a; Path=/; HttpOnly; SameSite=Lax"),
        cookie(u"cookie-anywhere"_s, {u"http.cookies refused"_s}, "sessionid=3f9a; Path=/; HttpOnly; SameSite=None"),
        cookie(u"cookie-broken-prefix"_s, {u"http.cookies refused"_s},
               "__Host-session=3f9a; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=example.com"),
        cookie(u"cookie-wide"_s, {u"http.cookies session_wide_domain"_s},
               "sessionid=3f9a; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=example.com"),
        cookie(u"cookie-unlimited"_s, {u"http.cookies session_no_samesite"_s},
               "JSESSIONID=3f9a; Path=/; Secure; HttpOnly"),
        cookie(u"cookie-of-taste-in-clear"_s, {u"http.cookies not_secure"_s}, "theme=dark; Path=/; SameSite=Lax"),
    };
}

std::vector<NginxSite> cachingSites()
{
    const QByteArray login = "<!doctype html><title>Sign in</title><form method=post><input type=password></form>\n";
    const QByteArray script = QByteArray("console.log('order');\n").repeated(4000); // 88 kB
    const auto page = [](const QByteArray &file) {
        return "<!doctype html><title>Acme</title><script src=\"/" + file + "\"></script><p>Orders.\n";
    };
    const auto assets = [&](const QString &name, const QStringList &expected, const QByteArray &file,
                            const QByteArray &inside) {
        return site(name, expected,
                    {.inside = "location ~ \\.js$ { " + inside + " }",
                     .page = page(file),
                     .files = {{QString::fromLatin1(file), script}}});
    };
    const QByteArray hashed = "assets/index-DkR3xQ2z.js";
    const QByteArray forEver = "add_header Cache-Control \"public, max-age=31536000, immutable\";";
    return {
        site(u"login-kept"_s, {u"http.cache-private login_cached"_s},
             {.headers = {{"Cache-Control", "public, max-age=600"}}, .page = login}),
        site(u"login-unsaid"_s, {u"http.cache-private no_policy"_s},
             {.headers = {{"Cache-Control", ""}}, .page = login}),
        site(u"login-good"_s, {}, {.headers = {{"Cache-Control", "private, no-store"}}, .page = login}),
        site(u"session-kept"_s, {u"http.cache-private session_cached"_s},
             {.headers = {{"Cache-Control", "s-maxage=60"},
                          {"Set-Cookie", "connect.sid=3f9a; Path=/; Secure; HttpOnly; SameSite=Lax"}}}),
        site(u"session-kept-by-edge"_s, {u"http.cache-private session_cached"_s},
             {.headers = {{"CDN-Cache-Control", "max-age=60"},
                          {"Set-Cookie", "connect.sid=3f9a; Path=/; Secure; HttpOnly; SameSite=Lax"}}}),
        assets(u"files-good"_s, {}, hashed, forEver),
        assets(u"files-never-kept"_s, {u"http.cache-static loaded_again"_s}, hashed,
               "add_header Cache-Control no-store;"),
        assets(u"files-kept-briefly"_s, {u"http.cache-static kept_too_short"_s}, hashed,
               "add_header Cache-Control max-age=60;"),
        assets(u"files-kept-too-long"_s, {u"http.cache-static kept_too_long"_s}, "app.js", forEver),
        assets(u"files-unpacked"_s, {u"http.cache-static not_compressed"_s}, hashed, "gzip off; " + forEver),
        assets(u"files-with-cookie"_s, {u"http.cache-static cookie_on_file"_s}, hashed,
               forEver + " add_header Set-Cookie \"seen=1; Secure; SameSite=Lax\";"),
        assets(u"files-passed-on"_s, {u"http.cache-static edge_passes"_s}, hashed,
               forEver + " add_header CF-Cache-Status DYNAMIC;"),
    };
}

std::vector<NginxSite> corsSites()
{
    // nginx does not send a header whose value is empty.
    const auto cors = [](const QString &name, const QStringList &expected, const QByteArray &when,
                         const QByteArray &more, const Headers &headers = {}) {
        return site(name, expected,
                    {.headers = headers,
                     .inside = "set $allowed \"\"; " + when +
                               " add_header Access-Control-Allow-Origin $allowed always; " + more});
    };
    const QByteArray credentials = "add_header Access-Control-Allow-Credentials true always; ";
    const QByteArray vary = "add_header Vary Origin always; ";
    const auto matching = [](const QByteArray &pattern) {
        return "if ($http_origin ~ \"" + pattern + "\") { set $allowed $http_origin; }";
    };
    const QByteArray ourNames = matching("^https://[a-z0-9-]+\\.example\\.com$");
    return {
        cors(u"cors-everybody"_s, {u"http.cors any_origin"_s}, "set $allowed $http_origin;", credentials + vary),
        cors(u"cors-null"_s, {u"http.cors null_origin"_s}, matching("^null$"), credentials + vary),
        cors(u"cors-glued"_s, {u"http.cors any_subdomain"_s, u"http.cors lookalike_origin"_s},
             matching("^https://.*example\\.com$"), credentials + vary),
        cors(u"cors-any-dot"_s, {u"http.cors lookalike_origin"_s}, matching("^https://cors-any-dot.example.com$"),
             credentials + vary),
        cors(u"cors-before-a-change"_s, {u"http.cors any_origin"_s},
             "if ($request_method = OPTIONS) { set $allowed $http_origin; }", credentials + vary),
        cors(u"cors-developers"_s, {u"http.cors localhost_origin"_s}, matching("^https?://localhost(:[0-9]+)?$"),
             credentials + vary),
        cors(u"cors-previews"_s, {u"http.cors hosting_origin"_s}, matching("^https://[a-z0-9-]+\\.vercel\\.app$"),
             credentials + vary),
        cors(u"cors-unmarked"_s, {u"http.cors no_vary"_s}, ourNames, {}, {{"Cache-Control", "private"}}),
        cors(u"cors-unmarked-and-never-kept"_s, {}, ourNames, {}),
        cors(u"cors-star-and-cookies"_s, {u"http.cors wildcard_credentials"_s}, "set $allowed \"*\";", credentials),
        cors(u"cors-two"_s, {u"http.cors several_values"_s}, "set $allowed \"https://a.example, https://b.example\";",
             vary),
        cors(u"cors-public"_s, {}, "set $allowed \"*\";", {}),
        cors(u"cors-partner"_s, {}, matching("^https://partner\\.example\\.org$"), credentials + vary),
    };
}

std::vector<NginxSite> contentSites()
{
    const auto page = [](const QString &name, const QStringList &expected, const QByteArray &html,
                         const std::vector<NginxFile> &files = {}) {
        return site(name, expected, {.page = "<!doctype html><title>Acme</title>" + html, .files = files});
    };
    const auto failing = [](const QString &name, const QStringList &expected, const QByteArray &text) {
        return site(name, expected,
                    {.inside = "error_page 404 @missing; location @missing { return 404 \"" + text + "\"; }"});
    };
    return {
        page(u"mixed-script"_s, {u"http.mixed-content active"_s}, "<script src=http://x.example/a.js></script>"),
        page(u"mixed-form"_s, {u"http.mixed-content insecure_form"_s}, "<form action=http://x.example/></form>"),
        page(u"mixed-style-file"_s, {u"http.mixed-content passive"_s}, "<link rel=stylesheet href=/a.css>",
             {{u"a.css"_s, "a{background:url(http://x.example/a.png)}"}}),
        page(u"mixed-socket"_s, {u"http.mixed-content insecure_calls"_s}, "<script src=/a.js></script>",
             {{u"a.js"_s, "new WebSocket('ws://live.example.com/s')"}}),
        page(u"mixed-link-is-none"_s, {}, "<a href=http://x.example/>x</a>"),
        failing(u"failing-trace"_s, {u"http.error-pages stack_trace"_s}, "Traceback (most recent call last):"),
        failing(u"failing-debug"_s, {u"http.error-pages debug_page"_s}, "<title>x // Werkzeug Debugger</title>"),
        failing(u"failing-plain"_s, {}, "There is nothing here."),
    };
}

std::vector<NginxSite> contactSites()
{
    const auto contact = [](const QString &name, const QStringList &expected, const QByteArray &text) {
        return site(name, expected, {.files = {{u".well-known/security.txt"_s, text}}, .role = HostRole::Site});
    };
    const QByteArray soon = QDateTime::currentDateTimeUtc().addDays(90).toString(Qt::ISODate).toLatin1();
    return {
        contact(u"contact-good"_s, {}, "Contact: mailto:security@example.com\nExpires: " + soon + "\n"),
        contact(u"contact-expired"_s, {u"http.security-txt expired"_s},
                "Contact: mailto:security@example.com\nExpires: 2020-01-01T00:00:00Z\n"),
        contact(u"contact-nobody"_s, {u"http.security-txt no_contact"_s}, "Expires: " + soon + "\n"),
    };
}

} // namespace

std::vector<NginxSite> nginxSites()
{
    std::vector<NginxSite> sites;
    for (auto &part : {controls(), policySites(), headerSites(), cookieSites(), cachingSites(), corsSites(),
                       contentSites(), contactSites()})
        sites.insert(sites.end(), part.begin(), part.end());
    return sites;
}

} // namespace cockpit::lab
