// A record that a tried body may have made and nobody has seen gone.
#pragma once

#include <QString>

namespace cockpit {

struct UndoneRecord
{
    QString id;               // empty: no answer told it
    bool hasText = true;      // by which the list can show it
    bool isProven = false;    // that the id is the record's
    bool isShownAlone = true; // its own address shows it
    bool wasMade = false;     // the product said so
};

} // namespace cockpit
