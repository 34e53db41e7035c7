#include "app/practice/shop/shophandlers.h"

#include <algorithm>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

// A question to a copy of the database that lags behind: what was written since is not seen.
constexpr std::chrono::milliseconds kLag(400);

QJsonObject shown(const Account &account)
{
    return {{u"id"_s, account.id},
            {u"name"_s, account.name},
            {u"email"_s, account.email},
            {u"role"_s, account.role},
            {u"tenant_id"_s, account.tenant}};
}

QJsonObject shown(const Coupon &coupon, int tenant)
{
    return {{u"code"_s, coupon.code}, {u"percent"_s, coupon.percent}, {u"is_used"_s, coupon.usedAt.count(tenant) > 0}};
}

Coupon *couponOf(Call &call, const QString &code)
{
    auto &all = call.store().coupons;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Coupon &coupon) { return coupon.code == code; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

PageReply listUsers(Call &call)
{
    QJsonArray list;
    for (const Account &account : call.store().accounts) {
        if (call.caller.seesAll || account.tenant == call.caller.tenant)
            list.append(shown(account));
    }
    return jsonReply(200, {{u"items"_s, list}, {u"count"_s, list.size()}});
}

PageReply changeUser(Call &call)
{
    Account *account = call.store().accountById(call.holes.constFirst().toInt());
    const bool isOwn = account && (call.caller.seesAll || account->tenant == call.caller.tenant);
    if (!isOwn)
        return errorReply(404, "not_found");
    account->role = call.text("role");
    return jsonReply(200, shown(*account));
}

PageReply showSettings(Call &call)
{
    QJsonObject settings = call.store().settings[call.caller.seesAll ? kBirchId : call.caller.tenant];
    settings.insert("tenant"_L1, call.store().tenants[call.caller.tenant]);
    return jsonReply(200, settings);
}

PageReply changeSettings(Call &call)
{
    QJsonObject &settings = call.store().settings[call.caller.seesAll ? kBirchId : call.caller.tenant];
    for (auto field = call.body.begin(); field != call.body.end(); ++field)
        settings.insert(field.key(), field.value());
    return showSettings(call);
}

PageReply listCoupons(Call &call)
{
    QJsonArray list;
    for (const Coupon &coupon : call.store().coupons)
        list.append(shown(coupon, call.caller.tenant));
    return jsonReply(200, {{u"items"_s, list}});
}

PageReply createCoupon(Call &call)
{
    if (couponOf(call, call.text("code")))
        return errorReply(409, "code_is_taken");
    call.store().coupons.push_back({.code = call.text("code"), .percent = call.body["percent"_L1].toInt()});
    return jsonReply(201, shown(call.store().coupons.back(), call.caller.tenant));
}

PageReply redeemCoupon(Call &call)
{
    Coupon *coupon = couponOf(call, call.text("code"));
    if (!coupon)
        return errorReply(404, "no_such_coupon");
    const QDateTime now = call.shop.clock.now();
    const auto used = coupon->usedAt.find(call.caller.tenant);
    const bool isSeen =
        used != coupon->usedAt.end() && (!call.has(CouponRace) || used->second.msecsTo(now) > kLag.count());
    if (isSeen)
        return errorReply(409, "coupon_is_used");
    coupon->usedAt.try_emplace(call.caller.tenant, now);
    coupon->uses += 1;
    return jsonReply(200, {{u"code"_s, coupon->code}, {u"percent"_s, coupon->percent}, {u"uses"_s, coupon->uses}});
}

} // namespace cockpit::shop
