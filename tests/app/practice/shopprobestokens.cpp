#include "app/practice/shop/rsakeys.h"
#include "app/practice/shop/tokens.h"
#include "tests/app/practice/shopprobes.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

bool isTaken(ShopScene &scene, const QByteArray &token)
{
    return scene.visitor.get("/api/me", token).body.contains("tom.okafor@");
}

QJsonObject headerOf(const QByteArray &token)
{
    return QJsonDocument::fromJson(shop::fromBase64Url(token.split('.').at(0))).object();
}

QByteArray unsignedText(const QByteArray &token, const QJsonObject &header)
{
    return shop::base64Url(shop::compactJson(header)) + '.' + token.split('.').at(1);
}

// The member's own token with another header, signed by `sign` from its text.
ShopProbe forged(const QJsonObject &changes, const std::function<QByteArray(ShopScene &, const QByteArray &)> &sign)
{
    return [=](ShopScene &scene) {
        const QByteArray token = scene.birch();
        QJsonObject header = headerOf(token);
        for (auto change = changes.begin(); change != changes.end(); ++change)
            header.insert(change.key(), change.value());
        const QByteArray text = unsignedText(token, header);
        return isTaken(scene, text + '.' + sign(scene, text));
    };
}

ShopProbe withKey(const QJsonObject &changes, const QByteArray &key)
{
    return forged(changes,
                  [=](ShopScene &, const QByteArray &text) { return shop::base64Url(shop::hmacSha256(key, text)); });
}

ShopProbe withClaims(const std::function<QJsonObject(ShopScene &)> &claims)
{
    return [=](ShopScene &scene) {
        return isTaken(scene, scene.shop.tokenWith(scene.shop.account(kBirch, u"member"_s), claims(scene)));
    };
}

QJsonObject claimsOf(const QByteArray &token)
{
    return QJsonDocument::fromJson(shop::fromBase64Url(token.split('.').at(1))).object();
}

bool confusesKeys(ShopScene &scene)
{
    const QJsonObject jwk = scene.visitor.get("/.well-known/jwks.json").json()["keys"_L1][0].toObject();
    shop::TokenKeys keys{.rsa = shop::rsaOfJwk(jwk), .stagingRsa = {}, .kid = {}, .secret = {}, .stagingSecret = {}};
    return withKey({{u"alg"_s, u"HS256"_s}}, shop::publicPem(keys))(scene);
}

bool takesEmbeddedKey(ShopScene &scene)
{
    const KeyPtr own = shop::newRsaKey();
    const auto sign = [&](ShopScene &, const QByteArray &text) {
        return shop::base64Url(shop::rsaSignature(own.get(), text));
    };
    return forged({{u"jwk"_s, shop::rsaJwk(own.get())}}, sign)(scene);
}

bool isSignedWeakly(ShopScene &scene)
{
    const QByteArrayList parts = scene.birch().split('.');
    return shop::base64Url(shop::hmacSha256("changeme", parts[0] + '.' + parts[1])) == parts[2];
}

bool refusesOldRefresh(ShopScene &scene, bool &familyEnds)
{
    const QString refresh = scene.signIn(scene.shop.account(kBirch, u"member"_s)).text("refresh_token");
    const Heard first = scene.visitor.send("POST", "/api/refresh", {{u"refresh_token"_s, refresh}});
    const Heard again = scene.visitor.send("POST", "/api/refresh", {{u"refresh_token"_s, refresh}});
    familyEnds = !isTaken(scene, first.text("access_token").toLatin1());
    return first.isGood() && again.status == 401;
}

bool livesOnAfter(ShopScene &scene, const std::function<void(const QByteArray &other)> &end)
{
    const QByteArray token = scene.birch();
    const QByteArray other = scene.birch();
    end(other);
    return isTaken(scene, token);
}

} // namespace

void addTokenProbes(ShopProbes &probes)
{
    const auto none = [](ShopScene &, const QByteArray &) { return QByteArray(); };
    probes[AlgNone] = forged({{u"alg"_s, u"none"_s}}, none);
    probes[AlgNoneOtherCase] = forged({{u"alg"_s, u"nOnE"_s}}, none);
    probes[SignatureStripped] = forged({}, none);
    probes[SignatureIgnored] = forged({}, [](ShopScene &, const QByteArray &) { return QByteArray("AAAA"); });
    probes[BlankKey] = withKey({{u"alg"_s, u"HS256"_s}}, "");
    probes[KeyConfusion] = confusesKeys;
    probes[KidFile] = withKey({{u"alg"_s, u"HS256"_s}, {u"kid"_s, u"../../../../dev/null"_s}}, "");
    probes[KidSql] = withKey({{u"alg"_s, u"HS256"_s}, {u"kid"_s, u"x' UNION SELECT '1';--"_s}}, "1");
    probes[EmbeddedKey] = takesEmbeddedKey;
    probes[WeakSecret] = isSignedWeakly;
    probes[ExpiredAccepted] = withClaims([](ShopScene &scene) {
        return QJsonObject{{u"exp"_s, scene.shop.clock().seconds() - 60}};
    });
    probes[NotYetValidAccepted] = withClaims([](ShopScene &scene) {
        return QJsonObject{{u"nbf"_s, scene.shop.clock().seconds() + 600}};
    });
    probes[WrongAudience] = withClaims([](ShopScene &) { return QJsonObject{{u"aud"_s, u"another-service"_s}}; });
    probes[WrongIssuer] = withClaims([](ShopScene &) { return QJsonObject{{u"iss"_s, u"https://other.example"_s}}; });
    probes[StagingToken] = [](ShopScene &scene) {
        return isTaken(scene, scene.shop.stagingToken(scene.shop.account(kBirch, u"member"_s)));
    };
    probes[NoExpiry] = [](ShopScene &scene) { return !claimsOf(scene.birch()).contains("exp"_L1); };
    probes[LongLife] = [](ShopScene &scene) {
        const QJsonObject claims = claimsOf(scene.birch());
        return claims["exp"_L1].toDouble() - claims["iat"_L1].toDouble() > 86400;
    };
    probes[PersonalDataInToken] = [](ShopScene &scene) { return claimsOf(scene.birch()).contains("email"_L1); };
    probes[LogoutKeepsSession] = [](ShopScene &scene) {
        const QByteArray token = scene.birch();
        scene.visitor.send("POST", "/api/logout", {}, token);
        return isTaken(scene, token);
    };
    probes[LogoutKeepsRefresh] = [](ShopScene &scene) {
        const Heard in = scene.signIn(scene.shop.account(kBirch, u"member"_s));
        scene.visitor.send("POST", "/api/logout", {}, in.text("access_token").toLatin1());
        return scene.visitor.send("POST", "/api/refresh", {{u"refresh_token"_s, in.text("refresh_token")}}).isGood();
    };
    probes[RefreshReusable] = [](ShopScene &scene) {
        bool familyEnds = false;
        return !refusesOldRefresh(scene, familyEnds) || !familyEnds;
    };
    probes[RefreshNotRotating] = [](ShopScene &scene) {
        const QString refresh = scene.signIn(scene.shop.account(kBirch, u"member"_s)).text("refresh_token");
        return scene.visitor.send("POST", "/api/refresh", {{u"refresh_token"_s, refresh}}).text("refresh_token") ==
               refresh;
    };
    probes[PasswordChangeKeepsSessions] = [](ShopScene &scene) {
        const QString old = QString::fromLatin1(scene.shop.account(kBirch, u"member"_s).password);
        return livesOnAfter(scene, [&](const QByteArray &other) {
            scene.visitor.send("POST", "/api/me/password",
                               {{u"old_password"_s, old}, {u"new_password"_s, u"a new long password"_s}}, other);
        });
    };
    probes[SessionByAddress] = [](ShopScene &scene) {
        const QByteArray token = scene.birch();
        return scene.cedar() == token;
    };
    // "crit" must be in what is signed, so that only the shop's own key can show it.
    probes[UnknownCritAccepted] = [](ShopScene &scene) {
        FaultSet<ShopFault> faults = scene.shop.faults();
        faults.add(SignatureIgnored);
        scene.shop.setFaults(faults);
        return forged({{u"crit"_s, QJsonArray{u"lc-unknown"_s}}},
                      [](ShopScene &, const QByteArray &) { return QByteArray("AAAA"); })(scene);
    };
}

} // namespace cockpit::lab
