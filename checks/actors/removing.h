// One removal of a test record under way (canaryremoval.h).
#pragma once

#include "checks/actors/canaryplaces.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/wire.h"

namespace cockpit {

// Requests that are let out after Stop as well.
class Removing
{
public:
    Removing(CanaryRemoval &removal, Deadline deadline)
        : m_removal(removal), m_deadline(deadline), m_list(listAddress(removal.plan, removal.target))
    {
    }

    Result<void> run();
    Result<void> confirm();
    Result<bool> wasSignedIn();

private:
    Result<HttpResponse> send(const ActiveRequest &request) const;
    Result<HttpResponse> sendPatiently(const ActiveRequest &request, Clock::time_point &sent);
    Result<HttpResponse> ask(const ActiveRequest &request);
    Result<HttpResponse> read(const ActiveRequest &request); // once more where no answer came
    bool hasTimeToRepeat() const;
    bool waitsFor(const HttpResponse &answer);
    bool isSignedOut(const ActiveRequest &request, const HttpResponse &answer, Clock::time_point sent) const;
    ActiveRequest undoing(const Route &route, const QUrl &url) const;

    Result<QString> provenId(); // empty: it was never made
    Result<QString> idAtAddress();
    Result<QString> idFromList();
    bool mayYetCome();
    // What comes after the first page of its list, which does not show it.
    struct FurtherPages
    {
        std::optional<HttpResponse> withRecord = {};
        bool isWhole = false; // the list ends there
    };
    FurtherPages readOn(const HttpResponse &first);
    bool hasRoomForPages() const;
    Result<QString> notFound(const ActiveRequest &request, const HttpResponse &answer, bool isInList);

    bool looksAtAddress() const;
    Result<void> remove();
    Result<void> look(const Result<void> &removed);
    // After an answer that does not show it.
    Result<void> lookOn(const Result<void> &removed, const ActiveRequest &request, const HttpResponse &answer,
                        bool isAlone);
    tl::unexpected<Error> stillThere(const Result<void> &removed) const;
    Result<void> removeAndLook();
    tl::unexpected<Error> unlooked(const Error &error) const; // nobody could look whether it was made
    Result<void> again();
    Result<bool> listTells();
    void noteGone(const ActiveRequest &request, const HttpResponse &answer, bool isInList);
    tl::unexpected<Error> left(const QString &why) const;
    tl::unexpected<Error> unknown(const QString &why) const; // NotFound

    CanaryRemoval &m_removal;
    const Deadline m_deadline;
    const QUrl m_list;
    int m_pauses = 0;
    bool m_hasSignedIn = false;
    bool m_isNotListed = false;  // the whole list was seen, without it
    std::size_t m_waits = 0;     // for what may yet come into being
    bool m_isUnanswered = false; // the removal
};

} // namespace cockpit
