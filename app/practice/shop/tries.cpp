#include "app/practice/shop/tries.h"

#include "app/practice/shop/shophandlers.h"

#include <algorithm>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr int kLettersByMail = 5;
constexpr int kLettersByAddress = 30;
constexpr int kQuestionsByAccount = 12;

QByteArray askingAddress(const Call &call)
{
    if (call.has(LimitByForwardedFor)) {
        for (const char *name : {"x-forwarded-for", "x-real-ip", "true-client-ip", "cf-connecting-ip", "forwarded"}) {
            if (const QByteArray value = call.request.header(name); !value.isEmpty())
                return value;
        }
    }
    return call.request.peer;
}

QByteArray pathPart(const Call &call)
{
    return call.has(LimitByPath) ? call.request.path() : QByteArray();
}

QByteArray accountKey(const Call &call, const QString &email)
{
    const QString name = call.has(LimitByEmailCase) ? email : email.toLower().trimmed();
    // Who counts by the address that the request names counts an account's tries by it, too.
    const QByteArray address = call.has(LimitByForwardedFor) ? askingAddress(call) : QByteArray();
    return "account " + name.toUtf8() + ' ' + address + ' ' + pathPart(call);
}

QByteArray codesKey(const QString &email)
{
    return "codes " + email.toLower().trimmed().toUtf8();
}

QByteArray lettersKey(const QByteArray &path, const QString &email)
{
    return "letters " + path + ' ' + email.toLower().trimmed().toUtf8();
}

QByteArray addressKey(const Call &call)
{
    return "address " + askingAddress(call) + ' ' + pathPart(call);
}

} // namespace

std::optional<PageReply> heldBack(const Call &call, const QString &email)
{
    const TryCounter &tries = call.store().tries;
    const QDateTime now = call.shop.clock.now();
    if (const Account *account = call.store().accountByEmail(email); account && account->isLocked)
        return errorReply(423, "account_locked", {{u"message"_s, u"This account is locked. Call our office."_s}});
    qint64 held = 0;
    if (!call.has(NoAccountLimit))
        held = tries.heldFor(accountKey(call, email), now);
    if (!call.has(NoAddressLimit))
        held = std::max(held, tries.heldFor(addressKey(call), now));
    return held > 0 ? std::optional(tooMany(held)) : std::nullopt;
}

void countFailure(Call &call, const QString &email)
{
    TryCounter &tries = call.store().tries;
    const TryLimits &limits = call.shop.setup.limits;
    const QDateTime now = call.shop.clock.now();
    if (!call.has(NoAccountLimit))
        tries.fail(accountKey(call, email), limits.perAccount, limits.heldFor, now);
    if (!call.has(NoAddressLimit))
        tries.fail(addressKey(call), limits.perAddress, limits.heldFor, now);
    Account *account = call.store().accountByEmail(email);
    if (account && call.has(LockedForEver) && tries.heldFor(accountKey(call, email), now) > 0)
        account->isLocked = true;
}

void forgetFailures(Call &call, const QString &email)
{
    call.store().tries.forget(accountKey(call, email));
}

std::optional<PageReply> heldBackFromCodes(const Call &call, const QString &email)
{
    if (const Account *account = call.store().accountByEmail(email); account && account->isLocked)
        return heldBack(call, email);
    if (call.has(NoCodeLimit))
        return {};
    const qint64 held = call.store().tries.heldFor(codesKey(email), call.shop.clock.now());
    return held > 0 ? std::optional(tooMany(held)) : std::nullopt;
}

void countWrongCode(Call &call, const QString &email)
{
    const TryLimits &limits = call.shop.setup.limits;
    if (!call.has(NoCodeLimit))
        call.store().tries.fail(codesKey(email), limits.perAccount, limits.heldFor, call.shop.clock.now());
}

void forgetWrongCodes(Call &call, const QString &email)
{
    call.store().tries.forget(codesKey(email));
}

std::optional<PageReply> tooManyQuestions(Call &call)
{
    if (call.has(NoChatLimit))
        return {};
    TryCounter &tries = call.store().tries;
    const QDateTime now = call.shop.clock.now();
    const QByteArray key = "questions " + QByteArray::number(call.caller.account);
    if (const qint64 left = tries.heldFor(key, now); left > 0)
        return tooMany(left);
    tries.fail(key, kQuestionsByAccount, call.shop.setup.limits.heldFor, now);
    return {};
}

void forgetLetters(TryCounter &tries, const QString &email)
{
    for (const ShopRoute &route : shopRoutes())
        tries.forget(lettersKey(route.path, email));
}

std::optional<PageReply> tooManyLetters(Call &call, const QString &email, ShopFault unlimited)
{
    if (call.has(unlimited))
        return {};
    TryCounter &tries = call.store().tries;
    const auto held = call.shop.setup.limits.heldFor;
    const QDateTime now = call.shop.clock.now();
    const QByteArray byMail = lettersKey(call.request.path(), email);
    const QByteArray byAddress = "letters " + call.request.path() + " from " + askingAddress(call);
    if (const qint64 left = std::max(tries.heldFor(byMail, now), tries.heldFor(byAddress, now)); left > 0)
        return tooMany(left);
    tries.fail(byMail, kLettersByMail, held, now);
    tries.fail(byAddress, kLettersByAddress, held, now);
    return {};
}

} // namespace cockpit::shop
