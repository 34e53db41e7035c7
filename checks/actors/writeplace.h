// Routes that take a body, that the person marked as safe to write, and whose effects can be taken back: where bodies
// are tried. Pure.
#pragma once

#include "checks/actors/canary.h"
#include "models/access/routesample.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace cockpit {

enum class WriteKind {
    Create,   // POST /notes: each record that it makes is removed again
    Update,   // PATCH /notes/{id}: of a test record
    Settings, // PUT /settings, PATCH /me: there is one of it, and what was there is put back
    Question, // POST /notes/lookup: reads, whatever its method says
};
QString toWord(WriteKind value);

struct WritePlace
{
    WriteKind kind = WriteKind::Create;
    Route route;
    QByteArray contentType; // "application/json" or "application/x-www-form-urlencoded"
    QByteArray body;        // as recorded or typed: one that the product takes
    QJsonObject schema = {};
    std::optional<CanaryPlan> plan = {}; // Create, Update: how its record is made, read and removed
    std::optional<Route> read = {};      // Settings: where it shows
    QString ownText = {};                // Create: already in the body, where it is no JSON and no form (a file's name)

    bool isForm() const { return contentType.startsWith("application/x-www-form-urlencoded"); }
};

// Why bodies cannot be tried on a route.
enum class WriteObstacle {
    NoWayBack, // nothing removes what it makes
    NoBody,    // no example of a body
    OtherBody, // neither JSON nor a form
    NoSeenId,  // a hole that nobody can fill
};
QString toWord(WriteObstacle value);
QString describe(WriteObstacle value, const Route &route); // a sentence for people, with what to do

struct UntriedWrite
{
    Route route;
    WriteObstacle why = WriteObstacle::NoWayBack;
};

struct WritePlaces
{
    std::vector<WritePlace> places; // in the project's order
    std::vector<UntriedWrite> notTried;
};

// A route that takes files, by its recorded form or, without one, by its name: not a place for bodies.
bool takesFiles(const Route &route, const std::vector<RouteSample> &samples);

// Of all routes that are marked as safe to write, DELETE and uploads aside.
WritePlaces writePlaces(const std::vector<Route> &routes, const std::vector<RouteSample> &samples);

} // namespace cockpit
