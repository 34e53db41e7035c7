#include "app/practice/shop/deskidentity.h"

#include "app/practice/shop/deskstate.h"

#include <QCryptographicHash>

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

// An authorization request, as it came in an address or in the form's hidden field.
struct Ask
{
    QByteArray raw; // the query as it came
    QByteArray client, redirectUri, type, state, challenge, method, prompt;
};

Ask askIn(const QByteArray &query)
{
    const QUrlQuery values(QString::fromUtf8(query));
    const auto value = [&](const char *name) {
        return values.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded).toUtf8();
    };
    return {.raw = query,
            .client = value("client_id"),
            .redirectUri = value("redirect_uri"),
            .type = value("response_type"),
            .state = value("state"),
            .challenge = value("code_challenge"),
            .method = value("code_challenge_method"),
            .prompt = value("prompt")};
}

QByteArray queryOf(const PageRequest &request)
{
    const qsizetype at = request.target.indexOf('?');
    return at < 0 ? QByteArray() : request.target.mid(at + 1);
}

bool isRegistered(const Call &call, const QByteArray &redirectUri)
{
    if (call.has(SignOnRedirectByBeginning))
        return redirectUri.startsWith("https://" + call.desk.setup.host) &&
               QUrl(QString::fromUtf8(redirectUri)).isValid();
    return redirectUri == registeredRedirect(call);
}

// Nobody is sent anywhere from here (RFC 6749 section 4.1.2.1).
std::optional<PageReply> refusal(const Call &call, const Ask &ask)
{
    if (ask.client != kSignOnClient)
        return page(call, "Unknown product", "<p>Harbor ID does not know who asks.</p>", 400);
    if (!isRegistered(call, ask.redirectUri))
        return page(call, "Unknown address", "<p>This address is not registered with Harbor ID.</p>", 400);
    return {};
}

// Back to who asked. iss: whose answer it is (RFC 9207).
PageReply sendBack(const Call &call, const Ask &ask, const QString &name, const QByteArray &value)
{
    QUrl to(QString::fromUtf8(ask.redirectUri));
    QUrlQuery query(to);
    query.addQueryItem(name, QString::fromUtf8(value.toPercentEncoding()));
    if (!ask.state.isEmpty())
        query.addQueryItem(u"state"_s, QString::fromUtf8(ask.state.toPercentEncoding()));
    query.addQueryItem(u"iss"_s, QString::fromLatin1(("https://" + call.desk.setup.host).toPercentEncoding()));
    to.setQuery(query);
    PageReply reply = seeOther(to.toEncoded());
    reply.add("Referrer-Policy", "no-referrer");
    return reply;
}

// What is wrong with the rest of the request; empty when nothing is.
QByteArray errorIn(const Ask &ask)
{
    if (ask.type != "code")
        return "unsupported_response_type";
    if (ask.challenge.isEmpty() ? !ask.method.isEmpty() : ask.method != "S256")
        return "invalid_request";
    return {};
}

PageReply signInPage(Call &call, const Ask &ask, const QByteArray &words, int status)
{
    PageReply cookie;
    keepSession(call, cookie);
    const QByteArray fields = "<input type=\"hidden\" name=\"request\" value=\"" +
                              shop::escaped(QString::fromUtf8(ask.raw)) +
                              "\"><label>E-mail <input name=\"email\" type=\"email\"></label>"
                              "<label>Password <input name=\"password\" type=\"password\"></label>";
    PageReply reply =
        page(call, "Harbor ID", words + formOf(call, kAuthorizePath, fields, "Sign in to Harbor Desk"), status);
    reply.headers.insert(reply.headers.end(), cookie.headers.begin(), cookie.headers.end());
    reply.add("Referrer-Policy", "no-referrer");
    return reply;
}

} // namespace

PageReply authorizationPage(Call &call)
{
    const Ask ask = askIn(queryOf(call.request));
    if (auto refused = refusal(call, ask))
        return *refused;
    if (const QByteArray error = errorIn(ask); !error.isEmpty())
        return sendBack(call, ask, u"error"_s, error);
    if (ask.prompt == "none") // OpenID Connect Core, section 3.1.2.1
        return sendBack(call, ask, u"error"_s, "login_required");
    return signInPage(call, ask, {}, 200);
}

PageReply authorizationAnswer(Call &call)
{
    const Ask ask = askIn(call.field("request").toUtf8());
    if (auto refused = refusal(call, ask))
        return *refused;
    if (const QByteArray error = errorIn(ask); !error.isEmpty())
        return sendBack(call, ask, u"error"_s, error);
    const QString email = call.field("email");
    if (auto held = heldBack(call, email))
        return *held;
    const shop::Account *account = checkedAccount(call, email, call.field("password"));
    if (!account)
        return signInPage(call, ask, "<p>E-mail or password is wrong.</p>", 401);
    const QByteArray code = randomText(32);
    call.store().codes[code] = {account->id, ask.redirectUri, ask.challenge, call.desk.clock.seconds()};
    return sendBack(call, ask, u"code"_s, code);
}

QByteArray registeredRedirect(const Call &call)
{
    return "https://" + call.desk.setup.host + "/auth/sso/callback";
}

QByteArray challengeFor(const QByteArray &verifier)
{
    return QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

int redeemed(Call &call, const QByteArray &code, const QByteArray &redirectUri, const QByteArray &verifier)
{
    auto &codes = call.store().codes;
    const auto found = codes.find(code);
    if (found == codes.end())
        return 0;
    const AuthorizationCode known = found->second;
    codes.erase(found);
    const std::chrono::seconds life = kCodeLife;
    const bool isFresh = call.desk.clock.seconds() - known.since <= life.count();
    const bool isProved = known.challenge.isEmpty() || known.challenge == challengeFor(verifier);
    return isFresh && isProved && known.redirectUri == redirectUri ? known.account : 0;
}

} // namespace cockpit::desk
