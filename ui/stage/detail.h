// What the right side of a stage says about the chosen line, as data: a finding, a check, or an item of the roadmap.
#pragma once

#include "checks/engine/keytester.h"
#include "models/roadmap.h"
#include "ui/stage/resultsmodel.h"

#include <optional>

namespace cockpit {

class Session;

struct DetailPill
{
    QString text;
    Tone tone = Tone::Neutral;
    bool operator==(const DetailPill &) const = default;
};

struct DetailSection
{
    QString heading;
    QString text;
    bool operator==(const DetailSection &) const = default;
};

struct Detail
{
    QString key;
    StateShape shape = StateShape::NotRun;
    QString title;
    std::vector<DetailPill> pills;
    std::vector<DetailSection> sections;
    QString paste;
    QString aiPrompt;
    QString curl;
    QString decided; // in words; empty: nobody has
    QString history; // a line for each event; empty: none
    std::vector<Evidence> evidence;

    QString checkId; // Check again; empty: not offered
    QString host;
    QString findingId; // decisions; empty: not offered
    QString subject;   // answers; empty: not offered
    QString question;
    bool hasAnswer = false;
    std::optional<Need> offers;      // a page that gives what it needs
    bool isBlocked = false;          // it cannot look before
    bool hasRecord = false;          // what repairs it is a mail record, which has a page of its own
    bool hasInventory = false;       // it is judged by the inventory of secrets, which has a page of its own
    std::optional<TriedKey> triable; // the key that it is about, where its provider can be asked
    QString deliverable;             // the item whose document can be shown; empty: none

    bool operator==(const Detail &) const = default;
};

std::optional<Detail> detailOf(const ResultRow &row, const Session &session);
Detail detailOf(const Item &item, const Session &session);

} // namespace cockpit
