#include "checks/actors/recordowner.h"

#include "checks/actors/actorsession.h"

namespace cockpit {

RecordOwner recordOwner(ActorSession &session)
{
    ActorSession *const owner = &session;
    return {
        .send = [owner](const ActiveRequest &request) { return owner->ask(request); },
        .name = session.actor().name,
        .wasSignedIn = [owner](const EmptyRead &read, Deadline deadline) { return owner->wasSignedIn(read, deadline); },
        .asStranger = [owner](const ActiveRequest &read,
                              Deadline deadline) { return owner->askAsStranger(read, deadline); },
        .signInAgain = [owner](const ActiveRequest &, Clock::time_point sent,
                               Deadline deadline) { return owner->signInToUndo(sent, deadline); },
        .pause = [owner](std::chrono::milliseconds time) { owner->pauseToUndo(time); },
        .noteSignedIn = [owner](Clock::time_point asked) { owner->noteSignedIn(asked); },
        .askedInVain = session.askedInVain(),
        .left = [owner] { return owner->wire().left(); },
        .notes = notesOf(session.wire(), &session.actor())};
}

} // namespace cockpit
