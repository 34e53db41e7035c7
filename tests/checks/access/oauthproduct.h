// A product that lets people sign in by another service, or by an authorization server of its own (OpenID Connect), in
// one way that is right and several that are not.
#pragma once

#include "tests/checks/access/shopscene.h"
#include "tests/lab/weblab.h"

namespace cockpit::lab {

enum class OAuthFault {
    None,
    NoState,
    ConstantState,
    ChallengeAlone, // no state, and PKCE in its place: no fault
    NoCookie,
    Implicit,
    PlainChallenge,
    AppWithoutChallenge,
    PageTakesCode,
    SecretInAddress,
    PlainRedirect,
    ForeignRedirect,
    SignInService, // the answer goes to a service that signs users in: no fault
    OutOfSight,    // request_uri: nothing to be read
    RedirectTaken,
    RedirectBySuffix,
    RedirectPath,
    RedirectCarried,
    RefusesTrue, // the server refuses the product's own address, too
    Throttles,
};

class OAuthProduct
{
public:
    // ownServer: its authorization server is one of its hosts. button: POST, with an anti-forgery token.
    explicit OAuthProduct(OAuthFault fault, bool ownServer = false, bool button = false)
        : m_fault(fault), m_ownServer(ownServer)
    {
        const QByteArray link = button ? "<form method=post action=/auth/okta><input type=hidden name=csrf value=T1>"
                                         "<button>Sign in with Okta</button></form>"
                                       : "<a href=/auth/oidc>Sign in with Harbor ID</a>";
        WebAnswer login = page("<form method=post><input name=email><input type=password name=password></form>" + link);
        login.headers.emplace_back("Set-Cookie", "visit=v1; Path=/");
        m_lab.on("GET", "/login", login);
        m_lab.on(button ? "POST" : "GET", button ? "/auth/okta" : "/auth/oidc",
                 [this, button](const WebRequest &request) {
                     const bool isRight = request.form()["csrf"] == "T1" && request.cookie("visit") == "v1";
                     return button && !isRight ? WebAnswer{.status = 403, .body = "{}"} : start();
                 });
        m_lab.on("GET", "/auth/oidc/callback", [this](const WebRequest &) {
            return m_fault == OAuthFault::PageTakesCode ? page("<div id=app></div><script src=/app.js></script>")
                                                        : WebAnswer{.status = 400, .body = "{\"error\":\"no code\"}"};
        });
        m_lab.on("GET", "/oauth/authorize", [this](const WebRequest &request) { return authorize(request); });
        m_lab.on("GET", "/.well-known/openid-configuration", [this](const WebRequest &) {
            return WebAnswer{.body = "{\"issuer\":\"x\",\"authorization_endpoint\":\"" +
                                     m_lab.url(QStringLiteral("/oauth/authorize")).toEncoded() + "\"}"};
        });
    }

    WebLab &lab() { return m_lab; }

    // One that brings a pasted token, and knows the page.
    TestActor actor() const
    {
        TestActor actor;
        actor.id = QStringLiteral("a1");
        actor.name = QStringLiteral("Mia Lund");
        actor.role = QStringLiteral("member");
        actor.signIn.kind = SignInKind::BearerToken;
        actor.signIn.csrfSource = m_lab.url(QStringLiteral("/login")).toString();
        return actor;
    }
    Judged judged(const Check &check, AttackRun &run) const { return judged(check, run, actor()); }
    Judged judged(const Check &check, AttackRun &run, const TestActor &actor) const
    {
        ProjectFacts facts;
        facts.actors = {actor};
        return run.run(check, targetOf({m_lab.host()}), facts);
    }
    AttackRun run(int requests = 400) const
    {
        return AttackRun({}, {m_lab.host()}, {{QStringLiteral("a1"), Secret("correct-horse-battery")}}, requests);
    }

private:
    static QByteArray escaped(const QByteArray &text) { return text.toPercentEncoding(); }
    QByteArray callback() const
    {
        switch (m_fault) {
        case OAuthFault::AppWithoutChallenge:
            return "com.harbor.ledger:/callback";
        case OAuthFault::PlainRedirect:
            return "http://app.harbor-ledger.example/callback";
        case OAuthFault::ForeignRedirect:
            return "https://somebody.example.net/callback";
        case OAuthFault::SignInService:
            return "https://harbor.supabase.co/auth/v1/callback";
        default:
            return m_lab.url(QStringLiteral("/auth/oidc/callback")).toEncoded();
        }
    }
    QByteArray request()
    {
        const QByteArray visitor = QByteArray::number(++m_visitors);
        QByteArray query = "client_id=harbor-web&redirect_uri=" + escaped(callback());
        if (m_fault == OAuthFault::OutOfSight)
            return "client_id=harbor-web&request_uri=" + escaped("urn:ietf:params:oauth:request_uri:r" + visitor);
        query += m_fault == OAuthFault::Implicit ? "&response_type=id_token%20token" : "&response_type=code";
        if (m_fault == OAuthFault::ConstantState)
            query += "&state=dashboard";
        else if (m_fault != OAuthFault::NoState && m_fault != OAuthFault::ChallengeAlone)
            query += "&state=s" + visitor + "a7f0";
        if (m_fault == OAuthFault::PlainChallenge)
            query += "&code_challenge=c" + visitor;
        if (m_fault == OAuthFault::ChallengeAlone)
            query += "&code_challenge_method=S256&code_challenge=c" + visitor;
        if (m_fault == OAuthFault::SecretInAddress)
            query += "&client_secret=hl-4c1d88e2b7";
        return query;
    }
    WebAnswer start()
    {
        if (m_fault == OAuthFault::Throttles)
            return {.status = 429, .body = "slow down"};
        const QByteArray server =
            m_ownServer ? QByteArray("/oauth/authorize") : QByteArray("https://id.elsewhere.example/authorize");
        WebAnswer answer = redirectTo(server + '?' + request());
        if (m_fault != OAuthFault::NoCookie)
            answer.headers.emplace_back("Set-Cookie", "flow=f" + QByteArray::number(m_visitors) + "; Path=/; HttpOnly");
        return answer;
    }
    bool takes(const QByteArray &redirect) const
    {
        const QByteArray mine = callback();
        switch (m_fault) {
        case OAuthFault::RedirectTaken:
            return true;
        case OAuthFault::RedirectBySuffix: // "begins with my host"
            return redirect.startsWith("http://127.0.0.1");
        case OAuthFault::RedirectPath:
            return redirect.startsWith(mine);
        case OAuthFault::RefusesTrue:
            return false;
        default:
            return redirect == mine;
        }
    }
    WebAnswer authorize(const WebRequest &request) const
    {
        const auto redirect = request.query.find("redirect_uri");
        if (m_fault == OAuthFault::RedirectCarried)
            return redirectTo("/login?next=" + escaped(request.target));
        if (redirect == request.query.end() || !takes(redirect->second))
            return {.status = 400, .body = "<h1>This address is not registered</h1>", .type = "text/html"};
        return redirectTo(redirect->second + "?error=login_required");
    }

    const OAuthFault m_fault;
    const bool m_ownServer;
    int m_visitors = 0;
    WebLab m_lab; // the last: it ends first
};

} // namespace cockpit::lab
