#include "models/roadmap.h"

#include "models/wordtable.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Roadmap)
};

constexpr std::array kItemKinds{
    WordRow<ItemKind>{ItemKind::MinimumBar, "minimum_bar", QT_TRANSLATE_NOOP("Roadmap", "Minimum bar")},
    WordRow<ItemKind>{ItemKind::Check, "check", QT_TRANSLATE_NOOP("Roadmap", "Check")},
    WordRow<ItemKind>{ItemKind::Deliverable, "deliverable", QT_TRANSLATE_NOOP("Roadmap", "Deliverable")},
    WordRow<ItemKind>{ItemKind::FailureSignal, "failure_signal", QT_TRANSLATE_NOOP("Roadmap", "Failure signal")},
    WordRow<ItemKind>{ItemKind::Automation, "automation", QT_TRANSLATE_NOOP("Roadmap", "Automation")},
    WordRow<ItemKind>{ItemKind::NotNow, "not_now", QT_TRANSLATE_NOOP("Roadmap", "Not now")},
    WordRow<ItemKind>{ItemKind::SprintRow, "sprint_row", QT_TRANSLATE_NOOP("Roadmap", "Sprint")},
};

void append(std::vector<const Item *> &all, const std::vector<Item> &part)
{
    for (const Item &item : part)
        all.push_back(&item);
}

void appendStage(std::vector<const Item *> &all, const Stage &stage)
{
    append(all, stage.checks);
    append(all, stage.deliverables);
    append(all, stage.failureSignals);
}

QStringList checksOf(const std::vector<const Item *> &items)
{
    QStringList ids;
    QSet<QString> seen;
    for (const Item *item : items) {
        for (const QString &id : item->checks) {
            if (!seen.contains(id)) {
                seen.insert(id);
                ids.append(id);
            }
        }
    }
    return ids;
}

} // namespace

QString toWord(ItemKind value)
{
    return wordOf(kItemKinds, value);
}

QString labelOf(ItemKind value)
{
    return Text::tr(rowOf(kItemKinds, value).label);
}

std::vector<const Item *> Roadmap::items() const
{
    std::vector<const Item *> all;
    append(all, minimumBar);
    for (const Stage &stage : stages)
        appendStage(all, stage);
    append(all, automate);
    append(all, notNow);
    append(all, sprint);
    return all;
}

const Item *Roadmap::item(const QString &wanted) const
{
    const auto all = items();
    const auto it = std::ranges::find_if(all, [&wanted](const Item *item) { return item->id == wanted; });
    return it == all.end() ? nullptr : *it;
}

const Stage *Roadmap::stage(int number) const
{
    const auto it = std::ranges::find(stages, number, &Stage::number);
    return it == stages.end() ? nullptr : &*it;
}

QStringList Roadmap::checkIds() const
{
    return checksOf(items());
}

QStringList Roadmap::checkIds(int stageNumber) const
{
    std::vector<const Item *> all;
    if (const Stage *wanted = stage(stageNumber))
        appendStage(all, *wanted);
    return checksOf(all);
}

std::optional<int> Roadmap::p95LimitMs() const
{
    std::optional<int> strictest;
    const auto tighten = [&strictest](std::optional<int> limit) {
        if (limit && (!strictest || *limit < *strictest))
            strictest = limit;
    };
    for (const Item *item : items()) {
        if (item->threshold) {
            tighten(item->threshold->p95MsBelow);
            tighten(item->threshold->p95MsNotAbove);
        }
    }
    return strictest;
}

QStringList Roadmap::itemsNaming(const QString &checkId) const
{
    QStringList ids;
    for (const Item *item : items()) {
        if (item->checks.contains(checkId))
            ids.append(item->id);
    }
    return ids;
}

} // namespace cockpit
