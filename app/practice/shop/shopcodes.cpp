#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/tries.h"

#include <QRandomGenerator>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDigits = 6;
constexpr quint32 kCodes = 1'000'000;

QByteArray newCode()
{
    return QByteArray::number(QRandomGenerator::system()->bounded(kCodes)).rightJustified(kDigits, '0');
}

// Two accounts may have been sent the same digits.
QByteArray keyOf(const Account &account, const QByteArray &code)
{
    return QByteArray::number(account.id) + ' ' + code;
}

} // namespace

// The same is said to whoever has no account.
PageReply sendCode(Call &call)
{
    if (const auto held = tooManyLetters(call, call.text("email")))
        return *held;
    if (const Account *account = call.store().accountByEmail(call.text("email"))) {
        const QByteArray code = newCode();
        const std::chrono::seconds life = kCodeLife;
        call.store().codes[keyOf(*account, code)] = {call.shop.clock.seconds() + life.count(), false};
        call.shop.outbox.send({LetterKind::Code, account->email, {}, code});
    }
    return jsonReply(202, {{u"status"_s, u"check_your_mail"_s}});
}

// A letter that comes late is as good as the newest, until its time is over.
PageReply signInWithCode(Call &call)
{
    if (const auto held = heldBackFromCodes(call, call.text("email")))
        return *held;
    const Account *account = call.store().accountByEmail(call.text("email"));
    auto &codes = call.store().codes;
    const auto found = account ? codes.find(keyOf(*account, call.text("code").toLatin1())) : codes.end();
    const bool isFresh = found != codes.end() && found->second.until >= call.shop.clock.seconds();
    if (!isFresh || (found->second.isUsed && !call.has(ShopFault::CodeReusable))) {
        countWrongCode(call, call.text("email"));
        return errorReply(401, "code_is_wrong_or_used");
    }
    found->second.isUsed = true;
    forgetWrongCodes(call, account->email);
    return signedInReply(call, *account);
}

} // namespace cockpit::shop
