#include "app/practice/shop/deskstate.h"
#include "app/practice/shop/letters.h"

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

constexpr qsizetype kShortestPassword = 12;

QByteArray loginFields()
{
    return "<label>E-mail <input name=\"email\" type=\"email\"></label>"
           "<label>Password <input name=\"password\" type=\"password\"></label>";
}

PageReply failedSignIn(Call &call, const QString &email)
{
    const bool isThere = call.store().accountByEmail(email) != nullptr;
    QByteArray words = "E-mail or password is wrong.";
    if (call.has(LoginText))
        words = isThere ? "The password is wrong." : "There is no such account.";
    const int status = call.has(LoginStatus) && !isThere ? 404 : 401;
    return page(call, "Sign in", "<p>" + words + "</p>" + formOf(call, "/login", loginFields(), "Sign in"), status);
}

void sendLetter(Call &call, const shop::Account &account)
{
    const QByteArray token = shop::newLinkToken();
    const std::chrono::seconds life = shop::kResetLife;
    call.store().resets[token] = {account.id, call.desk.clock.seconds() + life.count(), false};
    QByteArray host = call.desk.setup.host;
    if (call.has(ResetHostPoisoned)) {
        const QByteArray named = call.request.header("x-forwarded-host");
        host = named.isEmpty() ? call.request.authority : named;
    }
    call.desk.outbox.send({LetterKind::Reset, account.email, "https://" + host + "/reset?token=" + token, token});
}

// Whoever comes last is who all of them are.
QByteArray sharedSession(Call &call, int account)
{
    QByteArray &id = call.store().shared[call.request.peer];
    const auto known = call.store().sessions.find(id);
    if (known != call.store().sessions.end())
        known->second.account = account;
    else
        id = newSession(call, account);
    return id;
}

} // namespace

QByteArray newSession(Call &call, int account)
{
    const QByteArray id = randomText(32);
    const qint64 now = call.desk.clock.seconds();
    call.store().sessions[id] = {randomText(32), account, now, now};
    return id;
}

QByteArray cookieLine(const Call &call, const QByteArray &id)
{
    return kDeskCookie + "=" + id + "; Path=/; Secure; SameSite=Lax" +
           (call.has(CookieReadable) ? QByteArray() : QByteArray("; HttpOnly"));
}

void keepSession(Call &call, PageReply &reply)
{
    if (call.sessionId.isEmpty()) {
        call.sessionId = newSession(call, 0);
        reply.add("Set-Cookie", cookieLine(call, call.sessionId));
    }
}

PageReply loginForm(Call &call)
{
    PageReply cookie;
    keepSession(call, cookie);
    PageReply reply =
        page(call, "Sign in",
             formOf(call, "/login", loginFields(), "Sign in") + "<a href=\"/auth/sso\">Sign in with Harbor ID</a>" +
                 "<a href=\"/forgot\">Forgot your password?</a>");
    reply.headers.insert(reply.headers.end(), cookie.headers.begin(), cookie.headers.end());
    return reply;
}

PageReply signIn(Call &call)
{
    const QString email = call.field("email");
    if (auto held = heldBack(call, email))
        return *held;
    const shop::Account *account = checkedAccount(call, email, call.field("password"));
    if (!account)
        return failedSignIn(call, email);
    PageReply reply = seeOther("/dashboard");
    if (call.has(SessionFixation) && !call.sessionId.isEmpty()) {
        call.session().account = account->id;
        return reply;
    }
    // A new id: who knew the old one is not in (session fixation).
    call.store().sessions.erase(call.sessionId);
    call.sessionId = call.has(SessionByAddress) ? sharedSession(call, account->id) : newSession(call, account->id);
    reply.add("Set-Cookie", cookieLine(call, call.sessionId));
    return reply;
}

PageReply signOut(Call &call)
{
    if (!call.has(LogoutKeepsSession))
        call.store().sessions.erase(call.sessionId);
    PageReply reply = seeOther("/login");
    reply.add("Set-Cookie", kDeskCookie + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    return reply;
}

PageReply forgotForm(Call &call)
{
    PageReply cookie;
    keepSession(call, cookie);
    PageReply reply =
        page(call, "Forgot your password?", formOf(call, "/forgot", "<input name=\"email\" type=\"email\">", "Send"));
    reply.headers.insert(reply.headers.end(), cookie.headers.begin(), cookie.headers.end());
    return reply;
}

PageReply forgot(Call &call)
{
    if (auto held = tooManyLetters(call, call.field("email")))
        return *held;
    const shop::Account *account = call.store().accountByEmail(call.field("email"));
    if (account)
        sendLetter(call, *account);
    if (account && call.has(ResetTime))
        call.wait = shop::kMailTakes;
    QByteArray words = "If there is such an account, a letter is on its way.";
    if (!account && call.has(ResetText))
        words = "There is no such account.";
    return page(call, "Check your mail", "<p>" + words + "</p>", !account && call.has(ResetStatus) ? 404 : 200);
}

PageReply resetForm(Call &call)
{
    PageReply cookie;
    keepSession(call, cookie);
    const QByteArray token = shop::escaped(call.query.queryItemValue(u"token"_s, QUrl::FullyDecoded));
    PageReply reply = page(call, "New password",
                           formOf(call, "/reset",
                                  "<input name=\"token\" type=\"hidden\" value=\"" + token +
                                      "\"><input name=\"password\" type=\"password\">",
                                  "Save"));
    reply.headers.insert(reply.headers.end(), cookie.headers.begin(), cookie.headers.end());
    reply.add("Referrer-Policy", "no-referrer"); // the address holds the token
    return reply;
}

PageReply reset(Call &call)
{
    auto &resets = call.store().resets;
    const auto found = resets.find(call.field("token").toLatin1());
    const bool isFresh =
        found != resets.end() && (found->second.until >= call.desk.clock.seconds() || call.has(ResetNeverExpires));
    if (!isFresh || (found->second.isUsed && !call.has(ResetReusable)))
        return page(call, "Link is used or old", "<p>Ask for a new link.</p>", 410);
    if (call.field("password").size() < kShortestPassword)
        return page(call, "Password is short", "<p>Take twelve letters or more.</p>", 422);
    shop::Account *account = call.store().accountById(found->second.account);
    found->second.isUsed = true;
    shop::setPassword(*account, call.field("password").toUtf8());
    forgetFailures(call, account->email); // the owner is in again at once
    std::erase_if(call.store().sessions, [&](const auto &entry) { return entry.second.account == account->id; });
    return seeOther("/login");
}

} // namespace cockpit::desk
