#include "checks/access/masslook.h"

#include "checks/access/belongings.h"
#include "checks/access/masshands.h"
#include "checks/actors/answertext.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MassAssignment)
};

// A record that both see was not moved: whoever knows its id may read it, which access.tenant-isolation tells.
bool isStillWithOwner(const TriedField &one, const MassPlaceRun &run)
{
    const auto &after = one.tried.after;
    return after && after->status >= 200 && after->status < 300 && AnswerText::of(*after).holds(run.text);
}

void strike(const std::shared_ptr<UndoNote> &note)
{
    if (note)
        note->strike();
}

} // namespace

struct MassLook::MovedRecord
{
    QString id; // empty: no answer told it
    bool mayBeThere = true;
    bool isSeen = false; // with our text, at its own address
};

void MassLook::noteError(const Error &error, MassPlaceRun &run)
{
    if (endsTheLook(error) || m_look.seen.isOver())
        m_run.brokenOff = error.message;
    else
        run.notTested = error.message;
}

// Sends the old value through the same hole, and looks whether it is there.
Result<std::shared_ptr<bool>> MassLook::promiseOld(WriteTrial &trial, const MassPlaceRun &run, const MassField &field,
                                                   UndoList &undo)
{
    const WritePlace &place = trial.place();
    auto isNeeded = std::make_shared<bool>(true);
    const TrialBody back{place.contentType, bodyWithField(place, trial.goodBody(), field.name, field.shown)};
    std::shared_ptr<UndoNote> note; // of a test record nothing: it goes as a whole
    if (place.kind == WriteKind::Settings) {
        const QByteArray old = bodyWithField(place, trial.oldBody(), field.name, field.shown);
        auto written = trial.notes().writeValue(place.route, place.read, place.contentType, old);
        if (!written)
            return tl::unexpected<Error>(written.error());
        note = std::move(*written);
    }
    undo.add(Text::tr("The field %1 of %2").arg(field.name, routeName(place.route)), kMassRestoreRequests,
             [&trial, back, field, isNeeded, note, isPage = run.isPage](Deadline deadline) -> Result<void> {
                 if (!*isNeeded) {
                     strike(note);
                     return {};
                 }
                 const auto done = trial.sendForUndo(back, deadline);
                 if (!done)
                     return tl::unexpected<Error>(done.error());
                 const auto now = isPage ? std::nullopt : memberIn(*done, field.name);
                 const bool isBack =
                     isPage ? AnswerText::of(*done).holds(field.shown.toString()) : now && *now == field.shown;
                 if (!isBack)
                     return failure(ErrorKind::Protocol, Text::tr("it does not show the old value."));
                 strike(note);
                 return {};
             });
    return isNeeded;
}

Result<void> MassLook::promiseFromOutsider(const WriteTrial &trial, UndoList &undo,
                                           const std::shared_ptr<MovedRecord> &moved)
{
    const UndoNotes notes = notesOf(m_wire, &m_hands->outsider->actor());
    auto note = notes.writeRecord(*trial.place().plan, trial.text(), true);
    if (!note)
        return tl::unexpected<Error>(note.error());
    JournalEntry entry = (*note)->entry();
    entry.recordId = moved->id;
    (*note)->learn(entry);
    const auto removal = std::make_shared<CanaryRemoval>(CanaryRemoval{.text = trial.text(),
                                                                       .id = {},
                                                                       .plan = *trial.place().plan,
                                                                       .target = m_look.target,
                                                                       .owner = recordOwner(*m_hands->outsider),
                                                                       .note = *note});
    undo.add(
        Text::tr("The record %1 with %2").arg(trial.text(), m_run.outsider), kCanaryRemovalRequests,
        [moved, removal](Deadline deadline) -> Result<void> {
            removal->id = moved->id;
            removal->isProven = removal->wasMade = moved->isSeen;
            if (moved->mayBeThere)
                return removeCanary(*removal, deadline);
            strike(removal->note);
            return {};
        },
        [removal](Deadline deadline) { return confirmGone(*removal, deadline); });
    return {};
}

// The record is looked for where the other customer would find it.
void MassLook::askOutsider(const WriteTrial &trial, const MassPlaceRun &run, TriedField &one)
{
    const WritePlace &place = trial.place();
    const QString id = place.kind == WriteKind::Create ? one.tried.id : trial.recordId();
    if (!place.plan->read || id.isEmpty())
        return;
    const auto address = addressOf(m_look.target, *place.plan->read, seenIdsOf(place.plan->create) + QStringList{id});
    if (!address)
        return;
    auto answer = m_hands->outsider->ask(requestAt(*place.plan->read, *address));
    if (!answer) {
        if (endsTheLook(answer.error()))
            m_run.brokenOff = answer.error().message;
        return;
    }
    if (answer->status >= 200 && answer->status < 300 && AnswerText::of(*answer).holds(run.text) &&
        !isStillWithOwner(one, run))
        one.ofOutsider = std::move(*answer);
}

void MassLook::tryField(WriteTrial &trial, MassPlaceRun &run, const MassField &field, UndoList &undo)
{
    const WritePlace &place = trial.place();
    const bool moves = field.kind == MassClass::Tenant && place.plan;
    const auto moved = std::make_shared<MovedRecord>(MovedRecord{trial.recordId()});
    if (auto promised = moves ? promiseFromOutsider(trial, undo, moved) : Result<void>(); !promised)
        return noteError(promised.error(), run);
    std::shared_ptr<bool> isOldNeeded;
    if (!moves && place.kind != WriteKind::Create) {
        auto promised = promiseOld(trial, run, field, undo);
        if (!promised)
            return noteError(promised.error(), run);
        isOldNeeded = *promised;
        m_oldValues.push_back(isOldNeeded);
    }
    const QByteArray body = bodyWithField(place, trial.goodBody(), field.name, field.sent);
    auto tried = trial.send({place.contentType, body});
    if (!tried)
        return noteError(tried.error(), run);
    if (obstacleIn(tried->answer) == Obstacle::TooManyRequests)
        m_run.brokenOff = describe(Obstacle::TooManyRequests, tried->answer);
    TriedField one{field, std::move(*tried)};
    if (moves && one.tried.wasTaken) {
        if (place.kind == WriteKind::Create)
            moved->id = one.tried.id;
        askOutsider(trial, run, one);
        moved->isSeen = one.ofOutsider.has_value();
        if (moved->isSeen)
            trial.handOver();
    }
    moved->mayBeThere = one.tried.wasTaken && (one.ofOutsider || isOver() || !place.plan || !place.plan->read);
    // Changed by us, and shown to neither of the two since.
    const bool isLost = moves && place.kind == WriteKind::Update && one.tried.wasTaken && !one.ofOutsider &&
                        one.tried.after && (one.tried.after->status == 404 || one.tried.after->status == 410);
    if (isLost)
        undo.add(Text::tr("The record %1 of %2").arg(run.text, routeName(place.route)), 0, [](Deadline) {
            return Result<void>(failure(ErrorKind::NotFound, Text::tr("no account sees it any more.")));
        });
    const MassVerdict verdict = massVerdictOf(one, run);
    if (isOldNeeded)
        *isOldNeeded = verdict == MassVerdict::Changed || verdict == MassVerdict::Unclear;
    if (verdict == MassVerdict::Moved) // the record goes as a whole
        std::ranges::for_each(m_oldValues, [](const auto &isNeeded) { *isNeeded = false; });
    run.tried.push_back(std::move(one));
}

void MassLook::tryFields(WriteTrial &trial, MassPlaceRun &run, UndoList &undo)
{
    const TriedBody control = run.tried.front().tried;
    const HttpResponse &shown = *control.after;
    run.isPage = isPage(shown);
    const QString role = handFor(run.place).actor().role;
    const std::vector<MassField> fields = run.isPage
                                              ? massFieldsOfPage(run.place, trial.goodBody(), shown, role, m_others)
                                              : massFieldsOf(run.place, trial.goodBody(), shown, m_others);
    run.tried.clear();
    m_oldValues.clear();
    for (const MassField &field : fields) {
        const bool isEnough =
            run.tried.size() >= kMostMassFields || m_wire.left() < kMassFieldRequests + kTrialRequests;
        if (isEnough || isOver() || !run.notTested.isEmpty())
            break;
        tryField(trial, run, field, undo);
    }
    leaveOutFields(run, fields);
    if (!run.isPage && !isOver() && run.notTested.isEmpty())
        tryWiderFields(trial, run, control, undo);
    noteEarlier(run);
}

void MassLook::tryIn(WriteTrial &trial, MassPlaceRun &run, UndoList &undo)
{
    auto control = trial.open();
    if (!control || !control->after) {
        if (!control)
            noteError(control.error(), run);
        return;
    }
    run.text = trial.text();
    run.tried.push_back({{}, std::move(*control)});
    tryFields(trial, run, undo);
    const bool isMoved =
        std::ranges::any_of(run.tried, [](const TriedField &one) { return one.ofOutsider.has_value(); });
    const auto takes = isOver() || isMoved ? Result<bool>(isMoved) : trial.stillTakes();
    run.stillTakes = takes && *takes;
    if (!takes)
        noteError(takes.error(), run);
    else if (!*takes && !isOver() && run.notTested.isEmpty())
        run.notTested =
            Text::tr("%1: at the end it did not take the good body any more, so that the refusals before may "
                     "have had another reason.")
                .arg(routeName(trial.place().route));
}

// What a place changed is put back before the next one is opened.
void MassLook::tryPlace(const WritePlace &place)
{
    ActorSession &hand = handFor(place);
    MassPlaceRun run{.place = place, .actor = hand.actor().name};
    const UndoReport report = withTrial(
        place, m_look.target, hand, [this] { return m_look.seen.isOver(); },
        [&](WriteTrial &trial, UndoList &undo) { tryIn(trial, run, undo); });
    m_undone.add(report);
    m_run.places.push_back(std::move(run));
}

Result<MassRun> MassLook::run()
{
    if (auto ready = m_hands->owner.signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    WritePlaces places = writePlaces(m_look.facts.routes, m_look.facts.samples);
    m_run.notTried = std::move(places.notTried);
    learnPeople();
    for (const WritePlace &place : places.places) {
        if (!isOver())
            consider(place);
    }
    if (const ActiveGate *gate = m_wire.gate())
        m_run.known = gate->knownSecrets();
    m_run.requests = m_wire.sent();
    return std::move(m_run);
}

} // namespace cockpit
