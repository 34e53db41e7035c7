// The parts of one check that a deploy gate tells apart, as tests of their own: a route as a role, an attack on a
// route. They stand in CheckResult::observed under "cells", so that the JSON has them too.
#pragma once

#include "models/checkresult.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace cockpit {

struct TestCell
{
    QString name; // stable across runs, unique within the result: "GET /invoices/{id} as member of Beta"
    Outcome outcome = Outcome::Pass;
    QString reason = {}; // what was seen where it failed; why where it did not run
    // Of a cell that failed: which finding of the result speaks of it; empty: none does.
    QString findingCode = {};
    QString findingSubject = {};

    bool operator==(const TestCell &) const = default;
};

// At most kMostCells, in their order; the rest is told as a number, so that nobody takes the list for all.
constexpr std::size_t kMostCells = 2000;
void noteCells(const std::vector<TestCell> &cells, QJsonObject &observed);
// What stands there; what cannot be read is left out.
std::vector<TestCell> cellsOf(const CheckResult &result);

} // namespace cockpit
