#include "checks/actors/undolist.h"

#include "checks/engine/guarded.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <algorithm>
#include <limits>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UndoList)
};

Q_LOGGING_CATEGORY(undoLog, "cockpit.undo")

QString sentenceOf(const QString &what, const QString &why)
{
    return Text::tr("%1: %2", "something left behind: why").arg(what, why);
}

QString titleOf(bool isRecord, bool isSeen)
{
    if (isRecord)
        return isSeen ? Text::tr("A test record was left in your product")
                      : Text::tr("A test record may be left in your product");
    return isSeen ? Text::tr("A change by a test was left in your product")
                  : Text::tr("A change by a test may be left in your product");
}

} // namespace

UndoList::UndoList(std::function<bool()> isOver) : m_isOver(std::move(isOver)) {}

UndoList::~UndoList()
{
    run();
}

void UndoList::add(const QString &what, int requests, Step step, Step confirm, Confirming confirming)
{
    m_steps.push_back({what, requests, std::move(step), std::move(confirm), confirming});
}

void UndoReport::add(const UndoReport &other)
{
    done += other.done;
    left += other.left;
    unseen += other.unseen;
    doubts += other.doubts;
    doubts.removeDuplicates();
}

void UndoList::doubt(const QString &sentence)
{
    if (!m_doubts.contains(sentence))
        m_doubts.append(sentence);
}

// One line for each entry; of what was undone and then looked for, the look tells more.
void UndoList::noteError(Entry &entry, const Error &error, UndoReport &report)
{
    if (entry.leftAt) {
        report.left[*entry.leftAt] += u' ' + error.message;
    } else {
        entry.leftAt = report.left.size();
        report.left.append(sentenceOf(entry.what, error.message));
    }
    report.unseen -= entry.isUnseen ? 1 : 0;
    entry.isUnseen = error.kind == ErrorKind::NotFound || error.kind == ErrorKind::TimedOut;
    report.unseen += entry.isUnseen ? 1 : 0;
}

bool UndoList::isConfirmed(Entry &entry, Deadline limit, UndoReport &report)
{
    if (!entry.confirm)
        return true;
    const auto shown =
        limit.hasPassed()
            ? Result<void>(failure(ErrorKind::TimedOut, Text::tr("there was no time left to see whether it is gone.")))
            : guarded([&] { return entry.confirm(limit); });
    if (!shown)
        noteError(entry, shown.error(), report);
    return shown.has_value();
}

// The grace begins when the run is seen to be over, and does not begin again.
Deadline UndoList::limitedBy(Deadline whole, std::optional<Deadline> &grace) const
{
    if (!grace && m_isOver())
        grace = Deadline::in(kUndoGrace);
    return grace ? whole.earlierOf(*grace) : whole;
}

UndoReport UndoList::run()
{
    UndoReport report;
    report.doubts = std::exchange(m_doubts, {});
    std::vector<Entry> steps = std::exchange(m_steps, {});
    std::vector<Entry> sent;
    Deadline whole = Deadline::in(kUndoTime);
    std::optional<Deadline> grace;
    int requests = 0;
    while (!steps.empty()) {
        Entry entry = std::move(steps.back());
        steps.pop_back();
        const Deadline limit = limitedBy(whole, grace);
        // The gate lets out so many once the run is over; before that the run's own budget counts.
        const int most = grace ? kUndoRequests : std::numeric_limits<int>::max();
        if (limit.hasPassed() || requests > most - entry.requests) {
            report.left.append(sentenceOf(entry.what, Text::tr("there was no time left to remove it.")));
            continue;
        }
        requests += grace ? entry.requests : 0;
        // Who breaks down leaves the others their turn; and nothing is thrown out of the destructor.
        const auto undone = guarded([&] { return entry.step(limit); });
        if (!undone)
            noteError(entry, undone.error(), report);
        else
            whole = Deadline::in(kUndoTime);
        entry.isDone = undone.has_value();
        if (entry.isDone || entry.confirming == Confirming::Always)
            sent.push_back(std::move(entry));
    }
    for (Entry &entry : sent) {
        if (!isConfirmed(entry, limitedBy(whole, grace), report))
            continue;
        whole = Deadline::in(kUndoTime);
        report.done += entry.isDone ? 1 : 0;
    }
    return report;
}

void noteLeft(Judged &judged, const UndoReport &report)
{
    if (!report.doubts.isEmpty()) {
        LookGaps doubts;
        doubts.say(report.doubts);
        leaveOpen(judged, doubts);
    }
    if (report.isClean())
        return;
    QStringList changes = report.left;
    const QStringList left = changes.filter(u"LC-CANARY"_s);
    const auto records = changes.removeIf([](const QString &one) { return one.contains("LC-CANARY"_L1); });
    const bool isSeen = report.unseen < report.left.size();
    QStringList sentences;
    if (records > 0 && !isSeen)
        sentences.append(Text::tr("%n test record(s) could not be seen to be gone from your product. Look for "
                                  "LC-CANARY in it, and remove by hand what has it.",
                                  nullptr, static_cast<int>(records)));
    else if (records > 0)
        sentences.append(Text::tr("%n test record(s) could not be removed from your product. Remove by hand what "
                                  "has LC-CANARY in it.",
                                  nullptr, static_cast<int>(records)));
    // Which ones, for who reads no evidence.
    constexpr qsizetype kMostNamed = 3;
    for (const QString &one : left.first(std::min(left.size(), kMostNamed)))
        sentences.append(plainText(redact(one)));
    // What bears no mark says itself what is to be done.
    for (const QString &change : changes)
        sentences.append((isSeen ? Text::tr("Not taken back: %1", "a change to the product")
                                 : Text::tr("Perhaps not taken back: %1", "a change to the product"))
                             .arg(plainText(redact(change))));
    const QString sentence = sentences.join(u' ');
    qCWarning(undoLog).noquote() << redact(report.left.join(u" | "_s));
    // No answer in time says nothing of what is there.
    Finding finding = makeFinding(u"test_record_left"_s, Severity::Low, isSeen ? Proof::Proven : Proof::Lead,
                                  Impact::Maintainability, titleOf(records > 0, isSeen), sentence);
    finding.evidence = {{Text::tr("What is left"), plainText(redact(report.left.join(u'\n')))}};
    finding.effortMinutes = 5;
    judged.findings.push_back(std::move(finding));
    if (judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info)
        judged.outcome = outcomeFor(judged.findings);
    judged.reason = judged.reason.isEmpty() ? sentence : judged.reason + u' ' + sentence;
}

Judged withUndo(Observations &seen, const std::function<Judged(UndoList &)> &work)
{
    UndoList undo([&seen] { return seen.isOver(); });
    Judged judged = work(undo); // if it throws, the list runs as it goes
    noteLeft(judged, undo.run());
    return judged;
}

} // namespace cockpit
