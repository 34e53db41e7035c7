// Fields that only a list or an administrator's read shows, tried like the others and read where they show.
#include "checks/access/masslook.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/undonotes.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MassAssignment)
};

void strike(const std::shared_ptr<UndoNote> &note)
{
    if (note)
        note->strike();
}

// Of one view: those that neither the own reading shows nor an earlier view had.
std::vector<MassField> newFieldsIn(const HttpResponse &seen, const WriteTrial &trial, const OtherPeople &others,
                                   const std::vector<QString> &known)
{
    std::vector<MassField> fields = massFieldsOf(trial.place(), trial.goodBody(), seen, others);
    std::erase_if(fields, [&](const MassField &field) { return std::ranges::find(known, field.name) != known.end(); });
    return fields;
}

// A record that is not looked at by its own address is removed by what the answer says of it: only where that says
// enough is another one made.
bool tellsItsRecord(const WriteTrial &trial, const TriedBody &control)
{
    const WritePlace &place = trial.place();
    return place.kind != WriteKind::Create ||
           recordIn(control.answer, trial.text(), place.plan->remove.path, place.plan->resource()).isBesideText;
}

// What the view shows of the record. One that is made by the route is gone again by now, and is made once more.
// mayStandThere: it was not seen, and nobody knows whether the view has it.
Result<std::optional<HttpResponse>> seenIn(const WiderView &view, WriteTrial &trial, bool &mayStandThere)
{
    mayStandThere = true;
    if (trial.place().kind != WriteKind::Create)
        return readWider(view, mayStandThere);
    trial.lookBy([&](const HttpResponse &) { return readWider(view, mayStandThere); });
    auto made = trial.send({trial.place().contentType, trial.goodBody()});
    trial.lookBy({});
    if (!made)
        return tl::unexpected<Error>(made.error());
    return std::move(made->after);
}

} // namespace

// What hides nothing by itself is in the way of no field that was tried: what an earlier look found beside those is
// kept by noteEarlier().
void MassLook::leaveOutWider(MassPlaceRun &run, const QString &sentence, const std::vector<Unseen> &hides) const
{
    const bool isSaid = isOver() || !run.notTested.isEmpty();
    run.unsent.push_back({.hides = hides, .sentence = isSaid ? QString() : sentence});
}

// Its fields were not looked for, and nobody may say that nothing shows them.
void MassLook::leaveOutView(MassPlaceRun &run, const QString &sentence, const std::vector<Unseen> &hides) const
{
    run.hasUnreadView = true;
    leaveOutWider(run, sentence, hides);
}

void MassLook::tryWiderFields(WriteTrial &trial, MassPlaceRun &run, const TriedBody &control, UndoList &undo)
{
    const QString route = routeName(run.place.route);
    const WiderViews wider = widerViews(trial, m_look.target, m_look.facts.routes, readersOf(run.place));
    if (!wider.views.empty() && !tellsItsRecord(trial, control))
        return leaveOutView(run, Text::tr("%1: fields that only a list or an administrator sees were not tried there, "
                                          "as its answer does not tell which record it made.")
                                     .arg(route));
    if (!wider.left.isEmpty())
        leaveOutView(run, Text::tr("%1: what %2 shows of it was not looked at: one look reads %3 such places at most.")
                              .arg(route, wider.left.join(u", "_s), QString::number(kMostWiderViews)));
    std::vector<QString> known;
    for (const MassField &field : massFieldsOf(run.place, trial.goodBody(), *control.after, m_others))
        known.push_back(field.name);
    std::size_t tried = 0;
    for (const WiderView &view : wider.views) {
        if (!tryView(trial, run, view, {known, tried, undo}))
            return;
    }
}

// False: no further one is to be tried.
bool MassLook::tryView(WriteTrial &trial, MassPlaceRun &run, const WiderView &view, const WiderCount &count)
{
    const QString route = routeName(run.place.route);
    const auto hasRoom = [&] { return m_wire.left() >= kWiderFieldRequests + kTrialRequests; };
    const auto leaveOutTheRest = [&] {
        leaveOutView(run,
                     Text::tr("%1: not every field that only a list or an administrator sees was tried there. One look "
                              "tries %2, as long as requests are left for it (page \"Access\").")
                         .arg(route, QString::number(kMostWiderFields)),
                     {{.subject = route}});
        return false;
    };
    if (isOver() || !run.notTested.isEmpty() || !hasRoom())
        return leaveOutTheRest();
    bool mayStandThere = false;
    const auto seen = seenIn(view, trial, mayStandThere);
    if (!seen) {
        noteError(seen.error(), run);
        return false;
    }
    if (!*seen && mayStandThere)
        leaveOutView(
            run, Text::tr("%1: fields that only a list or an administrator sees were not tried there, as %2 did not "
                          "show it to %3.")
                     .arg(route, view.request.url.path(), view.session->actor().name));
    const auto fields = *seen ? newFieldsIn(**seen, trial, m_others, count.known) : std::vector<MassField>();
    for (const MassField &field : fields) {
        if (field.kind == MassClass::Tenant) { // whether it moved is told by the record's own address alone
            count.known.push_back(field.name);
            leaveOutWider(run,
                          Text::tr("%1: the field %2, which only %3 shows, was not tried: nobody could see there "
                                   "whether the record has gone to another customer.")
                              .arg(route, field.name, view.request.url.path()),
                          {{.subject = route + u' ' + field.name}});
            continue;
        }
        if (count.tried == kMostWiderFields || !hasRoom() || isOver() || !run.notTested.isEmpty())
            return leaveOutTheRest();
        ++count.tried;
        count.known.push_back(field.name);
        tryWiderField(trial, run, field, view, count.undo);
    }
    return true;
}

// The old value through the same hole, and a look where it shows. The journal has it before it is sent: what the trial
// itself wrote down lacks the field, which the account's own reading does not show.
Result<std::shared_ptr<bool>> MassLook::promiseOldAt(const WiderView &view, WriteTrial &trial, const MassField &field,
                                                     UndoList &undo)
{
    const WritePlace &place = trial.place();
    std::shared_ptr<UndoNote> note; // of a test record nothing: it goes as a whole
    if (place.kind == WriteKind::Settings) {
        const QByteArray old = bodyWithField(place, trial.oldBody(), field.name, field.shown);
        auto written = trial.notes().writeValue(place.route, place.read, place.contentType, old);
        if (!written)
            return tl::unexpected<Error>(written.error());
        note = std::move(*written);
    }
    auto isNeeded = std::make_shared<bool>(true);
    const TrialBody back{place.contentType, bodyWithField(place, trial.goodBody(), field.name, field.shown)};
    undo.add(Text::tr("The field %1 of %2").arg(field.name, routeName(place.route)), kWiderUndoRequests,
             [&trial, back, field, isNeeded, note, view](Deadline deadline) -> Result<void> {
                 if (!*isNeeded) {
                     strike(note);
                     return {};
                 }
                 if (const auto done = trial.sendForUndo(back, deadline); !done)
                     return tl::unexpected<Error>(done.error());
                 const auto seen = readWiderForUndo(view, deadline);
                 if (!seen)
                     return tl::unexpected<Error>(seen.error());
                 if (!*seen || memberIn(**seen, field.name) != field.shown)
                     return failure(ErrorKind::Protocol, Text::tr("it does not show the old value."));
                 strike(note);
                 return {};
             });
    return isNeeded;
}

void MassLook::tryWiderField(WriteTrial &trial, MassPlaceRun &run, const MassField &field, const WiderView &view,
                             UndoList &undo)
{
    const WritePlace &place = trial.place();
    const bool makes = place.kind == WriteKind::Create;
    std::shared_ptr<bool> isNeeded;
    if (!makes) {
        auto promised = promiseOldAt(view, trial, field, undo);
        if (!promised)
            return noteError(promised.error(), run);
        isNeeded = *promised;
        m_oldValues.push_back(isNeeded);
    }
    if (makes) // a record is gone again before send() returns
        trial.lookBy([&view](const HttpResponse &) { return readWider(view); });
    auto tried = trial.send({place.contentType, bodyWithField(place, trial.goodBody(), field.name, field.sent)});
    trial.lookBy({});
    if (!tried)
        return noteError(tried.error(), run);
    if (obstacleIn(tried->answer) == Obstacle::TooManyRequests)
        m_run.brokenOff = describe(Obstacle::TooManyRequests, tried->answer);
    TriedField one{.field = field, .tried = std::move(*tried), .seenBy = view.session->actor().name};
    if (!makes && one.tried.wasTaken) {
        const auto seen = readWider(view);
        if (!seen)
            return noteError(seen.error(), run);
        one.tried.after = *seen;
    }
    const MassVerdict verdict = massVerdictOf(one, run);
    if (isNeeded)
        *isNeeded = verdict == MassVerdict::Changed || verdict == MassVerdict::Unclear;
    run.tried.push_back(std::move(one));
}

} // namespace cockpit
