#include "tests/app/practice/deskprobes.h"

#include <QRegularExpression>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

const QString kStranger = QStringLiteral("nobody.here@birchbakery.example");

bool isIn(DeskScene &scene, const QByteArray &cookie)
{
    return scene.get("/dashboard", cookie).isGood();
}

QString known(DeskScene &scene)
{
    return scene.desk.account(kCedar, u"member"_s).email;
}

PracticeAccount throwAway(DeskScene &scene)
{
    return throwAwayOf(scene.desk.accounts(), kBirch);
}

Heard forget(DeskScene &scene, const QString &email, const Fields &fields = {})
{
    return scene.post("/forgot", {{"email", email.toUtf8()}}, scene.visit(), "/forgot", fields);
}

Heard wrong(DeskScene &scene, const QString &email)
{
    return scene.tryPassword(email, "not the password");
}

using Asking = std::function<Heard(DeskScene &, const QString &)>;

// What a page says, without what is new in each: the tokens of its forms.
QString words(const Heard &heard)
{
    static const QRegularExpression values(u"value=\"[^\"]*\""_s);
    return QString::fromUtf8(heard.body).remove(values);
}

void addOracle(DeskProbes &probes, const Asking &ask, DeskFault text, DeskFault status, DeskFault time)
{
    probes[text] = [ask](DeskScene &scene) { return words(ask(scene, known(scene))) != words(ask(scene, kStranger)); };
    probes[status] = [ask](DeskScene &scene) {
        return ask(scene, known(scene)).status != ask(scene, kStranger).status;
    };
    probes[time] = [ask](DeskScene &scene) {
        double ofKnown = 10;
        double ofStranger = 10;
        for (int round = 0; round < 4; ++round) {
            ofKnown = std::min(ofKnown, ask(scene, known(scene)).seconds);
            ofStranger = std::min(ofStranger, ask(scene, u"%1%2"_s.arg(round).arg(kStranger)).seconds);
        }
        return std::abs(ofKnown - ofStranger) > 0.025;
    };
}

DeskProbe neverHeld(int tries, const std::function<Heard(DeskScene &, int)> &attempt)
{
    return [=](DeskScene &scene) {
        for (int at = 0; at < tries; ++at) {
            if (attempt(scene, at).status == 429)
                return false;
        }
        return true;
    };
}

QByteArray resetToken(DeskScene &scene)
{
    forget(scene, throwAway(scene).email);
    const auto letter = scene.desk.outbox().newest(LetterKind::Reset, throwAway(scene).email);
    return letter ? letter->token : QByteArray();
}

bool resets(DeskScene &scene, const QByteArray &token)
{
    const QByteArray page = "/reset?token=" + token;
    return scene.post("/reset", {{"token", token}, {"password", "another long password"}}, scene.visit(), page)
               .status == 303;
}

void addLimits(DeskProbes &probes)
{
    probes[NoAccountLimit] = neverHeld(10, [](DeskScene &scene, int) { return wrong(scene, throwAway(scene).email); });
    probes[NoAddressLimit] =
        neverHeld(20, [](DeskScene &scene, int at) { return wrong(scene, u"p%1%2"_s.arg(at).arg(kStranger)); });
    probes[LimitByForwardedFor] = neverHeld(20, [](DeskScene &scene, int at) {
        const QByteArray address = "198.51.100." + QByteArray::number(at + 1);
        return scene.tryPassword(throwAway(scene).email, "wrong", {{"X-Forwarded-For", address}});
    });
    probes[LimitByEmailCase] = neverHeld(10, [](DeskScene &scene, int at) {
        QString email = throwAway(scene).email;
        for (int bit = 0; bit < 4; ++bit) {
            const int place = bit < 3 ? bit : 4; // "sam.l…"
            if (at & (1 << bit))
                email[place] = email[place].toUpper();
        }
        return wrong(scene, email);
    });
    probes[LockedForEver] = [](DeskScene &scene) {
        for (int at = 0; at < 10; ++at)
            wrong(scene, throwAway(scene).email);
        scene.desk.clock().advance(std::chrono::hours(24));
        return scene.tryPassword(throwAway(scene).email, throwAway(scene).password).status == 423;
    };
}

void addResets(DeskProbes &probes)
{
    probes[ResetReusable] = [](DeskScene &scene) {
        const QByteArray token = resetToken(scene);
        return resets(scene, token) && resets(scene, token);
    };
    probes[ResetNeverExpires] = [](DeskScene &scene) {
        const QByteArray token = resetToken(scene);
        scene.desk.clock().advance(std::chrono::minutes(61));
        return resets(scene, token);
    };
    probes[ResetHostPoisoned] = [](DeskScene &scene) {
        forget(scene, throwAway(scene).email, {{"X-Forwarded-Host", "evil.example"}});
        const auto letter = scene.desk.outbox().newest(LetterKind::Reset, throwAway(scene).email);
        return letter && letter->link.contains("evil.example");
    };
}

} // namespace

void addDeskSessionProbes(DeskProbes &probes)
{
    probes[CsrfUnchecked] = [](DeskScene &scene) {
        return scene.visitor.form("/account", {{"name", "Tom"}}, scene.cookieOf(kBirch)).status == 303;
    };
    probes[SessionFixation] = [](DeskScene &scene) {
        const QByteArray cookie = scene.visit();
        scene.signIn(scene.desk.account(kBirch, u"member"_s), cookie);
        return isIn(scene, cookie);
    };
    probes[SessionByAddress] = [](DeskScene &scene) {
        const QByteArray cookie = scene.cookieOf(kBirch);
        return scene.cookieOf(kCedar) == cookie;
    };
    probes[LogoutKeepsSession] = [](DeskScene &scene) {
        const QByteArray cookie = scene.cookieOf(kBirch);
        scene.post("/logout", {}, cookie, "/dashboard");
        return isIn(scene, cookie);
    };
    probes[SessionForEver] = [](DeskScene &scene) {
        const QByteArray cookie = scene.cookieOf(kBirch);
        scene.desk.clock().advance(std::chrono::hours(24));
        return isIn(scene, cookie);
    };
    probes[CookieReadable] = [](DeskScene &scene) {
        return !scene.get("/login").header("Set-Cookie").contains("HttpOnly");
    };
    probes[PasswordChangeKeepsSessions] = [](DeskScene &scene) {
        const QByteArray first = scene.cookieOf(kBirch);
        const QByteArray second = scene.cookieOf(kBirch);
        const QByteArray old = scene.desk.account(kBirch, u"member"_s).password;
        scene.post("/account/password", {{"old_password", old}, {"new_password", "another long password"}}, second,
                   "/account");
        return isIn(scene, first);
    };
    addOracle(probes, wrong, LoginText, LoginStatus, LoginTime);
    addOracle(
        probes, [](DeskScene &scene, const QString &email) { return forget(scene, email); }, ResetText, ResetStatus,
        ResetTime);
    addLimits(probes);
    addResets(probes);
}

} // namespace cockpit::lab
