#include "checks/access/oldestvalues.h"

#include "checks/actors/formvalues.h"
#include "checks/actors/writeanswer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <ranges>

namespace cockpit {

namespace {

bool isForm(const JournalEntry &entry)
{
    return entry.contentType.startsWith("application/x-www-form-urlencoded");
}

QJsonObject membersIn(const QByteArray &body, bool isForm)
{
    if (!isForm)
        return QJsonDocument::fromJson(body).object();
    QJsonObject members;
    for (const FormValue &one : formValuesOf(body))
        members.insert(one.name, one.value);
    return members;
}

QJsonObject oldMembersOf(const JournalEntry &entry)
{
    return membersIn(entry.oldBody, isForm(entry));
}

QJsonObject shownMembersOf(const JournalEntry &entry, const HttpResponse &shown)
{
    return membersIn(shownValue(entry, shown), isForm(entry));
}

// The entry's body with these in place of what it has of that name, or beside it.
QByteArray bodyWith(const JournalEntry &entry, const QJsonObject &members)
{
    if (members.isEmpty())
        return entry.oldBody;
    if (isForm(entry)) {
        FormValues values;
        for (auto it = members.begin(); it != members.end(); ++it)
            values.push_back({it.key(), it.value().toString()});
        return formBodyWith(entry.oldBody, values);
    }
    QJsonObject whole = oldMembersOf(entry);
    for (auto it = members.begin(); it != members.end(); ++it)
        whole.insert(it.key(), it.value());
    return QJsonDocument(whole).toJson(QJsonDocument::Compact);
}

bool hasRead(std::span<const JournalEntry> entries, const QString &member, const QJsonValue &value)
{
    return std::ranges::any_of(entries, [&](const JournalEntry &entry) {
        const QJsonObject members = oldMembersOf(entry);
        return members.contains(member) && members.value(member) == value;
    });
}

} // namespace

QByteArray shownValue(const JournalEntry &entry, const HttpResponse &shown)
{
    return isForm(entry) ? currentForm(entry.oldBody, shown) : currentJson(entry.oldBody, shown);
}

bool isOldValue(const JournalEntry &entry, const HttpResponse &shown)
{
    const QByteArray now = shownValue(entry, shown);
    if (now == entry.oldBody)
        return true;
    const QJsonObject old = oldMembersOf(entry);
    return !now.isEmpty() && !old.isEmpty() && membersIn(now, isForm(entry)) == old;
}

std::vector<JournalEntry> withOldestValues(std::span<const JournalEntry> entries)
{
    QJsonObject oldest;
    for (const JournalEntry &entry : entries) {
        const QJsonObject members = oldMembersOf(entry);
        for (auto it = members.begin(); it != members.end(); ++it)
            oldest.insert(it.key(), it.value()); // each older one in place of the newer
    }
    std::vector<JournalEntry> result(entries.begin(), entries.end());
    for (JournalEntry &entry : result) {
        QJsonObject others;
        const QJsonObject members = oldMembersOf(entry);
        for (auto it = members.begin(); it != members.end(); ++it) {
            if (oldest.value(it.key()) != it.value())
                others.insert(it.key(), oldest.value(it.key()));
        }
        entry.oldBody = bodyWith(entry, others);
    }
    return result;
}

QByteArray bodyOfAll(std::span<const JournalEntry> oldest, const HttpResponse &shown, UnseenMembers unseen)
{
    const JournalEntry &first = oldest.back();
    const QJsonObject base = oldMembersOf(first);
    QJsonObject others;
    for (const JournalEntry &entry : oldest) {
        const QJsonObject members = oldMembersOf(entry);
        const QJsonObject now = shownMembersOf(entry, shown);
        for (auto it = members.begin(); it != members.end(); ++it) {
            const bool isShown = now.contains(it.key());
            const bool isWanted = isShown ? now.value(it.key()) != it.value() : unseen == UnseenMembers::Sent;
            if (isWanted && !base.contains(it.key()))
                others.insert(it.key(), it.value());
        }
    }
    return bodyWith(first, others);
}

bool isLeftByTheRun(std::span<const JournalEntry> entries, const HttpResponse &shown)
{
    bool isAllRead = true;
    bool isOldest = true;
    for (const JournalEntry &entry : withOldestValues(entries)) {
        if (shownValue(entry, shown).contains("LC-CANARY-"))
            return true;
        const QJsonObject oldest = oldMembersOf(entry);
        const QJsonObject now = shownMembersOf(entry, shown);
        for (auto it = now.begin(); it != now.end(); ++it) {
            isOldest = isOldest && oldest.value(it.key()) == it.value();
            isAllRead = isAllRead && hasRead(entries, it.key(), it.value());
        }
    }
    return isAllRead && !isOldest;
}

} // namespace cockpit
