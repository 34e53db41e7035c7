// Where a record or an account shows more than at its own address: the list that it stands in, and what an
// administrator reads. A field that only shows there can be set by a careless product all the same.
#pragma once

#include "checks/actors/writetrial.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct WiderView
{
    ActorSession *session; // who reads; outlives it
    ActiveRequest request;
    QString id, text; // of the record there: one of them may be empty
};
constexpr std::size_t kMostWiderViews = 2;

struct WiderReaders
{
    ActorSession &hand;            // who writes
    ActorSession *admin = nullptr; // of the same customer; null: none
};

struct WiderViews
{
    std::vector<WiderView> views;
    QStringList left = {}; // addresses beyond the most, which nobody looks at
};

// Of a record: its list, where it also has an address of its own, and lists for administrators that end with the same
// word ("/admin/invoices"). Of the own account (Settings): lists of people, as an administrator. The trial is open.
WiderViews widerViews(const WriteTrial &trial, const Target &target, const std::vector<Route> &routes,
                      const WiderReaders &readers);
// How many there may be, before anything is sent.
std::size_t widerViewsAtMost(const WritePlace &place, const std::vector<Route> &routes);

// The record alone, as it stands there now; empty where it does not. One request. Errors of ActorSession::ask().
[[nodiscard]] Result<std::optional<HttpResponse>> readWider(const WiderView &view);
// mayStandThere: it was not seen, and the answer was a refusal, a failure, no list, or a list that may go on.
[[nodiscard]] Result<std::optional<HttpResponse>> readWider(const WiderView &view, bool &mayStandThere);
// The same after Stop, for undoing.
[[nodiscard]] Result<std::optional<HttpResponse>> readWiderForUndo(const WiderView &view, Deadline deadline);

} // namespace cockpit
