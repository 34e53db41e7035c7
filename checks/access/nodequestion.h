// The question that most GraphQL servers answer although nobody wrote it down: node(id), by which any record is loaded
// by its global id (GraphQL Global Object Identification). Pure.
#pragma once

#include "checks/actors/idharvest.h"
#include "models/access/routesample.h"

#include <optional>
#include <span>
#include <vector>

namespace cockpit {

constexpr QLatin1StringView kNodeOperation("LaunchCockpitNode"); // the name of our question

// One question of each address that is asked by GraphQL, of those where none of the known ones asks for a node.
std::vector<RouteSample> placesWithoutNode(const std::vector<RouteSample> &questions);

// The same address asked for node(id), with the fields that the owner's own answer showed of that record. Empty when
// the id does not name its type ("Invoice:17" in base64), or no answer shows a text of the record.
std::optional<RouteSample> nodeQuestion(const RouteSample &place, const FoundId &id,
                                        std::span<const HttpResponse> ownersAnswers);

} // namespace cockpit
