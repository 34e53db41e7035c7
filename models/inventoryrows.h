// The inventory as a table: what the last look found, with the person's own list and words.
#pragma once

#include "models/inventory.h"
#include "models/projectstate.h"

namespace cockpit {

struct InventoryRow
{
    QString name;
    QString purpose; // in the person's words, or guessed; may be empty
    bool isGuessed = false;
    QString learntFrom;    // for people
    QString state;         // for people: "Has an address (Vercel)"
    bool isListed = false; // by the person: can be taken from the list

    bool operator==(const InventoryRow &) const = default;
};

// Names of the last dns.inventory, then those that are listed and were not looked at yet.
std::vector<InventoryRow> inventoryRows(const ProjectState &state);

// With a header, UTF-8, CRLF (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe.
QByteArray inventoryCsv(const std::vector<InventoryRow> &rows);

} // namespace cockpit
