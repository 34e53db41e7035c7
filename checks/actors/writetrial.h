// Bodies tried on one writable route by one account: sent, looked at where they show, taken back.
#pragma once

#include "checks/actors/actorsession.h"
#include "checks/actors/signinparts.h"
#include "checks/actors/writeanswer.h"
#include "checks/actors/writeplace.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

class UndoNote;
struct CanaryRemoval;
struct RecordOwner;
struct UndoneRecord;
struct UndoNotes;

// One body, what came back, and what shows afterwards.
struct TriedBody
{
    ActiveRequest request; // without the session's headers
    HttpResponse answer;
    bool wasTaken = false;                  // answered as the good body is
    std::optional<HttpResponse> after = {}; // where the record or the setting shows; only of what was taken
    QString id = {};                        // Create: of the record
};

struct TrialBody
{
    QByteArray contentType; // as the header has it
    QByteArray body;
    bool readsBack = true;
    std::chrono::milliseconds timeout{0}; // 0: that of the run
};

// Requests that one body may cost: the body, the list, the reading, and the removal with a look whether it is gone.
constexpr int kTrialRequests = 5;
// Those that come once in a trial, beside the good body itself: a test record, or what is there now; of what makes
// records the fields of its form, and its list, the length of which is learnt while a record is in it.
constexpr int kTrialOpening = kCanaryRequests;
// What one body may cost at the most, where its trial has the list still to ask.
constexpr int kMostTrialRequests = kTrialRequests + 1;

// Belongs to one worker. Target, session and undo list outlive it, and it outlives the run of the undo list.
class WriteTrial
{
public:
    WriteTrial(WritePlace place, const Target &target, ActorSession &session, UndoList &undo);
    ~WriteTrial();
    Q_DISABLE_COPY_MOVE(WriteTrial)

    // Create: how a record is looked at in place of its route: asked with the answer that made it, before the record is
    // removed. Empty: it cannot be seen.
    using Looker = std::function<Result<std::optional<HttpResponse>>(const HttpResponse &made)>;
    void lookBy(Looker looker) { m_looker = std::move(looker); }

    const WritePlace &place() const { return m_place; }
    // The good body, with a text of our own in it; of Settings what is there now.
    const QByteArray &goodBody() const { return m_good; }
    // Of our own, in the good body; empty where no field takes one (Question, Settings).
    const QString &text() const { return m_text; }
    // Settings and Update: before anything was changed.
    const std::optional<HttpResponse> &before() const { return m_before; }
    // Settings: the body that puts back what is there now; else empty.
    const QByteArray &oldBody() const { return m_old; }
    const QString &recordId() const { return m_recordId; } // Update: of the test record

    // Plants or reads what bodies are tried on, sends the good body, and sees it taken. BadInput: a sentence why
    // nothing can be tried here; others end the look.
    [[nodiscard]] Result<TriedBody> open();
    // The good body again, without reading it back: false when it is not taken any more.
    [[nodiscard]] Result<bool> stillTakes();
    // A record that it makes is removed before this returns, or by the undo list.
    [[nodiscard]] Result<TriedBody> send(const TrialBody &body);
    // Create: the last record is somebody else's by now, who removes it, and has it in the journal.
    void handOver();
    // Of the account, in the run's journal.
    const UndoNotes &notes() const { return *m_notes; }
    // Update, Settings: puts something back, also after Stop, and gives what shows afterwards. Two requests.
    [[nodiscard]] Result<HttpResponse> sendForUndo(const TrialBody &body, Deadline deadline) const;
    // The record or the setting as the account sees it now.
    [[nodiscard]] Result<HttpResponse> current() const;

private:
    enum class ListSight {
        Unknown, // no list, no answer, or it may go on elsewhere
        Shown,
        NotShown, // by a list that was shown as a whole
    };
    Result<void> learnFormFields();
    Result<void> openRecord();
    Result<void> openSettings();
    void promiseRemoval();
    void promiseSettings(std::shared_ptr<UndoNote> note);
    bool isTaken(const HttpResponse &answer) const;
    Result<HttpResponse> ask(const ActiveRequest &request) const;
    QUrl address() const;
    ActiveRequest readRequest() const;
    ActiveRequest requestFor(const TrialBody &body) const;
    Result<void> lookAfter(TriedBody &tried);
    Result<void> lookAfterCreated(TriedBody &tried);
    Result<std::optional<HttpResponse>> read(const Route &route, const QStringList &ids);
    Result<ListSight> findInList(TriedBody &tried);
    Result<void> lookAtRecord(TriedBody &tried);
    Result<void> learnHowLongTheListIs();
    void noteLength(const HttpResponse &list);
    void learnProof(const TriedBody &tried);
    void removeNow();
    Result<void> beginRecord(bool hasText);
    void forgetRecord();
    void settleUntold(const TriedBody &tried, ListSight sight);
    Sender sender() const;
    RecordOwner owner() const;

    const WritePlace m_place;
    const Target &m_target;
    ActorSession &m_session;
    UndoList &m_undo;
    Looker m_looker;
    const std::unique_ptr<const UndoNotes> m_notes;
    QString m_text;
    QByteArray m_good;
    QByteArray m_old;
    QString m_recordId;
    std::optional<Canary> m_canary;
    std::optional<HttpResponse> m_before;
    std::optional<HttpResponse> m_control;              // the answer to the good body
    QString m_controlId;                                // Create: of its record
    std::shared_ptr<std::vector<HiddenField>> m_hidden; // of the form, sent with every change
    // Made and not yet seen gone; and those seen gone, for the one look at the end whether the account was signed in
    // then. Shared with the undo step.
    std::shared_ptr<std::vector<UndoneRecord>> m_records;
    std::shared_ptr<std::vector<CanaryRemoval>> m_gone;
    // Of those that nobody knows of whether they were made; other bodies are tried all the same.
    std::shared_ptr<std::vector<UndoneRecord>> m_doubtful;
    std::shared_ptr<qsizetype>
        m_listHeld;              // the most rows that the list has shown at once, one of this trial's among them
    bool m_hasAskedList = false; // for that: once in a trial
};

// One trial, and the list that takes back what it changes once `work` is over, also when that throws: what was added to
// the list may ask by the trial. isOver: as of UndoList.
UndoReport withTrial(const WritePlace &place, const Target &target, ActorSession &session, std::function<bool()> isOver,
                     const std::function<void(WriteTrial &, UndoList &)> &work);

} // namespace cockpit
