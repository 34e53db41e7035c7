#include "app/practice/shop/deskstate.h"

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

bool isRole(const QString &role)
{
    return role == "admin"_L1 || role == "member"_L1 || role == "viewer"_L1;
}

QByteArray tenantName(int tenant)
{
    return shop::escaped(tenant == kBirchId ? kBirch : kCedar);
}

} // namespace

PageReply seeOther(const QByteArray &where)
{
    PageReply reply{.status = 303, .contentType = "text/plain", .body = "See " + where + "\n"};
    reply.add("Location", where);
    return reply;
}

PageReply page(const Call &call, const QByteArray &title, const QByteArray &body, int status)
{
    const QByteArray who = call.caller.id > 0 ? "<p>" + shop::escaped(call.caller.email) + "</p>" : QByteArray();
    return shop::htmlReply(title + " - Harbor Desk", "<h1>" + title + "</h1>" + who + body, status);
}

QByteArray formOf(Call &call, const QByteArray &action, const QByteArray &fields, const QByteArray &button)
{
    return "<form method=\"post\" action=\"" + action + "\"><input type=\"hidden\" name=\"csrf_token\" value=\"" +
           (call.sessionId.isEmpty() ? QByteArray() : call.session().csrf) + "\">" + fields + "<button>" + button +
           "</button></form>";
}

PageReply home(Call &call)
{
    PageReply reply = page(call, "Harbor Desk", "<p>Invoices for small companies.</p><a href=\"/login\">Sign in</a>");
    if (call.caller.id == 0)
        reply.add("Cache-Control", "public, max-age=300");
    return reply;
}

PageReply dashboard(Call &call)
{
    return page(call, "Dashboard",
                "<p>" + tenantName(call.caller.tenant) + "</p><a href=\"/invoices\">Invoices</a>" +
                    formOf(call, "/logout", {}, "Sign out"));
}

PageReply accountPage(Call &call)
{
    const QByteArray name = "<input name=\"name\" value=\"" + shop::escaped(call.caller.name) + "\">";
    return page(call, "Your account",
                "<p>" + tenantName(call.caller.tenant) + ", " + shop::escaped(call.caller.role) + "</p>" +
                    formOf(call, "/account", name, "Save"));
}

PageReply changeAccount(Call &call)
{
    const QString name = call.field("name");
    if (name.trimmed().isEmpty() || (name.size() > 100 && !call.has(TooLongAccepted)))
        return page(call, "Name is not usable", "<p>Take 1 to 100 letters.</p>", 422);
    shop::Account *account = call.store().accountById(call.caller.id);
    if (!account)
        return seeOther("/login");
    account->name = name;
    if (call.has(MassRole) && isRole(call.field("role")))
        account->role = call.field("role");
    return seeOther("/account");
}

PageReply changePassword(Call &call)
{
    shop::Account *account = call.store().accountById(call.caller.id);
    if (!account || !shop::isPassword(*account, call.field("old_password").toUtf8()))
        return page(call, "Password is wrong", "<p>Try again.</p>", 403);
    if (call.field("new_password").size() < 12)
        return page(call, "Password is short", "<p>Take twelve letters or more.</p>", 422);
    shop::setPassword(*account, call.field("new_password").toUtf8());
    if (!call.has(PasswordChangeKeepsSessions)) {
        std::erase_if(call.store().sessions, [&](const auto &entry) {
            return entry.second.account == account->id && entry.first != call.sessionId;
        });
    }
    return seeOther("/account");
}

PageReply usersPage(Call &call)
{
    QByteArray rows;
    for (const shop::Account &account : call.store().accounts) {
        if (call.isOwn(account.tenant))
            rows += "<tr><td>" + shop::escaped(account.name) + "</td><td>" + shop::escaped(account.email) +
                    "</td><td>" + shop::escaped(account.role) + "</td></tr>";
    }
    return page(call, "Users", "<table>" + rows + "</table>");
}

PageReply changeUser(Call &call)
{
    shop::Account *account = call.store().accountById(call.holes.constFirst().toInt());
    if (!account || !call.isOwn(account->tenant))
        return page(call, "Not found", "<p>There is no such person.</p>", 404);
    if (!isRole(call.field("role")))
        return page(call, "Role is not usable", "<p>There is no such role.</p>", 422);
    account->role = call.field("role");
    return seeOther("/admin/users");
}

} // namespace cockpit::desk
