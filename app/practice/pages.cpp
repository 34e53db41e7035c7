#include "app/practice/pages.h"

#include "app/practice/names.h"

namespace cockpit {

namespace {

const QByteArray kJson = "application/json";

void addGoodHeaders(PageReply &reply)
{
    reply.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    reply.add("Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
              "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    reply.add("X-Content-Type-Options", "nosniff");
    reply.add("X-Frame-Options", "DENY");
    reply.add("Referrer-Policy", "strict-origin-when-cross-origin");
}

QByteArray document(const QByteArray &title, const QByteArray &head, const QByteArray &body)
{
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title>" + head +
           "</head><body>" + body + "</body></html>\n";
}

PageReply notFound()
{
    PageReply reply{.status = 404, .body = document("Not found", {}, "<h1>There is nothing here</h1>")};
    addGoodHeaders(reply);
    return reply;
}

PageReply json(int status, const QByteArray &body)
{
    return {.status = status, .contentType = kJson, .body = body};
}

// Put together when it is asked for: the source must not hold anything that a secret scanner would report.
QByteArray leakedKey()
{
    const QByteArray prefix = QByteArray("sk") + "_live" + "_";
    return prefix + "51Hq8Zr2" + "LmT9vXcKe4" + "WnYb7DpGs3JfUa";
}

QByteArray script()
{
    return "const billing = { key: \"" + leakedKey() + "\" };\nfetch('https://" + kApiHost +
           "/api/customers').then(r => r.json()).then(showCustomers);\n";
}

// The app forgets every protective header and says what it runs on.
PageReply bareAppReply(int status, const QByteArray &contentType, const QByteArray &body)
{
    return {.status = status,
            .contentType = contentType,
            .headers = {{"Server", "nginx/1.14.0"}, {"X-Powered-By", "Express 4.16.1"}},
            .body = body};
}

} // namespace

PageReply sitePage(const PageRequest &request)
{
    if (request.path() != "/")
        return notFound();
    const QByteArray head = "<link rel=\"canonical\" href=\"https://" + kDomain + "/\">" + "<script src=\"http://" +
                            kDomain + "/statistics.js\"></script>";
    PageReply reply{.body = document("Acme Ops", head,
                                     "<h1>Acme Ops</h1><p>Shift plans without spreadsheets.</p><a href=\"https://" +
                                         kAppHost + "/\">Sign in</a>")};
    addGoodHeaders(reply);
    return reply;
}

// Should send visitors on to the domain itself; it shows a second copy instead.
PageReply wwwPage(const PageRequest &request)
{
    if (request.path() != "/")
        return notFound();
    PageReply reply{.body = document("Acme Ops", {}, "<h1>Acme Ops</h1><p>Shift plans without spreadsheets.</p>")};
    addGoodHeaders(reply);
    return reply;
}

PageReply appPage(const PageRequest &request)
{
    if (request.path() == "/.env")
        return bareAppReply(200, "text/plain",
                            "APP_ENV=production\nDB_HOST=10.0.0.5\nDB_PASSWORD=" + leakedKey() + "\n");
    if (request.path() == "/assets/app.js")
        return bareAppReply(200, "text/javascript", script());
    if (request.path() != "/" && request.path() != "/login")
        return bareAppReply(404, "text/plain", "Not found\n");
    PageReply reply = bareAppReply(
        200, "text/html; charset=utf-8",
        document("Sign in to Acme Ops", "<script src=\"/assets/app.js\" defer></script>",
                 "<h1>Sign in</h1><form method=\"post\" action=\"/login\"><input name=\"email\" type=\"email\">"
                 "<input name=\"password\" type=\"password\"><button>Sign in</button></form>"));
    reply.add("Set-Cookie", "session=" + QByteArray("3f9a1c7e5b2d8046") + "; Path=/; Secure; SameSite=Lax");
    reply.add("Cache-Control", "public, max-age=3600");
    return reply;
}

PageReply oldPage(const PageRequest &request)
{
    if (request.path() != "/")
        return notFound();
    PageReply reply{.body = document("Acme Ops (old)", {}, "<h1>We have moved</h1>")};
    addGoodHeaders(reply);
    return reply;
}

PageReply plainPage(const PageRequest &request)
{
    if (request.host() == kWwwHost)
        return wwwPage(request);
    if (request.host() == kApiHost) // a program with the wrong address fails before it sends a key
        return json(403, R"({"error":"use_https"})");
    return {.status = 301,
            .contentType = "text/plain",
            .headers = {{"Location", "https://" + request.host() + request.target}},
            .body = "Moved\n"};
}

} // namespace cockpit
