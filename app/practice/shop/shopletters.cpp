#include "app/practice/shop/letters.h"
#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/tries.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

// What is said in both cases.
PageReply checkYourMail()
{
    return jsonReply(202, {{u"status"_s, u"check_your_mail"_s}});
}

void sendResetLetter(Call &call, const Account &account)
{
    const QByteArray token = newLinkToken();
    const std::chrono::seconds life = kResetLife;
    call.store().resets[token] = {account.id, call.shop.clock.seconds() + life.count(), false};
    QByteArray host = call.shop.host("app");
    if (call.has(ResetHostPoisoned)) {
        const QByteArray named = call.request.header("x-forwarded-host");
        host = named.isEmpty() ? call.request.authority : named;
    }
    call.shop.outbox.send({LetterKind::Reset, account.email, "https://" + host + "/reset?token=" + token, token});
}

} // namespace

QByteArray newLinkToken()
{
    return randomText(43);
}

PageReply signUp(Call &call)
{
    const QString email = call.text("email").toLower();
    if (const auto held = tooManyLetters(call, email, NoSignUpLimit))
        return *held;
    const bool isThere = call.store().accountByEmail(email) != nullptr;
    if (isThere) {
        workAsForAPassword(); // as long as the new password takes
        call.shop.outbox.send({LetterKind::AlreadyRegistered, email, {}, {}});
        if (call.has(SignUpStatus))
            return jsonReply(409, {{u"status"_s, u"check_your_mail"_s}});
        return call.has(SignUpText) ? jsonReply(202, {{u"status"_s, u"already_registered"_s}}) : checkYourMail();
    }
    if (call.has(SignUpTime))
        call.wait = kMailTakes;
    Account account{.name = call.text("name"), .email = email, .role = u"admin"_s};
    setPassword(account, call.text("password").toUtf8());
    const QByteArray token = newLinkToken();
    const std::chrono::seconds life = kInviteLife;
    call.store().pending[token] = {account, call.text("company"), call.shop.clock.seconds() + life.count()};
    const QByteArray link = "https://" + call.shop.host("app") + "/confirm?token=" + token;
    call.shop.outbox.send({LetterKind::SignUp, email, link, token});
    return checkYourMail();
}

PageReply confirmSignUp(Call &call)
{
    auto &pending = call.store().pending;
    const auto found = pending.find(call.text("token").toLatin1());
    if (found == pending.end() || found->second.until < call.shop.clock.seconds())
        return errorReply(410, "link_is_used_or_old");
    Store &store = call.store();
    Account account = found->second.account;
    account.id = ++store.lastId;
    account.tenant = ++store.lastId;
    store.tenants[account.tenant] = found->second.company;
    store.settings[account.tenant] = {{u"currency"_s, u"EUR"_s}, {u"invoice_footer"_s, found->second.company}};
    pending.erase(found);
    store.accounts.push_back(account);
    return jsonReply(201, {{u"status"_s, u"ready"_s}});
}

PageReply forgetPassword(Call &call)
{
    if (const auto held = tooManyLetters(call, call.text("email")))
        return *held;
    const Account *account = call.store().accountByEmail(call.text("email"));
    if (account)
        sendResetLetter(call, *account);
    if (account && call.has(ResetTime))
        call.wait = kMailTakes;
    if (!account && call.has(ResetStatus))
        return jsonReply(404, {{u"status"_s, u"check_your_mail"_s}});
    if (!account && call.has(ResetText))
        return jsonReply(202, {{u"status"_s, u"no_such_account"_s}});
    return checkYourMail();
}

PageReply resetPassword(Call &call)
{
    auto &resets = call.store().resets;
    const auto found = resets.find(call.text("token").toLatin1());
    const bool isThere = found != resets.end();
    const bool isFresh = isThere && (found->second.until >= call.shop.clock.seconds() || call.has(ResetNeverExpires));
    if (!isFresh || (found->second.isUsed && !call.has(ResetReusable)))
        return errorReply(410, "link_is_used_or_old");
    Account *account = call.store().accountById(found->second.account);
    if (!account)
        return errorReply(410, "link_is_used_or_old");
    found->second.isUsed = true;
    setPassword(*account, call.text("password").toUtf8());
    if (!call.has(ResetKeepsSessions))
        call.store().endSessionsOf(account->id);
    forgetFailures(call, account->email); // the owner is in again at once
    return emptyReply();
}

} // namespace cockpit::shop
