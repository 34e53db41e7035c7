// What came of a body that was tried: where it shows, what proves that the record is ours, and its end.
#include "checks/actors/answertext.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/listend.h"
#include "checks/actors/listmarkup.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/undonerecord.h"
#include "checks/actors/writetrial.h"
#include "checks/net/statusclass.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::seconds kRemovalTime{10};

} // namespace

Result<void> WriteTrial::lookAfter(TriedBody &tried)
{
    auto after = current();
    if (!after)
        return tl::unexpected<Error>(after.error());
    tried.after = std::move(*after);
    return {};
}

// Empty where the address is not known.
Result<std::optional<HttpResponse>> WriteTrial::read(const Route &route, const QStringList &ids)
{
    const RouteAddress address = ids.isEmpty() ? addressOf(m_target, route) : addressOf(m_target, route, ids);
    if (!address)
        return std::nullopt;
    ActiveRequest request;
    request.url = *address;
    request.routeName = route.path;
    auto answer = m_session.ask(request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return std::optional(std::move(*answer));
}

Result<WriteTrial::ListSight> WriteTrial::findInList(TriedBody &tried)
{
    const CanaryPlan &plan = *m_place.plan;
    const auto list = read(*plan.list, seenIdsOf(plan.create));
    if (!list)
        return tl::unexpected<Error>(list.error());
    if (!*list || !isSuccess((*list)->status))
        return ListSight::Unknown;
    if (!AnswerText::of(**list).holds(m_text))
        return mayGoOn(**list, *m_listHeld) ? ListSight::Unknown : ListSight::NotShown;
    noteLength(**list);
    const RecordFound found = recordIn(**list, m_text, plan.remove.path, plan.resource());
    tried.id = found.id;
    tried.after = recordInList(**list, tried.id, m_text);
    UndoneRecord &record = m_records->back();
    record.isProven = found.isBesideText;
    record.isShownAlone = false;
    record.wasMade = record.wasMade || found.id.isEmpty(); // it is there, though nothing tells which one it is
    return ListSight::Shown;
}

// At its own address; else in the list.
Result<void> WriteTrial::lookAtRecord(TriedBody &tried)
{
    const CanaryPlan &plan = *m_place.plan;
    const QStringList above = seenIdsOf(plan.create);
    if (m_looker) {
        auto seen = m_looker(tried.answer);
        if (!seen)
            return tl::unexpected<Error>(seen.error());
        tried.after = std::move(*seen);
    } else if (plan.read) {
        auto alone = read(*plan.read, above + QStringList{tried.id});
        if (!alone)
            return tl::unexpected<Error>(alone.error());
        if (*alone)
            tried.after = std::move(*alone);
    } else if (plan.list && !tried.after) {
        const auto list = read(*plan.list, above);
        if (!list)
            return tl::unexpected<Error>(list.error());
        if (*list)
            tried.after = recordInList(**list, tried.id, m_text);
    }
    return {};
}

void WriteTrial::noteLength(const HttpResponse &list)
{
    const ListExtent extent = extentOf(list);
    // Where a script of the page holds our text, its rows may be anything else.
    if (!extent.isMarkup || showsInMarkup(list, m_text))
        *m_listHeld = std::max(*m_listHeld, extent.rows);
}

// While a record is there that is known: how many rows the list shows at once. With that one gone it shows fewer only
// where it is not cut off at the end of a page, and then those that nobody knows of would be in it, however it is
// sorted. That it shows a good record first says nothing of one whose field a bad body has changed.
Result<void> WriteTrial::learnHowLongTheListIs()
{
    const CanaryPlan &plan = *m_place.plan;
    if (m_doubtful->empty() || *m_listHeld > 0 || m_hasAskedList || !plan.list || !m_records->back().hasText)
        return {};
    m_hasAskedList = true;
    const auto list = read(*plan.list, seenIdsOf(plan.create));
    if (!list)
        return tl::unexpected<Error>(list.error());
    if (*list && isSuccess((*list)->status) && AnswerText::of(**list).holds(m_text))
        noteLength(**list);
    return {};
}

// What tells that the id is that of our record, so that it may be removed by it: our text there, or, where none can be
// there, the place in the answer. Else it is left, and said.
void WriteTrial::learnProof(const TriedBody &tried)
{
    const CanaryPlan &plan = *m_place.plan;
    UndoneRecord &record = m_records->back();
    const bool isAlone = !m_looker && plan.read && tried.after && isSuccess(tried.after->status);
    if (isAlone && AnswerText::of(*tried.after).holds(m_text)) {
        record.isProven = record.isShownAlone = true;
    } else if (m_looker || !plan.read) {
        const RecordFound told = recordIn(tried.answer, m_text, plan.remove.path, plan.resource());
        if (told.isBesideText && told.id == tried.id) {
            record.isProven = true;
            record.isShownAlone = false;
        }
    } else if (isAlone && tried.wasTaken && m_control &&
               isNamedAsBefore(*m_control, m_controlId, tried.answer, tried.id, plan.remove.path)) {
        record.isProven = true;
        record.isShownAlone = false;
    }
}

// No answer told an id. Nothing was made where the product said no in its own words, or where its whole list does not
// show our text; else the line in the journal stays. One line leads to all such records that bear our text, as it is
// the same; of those that bear none each has its own.
void WriteTrial::settleUntold(const TriedBody &tried, ListSight sight)
{
    UndoneRecord &record = m_records->back();
    if (record.wasMade)
        return;
    const bool brokeDown = record.hasText && tried.answer.status >= 500; // else nobody could look for it
    const bool mayBeThere = sight == ListSight::Unknown && (tried.wasTaken || brokeDown);
    const bool isKnown =
        record.hasText && std::ranges::find(*m_doubtful, true, &UndoneRecord::hasText) != m_doubtful->end();
    if (!mayBeThere || isKnown)
        return forgetRecord();
    m_doubtful->push_back(std::move(record));
    m_records->clear();
}

// The record by the answer, or by the list; read at its own address, and removed again.
Result<void> WriteTrial::lookAfterCreated(TriedBody &tried)
{
    const CanaryPlan &plan = *m_place.plan;
    if (tried.answer.status < 400)
        tried.id = recordIn(tried.answer, m_text, plan.remove.path, plan.resource()).id;
    // Answered 201, or as the good body was, whose record was seen.
    m_records->back().wasMade = tried.wasTaken && (tried.answer.status == 201 || (m_control && !tried.id.isEmpty()));
    ListSight sight = ListSight::Unknown;
    if (tried.id.isEmpty() && plan.list && m_records->back().hasText) {
        const auto found = findInList(tried);
        if (!found)
            return tl::unexpected<Error>(found.error());
        sight = *found;
    }
    if (tried.id.isEmpty()) {
        settleUntold(tried, sight);
        return {};
    }
    m_records->back().id = tried.id;
    if (auto looked = lookAtRecord(tried); !looked)
        return looked;
    learnProof(tried);
    m_records->back().noteFound();
    if (auto learned = learnHowLongTheListIs(); !learned)
        return learned;
    removeNow();
    return {};
}

void WriteTrial::removeNow()
{
    CanaryRemoval removal = removalOf(m_records->back(), {m_text, *m_place.plan, m_target, owner()});
    if (!removeCanary(removal, Deadline::in(kRemovalTime)))
        return;
    m_records->clear();
    m_gone->push_back(std::move(removal));
}

} // namespace cockpit
