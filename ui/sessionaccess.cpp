// Session's permission to send hostile requests, its test accounts, and the log of what was sent.
#include "checks/engine/actorsecrets.h"
#include "checks/engine/guarded.h"
#include "models/wholefile.h"
#include "ui/session_p.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kKeychainPatience{60};

tl::unexpected<Error> notNow()
{
    return failure(ErrorKind::Unsupported, Session::tr("This cannot be asked here."));
}

} // namespace

ActiveLeave Session::Private::leaveNow() const
{
    ActiveLeave leave = activeLeave(state, net, QDateTime::currentDateTimeUtc());
    if (leave.terms)
        leave.terms->killed = killed;
    return leave;
}

void Session::Private::setPermission(const Permission &permission)
{
    state.permission = sealed(permission, machineKey);
    save([kept = state.permission](ProjectStore &file) { return file.savePermission(kept); });
    emit q->permissionChanged();
}

void Session::Private::stopAsking()
{
    asking.cancel();
    asking = CancelToken();
    stopRemovals();
    killed->store(true); // also what a run that nobody listens to any more would send
    killed = std::make_shared<std::atomic_bool>(false);
}

void Session::Private::takeControl(ControlMethod method, const ControlLook &look)
{
    if (!look.isProven)
        return;
    Permission permission = state.permission;
    permission.proof = ControlProof{method, look.domain, QDateTime::currentDateTimeUtc()};
    setPermission(permission);
}

PermissionState Session::permissionState() const
{
    return d->leaveNow().state;
}

QString Session::controlToken()
{
    if (d->state.permission.token.isEmpty() && d->open && !d->readOnly) {
        Permission permission = d->state.permission;
        permission.token = newControlToken();
        d->setPermission(permission);
    }
    return d->state.permission.token;
}

void Session::proveControl(ControlMethod method, QObject *context,
                           std::function<void(const Result<ControlLook> &)> done)
{
    if (!d->mayChange())
        return;
    const auto work = [look = d->services.lookForControl, method, target = d->state.settings.target,
                       token = controlToken(), net = d->net, cancel = d->asking]() -> Result<ControlLook> {
        return look ? look(method, target, token, net, cancel) : notNow();
    };
    whenDone(QtConcurrent::run(&d->askers, [work] { return guarded(work); }), this,
             [this, method, target = d->state.settings.target, cancel = d->asking, done = std::move(done),
              guard = QPointer<QObject>(context)](const Result<ControlLook> &look) {
                 // Of another project, or of what this one was about before.
                 if (cancel.isCancelled() || target != d->state.settings.target)
                     return;
                 if (look)
                     d->takeControl(method, *look);
                 if (guard)
                     done(look);
             });
}

void Session::setPermission(const Permission &permission)
{
    if (!d->mayChange())
        return;
    const auto checked = checkedPermission(permission);
    if (!checked)
        emit saveFailed(checked.error());
    else
        d->setPermission(*checked);
}

void Session::setActiveBudget(const ActiveBudget &budget)
{
    if (!d->mayChange())
        return;
    const auto changed = withBudget(d->state.permission, budget);
    if (!changed)
        emit saveFailed(changed.error());
    else
        d->setPermission(*changed);
}

void Session::agree(const QString &by)
{
    if (!d->mayChange())
        return;
    const auto agreed =
        withAgreement(d->state.permission, d->state.settings.target, by, QDateTime::currentDateTimeUtc());
    if (!agreed)
        emit saveFailed(agreed.error());
    else
        d->setPermission(*agreed);
}

void Session::withdrawAgreement()
{
    d->killed->store(true); // a run that is going on was agreed to as well
    d->killed = std::make_shared<std::atomic_bool>(false);
    if (!d->mayChange())
        return;
    Permission permission = d->state.permission;
    permission.agreedBy.clear();
    permission.agreedAt = {};
    permission.agreedFor.clear();
    d->setPermission(permission);
}

// First of all the switch: whether it can be saved is another matter.
void Session::stopActive()
{
    d->killed->store(true);
    if (!d->mayChange())
        return;
    Permission permission = d->state.permission;
    permission.stopped = true;
    d->setPermission(permission);
}

void Session::resumeActive()
{
    if (!d->mayChange())
        return;
    d->killed = std::make_shared<std::atomic_bool>(false); // a run that was stopped stays so
    Permission permission = d->state.permission;
    permission.stopped = false;
    d->setPermission(permission);
}

void Session::setActors(const std::vector<TestActor> &actors)
{
    if (!d->mayChange())
        return;
    const auto checked = checkedActors(actors);
    if (!checked) {
        emit saveFailed(checked.error());
        return;
    }
    d->state.actors = *checked;
    d->save([kept = *checked](ProjectStore &file) { return file.saveActors(kept); });
    emit actorsChanged();
}

void Session::setAccessRules(const std::vector<AccessRule> &rules)
{
    if (!d->mayChange())
        return;
    const auto checked = checkedRules(rules);
    if (!checked) {
        emit saveFailed(checked.error());
        return;
    }
    d->state.accessRules = *checked;
    d->save([kept = *checked](ProjectStore &file) { return file.saveAccessRules(kept); });
    emit accessRulesChanged();
}

void Session::setSamples(const std::vector<RouteSample> &samples)
{
    if (!d->mayChange())
        return;
    const auto checked = checkedSamples(samples);
    if (!checked) {
        emit saveFailed(checked.error());
        return;
    }
    d->state.samples = *checked;
    d->save([kept = *checked](ProjectStore &file) { return file.saveSamples(kept); });
    emit routeSamplesChanged();
}

void Session::tryActor(const QString &actorId, QObject *context, std::function<void(const Result<ActorTrial> &)> done)
{
    if (!d->mayChange()) // what it sends could not be logged
        return;
    const auto actor = std::ranges::find(d->state.actors, actorId, &TestActor::id);
    const ActiveLeave leave = d->leaveNow();
    if (actor == d->state.actors.end() || !d->services.credentials || !d->services.tryActor) {
        done(notNow());
        return;
    }
    if (!leave.isGiven()) {
        done(failure(ErrorKind::NotPermitted, sentenceOf(leave.state)));
        return;
    }
    readActorSecrets(*d->services.credentials, {*actor}, d->state.credentials, kKeychainPatience, this,
                     [this, actor = *actor, terms = *leave.terms, cancel = d->asking,
                      guard = QPointer<QObject>(context), done = std::move(done)](const ActorSecrets &secrets) mutable {
                         if (cancel.isCancelled() || !guard)
                             return;
                         if (!secrets.missing.empty()) {
                             done(failure(ErrorKind::NotFound, secrets.missing.begin()->second));
                             return;
                         }
                         noteCredentialUse(secrets.entries);
                         secrets.addTo(terms);
                         d->askActor(actor, std::move(terms), guard, std::move(done));
                     });
}

// What was sent is in the log whoever hears the answer; until then the file stays open.
void Session::Private::askActor(const TestActor &actor, ActiveTerms terms, QObject *context,
                                std::function<void(const Result<ActorTrial> &)> done)
{
    const auto work = [ask = services.tryActor, actor, terms = std::move(terms), options = net, cancel = asking] {
        return guarded([&] { return ask(actor, terms, options, cancel); });
    };
    const quint64 number = ++trialsBegun;
    trials[number] = QtConcurrent::run(&askers, work);
    whenDone(trials[number], q,
             [this, number, of = openings, held = store.hold(), cancel = asking, guard = QPointer<QObject>(context),
              done = std::move(done)](const Result<ActorTrial> &trial) {
                 trials.erase(number);
                 if (trial)
                     logRequests(of, trial->sent);
                 if (!cancel.isCancelled() && guard)
                     done(trial);
             });
}

void Session::Private::logRequests(quint64 of, const std::vector<LoggedRequest> &requests)
{
    if (requests.empty())
        return;
    save([requests](ProjectStore &file) { return file.appendRequests(requests); });
    if (open && of == openings)
        emit q->requestsLogged(requests);
}

// They end within a second of stopAsking().
void Session::Private::finishTrials()
{
    for (const auto &[number, future] : std::exchange(trials, {})) {
        const auto trial = foundBy(future);
        if (trial && *trial)
            logRequests(openings, (*trial)->sent);
    }
}

void Session::loadRequests(QObject *context, std::function<void(const Result<std::vector<LoggedRequest>> &)> done)
{
    d->store.ask<Result<std::vector<LoggedRequest>>>([](const ProjectStore &file) { return file.requests(); }, context,
                                                     std::move(done));
}

void Session::exportRequests(const QString &path, QObject *context, std::function<void(const Result<void> &)> done)
{
    d->store.ask<Result<void>>(
        [path](const ProjectStore &file) -> Result<void> {
            const auto requests = file.requests();
            if (!requests)
                return tl::unexpected(requests.error());
            return writeWholeFile(path, toCsv(*requests));
        },
        context, std::move(done));
}

} // namespace cockpit
