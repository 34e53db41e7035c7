// Deliverables: documents that the program makes from what it knows ("risk-list", "surface-map", "redirect-map", …),
// and what is still missing to make each complete. One maker per artifact word of the roadmaps.
#pragma once

#include "models/handoverdocument.h"

namespace cockpit {

struct DeliverableDocument
{
    QString artifact; // the roadmap's word
    QString title;
    std::vector<Block> blocks;
    QStringList missing; // sentences: "No route list yet: import OpenAPI, HAR or Postman."

    bool operator==(const DeliverableDocument &) const = default;
};

// For the item's artifact. Artifact "other" is a question for a person: the document holds the item's text and its
// answer.
DeliverableDocument makeDeliverable(const Item &item, const HandoverInput &input);

// False for what only a person can hand over.
bool isMadeByProgram(const Item &item);

// All artifact words that makeDeliverable knows; a test holds them against the roadmaps.
QStringList knownArtifacts();

} // namespace cockpit
