// Changes and removals that another customer sends, on the owner's test record alone.
#include "checks/access/crossinglook.h"
#include "checks/actors/answertext.h"
#include "checks/actors/canaryplaces.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

} // namespace

// Empty: its owner gets no answer.
std::optional<HttpResponse> CrossingLook::showPlanted(const Planted &planted)
{
    const bool isAlone = !planted.canary.address.isEmpty();
    const auto &route = isAlone ? planted.plan.read : planted.plan.list;
    const QUrl url = isAlone ? planted.canary.address : listAddress(planted.plan, m_look.target);
    return route && !url.isEmpty() ? ask(m_askers.owner, requestAt(*route, url)) : std::nullopt;
}

// newText: what a change wrote; by that, or by the one that it had, it is known in a list.
RecordSight CrossingLook::sightOfPlanted(const Planted &planted, const HttpResponse &shown, const QString &newText)
{
    using enum RecordSight;
    const bool isAlone = !planted.canary.address.isEmpty();
    SoughtRecord sought{.text = planted.canary.text,
                        .id = planted.canary.id,
                        .isInList = !isAlone,
                        .before = isAlone ? nullptr : &planted.canary.seen};
    const bool wasMarked = sightOf(planted.canary.seen, sought) == MarkedDeleted;
    RecordSight sight = sightOf(shown, sought);
    if (sight == Gone && !newText.isEmpty()) {
        sought.text = newText;
        sight = sightOf(shown, sought);
    }
    return sight == MarkedDeleted && wasMarked ? There : sight; // it says so of itself from the beginning
}

// What its owner cannot see is not unchanged.
void CrossingLook::seeWhatCameOf(BlindWrite &write, const Planted &planted, const QString &text)
{
    using enum RecordSight;
    const auto shown = showPlanted(planted);
    const RecordSight sight = shown ? sightOfPlanted(planted, *shown, text) : Unclear;
    const bool isAway = sight == Gone || sight == MarkedDeleted;
    if (sight == There) {
        write.hasChanged = !write.removes && AnswerText::of(*shown).holds(text);
    } else if (write.removes && isAway) {
        // Many products say "not found" to whoever is signed out.
        write.hasChanged = sight == MarkedDeleted || verifyStillIn(m_askers.owner, m_known.ownersGood);
    } else {
        write.notSeen =
            shown ? Text::tr("%1, sent as %2: afterwards %3 could not see whether its test record had changed (status "
                             "%4).")
                        .arg(write.routeName, m_result.outsider, m_result.owner, QString::number(shown->status))
                  : Text::tr("%1, sent as %2: afterwards %3 could not see whether its test record had changed.")
                        .arg(write.routeName, m_result.outsider, m_result.owner);
    }
}

// What came of it is seen by the record's owner: the answer may lie.
void CrossingLook::finish(BlindWrite &write, const Planted &planted, const QString &text, ResourceLook &result)
{
    write.request.writes = true;
    auto answer = ask(m_askers.outsider, write.request);
    if (!answer && isOver())
        return;
    // With what made it a request of that account: who reads the proof sends it again with a token of their own.
    write.request = m_askers.outsider.prepared(write.request).value_or(write.request);
    if (answer) {
        write.answer = std::move(*answer);
        seeWhatCameOf(write, planted, text);
    } else {
        write.notSeen = Text::tr("%1, sent as %2, got no answer, so that nobody knows what came of it.")
                            .arg(write.routeName, m_result.outsider);
    }
    result.writes.push_back(std::move(write));
}

// A record that is not there before cannot show that it was taken away.
bool CrossingLook::isThereFor(BlindWrite &write, const Planted &planted)
{
    const auto shown = showPlanted(planted);
    if (shown && sightOfPlanted(planted, *shown, {}) == RecordSight::There)
        return true;
    write.request = {};
    write.notSeen = Text::tr("%1 was not tried as %2: %3 could not see its test record before it.")
                        .arg(write.routeName, m_result.outsider, m_result.owner);
    return false;
}

// On the test record alone. Empty: it cannot be sent.
std::optional<BlindWrite> CrossingLook::blindWrite(const Route &route, const Planted &planted,
                                                   const QString &text) const
{
    QStringList ids = seenIdsOf(planted.plan.create);
    ids.append(planted.canary.id);
    const auto address = addressOf(m_look.target, route, ids);
    if (!address)
        return std::nullopt;
    BlindWrite write{.request = requestAt(route, *address), .routeName = routeName(route), .answer = {}};
    write.removes = text.isEmpty();
    if (!write.removes || planted.plan.isForm())
        write.request.headers.push_back({"Content-Type", planted.plan.contentType});
    if (write.removes)
        return write;
    const auto body = bodyWithText(planted.plan.body, planted.plan.contentType, text);
    if (!body)
        return std::nullopt;
    write.request.body = *body;
    return write;
}

void CrossingLook::writeBlindly(const Planted &planted, ResourceLook &result)
{
    bool isThere = false;
    if (const QString text = newCanaryText(); planted.plan.update && !isOver()) {
        if (auto write = blindWrite(*planted.plan.update, planted, text)) {
            finish(*write, planted, text, result);
            isThere = !result.writes.empty() && result.writes.back().notSeen.isEmpty();
        }
    }
    auto write = isOver() ? std::nullopt : blindWrite(planted.plan.remove, planted, {});
    if (!write)
        return;
    if (isThere || isThereFor(*write, planted))
        finish(*write, planted, {}, result);
    else if (!isOver())
        result.writes.push_back(std::move(*write));
}

} // namespace cockpit
