// Fields that only a list or an administrator's read shows, tried like the others and read where they show.
#include "checks/access/masslook.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/routeaddress.h"
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

// Of one view: those that neither the own reading shows nor an earlier view had. A tenant is tried where the record's
// own address tells that it has moved.
std::vector<MassField> newFieldsIn(const HttpResponse &seen, const WriteTrial &trial, const OtherPeople &others,
                                   const std::vector<QString> &known)
{
    std::vector<MassField> fields = massFieldsOf(trial.place(), trial.goodBody(), seen, others);
    std::erase_if(fields, [&](const MassField &field) {
        return field.kind == MassClass::Tenant || std::ranges::find(known, field.name) != known.end();
    });
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
Result<std::optional<HttpResponse>> seenIn(const WiderView &view, WriteTrial &trial)
{
    if (trial.place().kind != WriteKind::Create)
        return readWider(view);
    trial.lookBy([&view](const HttpResponse &) { return readWider(view); });
    auto made = trial.send({trial.place().contentType, trial.goodBody()});
    trial.lookBy({});
    if (!made)
        return tl::unexpected<Error>(made.error());
    return std::move(made->after);
}

} // namespace

void MassLook::tryWiderFields(WriteTrial &trial, MassPlaceRun &run, const TriedBody &control, UndoList &undo)
{
    const std::vector<WiderView> views = widerViews(trial, m_look.target, m_look.facts.routes, readersOf(run.place));
    if (!views.empty() && !tellsItsRecord(trial, control)) {
        run.isWiderLeft = true;
        return;
    }
    std::vector<QString> known;
    for (const MassField &field : massFieldsOf(run.place, trial.goodBody(), *control.after, m_others))
        known.push_back(field.name);
    std::size_t tried = 0;
    for (const WiderView &view : views) {
        if (isOver() || !run.notTested.isEmpty() || m_wire.left() < kWiderFieldRequests + kTrialRequests) {
            run.isWiderLeft = true;
            return;
        }
        const auto seen = seenIn(view, trial);
        if (!seen)
            return noteError(seen.error(), run);
        const auto fields = *seen ? newFieldsIn(**seen, trial, m_others, known) : std::vector<MassField>();
        for (const MassField &field : fields) {
            const bool isEnough = tried == kMostWiderFields || m_wire.left() < kWiderFieldRequests + kTrialRequests;
            run.isWiderLeft = run.isWiderLeft || isEnough;
            if (isEnough || isOver() || !run.notTested.isEmpty())
                return;
            ++tried;
            known.push_back(field.name);
            tryWiderField(trial, run, field, view, undo);
        }
    }
}

// The old value through the same hole, and a look where it shows.
std::shared_ptr<bool> MassLook::promiseOldAt(const WiderView &view, WriteTrial &trial, const MassField &field,
                                             UndoList &undo)
{
    auto isNeeded = std::make_shared<bool>(true);
    const TrialBody back{trial.place().contentType,
                         bodyWithField(trial.place(), trial.goodBody(), field.name, field.shown)};
    undo.add(Text::tr("The field %1 of %2").arg(field.name, routeName(trial.place().route)), kWiderUndoRequests,
             [&trial, back, field, isNeeded, view](Deadline deadline) -> Result<void> {
                 if (!*isNeeded)
                     return {};
                 if (const auto done = trial.sendForUndo(back, deadline); !done)
                     return tl::unexpected<Error>(done.error());
                 const auto seen = readWiderForUndo(view, deadline);
                 if (!seen)
                     return tl::unexpected<Error>(seen.error());
                 if (*seen && memberIn(**seen, field.name) == field.shown)
                     return {};
                 return failure(ErrorKind::Protocol, Text::tr("it does not show the old value."));
             });
    return isNeeded;
}

void MassLook::tryWiderField(WriteTrial &trial, MassPlaceRun &run, const MassField &field, const WiderView &view,
                             UndoList &undo)
{
    const WritePlace &place = trial.place();
    const bool makes = place.kind == WriteKind::Create;
    const std::shared_ptr<bool> isNeeded = makes ? nullptr : promiseOldAt(view, trial, field, undo);
    if (isNeeded)
        m_oldValues.push_back(isNeeded);
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
