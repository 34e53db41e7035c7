// The routes that strangers knock at, and those that cost something each time: where people sign in, sign up, ask for a
// letter … as far as the project's accounts, routes and samples tell.
#pragma once

#include "checks/engine/check.h"
#include "models/routes/entrykind.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

struct EntryPoint
{
    EntryKind kind = EntryKind::Login;
    Route route;
    QUrl url;
    QByteArray contentType = {}; // empty: it takes no body
    QString body = {};           // with the holes {{user}}, {{password}}, {{token}}, {{code}}, {{csrf}}
    std::vector<std::pair<QString, QString>> headers = {};
    QUrl formPage = {};       // hands out hidden fields and a cookie; empty: none is needed
    bool isOfAccount = false; // the sign-in of a test account: known to work
};

// The first test account's sign-in by form or JSON as Login, then the routes, each once. Of those that send a body only
// the ones with a sample; without holes in their path; on hosts of the target.
std::vector<EntryPoint> entryPointsOf(const Target &target, const ProjectFacts &facts);
// Each door where people sign in: of every test account by form or JSON, then the routes; each address once.
std::vector<EntryPoint> loginDoorsOf(const Target &target, const ProjectFacts &facts);
// The first of that kind; null without. Belongs to the list.
const EntryPoint *entryOf(EntryKind kind, const std::vector<EntryPoint> &entries);

// How that account signs in; nothing for kinds that send no password.
std::optional<EntryPoint> loginOf(const TestActor &actor);

// A page at the same address that hands out the form; empty without one.
QUrl formPageOf(const Target &target, const Route &route, const std::vector<Route> &routes);

// Whether tokens get a hole: what one visit hands out is no token that a person has.
enum class TokenHoles { Made, Kept };

// The sample's body with holes in the place of who, password and token; holes that are there stay.
QString bodyWithHoles(const QByteArray &contentType, const QByteArray &body, TokenHoles tokens = TokenHoles::Made);

} // namespace cockpit
