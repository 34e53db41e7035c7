// The code of the product's pages, in which the backend services stand that it uses.
#pragma once

#include "checks/engine/check.h"

#include <QByteArray>

#include <vector>

namespace cockpit {

std::vector<QByteArray> codeOfPages(const Look &look);

// Every page answered, and every file of its code was read whole: what none of them names is named by none. What was
// read in this run already is not asked again.
bool readAllPages(const Look &look);

} // namespace cockpit
