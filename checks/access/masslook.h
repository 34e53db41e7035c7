// The attempts of access.mass-assignment: fields added, read back, put back. One worker, one run.
#pragma once

#include "checks/access/massassignment.h"
#include "checks/access/widerviews.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/crew.h"

#include <memory>

namespace cockpit {

constexpr std::size_t kMostMassPlaces = 12;
constexpr std::size_t kMostMassFields = 6;

constexpr int kMostPeopleQuestions = 2; // of GraphQL
constexpr int kPeopleRequests = 3 + kMostPeopleQuestions;

constexpr int kMassRestoreRequests = 2;
// A field costs the body, the reading, the outsider's reading, and putting the old value back.
constexpr int kMassFieldRequests = kTrialRequests + 1 + kMassRestoreRequests;
// Of a place, beside its fields: the opening, the good body twice, and the removal.
constexpr int kMassPlaceRequests =
    kTrialOpening + 2 * kTrialRequests + kCanaryRemovalRequests + kRemovalControlRequests;

// Of fields that only wider views show (widerviews.h), at one place.
constexpr std::size_t kMostWiderFields = 2;
constexpr int kWiderUndoRequests = 3; // the old value, and two looks
constexpr int kWiderFieldRequests = kTrialRequests + 1 + kWiderUndoRequests;

// The most requests that the look may send for so many places, without wider views.
int massCeiling(std::size_t places);
// With them: for these places.
int massCeiling(const std::vector<WritePlace> &places, const std::vector<Route> &routes);

class MassLook
{
public:
    MassLook(const Look &look, const Crew &crew, Wire &wire);
    ~MassLook();
    Q_DISABLE_COPY_MOVE(MassLook)

    // An error when the account cannot sign in; what ends it later is in MassRun::brokenOff. What could not be put back
    // is in undone().
    [[nodiscard]] Result<MassRun> run();
    const UndoReport &undone() const { return m_undone; }

private:
    struct Hands; // the accounts, signed in
    struct MovedRecord;

    void learnPeople();
    void learnTenantByQuestion();
    void consider(const WritePlace &place);
    void leaveOut(const WritePlace &place, const QString &sentence);
    void tryPlace(const WritePlace &place);
    void tryIn(WriteTrial &trial, MassPlaceRun &run, UndoList &undo);
    void tryFields(WriteTrial &trial, MassPlaceRun &run, UndoList &undo);
    void leaveOutFields(MassPlaceRun &run, const std::vector<MassField> &fields);
    void tryField(WriteTrial &trial, MassPlaceRun &run, const MassField &field, UndoList &undo);
    void tryWiderFields(WriteTrial &trial, MassPlaceRun &run, const TriedBody &control, UndoList &undo);
    void tryWiderField(WriteTrial &trial, MassPlaceRun &run, const MassField &field, const WiderView &view,
                       UndoList &undo);
    struct WiderCount // of one place, over its views
    {
        std::vector<QString> &known; // names of fields
        std::size_t &tried;
        UndoList &undo;
    };
    bool tryView(WriteTrial &trial, MassPlaceRun &run, const WiderView &view, const WiderCount &count);
    void leaveOutWider(MassPlaceRun &run, const QString &sentence, const std::vector<Unseen> &hides = {}) const;
    void leaveOutView(MassPlaceRun &run, const QString &sentence, const std::vector<Unseen> &hides = {}) const;
    void noteEarlier(MassPlaceRun &run) const;
    static Result<std::shared_ptr<bool>> promiseOldAt(const WiderView &view, WriteTrial &trial, const MassField &field,
                                                      UndoList &undo);
    void askOutsider(const WriteTrial &trial, const MassPlaceRun &run, TriedField &one);
    Result<std::shared_ptr<bool>> promiseOld(WriteTrial &trial, const MassPlaceRun &run, const MassField &field,
                                             UndoList &undo);
    Result<void> promiseFromOutsider(const WriteTrial &trial, UndoList &undo,
                                     const std::shared_ptr<MovedRecord> &moved);
    void noteError(const Error &error, MassPlaceRun &run);
    bool isOver() const { return !m_run.brokenOff.isEmpty(); }
    ActorSession &handFor(const WritePlace &place) const;
    WiderReaders readersOf(const WritePlace &place) const;

    const Look &m_look;
    Wire &m_wire;
    const Crew m_crew;
    std::unique_ptr<Hands> m_hands;
    OtherPeople m_others;
    UndoReport m_undone;
    std::vector<std::shared_ptr<bool>> m_oldValues; // of the place: whether each is still to be put back
    MassRun m_run;
};

} // namespace cockpit
