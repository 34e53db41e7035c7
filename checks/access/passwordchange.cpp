#include "checks/access/passwordchange.h"

#include "checks/actors/routeaddress.h"
#include "checks/actors/signinattempt.h"
#include "checks/actors/throwaway.h"
#include "checks/actors/undonotes.h"
#include "models/access/bodyfields.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PasswordChange)
};

enum class PasswordField { Neither, Old, New };

PasswordField fieldOf(const QString &name)
{
    static const QRegularExpression old(u"old|current|existing|previous"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression password(u"pass(?:word|wd)?|pwd"_s, QRegularExpression::CaseInsensitiveOption);
    if (!password.match(name).hasMatch())
        return PasswordField::Neither;
    return old.match(name).hasMatch() ? PasswordField::Old : PasswordField::New;
}

bool isChangeRoute(const Route &route)
{
    static const QRegularExpression words(u"pass(?:word|wd)"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression others(u"forgot|reset|recover"_s, QRegularExpression::CaseInsensitiveOption);
    return maySafelyWrite(route) && route.access == AccessClass::SignedIn && words.match(route.path).hasMatch() &&
           !others.match(route.path).hasMatch();
}

// Of every kind that rules for passwords ask for.
Secret newPassword()
{
    constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    QByteArray text = "Lc7-";
    for (int i = 0; i < 20; ++i)
        text += letters[QRandomGenerator::system()->bounded(quint32(letters.size()))];
    return Secret(text);
}

// What both directions need. Shared with the step that changes it back, which runs later.
struct Change
{
    PasswordChangePlan plan;
    ActorSession session; // of who changes it
    Secret was, becomes;
    std::shared_ptr<UndoNote> note; // that it was changed, without either password
    bool isCertain = false;         // the product said that it was done
    QString lastRefusal = {};       // what it answered to changing it back
};

ActiveRequest changeRequest(const Change &change, const Secret &from, const Secret &to)
{
    ActiveRequest request;
    request.method = change.plan.route.method.toLatin1();
    request.url = change.plan.url;
    request.routeName = routeName(change.plan.route);
    request.writes = true;
    request.headers.push_back({"Content-Type", change.plan.sample.contentType});
    request.body = passwordBody(change.plan.sample, from, to).value_or(QByteArray());
    const Session session = change.session.session();
    const bool isForm = bodyKindOf(change.plan.sample.contentType, request.body) == BodyKind::Form;
    if (isForm && session.csrfToken && !session.csrfField.isEmpty())
        request.body += '&' + session.csrfField.toUtf8().toPercentEncoding() + '=' +
                        session.csrfToken->reveal().toPercentEncoding();
    return request;
}

// Whether the session that there is may change it back.
Result<bool> changesBack(Change &change, Deadline deadline)
{
    ActiveRequest request = changeRequest(change, change.becomes, change.was);
    request.errand = ActiveErrand::Undo;
    request.timeoutMs = static_cast<int>(std::max<qint64>(deadline.remaining().count(), 1));
    auto answer = change.session.ask(request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const bool isDone = answer->status < 400 && !looksSignedOut(*answer);
    change.lastRefusal = isDone ? QString() : answerWords(*answer);
    return isDone;
}

// With the password that we gave it: the change may have ended the session that made it.
Result<void> signInAnew(Change &change, Wire &wire, Deadline deadline)
{
    const TestActor &actor = change.plan.actor;
    const Secret *entry = wire.gate()->secretOf(actor.id);
    HoleValues values = entry ? holeValuesFor(actor, *entry) : HoleValues();
    values[u"password"_s] = change.becomes;
    SignInAttempt attempt(actor, values, wire);
    attempt.undoBy(deadline);
    const bool isLogin = actor.signIn.kind == SignInKind::Form || actor.signIn.kind == SignInKind::Json;
    const auto session = isLogin ? attempt.byLogin() : attempt.byOAuth();
    if (!session)
        return tl::unexpected<Error>(session.error());
    for (const Secret &value : session->secrets())
        wire.gate()->learnSecret(value);
    change.session.replaceSession(*session);
    return {};
}

Result<void> changeBack(Change &change, Wire &wire, Deadline deadline)
{
    const auto atOnce = changesBack(change, deadline);
    if (!atOnce || *atOnce)
        return atOnce.map([](bool) {});
    const auto anew = signInAnew(change, wire, deadline);
    const bool isRefused =
        !anew && (anew.error().kind == ErrorKind::NotPermitted || anew.error().kind == ErrorKind::Protocol);
    if (!anew && !isRefused)
        return anew;
    const auto again = anew ? changesBack(change, deadline) : Result<bool>(false);
    if (!again || *again)
        return again.map([](bool) {});
    // Where no answer told that it was changed, the refusal of the new password says that it was not.
    return change.isCertain ? failure(ErrorKind::Protocol, Text::tr("The product answered %1.").arg(change.lastRefusal))
                            : Result<void>();
}

} // namespace

std::optional<QByteArray> passwordBody(const RouteSample &sample, const Secret &oldOne, const Secret &newOne)
{
    bool hasOld = false;
    bool hasNew = false;
    const QString body =
        replacedFields(bodyKindOf(sample.contentType, sample.body), sample.contentType, sample.body,
                       [&](const QString &name, const QString &) -> std::optional<QString> {
                           const PasswordField field = fieldOf(name);
                           if (field == PasswordField::Neither)
                               return std::nullopt;
                           (field == PasswordField::Old ? hasOld : hasNew) = true;
                           return QString::fromUtf8((field == PasswordField::Old ? oldOne : newOne).reveal());
                       });
    if (!hasOld || !hasNew)
        return std::nullopt;
    return body.toUtf8();
}

std::optional<PasswordChangePlan> passwordChangePlan(const Outlook &look)
{
    const TestActor *actor = throwAwayAmong(look.facts.actors);
    const auto route = std::ranges::find_if(look.facts.routes, isChangeRoute);
    if (!actor || !asksToSignIn(actor->signIn.kind) || route == look.facts.routes.end())
        return std::nullopt;
    const RouteSample *sample = sampleFor(route->method, route->path, route->host, look.facts.samples);
    const auto url = addressOf(look.target, *route);
    if (!sample || !url || !passwordBody(*sample, Secret("a"), Secret("b")))
        return std::nullopt;
    return PasswordChangePlan{*actor, *route, *sample, *url};
}

Result<PasswordChangeLook> tryPasswordChange(const Look &look, const PasswordChangePlan &plan, Wire &wire,
                                             UndoList &undo)
{
    PasswordChangeLook result{
        .actor = plan.actor.name, .request = {}, .answer = {}, .other = {}, .before = {}, .page = {}};
    SessionTrial trial(look, plan.actor, wire);
    if (auto ready = trial.begin(); !ready)
        return tl::unexpected<Error>(ready.error());
    const Secret *password = wire.gate()->secretOf(plan.actor.id);
    const auto other = trial.another();
    if (!other)
        return tl::unexpected<Error>(other.error());
    const auto before = trial.ask(other->session());
    if (!before)
        return tl::unexpected<Error>(before.error());
    result.before = before->standing;
    result.page = trial.page();
    const auto change = std::make_shared<Change>(
        Change{plan, trial.first(), holeValuesOf(*password)[u"password"_s], newPassword(), {}});
    wire.gate()->learnSecret(change->becomes);
    auto note = notesOf(wire, &plan.actor).writeValue(plan.route, {}, plan.sample.contentType, {});
    if (!note)
        return tl::unexpected<Error>(note.error());
    change->note = std::move(*note);
    result.request = changeRequest(*change, change->was, change->becomes);
    auto answer = change->session.ask(result.request);
    // Also where no answer came: it may have been carried out.
    if (!answer || answer->status < 400)
        undo.add(
            Text::tr("The password of %1, which we changed (give the account a new one by hand)").arg(plan.actor.name),
            kPasswordUndoRequests, [change, &wire](Deadline deadline) {
                auto back = changeBack(*change, wire, deadline);
                if (back)
                    change->note->strike();
                return back;
            });
    else
        change->note->strike();
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    change->isCertain = answer->status < 400 && !looksSignedOut(*answer);
    result.answer = std::move(*answer);
    if (!change->isCertain)
        return result;
    auto after = trial.ask(other->session());
    if (!after)
        return tl::unexpected<Error>(after.error());
    result.other = std::move(*after);
    return result;
}

} // namespace cockpit
