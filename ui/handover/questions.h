// The questions that a person answers for the handover: the roadmap's handover checks and its deliverables. Pure.
#pragma once

#include "models/checkcatalog.h"
#include "models/itemstate.h"

namespace cockpit {

struct HandoverQuestion
{
    QString subject; // the id of the check or of the item
    QString text;
    ItemState state = ItemState::NotLookedAt;
    QString note; // the answer so far, and who gave it

    bool operator==(const HandoverQuestion &) const = default;
};

std::vector<HandoverQuestion> handoverQuestions(const ProjectState &project, const Roadmap &roadmap,
                                                const CheckCatalog &catalog);

} // namespace cockpit
