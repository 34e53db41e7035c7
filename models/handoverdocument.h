// The handover pack as data: what the PDF prints, the preview shows and a test reads; no fonts, colours or pages here.
#pragma once

#include "models/access/undojournal.h"
#include "models/itemstate.h"
#include "models/localsource.h"
#include "models/monitoring.h"
#include "models/projectstate.h"
#include "models/risk.h"
#include "models/roadmap.h"
#include "models/verdict.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <variant>
#include <vector>

namespace cockpit {

struct Paragraph
{
    QString text;
    bool muted = false;
    QString label = {}; // in a column of its own before the text: "Where", "How to fix it"
    bool operator==(const Paragraph &) const = default;
};

struct Heading
{
    QString text;
    int level = 2; // 2 or 3; level 1 is the section title
    bool operator==(const Heading &) const = default;
};

// A line with a state: an item of the roadmap, a risk, a check.
struct StatusLine
{
    ItemState state = ItemState::NotLookedAt;
    QString text;
    QString note = {};     // below the text, smaller
    QString trailing = {}; // at the end of the line: effort, stage, who answered
    // Of a risk: stands in place of the state, which is a problem by nature.
    std::optional<Severity> severity = std::nullopt;
    bool keepWithNext = false; // what follows explains this line
    bool operator==(const StatusLine &) const = default;
};

struct Table
{
    QStringList header;
    std::vector<QStringList> rows;
    QString emptyText; // shown when there are no rows
    bool operator==(const Table &) const = default;
};

// Horizontal bars, one per impact, with a piece for each severity.
struct ImpactBars
{
    struct Bar
    {
        Impact impact;
        std::map<Severity, int> counts;
        bool operator==(const Bar &) const = default;
    };
    std::vector<Bar> bars;
    bool operator==(const ImpactBars &) const = default;
};

struct LatencyChart
{
    QString title;
    std::vector<Sample> samples; // by time
    std::optional<int> targetMs; // the roadmap's p95 line
    QDateTime from;
    QDateTime to;
    bool operator==(const LatencyChart &) const = default;
};

struct UptimeStrip
{
    QString title;
    std::vector<Sample> samples;
    std::chrono::seconds interval{60};
    QDateTime from;
    QDateTime to;
    bool operator==(const UptimeStrip &) const = default;
};

struct CodeBlock
{
    QString title;
    QString text;
    bool operator==(const CodeBlock &) const = default;
};

using Block = std::variant<Paragraph, Heading, StatusLine, Table, ImpactBars, LatencyChart, UptimeStrip, CodeBlock>;

enum class Completeness { Complete, AnswersMissing, NotStarted };

struct Section
{
    QString id; // stable: "summary", "risks", "stage-1", "evidence"
    QString title;
    std::vector<Block> blocks;
    Completeness completeness = Completeness::Complete;
    int answersMissing = 0;

    bool operator==(const Section &) const = default;
};

// A number for the first page and what it counts: "24", "open risks".
struct CoverFact
{
    QString value;
    QString label;
    bool operator==(const CoverFact &) const = default;
};

struct HandoverDocument
{
    QString title; // "Acme Ops: launch handover"
    QString productName;
    QString domain;
    QString roadmapTitle;
    QDateTime preparedAt;
    QString toolVersion;
    QString language; // BCP 47, for the PDF's document language
    Verdict verdict;
    QString verdictMeaning; // what the verdict asks of the reader, in a sentence
    std::vector<CoverFact> coverFacts;
    std::vector<Section> sections;

    bool operator==(const HandoverDocument &) const = default;
};

struct HandoverInput
{
    ProjectState project;
    Roadmap roadmap;
    std::map<qint64, std::vector<Sample>> samples; // by monitor id
    QDateTime now;
    QString toolVersion;
    QString language;
    // What each check reads on the computer that it runs on; the checks say it (CheckRegistry::sourcesByCheck()).
    std::map<QString, std::vector<SourceKind>> sourcesByCheck = {};
    std::vector<JournalEntry> left = {}; // what runs left in the product (ProjectStore::journal())
};

// Builds the whole pack: cover facts, risks, one section per stage with every item of the roadmap and its state, launch
// gate, providers and owners, guided answers, deliverables (each made from what is known, and saying what is missing),
// monitoring charts, "not now" list, sprint, evidence appendix. Every text has passed the redactor.
HandoverDocument buildHandover(const HandoverInput &input);

} // namespace cockpit
