// The public surface as a table: each host against what was looked at there, from the results that a project has
// already.
#pragma once

#include "models/projectstate.h"

#include <array>
#include <optional>
#include <vector>

namespace cockpit {

enum class SurfaceColumn { Resolves, Certificate, Redirect, Headers, Edge, Cache, Latency };
inline constexpr std::array kSurfaceColumns{
    SurfaceColumn::Resolves, SurfaceColumn::Certificate, SurfaceColumn::Redirect, SurfaceColumn::Headers,
    SurfaceColumn::Edge,     SurfaceColumn::Cache,       SurfaceColumn::Latency};
QString toWord(SurfaceColumn column);
QString labelOf(SurfaceColumn column); // "Certificate"
// The checks whose outcomes stand behind the column.
QStringList checksBehind(SurfaceColumn column);

// What one check says about one host.
struct SurfaceLine
{
    QString checkId;
    Outcome outcome = Outcome::NotRun;
    QString words;     // what was seen, or why nothing was
    QString findingId; // the worst one that is open; empty without one

    bool operator==(const SurfaceLine &) const = default;
};

struct SurfaceCell
{
    SurfaceColumn column = SurfaceColumn::Resolves;
    // The worst of the lines that were looked at; not_run only when none was, not_applicable only when none applies.
    Outcome outcome = Outcome::NotRun;
    int notLookedAt = 0; // lines that did not run
    QString figure;      // for people: "181 ms", "64 days"; may be empty
    QString words;       // of the line that decides
    QString findingId;   // of the worst line that has one
    std::vector<SurfaceLine> lines;

    bool operator==(const SurfaceCell &) const = default;
};

struct SurfaceRow
{
    Host host;
    std::vector<SurfaceCell> cells; // one for each of kSurfaceColumns, in that order

    bool operator==(const SurfaceRow &) const = default;
};

// In the order of the target's hosts; without those for mail, which show no pages.
std::vector<SurfaceRow> surfaceMatrix(const ProjectState &state);

// "Passed", "Failed", "Not looked at": the word of a cell, with a remark where only a part was looked at.
QString wordOf(const SurfaceCell &cell);
// Nothing wrong was seen, and not all was looked at: that is no pass.
bool isSeenInPart(const SurfaceCell &cell);
// For a narrow column: how much was seen where it was a part, its figure where all is well, else one short word.
QString shortWordOf(const SurfaceCell &cell);

} // namespace cockpit
