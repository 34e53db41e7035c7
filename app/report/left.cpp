#include "app/report/left.h"

#include "checks/engine/leftchoice.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AuditText)
};

const LeftOutcome *outcomeOf(const JournalEntry &entry, const LeftInReport &left)
{
    const auto found = std::ranges::find(left.outcomes, entry.id, &LeftOutcome::entryId);
    return found == left.outcomes.end() ? nullptr : &*found;
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString lineOf(const JournalEntry &entry, const LeftInReport &left)
{
    const LeftOutcome *outcome = outcomeOf(entry, left);
    if (!outcome)
        return describe(entry) + u'.';
    return outcome->isGone ? Text::tr("%1: removed now.", "what was left").arg(describe(entry))
                           : Text::tr("%1: %2", "what was left: why it still is").arg(describe(entry), outcome->why);
}

} // namespace

QJsonArray leftJson(const LeftInReport &left)
{
    QJsonArray rows;
    for (const JournalEntry &entry : left.before) {
        const LeftOutcome *outcome = outcomeOf(entry, left);
        const QString why = outcome ? outcome->why : left.notAsked;
        rows.append(QJsonObject{{u"kind"_s, toWord(entry.kind)},
                                {u"text"_s, textOrNull(entry.text)},
                                {u"check"_s, entry.checkId},
                                {u"account"_s, textOrNull(entry.account)},
                                {u"route"_s, entry.create.method + u' ' + entry.create.path},
                                {u"host"_s, textOrNull(entry.create.host)},
                                {u"record"_s, textOrNull(entry.recordId)},
                                {u"at"_s, entry.at.toUTC().toString(Qt::ISODateWithMs)},
                                {u"run_cut_off"_s, !entry.hasRunEnded},
                                {u"removed"_s, outcome && outcome->isGone},
                                {u"reason"_s, textOrNull(why)}});
    }
    return rows;
}

QStringList leftLines(const LeftInReport &left)
{
    QStringList lines;
    for (const auto &run : byRun(left.before)) {
        lines.append(headlineOf(run));
        for (const JournalEntry &entry : run)
            lines.append(u"- "_s + lineOf(entry, left));
    }
    if (!left.notAsked.isEmpty())
        lines.append(left.notAsked);
    else if (left.outcomes.empty() && std::ranges::any_of(left.before, isForRequests))
        lines.append(Text::tr("--active --remove-left takes them away, and looks whether they are gone."));
    return lines;
}

} // namespace cockpit
