// What earlier runs left in the product: Session reads the journal, and has it taken away.
#include "checks/engine/actorsecrets.h"
#include "checks/engine/guarded.h"
#include "checks/engine/leftchoice.h"
#include "ui/leftwork.h"
#include "ui/session_p.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::seconds kKeychainPatience{60};

} // namespace

// The entries of a run that goes on are nothing that was left.
void Session::Private::loadLeft()
{
    using Entries = Result<std::vector<JournalEntry>>;
    store.ask<Entries>([](const ProjectStore &file) { return file.journal(); }, q,
                       [this, of = openings](const Entries &entries) {
                           if (!open || of != openings || !entries)
                               return;
                           left = *entries;
                           if (journal && q->isRunning())
                               std::erase_if(left, [this](const auto &one) { return one.run == journal->run(); });
                           emit q->leftRecordsChanged();
                       });
}

// On the thread that writes: the results of the run, which come before it, tell what is left.
void Session::Private::endJournal(RunEnd how)
{
    if (!journal)
        return;
    store.change([ended = journal, how](ProjectStore &) { return ended->end(how); }, StoreThread::IfItFails::Drop);
    loadLeft();
}

const std::vector<JournalEntry> &Session::leftRecords() const
{
    return d->left;
}

QString Session::whyLeftStays() const
{
    if (!d->open || d->readOnly)
        return tr("This project is open for reading only. Open it for changing to have them removed.");
    if (d->isRemovingLeft)
        return tr("They are being removed.");
    if (std::ranges::none_of(d->left, isForRequests))
        return tr("None of them can be taken away by a request: remove them by hand.");
    if (isRunning() || d->isAnyRunGoing())
        return tr("A run is going on. They can be removed when it has ended.");
    const ActiveLeave leave = d->leaveNow();
    if (!leave.isGiven())
        return sentenceOf(leave.state);
    const bool hasMaker = std::ranges::any_of(d->left, [this](const JournalEntry &entry) {
        return entry.actorId.isEmpty() ||
               std::ranges::find(d->state.actors, entry.actorId, &TestActor::id) != d->state.actors.end();
    });
    return hasMaker ? QString()
                    : tr("The test accounts that made them are not in the project any more. Add them again, or remove "
                         "the records by hand.");
}

void Session::removeLeftRecords(QObject *context, std::function<void(const Result<LeftReport> &)> done)
{
    if (!d->mayChange()) // what it sends could not be logged
        return;
    if (const QString why = whyLeftStays(); !why.isEmpty() || !d->services.removeLeft || !d->services.credentials) {
        done(failure(ErrorKind::NotPermitted, why.isEmpty() ? tr("This cannot be asked here.") : why));
        return;
    }
    d->isRemovingLeft = true;
    auto *work = new LeftWork(*this);
    const auto tell = [guard = QPointer<QObject>(context), done = std::move(done)](const Result<LeftReport> &report) {
        if (guard)
            done(report);
    };
    connect(work, &LeftWork::stopped, this, [this, work, of = d->openings, tell] {
        if (work->hasBegun()) // it tells by itself
            return;
        work->end(); // a keychain that waits for its password does not hold up Stop
        d->endRemoval(of);
        tell(failure(ErrorKind::Cancelled, tr("Stopped before anything was sent.")));
    });
    emit leftRecordsChanged();
    const LeftQuestion question{
        .target = d->state.settings.target, .routes = d->state.routes, .actors = d->state.actors, .entries = d->left};
    readActorSecrets(*d->services.credentials, actorsToRemove(d->left, d->state.actors), d->state.credentials,
                     kKeychainPatience, work,
                     [this, work, question, terms = *d->leaveNow().terms, tell](const ActorSecrets &secrets) mutable {
                         if (work->isStopped())
                             return;
                         noteCredentialUse(secrets.entries);
                         secrets.addTo(terms);
                         d->askToRemove(work, question, std::move(terms), tell);
                     });
}

// What was sent is in the log whoever hears the answer; until then the file stays open.
void Session::Private::askToRemove(LeftWork *work, const LeftQuestion &question, ActiveTerms terms,
                                   const LeftTaker &done)
{
    const auto ask = [remove = services.removeLeft, question, terms = std::move(terms), options = net,
                      cancel = work->token()] {
        return guarded([&] { return remove(question, terms, options, cancel); });
    };
    const auto future = QtConcurrent::run(&askers, ask);
    work->begin(future);
    whenDone(future, work, [this, work, of = openings, held = store.hold(), done](const Result<LeftReport> &report) {
        work->end();
        if (report)
            keepRemoved(of, *report);
        endRemoval(of);
        done(report);
    });
}

void Session::Private::keepRemoved(quint64 of, const LeftReport &report)
{
    logRequests(of, report.sent);
    save([gone = report.gone()](ProjectStore &file) { return file.strikeFromJournal(gone); });
}

void Session::Private::endRemoval(quint64 of)
{
    if (of != openings)
        return;
    isRemovingLeft = false;
    loadLeft();
}

// Without a word to anybody: who asked has left the project. One that has not begun is nobody's any more.
void Session::Private::stopRemovals()
{
    for (LeftWork *work : q->findChildren<LeftWork *>(Qt::FindDirectChildrenOnly)) {
        work->disconnect(q);
        work->stop();
        if (!work->hasBegun())
            work->end();
    }
}

// They end within a second of stopRemovals().
void Session::Private::finishRemovals()
{
    for (const LeftWork *work : q->findChildren<LeftWork *>(Qt::FindDirectChildrenOnly)) {
        const auto report = work->waitForReport();
        if (report && *report)
            keepRemoved(openings, **report);
        delete work; // its file is held for the answer, which nobody waits for any more
    }
}

void Session::forgetLeftRecords(const QStringList &entryIds)
{
    if (!d->mayChange())
        return;
    d->save([entryIds](ProjectStore &file) { return file.strikeFromJournal(entryIds); });
    d->loadLeft();
}

} // namespace cockpit
