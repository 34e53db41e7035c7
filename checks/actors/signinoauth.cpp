// SignInAttempt at a token endpoint (RFC 6749).
#include "checks/actors/sentheaders.h"
#include "checks/actors/signin.h"
#include "checks/actors/signinattempt.h"

namespace cockpit {

using namespace Qt::StringLiterals;

// As it was recorded: with an audience, a resource, a realm.
Result<ActiveRequest> SignInAttempt::recordedTokenRequest() const
{
    const auto address = filledAddress(m_actor.signIn.url, m_values);
    const auto body = filled(m_actor.signIn.bodyTemplate, m_values, contentType());
    if (!address || !body)
        return tl::unexpected<Error>(address ? body.error() : address.error());
    ActiveRequest request = signInRequest(m_actor, "POST", *address);
    request.carriesSecret = true;
    request.body = body->reveal();
    request.headers.push_back({"Content-Type", contentType()});
    return request;
}

// Who the client is stands in a header, or in the body for servers that know no other way (RFC 6749 section 2.3.1).
Result<ActiveRequest> SignInAttempt::tokenRequest(bool secretInBody) const
{
    const SignIn &how = m_actor.signIn;
    if (!how.bodyTemplate.isEmpty())
        return recordedTokenRequest();
    const bool isClient = how.kind == SignInKind::OAuthClient;
    const auto address = filledAddress(how.url, m_values);
    if (!address)
        return tl::unexpected<Error>(address.error());
    ActiveRequest request = signInRequest(m_actor, "POST", *address);
    request.carriesSecret = true;
    const auto add = [&request](const QByteArray &name, const QByteArray &value) {
        if (!value.isEmpty())
            request.body += (request.body.isEmpty() ? "" : "&") + name + '=' + value.toPercentEncoding();
    };
    add("grant_type", isClient ? "client_credentials" : "password");
    if (!isClient) {
        add("username", m_actor.userName.toUtf8());
        add("password", m_values.at(u"password"_s).reveal());
    }
    add("scope", how.scope.toUtf8());
    const OAuthSelf self = oauthSelfOf(m_actor, m_values);
    for (const auto &[name, value] : self.bodyFields(secretInBody))
        add(name, value);
    if (!secretInBody && self.secret)
        request.headers.push_back({"Authorization", self.basicHeader()});
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return request;
}

Result<Session> SignInAttempt::byOAuth()
{
    for (const bool secretInBody : {false, true}) {
        auto request = tokenRequest(secretInBody);
        if (auto added = request ? addHeaders(*request) : tl::unexpected<Error>(request.error()); !added)
            return tl::unexpected<Error>(added.error());
        const bool isRecorded = !m_actor.signIn.bodyTemplate.isEmpty();
        const bool hasOtherWay = !secretInBody && !isRecorded && hasHeader(request->headers, "Authorization");
        const auto answer = send(*request);
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        const bool isOfClient = answer->status == 401 || answer->body.contains("invalid_client");
        if (answer->status >= 400 && isOfClient && hasOtherWay)
            continue;
        if (answer->status >= 300 || looksSignedOut(*answer))
            return tl::unexpected<Error>(refused(*answer));
        m_session.refreshToken = refreshTokenIn(*answer, m_actor.signIn.refreshPointer);
        return readToken(*answer);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
