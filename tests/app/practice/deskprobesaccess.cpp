#include "tests/app/practice/deskprobes.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

const QByteArray kBirchSays = "Ferreira"; // of Birch Bakery's second invoice

DeskProbe showsToCedar(const QByteArray &target)
{
    return [=](DeskScene &scene) { return scene.get(target, scene.cookieOf(kCedar)).body.contains(kBirchSays); };
}

DeskProbe answersCedar(const QString &query, const QByteArray &words)
{
    return [=](DeskScene &scene) { return scene.graphQl(query, scene.cookieOf(kCedar)).body.contains(words); };
}

QString manyFields(int count)
{
    QString query = u"{"_s;
    for (int at = 0; at < count; ++at)
        query += u" a%1: me { name }"_s.arg(at);
    return query + u" }"_s;
}

DeskProbe showsUsers(const QByteArray &target)
{
    return [=](DeskScene &scene) { return scene.get(target).body.contains("bella.reyes@"); };
}

Heard newInvoice(DeskScene &scene, const QByteArray &memo, const QByteArray &amount = "100",
                 const QByteArray &tenant = {})
{
    std::vector<std::pair<QByteArray, QByteArray>> values{{"memo", memo}, {"amount_cents", amount}};
    if (!tenant.isEmpty())
        values.emplace_back("tenant_id", tenant);
    return scene.post("/invoices", values, scene.cookieOf(kBirch), "/invoices");
}

bool takesBatch(DeskScene &scene)
{
    QByteArray body = "[";
    for (int at = 0; at < 8; ++at)
        body += QByteArray(at ? "," : "") + R"({"query":"{ me { name } }"})";
    return scene.visitor.ask("POST", "/graphql", body + "]", "application/json", {{"Cookie", scene.cookieOf(kBirch)}})
        .isGood();
}

} // namespace

void addDeskAccessProbes(DeskProbes &probes)
{
    probes[CrossPath] = showsToCedar("/invoices/2");
    probes[CrossQuery] = showsToCedar("/invoices/show?id=2");
    probes[CrossExport] = showsToCedar("/invoices/export.csv");
    probes[CrossSearch] = showsToCedar("/search?q=wedding");
    probes[FileUnsigned] = showsToCedar("/files/2.pdf");
    probes[GraphQlNode] = answersCedar(u"{ node(id: \"SW52b2ljZToy\") { id ... on Invoice { memo } } }"_s, kBirchSays);
    probes[GraphQlListFilter] = answersCedar(u"{ invoices(tenantId: 1) { memo } }"_s, kBirchSays);
    probes[GraphQlMutation] =
        answersCedar(u"mutation { updateInvoice(id: \"SW52b2ljZToy\", memo: \"Taken\") { memo } }"_s, "Taken");
    probes[GraphQlAdminField] = answersCedar(u"{ users { email } }"_s, "carla.mendes@");
    probes[GraphQlUserLookup] = [](DeskScene &scene) {
        const QString query = u"{ userByEmail(email: \"bella.reyes@birchbakery.example\") { name } }"_s;
        return scene.graphQl(query).body.contains("Bella");
    };
    probes[SocketAnyOrigin] = [](DeskScene &scene) {
        return scene.visitor
                   .ask("GET", "/ws", {}, {},
                        {{"Cookie", scene.cookieOf(kBirch)},
                         {"Origin", "https://elsewhere.example"},
                         {"Upgrade", "websocket"},
                         {"Sec-WebSocket-Key", "AAAA"}})
                   .status == 101;
    };
    probes[GraphQlOpen] = [](DeskScene &scene) {
        return scene.graphQl(u"{ invoices { memo } }"_s).body.contains(kBirchSays);
    };
    probes[GraphQlIntrospection] = [](DeskScene &scene) {
        return scene.graphQl(u"{ __schema { types { name } } }"_s).body.contains("\"Invoice\"");
    };
    probes[GraphQlAliasesUnlimited] = [](DeskScene &scene) {
        return scene.graphQl(manyFields(30), scene.cookieOf(kBirch)).isGood();
    };
    probes[GraphQlBatchUnlimited] = takesBatch;
    probes[MemberDoesAdmin] = [](DeskScene &scene) {
        return scene.get("/admin/users", scene.cookieOf(kBirch)).isGood();
    };
    probes[AdminOpen] = showsUsers("/admin/users");
    probes[PathCaseBypass] = showsUsers("/Admin/users");
    probes[DoubleSlashBypass] = showsUsers("//admin/users");
    probes[MethodOverride] = [](DeskScene &scene) {
        const QByteArray cookie = scene.cookieOf(kBirch);
        scene.post("/invoices/2", {{"memo", "x"}, {"_method", "DELETE"}}, cookie, "/invoices/2");
        return scene.get("/invoices/2", cookie).status == 404;
    };
    probes[MassRole] = [](DeskScene &scene) {
        const QByteArray cookie = scene.cookieOf(kBirch);
        scene.post("/account", {{"name", "Tom"}, {"role", "admin"}}, cookie, "/account");
        return scene.get("/admin/users", cookie).isGood();
    };
    probes[MassTenant] = [](DeskScene &scene) {
        newInvoice(scene, "Canary", "100", "2");
        return scene.get("/invoices", scene.cookieOf(kCedar)).body.contains("Canary");
    };
    probes[CrashOnBadInput] = [](DeskScene &scene) { return newInvoice(scene, "x", "abc").status == 500; };
    probes[StackTrace] = [](DeskScene &scene) { return newInvoice(scene, "x", "abc").body.contains("Traceback"); };
    probes[SqlError] = [](DeskScene &scene) { return newInvoice(scene, "it's").body.contains("SQLSTATE"); };
    probes[TooLongAccepted] = [](DeskScene &scene) { return newInvoice(scene, QByteArray(5000, 'x')).status == 303; };
    probes[ReflectsHtml] = [](DeskScene &scene) {
        return scene.get("/search?q=%3Clc%3E", scene.cookieOf(kBirch)).body.contains("<lc>");
    };
    probes[PersonalPageCached] = [](DeskScene &scene) {
        scene.get("/account", scene.cookieOf(kBirch));
        return scene.get("/account").body.contains("tom.okafor@");
    };
    probes[CacheDeception] = [](DeskScene &scene) {
        scene.get("/account/lc.css", scene.cookieOf(kBirch));
        return scene.get("/account/lc.css").body.contains("tom.okafor@");
    };
}

} // namespace cockpit::lab
