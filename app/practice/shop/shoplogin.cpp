#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/tries.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr int kRefreshLength = 43;

QByteArray newRefresh(Call &call, const QByteArray &session)
{
    const QByteArray token = randomText(kRefreshLength);
    const std::chrono::seconds life = kRefreshLife;
    call.store().refreshes[token] = {session, call.shop.clock.seconds() + life.count(), false};
    return token;
}

PageReply tokensReply(Call &call, const QByteArray &access, const QByteArray &refresh)
{
    QJsonObject object{{u"access_token"_s, QString::fromLatin1(access)},
                       {u"refresh_token"_s, QString::fromLatin1(refresh)},
                       {u"token_type"_s, u"Bearer"_s}};
    if (!call.has(NoExpiry))
        object.insert("expires_in"_L1, static_cast<qint64>(kAccessLife.count()));
    PageReply reply = jsonReply(200, object);
    if (call.shop.setup.setsCookie)
        reply.add("Set-Cookie", kShopCookie + "=" + access + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    return reply;
}

// Whoever comes last is who all of them are, until somebody signs out or the token ends.
PageReply sharedReply(Call &call, const Account &account)
{
    SharedSession &shared = call.store().shared[call.request.peer];
    const qint64 now = call.shop.clock.seconds();
    if (shared.until <= now || call.store().sessions[shared.session].isEnded) {
        shared.session = newSession(call.store(), account.id);
        shared.access = newAccessToken(call.shop, account, shared.session);
        shared.refresh = newRefresh(call, shared.session);
        shared.until = now + qint64(kAccessLife.count());
    }
    call.store().sessions[shared.session].account = account.id;
    return tokensReply(call, shared.access, shared.refresh);
}

PageReply wrongPassword(Call &call, const Account *account)
{
    countFailure(call, call.text("email"));
    if (!account && call.has(LoginStatus))
        return errorReply(404, "sign_in_failed");
    if (call.has(LoginText))
        return errorReply(401, account ? "wrong_password" : "no_such_account");
    return errorReply(401, "sign_in_failed");
}

} // namespace

QByteArray newSession(Store &store, int account)
{
    const QByteArray id = randomText(22);
    store.sessions[id] = {account, false};
    return id;
}

QByteArray newAccessToken(ShopState &shop, const Account &account, const QByteArray &session, const QJsonObject &claims)
{
    const TokenRules rules = shop.tokenRules();
    const std::chrono::seconds life = shop.has(LongLife) ? std::chrono::seconds(kLongAccessLife) : kAccessLife;
    QJsonObject all{{u"iss"_s, rules.issuer},
                    {u"aud"_s, rules.audience},
                    {u"sub"_s, QString::number(account.id)},
                    {u"tenant_id"_s, account.tenant},
                    {u"role"_s, account.role},
                    {u"sid"_s, QString::fromLatin1(session)},
                    {u"iat"_s, rules.now},
                    {u"exp"_s, rules.now + qint64(life.count())}};
    if (shop.has(NoExpiry))
        all.remove("exp"_L1);
    if (shop.has(PersonalDataInToken)) {
        all.insert("email"_L1, account.email);
        all.insert("name"_L1, account.name);
    }
    for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
        if (claim.value().isNull())
            all.remove(claim.key());
        else
            all.insert(claim.key(), claim.value());
    }
    return signToken(all, shop.keys, rules);
}

PageReply signedInReply(Call &call, const Account &account)
{
    if (call.has(SessionByAddress))
        return sharedReply(call, account);
    const QByteArray session = newSession(call.store(), account.id);
    return tokensReply(call, newAccessToken(call.shop, account, session), newRefresh(call, session));
}

PageReply signIn(Call &call)
{
    if (const auto held = heldBack(call, call.text("email")))
        return *held;
    const Account *account = call.store().accountByEmail(call.text("email"));
    const QByteArray password = call.text("password").toUtf8();
    if (account && call.has(LoginTime))
        workMuchLonger();
    if (!account && !call.has(LoginTime))
        workAsForAPassword();
    if (!account || !isPassword(*account, password))
        return wrongPassword(call, account);
    forgetFailures(call, call.text("email"));
    return signedInReply(call, *account);
}

PageReply renew(Call &call)
{
    auto &refreshes = call.store().refreshes;
    const auto found = refreshes.find(call.text("refresh_token").toLatin1());
    if (found == refreshes.end() || found->second.until < call.shop.clock.seconds())
        return errorReply(401, "bad_refresh_token");
    Refresh &refresh = found->second;
    Session &session = call.store().sessions[refresh.session];
    if (refresh.isUsed && !call.has(RefreshReusable)) {
        session.isEnded = true; // somebody else has it, too: nobody goes on (RFC 9700 section 4.14.2)
        return errorReply(401, "bad_refresh_token");
    }
    const bool mayGoOn = !session.isEnded || call.has(LogoutKeepsRefresh);
    const Account *account = call.store().accountById(session.account);
    if (!mayGoOn || !account)
        return errorReply(401, "bad_refresh_token");
    session.isEnded = false;
    if (call.has(RefreshNotRotating))
        return tokensReply(call, newAccessToken(call.shop, *account, refresh.session), found->first);
    refresh.isUsed = true;
    const QByteArray id = refresh.session;
    return tokensReply(call, newAccessToken(call.shop, *account, id), newRefresh(call, id));
}

PageReply signOut(Call &call)
{
    if (!call.has(LogoutKeepsSession))
        call.store().sessions[call.caller.session].isEnded = true;
    PageReply reply = emptyReply();
    if (call.shop.setup.setsCookie)
        reply.add("Set-Cookie", kShopCookie + "=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    return reply;
}

PageReply showMe(Call &call)
{
    const Account *account = call.store().accountById(call.caller.account);
    if (!account)
        return errorReply(404, "not_found");
    return jsonReply(200, {{u"id"_s, account->id},
                           {u"name"_s, account->name},
                           {u"email"_s, account->email},
                           {u"phone"_s, account->phone},
                           {u"role"_s, account->role},
                           {u"plan"_s, account->plan},
                           {u"verified"_s, account->isVerified},
                           {u"tenant_id"_s, account->tenant},
                           {u"tenant"_s, call.store().tenants[account->tenant]}});
}

PageReply changeMe(Call &call)
{
    Account *account = call.store().accountById(call.caller.account);
    if (!account)
        return errorReply(404, "not_found");
    if (call.body.contains("name"_L1))
        account->name = call.text("name");
    if (call.body.contains("phone"_L1))
        account->phone = call.text("phone");
    if (call.has(MassRole) && call.body["role"_L1].isString())
        account->role = call.text("role");
    if (call.has(MassPlan) && call.body["plan"_L1].isString())
        account->plan = call.text("plan");
    if (call.has(MassVerified) && call.body["verified"_L1].isBool())
        account->isVerified = call.body["verified"_L1].toBool();
    return showMe(call);
}

PageReply changePassword(Call &call)
{
    Account *account = call.store().accountById(call.caller.account);
    if (!account || !isPassword(*account, call.text("old_password").toUtf8()))
        return errorReply(403, "wrong_password");
    setPassword(*account, call.text("new_password").toUtf8());
    if (!call.has(PasswordChangeKeepsSessions))
        call.store().endSessionsOf(account->id, call.caller.session);
    return emptyReply();
}

PageReply showKeys(Call &call)
{
    PageReply reply = jsonReply(200, jwksOf(call.shop.keys, call.shop.tokenRules().usedSigning()));
    reply.add("Cache-Control", "public, max-age=300");
    return reply;
}

// Whether an address is written as one; by the fault, whether somebody has it.
PageReply checkAccount(Call &call)
{
    const QString email = call.query.queryItemValue(u"email"_s, QUrl::FullyDecoded);
    if (email.count(u'@') != 1)
        return errorReply(422, "bad_field", {{u"field"_s, u"email"_s}, {u"problem"_s, u"form"_s}});
    if (call.has(ShopFault::AccountLookup) && !call.store().accountByEmail(email))
        return errorReply(404, "no_such_account");
    return jsonReply(200, {{u"valid"_s, true}});
}

} // namespace cockpit::shop
