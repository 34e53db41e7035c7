#include "app/practice/shop/shophandlers.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

PageReply publicPage(const QByteArray &title, const QByteArray &body)
{
    PageReply reply = htmlReply(title, body);
    reply.add("Cache-Control", "public, max-age=300");
    return reply;
}

} // namespace

PageReply homePage(Call &call)
{
    const QByteArray named = call.request.header("x-forwarded-host");
    const bool namesHost = call.has(ShopFault::CachePoisoned) || call.has(ShopFault::ForwardedHostShown);
    const QByteArray host = namesHost && !named.isEmpty() ? named : call.request.host();
    PageReply reply =
        htmlReply("Harbor Ledger", "<link rel=\"canonical\" href=\"https://" + escaped(QString::fromUtf8(host)) +
                                       "/\"><h1>Harbor Ledger</h1><p>Invoices and projects for small "
                                       "companies.</p><a href=\"/pricing\">Prices</a>");
    reply.add("Cache-Control", call.has(ShopFault::ForwardedHostShown) ? "private, no-store" : "public, max-age=300");
    return reply;
}

PageReply pricingPage(Call &)
{
    return publicPage("Prices - Harbor Ledger", "<h1>Prices</h1><p>One plan, 19 euros a month for a company.</p>");
}

PageReply accountPage(Call &call)
{
    const Account *account = call.store().accountById(call.caller.account);
    if (!account)
        return errorReply(404, "not_found");
    return htmlReply("Your account - Harbor Ledger", "<h1>Your account</h1><p>" + escaped(account->name) + ", " +
                                                         escaped(account->email) + "</p><p>" +
                                                         escaped(call.store().tenants[account->tenant]) + "</p>");
}

// The same for a good and a bad token: what it is worth is said when it is used.
PageReply linkPage(Call &)
{
    PageReply reply = htmlReply("Harbor Ledger", "<h1>Welcome back</h1><p>Choose a password to go on.</p>");
    reply.add("Referrer-Policy", "no-referrer"); // the address holds the token
    return reply;
}

PageReply health(Call &)
{
    return jsonReply(200, {{u"status"_s, u"ok"_s}});
}

} // namespace cockpit::shop
