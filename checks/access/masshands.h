// The accounts of one look of access.mass-assignment.
#pragma once

#include "checks/access/masslook.h"
#include "checks/actors/actorsession.h"

#include <optional>

namespace cockpit {

struct MassLook::Hands
{
    ActorSession owner;                         // who may take back what was planted
    std::optional<ActorSession> self = {};      // changes its own account
    std::optional<ActorSession> outsider = {};  // of another customer
    std::optional<ActorSession> colleague = {}; // of the same one
};

} // namespace cockpit
