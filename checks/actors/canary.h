// A record of our own in the product: made, found again, attacked by others, removed. Its text is unique, so that no
// likeness has to be guessed (facts 17).
#pragma once

#include "checks/actors/idharvest.h"
#include "checks/actors/markers.h"
#include "checks/actors/undolist.h"
#include "models/projectstate.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

struct RecordOwner;
struct RouteSample;

// "LC-CANARY-" and 12 random letters and digits.
QString newCanaryText();
bool isCanaryText(const QString &text);

// How one kind of record is made and removed, as far as the project's routes tell. All of them are on one host.
struct CanaryPlan
{
    Route create;                // POST (or PUT) marked as safe to write
    Route remove;                // DELETE /…/{id}, or POST /…/{id}/delete, marked as safe to write
    std::optional<Route> read;   // GET /…/{id}
    std::optional<Route> list;   // GET /…
    std::optional<Route> update; // PATCH or PUT (of forms: POST) /…/{id} marked as safe to write
    QByteArray contentType;
    QByteArray body; // a sample with a field that takes a text

    QString resource() const { return resourceOf(create.path); }
    bool isForm() const; // the product takes forms: what has no fields of its own is sent as one as well
};

// Every record that can be made and removed again with routes that are marked as safe, and for which a sample body is
// known (or for which a small JSON object is a fair try: samples is searched first). Without a way back there is no
// plan: nothing is left lying in a product.
std::vector<CanaryPlan> canaryPlans(const std::vector<Route> &routes, const std::vector<RouteSample> &samples);

// The sample with the text in the field that people read (title, name, subject, note, description, else the first plain
// text). JSON and forms. Empty when no field takes a text.
std::optional<QByteArray> bodyWithText(const QByteArray &body, const QByteArray &contentType, const QString &text);

struct Canary
{
    QString text;
    QString id;                    // by which its routes are filled in
    QString resource;              // "note"
    std::vector<FoundId> ids = {}; // all that stand beside the text: id, uuid, slug
    QUrl address = {};             // where the record can be read as its owner; empty when only the list shows it
    QUrl removeAt = {};
    HttpResponse seen = {}; // the owner's answer with the text in it: what others are compared with

    Marker marker() const { return {text, MarkerKind::Canary, {}}; }
};

// Makes one as its owner, reads it back, and puts its removal on the list as soon as it exists. At most
// kCanaryRequests. BadInput: the product refused the record, or no answer told its id; Protocol: it was made and
// cannot be read back. Error messages name the route.
constexpr int kCanaryRequests = 3; // create, read, list
[[nodiscard]] Result<Canary> plantCanary(const CanaryPlan &plan, const Target &target, const RecordOwner &owner,
                                         UndoList &undo);
// Whether the owner is still signed in is then told by the record's list alone.
[[nodiscard]] Result<Canary> plantCanary(const CanaryPlan &plan, const Target &target, const Sender &asOwner,
                                         UndoList &undo);

// The record as its owner sees it now: for writes of others that are told nothing about. NotFound: it is gone.
[[nodiscard]] Result<HttpResponse> readCanary(const Canary &canary, const CanaryPlan &plan, const Target &target,
                                              const Sender &asOwner);

} // namespace cockpit
