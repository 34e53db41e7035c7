#include "app/report/left.h"

#include "checks/engine/leftchoice.h"
#include "models/access/journalcut.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QXmlStreamWriter>

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

bool isGone(const JournalEntry &entry, const LeftInReport &left)
{
    const LeftOutcome *outcome = outcomeOf(entry, left);
    return outcome && outcome->isGone;
}

// For whoever reads of one entry alone.
QString whyItStays(const JournalEntry &entry, const LeftInReport &left)
{
    if (const LeftOutcome *outcome = outcomeOf(entry, left))
        return outcome->why;
    if (!left.notAsked.isEmpty())
        return left.notAsked;
    return isForRequests(entry)
               ? Text::tr("It may still be in your product. --active --remove-left takes it away, and looks whether it "
                          "is gone.")
               : Text::tr("It may still be in your product, and no request takes it away: remove it by hand.");
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
    if (const QString more = whatIsNotRead(left.before); !more.isEmpty())
        lines.append(more);
    if (!left.notAsked.isEmpty())
        lines.append(left.notAsked);
    else if (!left.tookAll.isEmpty())
        lines.append(left.tookAll);
    else if (left.outcomes.empty() && std::ranges::any_of(left.before, isForRequests))
        lines.append(Text::tr("--active --remove-left takes them away, and looks whether they are gone."));
    return lines;
}

QJsonArray leftNotifications(const LeftInReport &left)
{
    QJsonArray notifications;
    for (const JournalEntry &entry : left.before) {
        const bool wasRemoved = isGone(entry, left);
        const QString text =
            wasRemoved
                ? lineOf(entry, left)
                : Text::tr("%1: %2", "what was left: why it still is").arg(describe(entry), whyItStays(entry, left));
        notifications.append(QJsonObject{{u"level"_s, wasRemoved ? u"note"_s : u"warning"_s},
                                         {u"message"_s, QJsonObject{{u"text"_s, text}}}});
    }
    return notifications;
}

void writeLeftSuite(QXmlStreamWriter &xml, const LeftInReport &left)
{
    if (left.before.empty())
        return;
    const auto stays = std::ranges::count_if(left.before, [&](const auto &entry) { return !isGone(entry, left); });
    xml.writeStartElement(u"testsuite"_s);
    xml.writeAttribute(u"name"_s, u"left-records"_s);
    xml.writeAttribute(u"tests"_s, QString::number(left.before.size()));
    xml.writeAttribute(u"failures"_s, u"0"_s);
    xml.writeAttribute(u"errors"_s, u"0"_s);
    xml.writeAttribute(u"skipped"_s, QString::number(stays));
    for (const JournalEntry &entry : left.before) {
        xml.writeStartElement(u"testcase"_s);
        xml.writeAttribute(u"classname"_s, u"left-records."_s + entry.checkId);
        xml.writeAttribute(u"name"_s, describe(entry));
        xml.writeAttribute(u"time"_s, u"0.000"_s);
        if (!isGone(entry, left)) {
            xml.writeStartElement(u"skipped"_s);
            xml.writeAttribute(u"message"_s, whyItStays(entry, left));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeTextElement(u"system-out"_s, leftLines(left).join(u'\n')); // after the cases, as the schemas have it
    xml.writeEndElement();
}

} // namespace cockpit
