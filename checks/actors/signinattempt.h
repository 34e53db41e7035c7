// One sign-in under way: the requests that it sends, and what it makes of the answers.
#pragma once

#include "checks/actors/session.h"
#include "checks/actors/signinparts.h"
#include "checks/actors/tokensin.h"
#include "checks/actors/wire.h"
#include "models/access/actor.h"

namespace cockpit {

// The actor, the values and the wire outlive it; it is used once.
class SignInAttempt
{
public:
    SignInAttempt(const TestActor &actor, const HoleValues &values, Wire &wire);

    // What a visitor brings along from before: cookies that it was given, or that somebody planted.
    void startWith(CookieJar jar) { m_session.jar = std::move(jar); }
    // With every request: how the browser calls itself.
    void sendAlso(std::vector<Header> headers) { m_also = std::move(headers); }
    // To take something back: also after Stop, where the login is at a host that tests may ask.
    void undoBy(Deadline deadline) { m_undoBy = deadline; }
    // In the place of the anti-forgery token that the page hands out.
    void forgeCsrf(Secret value) { m_forgedCsrf = std::move(value); }

    [[nodiscard]] Result<Session> byLogin(); // Form, Json
    [[nodiscard]] Result<Session> byOAuth(); // RFC 6749 sections 4.3 and 4.4

    const CookieJar &before() const { return m_before; }                   // the cookies with which the login was sent
    const std::vector<HttpResponse> &answers() const { return m_answers; } // of all requests, in their order

private:
    bool wantsCsrf() const;
    Result<void> readLoginPage();
    void forgeCsrfIn(std::vector<HiddenField> &fields);
    Result<ActiveRequest> loginRequest() const;
    Result<QByteArray> loginBody() const;
    Result<void> addHeaders(ActiveRequest &request) const;
    Result<HttpResponse> send(ActiveRequest request);
    HttpResponse landing(const ActiveRequest &login, HttpResponse answer);
    Result<Session> read(const HttpResponse &answer, const HttpResponse &last);
    Result<Session> readToken(const HttpResponse &answer);
    bool setsCookies() const;
    bool keepsVisitorsCookie(const HttpResponse &answer) const;
    QByteArray contentType() const;
    [[nodiscard]] Result<ActiveRequest> tokenRequest(bool secretInBody) const;
    [[nodiscard]] Result<ActiveRequest> recordedTokenRequest() const;
    void keepKeys();
    Error refused(const HttpResponse &answer) const;
    tl::unexpected<Error> noSession(const HttpResponse &answer) const;

    const TestActor &m_actor;
    HoleValues m_values;
    Wire &m_wire;
    Session m_session;
    CookieJar m_before; // what the login page had set
    std::vector<HiddenField> m_hidden;
    std::optional<CsrfToken> m_csrf;
    std::vector<Header> m_also;
    std::optional<Secret> m_forgedCsrf;
    std::optional<Deadline> m_undoBy;
    std::vector<HttpResponse> m_answers;
};

// Where a token goes: what the sign-in names, else `usual`; a header of the product's own has no scheme before it.
void setTokenHeader(Session &session, const SignIn &how, const QByteArray &usual);

// Makes it one that takes something back, where its host is one that tests may ask; else it stays of its kind.
void askToUndo(ActiveRequest &request, const Wire &wire, Deadline deadline);

// A request of the sign-in kind, for that account.
ActiveRequest signInRequest(const TestActor &actor, const QByteArray &method, const QUrl &url);

} // namespace cockpit
