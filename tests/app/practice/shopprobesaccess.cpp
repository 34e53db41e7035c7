#include "tests/app/practice/shopprobes.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

const QByteArray kBirchSays = "Lantern Hotel"; // text that only Birch Bakery's second customer has
const QByteArray kBirchId2 = "2";

bool showsBirch(const Heard &heard)
{
    return heard.body.contains(kBirchSays);
}

QJsonObject customer()
{
    return {{u"name"_s, u"Canary Shop"_s}, {u"email"_s, u"canary@shop.example"_s}};
}

QJsonObject invoice()
{
    const QJsonObject line{{u"text"_s, u"Loaf"_s}, {u"quantity"_s, 2}, {u"price_cents"_s, 500}};
    return {{u"customer_id"_s, 1}, {u"due_date"_s, u"2027-02-01"_s}, {u"lines"_s, QJsonArray{line}}};
}

bool keepsWhatWasRefused(ShopScene &scene)
{
    const Heard heard = scene.visitor.send("PATCH", "/api/customers/2", {{u"name"_s, u"Taken Over"_s}}, scene.cedar());
    return heard.status == 404 && scene.visitor.get("/api/customers/2", scene.birch()).body.contains("Taken Over");
}

bool takesRole(ShopScene &scene)
{
    const QByteArray token = scene.birch();
    scene.visitor.send("PATCH", "/api/me", {{u"role"_s, u"admin"_s}}, token);
    return scene.visitor.get("/api/admin/users", token).isGood();
}

// What the profile shows of that field afterwards.
QJsonValue profileField(ShopScene &scene, const QString &name, const QJsonValue &value)
{
    const QByteArray token = scene.birch();
    scene.visitor.send("PATCH", "/api/me", {{name, value}}, token);
    return scene.visitor.get("/api/me", token).json()[name];
}

bool takesTenant(ShopScene &scene)
{
    QJsonObject body = customer();
    body.insert("tenant_id"_L1, kCedarId);
    scene.visitor.send("POST", "/api/customers", body, scene.birch());
    return scene.visitor.get("/api/customers", scene.cedar()).body.contains("Canary Shop");
}

bool takesOwner(ShopScene &scene)
{
    QJsonObject body = customer();
    body.insert("owner_id"_L1, 6);
    return scene.visitor.send("POST", "/api/customers", body, scene.birch()).json()["owner_id"_L1].toInt() == 6;
}

bool takesPrice(ShopScene &scene)
{
    QJsonObject body = invoice();
    body.insert("total_cents"_L1, 1);
    return scene.visitor.send("POST", "/api/invoices", body, scene.birch()).json()["total_cents"_L1].toInt() == 1;
}

// The visitor's end of a WebSocket: says one thing, and leaves when that was answered.
class OneMessage : public Talk
{
public:
    // Masked with zeros, which leaves it as it is; less than 126 bytes.
    explicit OneMessage(const QByteArray &text)
        : m_unheard("\x81" + QByteArray(1, static_cast<char>(0x80 | text.size())) + QByteArray(4, '\0') + text)
    {
    }
    QByteArray hear(std::chrono::milliseconds) override { return std::exchange(m_unheard, {}); }
    void say(const QByteArray &bytes) override { answer += bytes; }
    bool isOpen() const override { return answer.isEmpty(); }

    QByteArray answer;

private:
    QByteArray m_unheard;
};

bool subscribesToBirch(ShopScene &scene)
{
    const PageReply reply = scene.shop.answer({.method = "GET",
                                               .target = "/ws/changes",
                                               .authority = scene.shop.apiHost(),
                                               .headers = {{"upgrade", "websocket"},
                                                           {"sec-websocket-key", "AAAA"},
                                                           {"authorization", "Bearer " + scene.cedar()}}});
    if (!reply.talk)
        return false;
    OneMessage visitor(R"({"type":"subscribe","customer_id":2})");
    reply.talk(visitor);
    return visitor.answer.contains("subscribed");
}

} // namespace

void addAccessProbes(ShopProbes &probes)
{
    const auto asCedar = [](const QByteArray &target, const Fields &fields = {}) {
        return [=](ShopScene &scene) { return showsBirch(scene.visitor.get(target, scene.cedar(), fields)); };
    };
    probes[CrossPath] = asCedar("/api/customers/2");
    probes[CrossWildcard] = asCedar("/api/customers/null");
    probes[CrossIdList] = [](ShopScene &scene) {
        return showsBirch(scene.visitor.get("/api/customers/show?ids[]=4&ids[]=2", scene.cedar()));
    };
    probes[CrossMethod] = [](ShopScene &scene) {
        const Fields asGet{{"X-HTTP-Method-Override", "GET"}, {"Authorization", "Bearer " + scene.cedar()}};
        return showsBirch(scene.visitor.ask("POST", "/api/customers/2", {}, {}, asGet));
    };
    probes[CrossSocket] = asCedar("/ws/customers/2", {{"Upgrade", "websocket"}, {"Sec-WebSocket-Key", "AAAA"}});
    probes[CrossSubscribe] = subscribesToBirch;
    probes[CrossQuery] = asCedar("/api/customers/show?id=2");
    probes[CrossHeader] = asCedar("/api/customers", {{"X-Tenant-Id", "1"}});
    probes[CrossListFilter] = asCedar("/api/customers?tenant_id=1");
    probes[CrossPollutedFilter] = asCedar("/api/customers?tenant_id=2&tenant_id=1");
    probes[CrossExport] = asCedar("/api/customers/export.csv");
    probes[CrossSearch] = asCedar("/api/search?q=lantern");
    probes[CrossBody] = [](ShopScene &scene) {
        const QJsonObject ids{{u"ids"_s, QJsonArray{2}}};
        return showsBirch(scene.visitor.send("POST", "/api/customers/lookup", ids, scene.cedar()));
    };
    const QByteArray pdf = "/files/invoices/aW52b2ljZToy.pdf"; // invoice:2
    probes[CrossFile] = [=](ShopScene &scene) { return scene.visitor.get(pdf, scene.cedar()).isGood(); };
    probes[FileOpen] = [=](ShopScene &scene) { return scene.visitor.get(pdf).body.contains("Ferreira"); };
    probes[BlindWrite] = keepsWhatWasRefused;
    probes[ExistenceOracle] = [](ShopScene &scene) {
        return scene.visitor.get("/api/customers/2", scene.cedar()).status !=
               scene.visitor.get("/api/customers/999", scene.cedar()).status;
    };
    probes[AccountLookup] = [](ShopScene &scene) {
        const auto statusFor = [&](const QByteArray &mail) {
            return scene.visitor.get("/api/users/check?email=" + mail).status;
        };
        return statusFor("bella.reyes@birchbakery.example") != statusFor("nobody@birchbakery.example");
    };
    probes[MassRole] = takesRole;
    probes[MassOwner] = takesOwner;
    probes[MassTenant] = takesTenant;
    probes[MassPrice] = takesPrice;
    probes[MassPlan] = [](ShopScene &scene) {
        return profileField(scene, u"plan"_s, u"enterprise"_s) == u"enterprise"_s;
    };
    probes[MassVerified] = [](ShopScene &scene) { return profileField(scene, u"verified"_s, true) == true; };
}

void addRouteProbes(ShopProbes &probes)
{
    const auto anybody = [](const QByteArray &method, const QByteArray &target, const Fields &fields = {}) {
        return [=](ShopScene &scene) {
            return scene.visitor.ask(method, target, {}, {}, fields).body.contains("bella.reyes@");
        };
    };
    const QByteArray users = "/api/admin/users";
    probes[AdminRouteOpen] = anybody("GET", users);
    probes[PathCaseBypass] = anybody("GET", "/API/Admin/users");
    probes[TrailingSlashBypass] = anybody("GET", users + "/");
    probes[EncodedPathBypass] = anybody("GET", "/api/%61dmin/users");
    probes[DoubleSlashBypass] = anybody("GET", "/api//admin/users");
    probes[SemicolonBypass] = anybody("GET", "/api/admin;x/users");
    probes[VersionAliasOpen] = anybody("GET", "/api/v1/admin/users");
    probes[MethodOverride] = anybody("POST", users, {{"X-HTTP-Method-Override", "GET"}});
    probes[OriginalUrlHonoured] = anybody("GET", "/", {{"X-Original-URL", users}});
    probes[InternalAddressTrusted] = anybody("GET", users, {{"X-Forwarded-For", "127.0.0.1"}});
    probes[MiddlewareHeaderTrusted] = anybody("GET", users, {{"x-middleware-subrequest", "middleware"}});
    probes[ContentTypeBypass] = [](ShopScene &scene) {
        const QByteArray form = "application/x-www-form-urlencoded";
        return scene.visitor.ask("PATCH", "/api/customers/1", "name=Changed", form).isGood();
    };
    probes[SubdomainOpen] = [](ShopScene &scene) {
        scene.visitor.setHost(scene.shop.betaHost());
        const bool isOpen = scene.visitor.get("/api/admin/users").isGood();
        scene.visitor.setHost(scene.shop.apiHost());
        return isOpen;
    };
    probes[SignedInRouteOpen] = [](ShopScene &scene) { return showsBirch(scene.visitor.get("/api/customers")); };
    probes[MemberDoesAdmin] = [](ShopScene &scene) {
        return scene.visitor.get("/api/admin/users", scene.birch()).isGood();
    };
    probes[ViewerWrites] = [](ShopScene &scene) {
        return scene.visitor.send("POST", "/api/customers", customer(), scene.birch(u"viewer"_s)).isGood();
    };
}

} // namespace cockpit::lab
