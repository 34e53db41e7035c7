// The five roadmaps: 536 items that a launch is walked through (resources/roadmaps/*.json).
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <set>
#include <vector>

namespace cockpit {

enum class ItemKind { MinimumBar, Check, Deliverable, FailureSignal, Automation, NotNow, SprintRow };

QString toWord(ItemKind value);
QString labelOf(ItemKind value);

// Limits written in the roadmap that checks must use. Unset fields are not limited by this roadmap.
struct Threshold
{
    std::optional<int> p95MsBelow;            // p95 must be below this, in ms
    std::optional<int> p95MsNotAbove;         // p95 must not be above this, in ms
    std::optional<double> p95RiseFactorAlarm; // alarm when p95 grows by this factor
    std::optional<int> maliciousRequestsMin;
    std::optional<int> rollbackMinutesBelow;
    QString appliesTo;
    QString strictness;

    bool operator==(const Threshold &) const = default;
};

struct Item
{
    QString id; // "internal-ops-saas.1.c1"; sprint rows, which have none in the data, get "<roadmap>.sprint.<n>"
    ItemKind kind = ItemKind::Check;
    std::vector<int> stages;            // stage items: their one stage; sprint rows: those named; otherwise empty
    QString text;                       // sprint rows: the action
    QString why;                        // checks and not-now items
    QString outcome;                    // sprint rows
    QString artifact;                   // deliverables: "risk-list"
    std::optional<CheckKind> checkKind; // check items
    QStringList checks;                 // ids of the checks behind it
    bool inferred = false;
    std::optional<Threshold> threshold;

    bool operator==(const Item &) const = default;
};

struct Stage
{
    int number = 0; // 1 to 7
    QString id;
    QString title;
    QString goal;
    std::vector<Item> checks;
    std::vector<Item> deliverables;
    std::vector<Item> failureSignals;
    bool inferred = false; // has no line in the document that the roadmap was made from

    bool operator==(const Stage &) const = default;
};

struct Roadmap
{
    QString id; // "internal-ops-saas"
    QString title;
    QString product;
    QString phase;
    QString summary;
    std::vector<Item> minimumBar;
    std::vector<Stage> stages; // exactly seven, numbered 1 to 7
    std::vector<Item> automate;
    std::vector<Item> notNow;
    std::vector<Item> sprint;

    // Every item in reading order: bar, stages (checks, deliverables, signals), automation, not now, sprint.
    std::vector<const Item *> items() const;
    const Item *item(const QString &id) const;
    const Stage *stage(int number) const;
    // Ids of all checks that any item names, without duplicates, in reading order.
    QStringList checkIds() const;
    // Ids of the checks named by one stage's items.
    QStringList checkIds(int stageNumber) const;
    // The p95 limit of this roadmap in ms (the strictest that it states), if it states one.
    std::optional<int> p95LimitMs() const;
    QStringList itemsNaming(const QString &checkId) const;

    bool operator==(const Roadmap &) const = default;
};

// Strict: unknown or missing members, wrong types, duplicate ids, unknown check ids, stages other than 1 to 7 and
// items outside their roadmap's id space are refused with a message that names the place.
[[nodiscard]] Result<Roadmap> parseRoadmap(const QByteArray &json, const std::set<QString> &knownChecks);

// The shipped roadmaps, in the order of the start page. Loaded and validated once, and kept until the program ends; a
// test proves that they load.
[[nodiscard]] const Result<std::vector<Roadmap>> &loadRoadmaps();

constexpr auto kDefaultRoadmapId = "internal-ops-saas";

} // namespace cockpit
