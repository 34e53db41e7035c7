#include "tests/app/practice/shopprobes.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

const QString kStranger = QStringLiteral("nobody.here@birchbakery.example");
const QString kNewPassword = QStringLiteral("another long password");
constexpr int kMoreThanAll = 20; // tries; the limits are 8 and 15

QString known(ShopScene &scene)
{
    return scene.shop.account(kCedar, u"member"_s).email;
}

using Asking = std::function<Heard(ShopScene &, const QString &email)>;

Heard signUp(ShopScene &scene, const QString &email)
{
    return scene.visitor.send("POST", "/api/sign-up",
                              {{u"name"_s, u"Alex Moreau"_s},
                               {u"email"_s, email},
                               {u"password"_s, kNewPassword},
                               {u"company"_s, u"Moreau Studio"_s}});
}

Heard forget(ShopScene &scene, const QString &email, const Fields &fields = {})
{
    return scene.visitor.send("POST", "/api/password/forgot", {{u"email"_s, email}}, {}, fields);
}

Heard invite(ShopScene &scene, const QString &email)
{
    return scene.visitor.send("POST", "/api/invitations", {{u"email"_s, email}, {u"role"_s, u"member"_s}},
                              scene.birch(u"admin"_s));
}

// Words without the address itself and without ids.
QJsonObject comparable(const Heard &heard)
{
    QJsonObject object = heard.json();
    object.remove("email"_L1);
    object.remove("id"_L1);
    return object;
}

void addOracle(ShopProbes &probes, const Asking &ask, ShopFault text, ShopFault status, ShopFault time)
{
    probes[text] = [ask](ShopScene &scene) {
        return comparable(ask(scene, known(scene))) != comparable(ask(scene, kStranger));
    };
    probes[status] = [ask](ShopScene &scene) {
        return ask(scene, known(scene)).status != ask(scene, kStranger).status;
    };
    // The least of some: what else the machine does only ever adds.
    probes[time] = [ask](ShopScene &scene) {
        double ofKnown = 10;
        double ofStranger = 10;
        for (int round = 0; round < 4; ++round) {
            ofKnown = std::min(ofKnown, ask(scene, known(scene)).seconds);
            ofStranger = std::min(ofStranger, ask(scene, u"%1%2"_s.arg(round).arg(kStranger)).seconds);
        }
        return std::abs(ofKnown - ofStranger) > 0.025;
    };
}

int triesUntilHeld(const std::function<int(int)> &statusOfTry)
{
    for (int at = 0; at < kMoreThanAll; ++at) {
        if (const int status = statusOfTry(at); status == 429 || status == 423)
            return at;
    }
    return kMoreThanAll;
}

ShopProbe neverHeld(const std::function<int(ShopScene &, int)> &statusOfTry)
{
    return [=](ShopScene &scene) {
        return triesUntilHeld([&](int at) { return statusOfTry(scene, at); }) == kMoreThanAll;
    };
}

QString throwAway(ShopScene &scene)
{
    return throwAwayOf(scene.shop.accounts(), kBirch).email;
}

QString letterCase(QString email, int at)
{
    for (int bit = 0; bit < 5; ++bit) {
        if (at & (1 << bit))
            email[bit] = email[bit].isLetter() ? email[bit].toUpper() : email[bit];
    }
    return email;
}

void addLimits(ShopProbes &probes)
{
    probes[NoAccountLimit] = [](ShopScene &scene) {
        return triesUntilHeld([&](int at) { return at < 10 ? scene.wrong(throwAway(scene)).status : 0; }) > 10;
    };
    probes[NoAddressLimit] =
        neverHeld([](ShopScene &scene, int at) { return scene.wrong(u"p%1%2"_s.arg(at).arg(kStranger)).status; });
    probes[LimitByForwardedFor] = neverHeld([](ShopScene &scene, int at) {
        const QByteArray address = "198.51.100." + QByteArray::number(at + 1);
        return scene.wrong(throwAway(scene), "/api/login", {{"X-Forwarded-For", address}}).status;
    });
    probes[LimitByEmailCase] = [](ShopScene &scene) {
        return triesUntilHeld(
                   [&](int at) { return at < 10 ? scene.wrong(letterCase(throwAway(scene), at)).status : 0; }) > 10;
    };
    probes[LimitByPath] = [](ShopScene &scene) {
        triesUntilHeld([&](int) { return scene.wrong(throwAway(scene)).status; });
        return scene.wrong(throwAway(scene), "/api/v1/login").status == 401;
    };
    probes[LockedForEver] = [](ShopScene &scene) {
        triesUntilHeld([&](int) { return scene.wrong(throwAway(scene)).status; });
        scene.shop.clock().advance(std::chrono::hours(24));
        return !scene.signIn(throwAwayOf(scene.shop.accounts(), kBirch)).isGood();
    };
    probes[NoResetLimit] = neverHeld([](ShopScene &scene, int) { return forget(scene, throwAway(scene)).status; });
    probes[NoSignUpLimit] = neverHeld([](ShopScene &scene, int) { return signUp(scene, u"kim@example.com"_s).status; });
    probes[NoChatLimit] = neverHeld([](ShopScene &scene, int) {
        return scene.visitor.send("POST", "/api/chat", {{u"message"_s, u"Hello?"_s}}, scene.birch(u"member"_s)).status;
    });
}

int resetWith(ShopScene &scene, const QByteArray &token)
{
    return scene.visitor
        .send("POST", "/api/password/reset", {{u"token"_s, QString::fromLatin1(token)}, {u"password"_s, kNewPassword}})
        .status;
}

QByteArray resetToken(ShopScene &scene)
{
    forget(scene, throwAway(scene));
    const auto letter = scene.shop.outbox().newest(LetterKind::Reset, throwAway(scene));
    return letter ? letter->token : QByteArray();
}

void addResets(ShopProbes &probes)
{
    probes[ResetReusable] = [](ShopScene &scene) {
        const QByteArray token = resetToken(scene);
        return resetWith(scene, token) == 204 && resetWith(scene, token) == 204;
    };
    probes[ResetNeverExpires] = [](ShopScene &scene) {
        const QByteArray token = resetToken(scene);
        scene.shop.clock().advance(std::chrono::minutes(61));
        return resetWith(scene, token) == 204;
    };
    probes[ResetHostPoisoned] = [](ShopScene &scene) {
        forget(scene, throwAway(scene), {{"X-Forwarded-Host", "evil.example"}});
        const auto letter = scene.shop.outbox().newest(LetterKind::Reset, throwAway(scene));
        return letter && letter->link.contains("evil.example");
    };
    probes[ResetKeepsSessions] = [](ShopScene &scene) {
        const QByteArray token =
            scene.signIn(throwAwayOf(scene.shop.accounts(), kBirch)).text("access_token").toLatin1();
        resetWith(scene, resetToken(scene));
        return scene.visitor.get("/api/me", token).isGood();
    };
}

int codeWith(ShopScene &scene, const QByteArray &code)
{
    return scene.visitor
        .send("POST", "/api/login/code/check", {{u"email"_s, throwAway(scene)}, {u"code"_s, QString::fromLatin1(code)}})
        .status;
}

void addCodes(ShopProbes &probes)
{
    probes[CodeReusable] = [](ShopScene &scene) {
        scene.visitor.send("POST", "/api/login/code", {{u"email"_s, throwAway(scene)}});
        const auto letter = scene.shop.outbox().newest(LetterKind::Code, throwAway(scene));
        return letter && codeWith(scene, letter->token) == 200 && codeWith(scene, letter->token) == 200;
    };
    probes[NoCodeLimit] = neverHeld([](ShopScene &scene, int) { return codeWith(scene, "none"); });
}

QByteArray inviteToken(ShopScene &scene)
{
    invite(scene, u"kim@example.com"_s);
    const auto letter = scene.shop.outbox().newest(LetterKind::Invitation, u"kim@example.com"_s);
    return letter ? letter->token : QByteArray();
}

Heard accept(ShopScene &scene, const QByteArray &token, const QString &email, const QJsonObject &more = {})
{
    QJsonObject body{{u"token"_s, QString::fromLatin1(token)},
                     {u"email"_s, email},
                     {u"name"_s, u"Kim Young"_s},
                     {u"password"_s, kNewPassword}};
    for (auto field = more.begin(); field != more.end(); ++field)
        body.insert(field.key(), field.value());
    return scene.visitor.send("POST", "/api/invitations/accept", body);
}

void addInvites(ShopProbes &probes)
{
    probes[InviteReusable] = [](ShopScene &scene) {
        const QByteArray token = inviteToken(scene);
        const bool isFirst = accept(scene, token, u"kim@example.com"_s).isGood();
        return isFirst && accept(scene, token, u"kim@example.com"_s).status != 410;
    };
    probes[InviteNeverExpires] = [](ShopScene &scene) {
        const QByteArray token = inviteToken(scene);
        scene.shop.clock().advance(std::chrono::hours(24 * 8));
        return accept(scene, token, u"kim@example.com"_s).isGood();
    };
    probes[InviteRoleEditable] = [](ShopScene &scene) {
        return accept(scene, inviteToken(scene), u"kim@example.com"_s, {{u"role"_s, u"admin"_s}}).text("role") ==
               u"admin"_s;
    };
    probes[InviteAnyEmail] = [](ShopScene &scene) {
        return accept(scene, inviteToken(scene), u"somebody.else@example.com"_s).isGood();
    };
}

} // namespace

void addAccountProbes(ShopProbes &probes)
{
    addOracle(
        probes, [](ShopScene &scene, const QString &email) { return scene.wrong(email); }, LoginText, LoginStatus,
        LoginTime);
    addOracle(probes, signUp, SignUpText, SignUpStatus, SignUpTime);
    addOracle(
        probes, [](ShopScene &scene, const QString &email) { return forget(scene, email); }, ResetText, ResetStatus,
        ResetTime);
    addOracle(probes, invite, InviteText, InviteStatus, InviteTime);
    addLimits(probes);
    addResets(probes);
    addCodes(probes);
    addInvites(probes);
}

} // namespace cockpit::lab
