#include "app/practice/shop/deskstate.h"

#include <algorithm>

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

constexpr int kMostLetters = 5;

QByteArray askingAddress(const Call &call)
{
    const QByteArray named = call.request.header("x-forwarded-for");
    return call.has(LimitByForwardedFor) && !named.isEmpty() ? named : call.request.peer;
}

QByteArray accountKey(const Call &call, const QString &email)
{
    const QString name = call.has(LimitByEmailCase) ? email : email.toLower().trimmed();
    return "account " + name.toUtf8() + ' ' + (call.has(LimitByForwardedFor) ? askingAddress(call) : QByteArray());
}

QByteArray addressKey(const Call &call)
{
    return "address " + askingAddress(call);
}

PageReply tooMany(const Call &call, qint64 held)
{
    PageReply reply =
        page(call, "Too many tries", "<p>Too many tries. Wait " + QByteArray::number(held) + " seconds.</p>", 429);
    reply.add("Retry-After", QByteArray::number(held));
    return reply;
}

// A second try in one request goes unseen by who counts requests.
bool isUnseen(const Call &call)
{
    return call.countedATry && (call.has(GraphQlAliasesUnlimited) || call.has(GraphQlBatchUnlimited));
}

} // namespace

std::optional<PageReply> heldBack(const Call &call, const QString &email)
{
    if (isUnseen(call))
        return {};
    if (const shop::Account *account = call.store().accountByEmail(email); account && account->isLocked)
        return page(call, "Locked", "<p>This account is locked. Call our office.</p>", 423);
    const QDateTime now = call.desk.clock.now();
    const TryCounter &tries = call.store().tries;
    qint64 held = 0;
    if (!call.has(NoAccountLimit))
        held = tries.heldFor(accountKey(call, email), now);
    if (!call.has(NoAddressLimit))
        held = std::max(held, tries.heldFor(addressKey(call), now));
    return held > 0 ? std::optional(tooMany(call, held)) : std::nullopt;
}

std::optional<PageReply> tooManyLetters(Call &call, const QString &email)
{
    const QByteArray key = "letters " + email.toLower().trimmed().toUtf8();
    const QDateTime now = call.desk.clock.now();
    if (const qint64 held = call.store().tries.heldFor(key, now); held > 0)
        return tooMany(call, held);
    call.store().tries.fail(key, kMostLetters, call.desk.setup.limits.heldFor, now);
    return {};
}

void countFailure(Call &call, const QString &email)
{
    if (isUnseen(call))
        return;
    call.countedATry = true;
    TryCounter &tries = call.store().tries;
    const TryLimits &limits = call.desk.setup.limits;
    const QDateTime now = call.desk.clock.now();
    if (!call.has(NoAccountLimit))
        tries.fail(accountKey(call, email), limits.perAccount, limits.heldFor, now);
    if (!call.has(NoAddressLimit))
        tries.fail(addressKey(call), limits.perAddress, limits.heldFor, now);
    shop::Account *account = call.store().accountByEmail(email);
    if (account && call.has(LockedForEver) && tries.heldFor(accountKey(call, email), now) > 0)
        account->isLocked = true;
}

void forgetFailures(Call &call, const QString &email)
{
    call.store().tries.forget(accountKey(call, email));
}

shop::Account *checkedAccount(Call &call, const QString &email, const QString &password)
{
    shop::Account *account = call.store().accountByEmail(email);
    if (account && call.has(LoginTime))
        shop::workMuchLonger();
    if (!account && !call.has(LoginTime))
        shop::workAsForAPassword();
    if (account && shop::isPassword(*account, password.toUtf8())) {
        forgetFailures(call, email);
        return account;
    }
    countFailure(call, email);
    return nullptr;
}

} // namespace cockpit::desk
