#include "app/practice/shop/tokens.h"
#include "tests/app/practice/shopprobes.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr int kBurst = 30;

QJsonObject note(const QJsonObject &changes = {})
{
    QJsonObject body{{u"title"_s, u"Canary note"_s}, {u"text"_s, u"plain"_s}};
    for (auto change = changes.begin(); change != changes.end(); ++change)
        body.insert(change.key(), change.value());
    return body;
}

ShopProbe noteGives(const QJsonObject &changes, const std::function<bool(const Heard &)> &isWrong)
{
    return [=](ShopScene &scene) {
        return isWrong(scene.visitor.send("POST", "/api/notes", note(changes), scene.birch()));
    };
}

bool isGood(const Heard &heard)
{
    return heard.isGood();
}

std::function<bool(const Heard &)> fails(const QByteArray &words = {})
{
    return [=](const Heard &heard) { return heard.status == 500 && heard.body.contains(words); };
}

Heard raw(ShopScene &scene, const QByteArray &body, const QByteArray &type)
{
    return scene.visitor.ask("POST", "/api/notes", body, type, {{"Authorization", "Bearer " + scene.birch()}});
}

Heard upload(ShopScene &scene, const QByteArray &name, const QByteArray &type, const QByteArray &bytes,
             const QByteArray &token)
{
    const QByteArray body = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                            "\"\r\nContent-Type: " + type + "\r\n\r\n" + bytes + "\r\n--edge--\r\n";
    return scene.visitor.ask("POST", "/api/uploads", body, "multipart/form-data; boundary=edge",
                             {{"Authorization", "Bearer " + token}});
}

const QByteArray kPng("\x89PNG\r\n\x1a\n and so on", 18);

bool isShownInside(ShopScene &scene)
{
    const QByteArray token = scene.birch();
    const Heard stored = upload(scene, "picture.png", "text/html", kPng, token);
    const Heard shown = scene.visitor.get(stored.text("url").toLatin1(), token);
    return shown.isGood() && !shown.header("Content-Disposition").startsWith("attachment");
}

Heard webhook(ShopScene &scene, const QByteArray &id, qint64 age, bool isSigned = true)
{
    const QByteArray body = R"({"id":")" + id + R"(","type":"invoice.paid"})";
    const QByteArray time = QByteArray::number(scene.shop.clock().seconds() - age);
    const QByteArray signature = shop::hmacSha256(scene.shop.webhookSecret(), time + '.' + body).toHex();
    Fields fields;
    if (isSigned)
        fields.emplace_back("Shop-Signature", "t=" + time + ",v1=" + signature);
    return scene.visitor.ask("POST", "/api/webhooks/payments", body, "application/json", fields);
}

bool countsTwice(ShopScene &scene)
{
    const QByteArray token = scene.birch();
    const QJsonObject code{{u"code"_s, QString::fromLatin1(scene.shop.coupons().front())}};
    const bool first = scene.visitor.send("POST", "/api/coupons/redeem", code, token).isGood();
    return first && scene.visitor.send("POST", "/api/coupons/redeem", code, token).isGood();
}

bool breaksUnderABurst(ShopScene &scene)
{
    for (int at = 0; at < kBurst; ++at) {
        if (scene.visitor.get("/api/health").status == 503)
            return true;
    }
    return false;
}

void addBodies(ShopProbes &probes)
{
    probes[WrongTypesAccepted] = noteGives({{u"text"_s, 5}}, isGood);
    probes[ExtraFieldsAccepted] = noteGives({{u"surprise"_s, u"x"_s}}, isGood);
    probes[TooLongAccepted] = noteGives({{u"title"_s, QString(5000, u'x')}}, isGood);
    probes[OutOfRangeAccepted] = [](ShopScene &scene) {
        const QJsonObject project{{u"title"_s, u"x"_s}, {u"budget_cents"_s, -5}};
        return scene.visitor.send("POST", "/api/projects", project, scene.birch()).isGood();
    };
    probes[CrashOnBadInput] = noteGives({{u"text"_s, 5}}, fails());
    probes[StackTrace] = noteGives({{u"text"_s, 5}}, fails("Traceback"));
    probes[SqlError] = noteGives({{u"text"_s, u"it's"_s}}, fails("SQLSTATE"));
    probes[TemplateEvaluated] =
        noteGives({{u"text"_s, u"{{7*7}}"_s}}, [](const Heard &heard) { return heard.text("text") == u"49"_s; });
    probes[WrongContentTypeAccepted] = [](ShopScene &scene) {
        return raw(scene, R"({"title":"Canary note"})", "text/plain").isGood();
    };
    probes[HugeBodyAccepted] = [](ShopScene &scene) {
        return raw(scene, R"({"title":"x"})" + QByteArray(300000, ' '), "application/json").isGood();
    };
    probes[HugePageAccepted] = [](ShopScene &scene) {
        return scene.visitor.get("/api/notes?limit=100000", scene.birch()).isGood();
    };
}

void addFiles(ShopProbes &probes)
{
    const auto stores = [](const QByteArray &name, const QByteArray &bytes) {
        return [=](ShopScene &scene) { return upload(scene, name, "image/png", bytes, scene.birch()).isGood(); };
    };
    probes[UploadAnyType] = stores("page.html", "<script>alert(1)</script>");
    probes[UploadAnySize] = stores("picture.png", kPng + QByteArray(200000, 'x'));
    probes[UploadKeepsName] = [](ShopScene &scene) {
        return upload(scene, "a$b.png", "image/png", kPng, scene.birch()).text("url").contains(u"a$b"_s);
    };
    probes[UploadServedInline] = isShownInside;
}

void addOthers(ShopProbes &probes)
{
    probes[WebhookUnsigned] = [](ShopScene &scene) { return webhook(scene, "evt_1", 0, false).isGood(); };
    probes[WebhookStale] = [](ShopScene &scene) { return webhook(scene, "evt_1", 900).isGood(); };
    probes[WebhookReplay] = [](ShopScene &scene) {
        return webhook(scene, "evt_1", 0).isGood() && webhook(scene, "evt_1", 0).isGood();
    };
    probes[CallbackPrivate] = [](ShopScene &scene) {
        const QJsonObject url{{u"url"_s, u"http://169.254.169.254/latest/meta-data"_s}};
        return scene.visitor.send("POST", "/api/callbacks", url, scene.birch(u"admin"_s)).isGood();
    };
    probes[CouponRace] = countsTwice;
    probes[BurstFails] = breaksUnderABurst;
    probes[PersonalPageCached] = [](ShopScene &scene) {
        scene.visitor.get("/api/me", scene.birch());
        return scene.visitor.get("/api/me", scene.cedar()).body.contains("tom.okafor@");
    };
    probes[CacheDeception] = [](ShopScene &scene) {
        scene.visitor.get("/account/lc.css", scene.birch());
        return scene.visitor.get("/account/lc.css").body.contains("tom.okafor@");
    };
    probes[CachePoisoned] = [](ShopScene &scene) {
        scene.visitor.get("/?lc=1", {}, {{"X-Forwarded-Host", "elsewhere.invalid"}});
        return scene.visitor.get("/?lc=1").body.contains("elsewhere.invalid");
    };
    probes[ForwardedHostShown] = [](ShopScene &scene) {
        const Fields fields{{"X-Forwarded-Host", "elsewhere.invalid"}};
        return scene.visitor.get("/?lc=2", {}, fields).body.contains("elsewhere.invalid") &&
               !scene.visitor.get("/?lc=2").body.contains("elsewhere.invalid");
    };
    probes[CorsAnyOrigin] = [](ShopScene &scene) {
        const Heard heard = scene.visitor.get("/api/me", scene.birch(), {{"Origin", "https://evil.example"}});
        return heard.header("Access-Control-Allow-Origin") == "https://evil.example";
    };
}

} // namespace

void addInputProbes(ShopProbes &probes)
{
    addBodies(probes);
    addFiles(probes);
    addOthers(probes);
}

} // namespace cockpit::lab
