#include "app/practice/shop/collections.h"
#include "app/practice/shop/shophandlers.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

Field text(const char *name, const char *example, qint64 most = 200)
{
    return {
        .name = QString::fromLatin1(name), .isRequired = true, .most = most, .example = QString::fromLatin1(example)};
}

Field email(const char *example)
{
    return {.name = u"email"_s, .kind = FieldKind::Email, .isRequired = true, .example = QString::fromLatin1(example)};
}

Field newPassword(const char *name)
{
    return {.name = QString::fromLatin1(name), .kind = FieldKind::Password, .isRequired = true, .most = 200};
}

Field roleField()
{
    return {.name = u"role"_s,
            .kind = FieldKind::Choice,
            .isRequired = true,
            .choices = {u"admin"_s, u"member"_s, u"viewer"_s},
            .example = u"member"_s};
}

void addPages(std::vector<ShopRoute> &routes)
{
    using enum Access;
    routes.insert(routes.end(), {
                                    {"GET", "/", Public, homePage},
                                    {"GET", "/pricing", Public, pricingPage},
                                    {"GET", "/reset", Public, linkPage},
                                    {"GET", "/invite", Public, linkPage},
                                    {"GET", "/confirm", Public, linkPage},
                                    {"GET", "/api/health", Public, health},
                                    {"GET", "/.well-known/jwks.json", Public, showKeys},
                                    {"GET", "/account", SignedIn, accountPage},
                                });
}

void addSignIn(std::vector<ShopRoute> &routes)
{
    using enum Access;
    const Field name = text("name", "Alex Moreau", 100);
    const Field link = text("token", "from the letter");
    const Field phone{.name = u"phone"_s, .most = 30, .example = u"+1 555 0199"_s};
    Field ownName = name;
    ownName.isRequired = false;
    routes.push_back({"POST",
                      "/api/login",
                      Public,
                      signIn,
                      {text("email", "alex@example.com"), {.name = u"password"_s, .isRequired = true, .most = 200}}});
    routes.push_back({"POST", "/api/login/code", Public, sendCode, {text("email", "alex@example.com")}});
    routes.push_back({"POST",
                      "/api/login/code/check",
                      Public,
                      signInWithCode,
                      {text("email", "alex@example.com"), text("code", "123456", 12)}});
    routes.push_back({"POST", "/api/refresh", Public, renew, {text("refresh_token", "from signing in")}});
    routes.push_back({"POST", "/api/logout", SignedIn, signOut});
    routes.push_back({"GET", "/api/me", SignedIn, showMe});
    routes.push_back({"PATCH",
                      "/api/me",
                      SignedIn,
                      changeMe,
                      {ownName, phone},
                      Whole::Part,
                      {u"role:mass_role"_s, u"plan:mass_plan"_s, u"verified:mass_verified"_s}});
    routes.push_back({"POST",
                      "/api/me/password",
                      SignedIn,
                      changePassword,
                      {text("old_password", ""), newPassword("new_password")}});
    routes.push_back(
        {"POST",
         "/api/sign-up",
         Public,
         signUp,
         {name, email("alex@example.com"), newPassword("password"), text("company", "Moreau Studio", 100)}});
    routes.push_back({"POST", "/api/sign-up/confirm", Public, confirmSignUp, {link}});
    routes.push_back({"POST", "/api/password/forgot", Public, forgetPassword, {email("alex@example.com")}});
    routes.push_back({"POST", "/api/password/reset", Public, resetPassword, {link, newPassword("password")}});
    routes.push_back({"GET", "/api/invitations", Admin, listInvitations});
    routes.push_back({"POST", "/api/invitations", Admin, invite, {email("kim@example.com"), roleField()}});
    routes.push_back({"POST",
                      "/api/invitations/accept",
                      Public,
                      acceptInvitation,
                      {link, email("kim@example.com"), name, newPassword("password")},
                      Whole::Yes,
                      {u"role:invite_role_editable"_s}});
}

void addRecords(std::vector<ShopRoute> &routes)
{
    using enum Access;
    const QStringList byFault{u"owner_id:mass_owner"_s, u"tenant_id:mass_tenant"_s, u"total_cents:mass_price"_s};
    const Field ids{.name = u"ids"_s, .kind = FieldKind::Ids, .isRequired = true, .example = QJsonArray{1}};
    for (const Collection &collection : collections()) {
        const QByteArray path = "/api/" + collection.name.toLatin1();
        routes.push_back({"GET", path, SignedIn, listRecords});
        routes.push_back({"POST", path, Member, createRecord, collection.fields, Whole::Yes, byFault});
        routes.push_back({"GET", path + "/export.csv", SignedIn, exportRecords});
        routes.push_back({"GET", path + "/show", SignedIn, showRecordByQuery});
        routes.push_back({"POST", path + "/lookup", SignedIn, lookUpRecords, {ids}});
        routes.push_back({"GET", path + "/{id}", SignedIn, showRecord});
        routes.push_back({"PATCH", path + "/{id}", Member, changeRecord, collection.fields, Whole::Part, byFault});
        routes.push_back({"DELETE", path + "/{id}", Member, removeRecord});
    }
    routes.push_back({"GET", "/api/search", SignedIn, search});
}

void addOffice(std::vector<ShopRoute> &routes)
{
    using enum Access;
    const Field code{
        .name = u"code"_s, .kind = FieldKind::Slug, .isRequired = true, .most = 40, .example = u"SPRING-1"_s};
    const Field percent{
        .name = u"percent"_s, .kind = FieldKind::Integer, .isRequired = true, .most = 100, .least = 1, .example = 10};
    const Fields settings{
        {.name = u"currency"_s, .kind = FieldKind::Choice, .choices = {u"EUR"_s, u"USD"_s}, .example = u"EUR"_s},
        {.name = u"invoice_footer"_s, .most = 200, .example = u"Thank you"_s}};
    const Field url{.name = u"url"_s,
                    .kind = FieldKind::Url,
                    .isRequired = true,
                    .most = 500,
                    .example = u"https://hooks.example.com/ledger"_s};
    routes.push_back({"GET", "/api/admin/users", Admin, listUsers});
    routes.push_back({"PATCH", "/api/admin/users/{id}", Admin, changeUser, {roleField()}});
    routes.push_back({"GET", "/api/settings", SignedIn, showSettings});
    routes.push_back({"PUT", "/api/settings", Admin, changeSettings, settings, Whole::Part});
    routes.push_back({"GET", "/api/coupons", Admin, listCoupons});
    routes.push_back({"POST", "/api/coupons", Admin, createCoupon, {code, percent}});
    routes.push_back({"POST", "/api/coupons/redeem", Member, redeemCoupon, {code}});
    routes.push_back({"POST", "/api/chat", SignedIn, askAssistant, {text("message", "How is an invoice made?", 500)}});
    routes.push_back({"POST", "/api/webhooks/payments", Public, takeWebhook});
    routes.push_back({"GET", "/api/callbacks", Admin, listCallbacks});
    routes.push_back({"POST", "/api/callbacks", Admin, registerCallback, {url}});
    routes.push_back({"DELETE", "/api/callbacks/{id}", Admin, removeCallback});
    routes.push_back({"GET", "/api/uploads", SignedIn, listUploads});
    routes.push_back({"POST", "/api/uploads", Member, upload});
    routes.push_back({"DELETE", "/api/uploads/{id}", Member, removeUpload});
    routes.push_back({"GET", "/files/uploads/{id}", SignedIn, showUpload});
    routes.push_back({"GET", "/files/invoices/{name}", SignedIn, showInvoiceFile});
}

} // namespace

const std::vector<ShopRoute> &shopRoutes()
{
    static const std::vector<ShopRoute> all = [] {
        std::vector<ShopRoute> routes;
        addPages(routes);
        addSignIn(routes);
        addRecords(routes);
        addOffice(routes);
        return routes;
    }();
    return all;
}

} // namespace cockpit::shop
