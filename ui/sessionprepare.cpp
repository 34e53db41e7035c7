// What a run needs before it starts and is not in memory: values out of the keychain, what was monitored.
#include "checks/engine/actorsecrets.h"
#include "models/credentialkind.h"
#include "ui/session_p.h"

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

// A keychain may ask the person for its password; a run does not wait for ever.
constexpr std::chrono::seconds kKeychainPatience{60};

using Histories = std::vector<MonitorHistory>;

} // namespace

bool Session::Private::isAnyRunGoing() const
{
    return std::ranges::any_of(q->findChildren<Runner *>(), &Runner::isRunning);
}

QString Session::Private::whyNoRun() const
{
    if (isRemovingLeft) // both sign in as the same accounts, and would sign each other out
        return Session::tr("What earlier runs left in your product is being removed. Start the checks when that has "
                           "ended, or stop it under Identity and access.");
    if (isMoving) // what it makes would be written down in the file that is left behind
        return Session::tr("The project is being saved as a copy. Start the checks when that has ended.");
    return {};
}

void Session::Private::startRun(PlanRequest request)
{
    if (!open || q->isRunning())
        return;
    if (readOnly) {
        emit q->runFailed({ErrorKind::NotPermitted,
                           Session::tr("This project is open for reading only, so no checks can be run in it.")});
        return;
    }
    if (const QString why = whyNoRun(); !why.isEmpty()) {
        emit q->runFailed({ErrorKind::NotPermitted, why});
        return;
    }
    request.target = state.settings.target;
    request.roadmap = q->roadmap();
    request.facts = projectFactsOf(state);
    request.answers = state.answers;
    journal = std::make_shared<ProjectJournal>(path);
    give(leaveNow(), journal, request);
    const bool asksForActors =
        looksFor(Need::TestAccounts, request, *services.run.catalog, *services.run.registry) && services.credentials;
    if (!request.active || !asksForActors || state.actors.empty()) {
        prepareToken(std::move(request));
        return;
    }
    preparing = true;
    ++preparations;
    fetchActorSecrets(std::move(request));
}

// Those of all accounts: which of them a check takes is its own choice.
void Session::Private::fetchActorSecrets(PlanRequest request)
{
    readActorSecrets(
        *services.credentials, state.actors, state.credentials, kKeychainPatience, q,
        [this, request = std::move(request), preparation = preparations](const ActorSecrets &secrets) mutable {
            if (!isStillPreparing(preparation))
                return;
            q->noteCredentialUse(secrets.entries);
            secrets.addTo(*request.active);
            prepareToken(std::move(request));
        });
}

void Session::Private::prepareToken(PlanRequest request)
{
    const bool asksForToken =
        looksFor(Need::ApiToken, request, *services.run.catalog, *services.run.registry) && services.credentials;
    const Credential *token = asksForToken ? firstOf(CredentialKind::CloudflareToken, state.credentials) : nullptr;
    if (!token && state.monitors.empty()) {
        preparing = false;
        startRunWith(request);
        return;
    }
    if (!std::exchange(preparing, true))
        ++preparations;
    if (token)
        fetchToken(std::move(request), *token);
    else
        fetchHistories(std::move(request));
}

void Session::Private::fetchToken(PlanRequest request, const Credential &token)
{
    const auto isAnswered = std::make_shared<bool>(false);
    const auto take = [this, session = QPointer(q), request = std::move(request), token, preparation = preparations,
                       isAnswered](const Result<Secret> &value) {
        if (!session || std::exchange(*isAnswered, true) || !isStillPreparing(preparation))
            return;
        if (value)
            q->noteCredentialUse({token.keychainEntry});
        PlanRequest complete = request;
        complete.facts.edgeToken = value;
        fetchHistories(std::move(complete));
    };
    QTimer::singleShot(kKeychainPatience, q, [take] {
        take(failure(ErrorKind::TimedOut, Session::tr("The keychain did not answer. It may be waiting for its password "
                                                      "in another window.")));
    });
    services.credentials->read(QString(token.keychainEntry), take); // which notes its use in the list that it is of
}

void Session::Private::fetchHistories(PlanRequest request)
{
    if (state.monitors.empty()) {
        preparing = false;
        startRunWith(request);
        return;
    }
    readHistories(
        [this, request = std::move(request), preparation = preparations](const Result<Histories> &histories) mutable {
            if (!isStillPreparing(preparation))
                return; // stopped meanwhile, and perhaps begun anew with other hosts
            preparing = false;
            if (!histories) { // without them the checks of what was watched would say that nothing was
                emit q->runFailed(histories.error());
                return;
            }
            request.facts.monitoring = *histories;
            startRunWith(request);
        });
}

void Session::Private::startRunWith(const PlanRequest &request)
{
    mayAttack = request.active.has_value();
    const auto started = runner->start({.plan = request, .net = net, .language = services.language});
    if (!started)
        emit q->runFailed(started.error());
    else
        emit q->runStarted();
}

} // namespace cockpit
