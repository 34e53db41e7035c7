// The bad bodies of one run as they go out: place by place, and once more where a place's share ended before its bodies
// and others left some of theirs. One worker, one run.
#pragma once

#include "checks/abuse/badinput.h"
#include "checks/abuse/badreads.h"
#include "checks/abuse/inputverdict.h"

#include <optional>
#include <set>
#include <utility>

namespace cockpit {

class BadTrials
{
public:
    BadTrials(const BadInputTrials &question, ProbeContext &context, Wire &wire, ActorSession &session)
        : m_question(question), m_context(context), m_wire(wire), m_session(session)
    {
    }

    BadInputRun run(WritePlaces places, ReadChoice reads);

private:
    bool isOver() const { return !m_run.brokenOff.isEmpty(); }
    // What of a place's bodies went out, over all its turns.
    struct Progress
    {
        bool withHuge = false;                                // the huge ones are among its bodies
        std::optional<InputVerdict> huge = {};                // on the first of them; empty: no answer
        std::set<std::pair<MutationKind, QString>> sent = {}; // with the field
    };
    struct Rest
    {
        std::size_t run; // of BadInputRun::places: the turn that ended before its bodies
        Progress progress;
    };

    void askReads(const std::vector<Route> &reads);
    void tryPlaces(const std::vector<WritePlace> &places);
    void tryRests();
    void tryPlace(const WritePlace &place, int share, Progress progress);
    void sendAll(WriteTrial &trial, PlaceRun &run, int share, Progress &progress);
    void takeOver(const WritePlace &place);
    bool isForHuge(const WritePlace &place) const;
    void sendOne(WriteTrial &trial, PlaceRun &run, const Mutation &mutation);
    void lookAgain(WriteTrial &trial, PlaceRun &run, TriedMutation &one);
    void end(WriteTrial &trial, PlaceRun &run);
    void noteError(const Error &error, PlaceRun &run);
    void noteObstacle(const HttpResponse &answer);
    bool isLast(const PlaceRun &run) const
    {
        return m_wire.left() < kMostTrialRequests + kTrialRequests || !run.notTested.isEmpty();
    }

    const BadInputTrials &m_question;
    ProbeContext &m_context;
    Wire &m_wire;
    ActorSession &m_session;
    bool m_hasHuge = false; // once is enough
    std::vector<Rest> m_rests;
    BadInputRun m_run;
};

} // namespace cockpit
