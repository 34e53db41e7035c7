#include "app/practice/shop/deskstate.h"

namespace cockpit::desk {

const std::vector<Route> &routes()
{
    using enum shop::Access;
    static const std::vector<Route> all{
        {"GET", "/", Public, home},
        {"GET", "/login", Public, loginForm},
        {"POST", "/login", Public, signIn, true},
        {"GET", "/auth/sso", Public, beginSignOn},
        {"GET", "/auth/sso/callback", Public, finishSignOn},
        {"GET", "/id/authorize", Public, authorizationPage},
        {"POST", "/id/authorize", Public, authorizationAnswer, true},
        {"GET", "/forgot", Public, forgotForm},
        {"POST", "/forgot", Public, forgot, true},
        {"GET", "/reset", Public, resetForm},
        {"POST", "/reset", Public, reset, true},
        {"POST", "/logout", SignedIn, signOut, true},
        {"GET", "/dashboard", SignedIn, dashboard},
        {"GET", "/account", SignedIn, accountPage},
        {"POST", "/account", SignedIn, changeAccount, true},
        {"POST", "/account/password", SignedIn, changePassword, true},
        {"GET", "/invoices", SignedIn, listInvoices},
        {"POST", "/invoices", Member, createInvoice, true},
        {"GET", "/invoices/show", SignedIn, showInvoiceByQuery},
        {"GET", "/invoices/export.csv", SignedIn, exportInvoices},
        {"GET", "/invoices/{id}", SignedIn, showInvoice},
        {"POST", "/invoices/{id}", Member, changeInvoice, true},
        // No form sends this method, and no other site without asking first.
        {"DELETE", "/invoices/{id}", Admin, removeInvoice},
        {"POST", "/invoices/{id}/delete", Admin, removeInvoice, true},
        {"GET", "/search", SignedIn, search},
        {"GET", "/files/{name}", Public, file}, // looks at the session and the signature itself
        {"GET", "/admin/users", Admin, usersPage},
        {"POST", "/admin/users/{id}", Admin, changeUser, true},
        {"POST", "/graphql", Public, graphQl}, // looks at the session field by field
    };
    return all;
}

} // namespace cockpit::desk
