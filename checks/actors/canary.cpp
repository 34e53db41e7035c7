#include "checks/actors/canary.h"

#include "checks/actors/answertext.h"
#include "checks/actors/canaryplaces.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/wire.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>

#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Canary)
};

bool holds(const Result<HttpResponse> &answer, const QString &text)
{
    return answer && isSuccess(*answer) && AnswerText::of(*answer).holds(text);
}

// One planting from the first request to the last.
class Planting
{
public:
    Planting(const CanaryPlan &plan, const Target &target, const RecordOwner &owner)
        : m_plan(plan), m_target(target), m_owner(owner), m_send(owner.send)
    {
        m_canary.text = newCanaryText();
        m_canary.resource = plan.resource();
    }

    Result<Canary> run(UndoList &undo);

private:
    Result<HttpResponse> create();
    void learnFrom(const RecordFound &found);
    bool findInList();
    bool readBack();
    bool find();
    void promiseRemoval(UndoList &undo, const Result<HttpResponse> &created);
    void noteFound() const;

    const CanaryPlan &m_plan;
    const Target &m_target;
    const RecordOwner &m_owner;
    const Sender &m_send;
    Canary m_canary;
    std::shared_ptr<CanaryRemoval> m_removal; // shared with the step that was promised
    std::shared_ptr<UndoNote> m_note;
};

Result<HttpResponse> Planting::create()
{
    const auto address = addressOf(m_target, m_plan.create);
    const auto body = bodyWithText(m_plan.body, m_plan.contentType, m_canary.text);
    if (!address || !body)
        return failure(
            ErrorKind::BadInput,
            Text::tr("%1 cannot be sent: its address or its body is not known.").arg(routeName(m_plan.create)));
    ActiveRequest request = requestAt(m_plan.create, *address);
    request.headers.push_back({"Content-Type", m_plan.contentType});
    request.body = *body;
    request.writes = true;
    return m_send(request);
}

void Planting::learnFrom(const RecordFound &found)
{
    m_canary.id = found.id;
    m_canary.ids = found.ids;
    m_canary.removeAt = recordAddress(m_plan.remove, m_plan, m_target, m_canary.id);
    m_removal->id = found.id;
}

bool Planting::findInList()
{
    const QUrl list = listAddress(m_plan, m_target);
    if (list.isEmpty())
        return false;
    const auto answer = m_send(requestAt(*m_plan.list, list));
    if (!holds(answer, m_canary.text))
        return false;
    const RecordFound found = recordIn(*answer, m_canary.text, itemPath(m_plan), m_canary.resource);
    if (!found.isBesideText)
        return false;
    learnFrom(found);
    m_canary.seen = *answer;
    m_removal->list = *answer;
    return true;
}

bool Planting::readBack()
{
    const QUrl address = recordAddress(m_plan.read, m_plan, m_target, m_canary.id);
    if (address.isEmpty())
        return false;
    const auto answer = m_send(requestAt(*m_plan.read, address));
    if (!holds(answer, m_canary.text))
        return false;
    m_canary.address = address;
    m_canary.seen = *answer;
    if (m_canary.ids.empty())
        m_canary.ids = recordIn(*answer, m_canary.text, itemPath(m_plan), m_canary.resource).ids;
    return true;
}

// The answer to a creation may name who made it, or what it belongs to: an id counts once the text was seen there.
bool Planting::find()
{
    bool isListed = m_canary.id.isEmpty() && findInList();
    m_removal->isShownAlone = readBack();
    if (!m_removal->isShownAlone && !isListed)
        isListed = findInList();
    m_removal->isProven = m_removal->isShownAlone || isListed;
    return m_removal->isProven;
}

void Planting::promiseRemoval(UndoList &undo, const Result<HttpResponse> &created)
{
    m_removal = std::make_shared<CanaryRemoval>(CanaryRemoval{.text = m_canary.text,
                                                              .id = {},
                                                              .plan = m_plan,
                                                              .target = m_target,
                                                              .owner = m_owner,
                                                              .wasMade = created && created->status == 201,
                                                              .isUnanswered = !created,
                                                              .note = m_note});
    const QUrl place = addressOf(m_target, m_plan.create).value_or(QUrl());
    undo.add(
        Text::tr("The record %1 at %2").arg(m_canary.text, place.toDisplayString()), kCanaryRemovalRequests,
        [removal = m_removal](Deadline deadline) { return removeCanary(*removal, deadline); },
        [removal = m_removal](Deadline deadline) { return confirmGone(*removal, deadline); });
}

void Planting::noteFound() const
{
    JournalEntry entry = m_note->entry();
    entry.recordId = m_canary.id;
    entry.wasMade = m_removal->wasMade;
    entry.isShownAlone = m_removal->isShownAlone;
    m_note->learn(entry);
}

Result<Canary> Planting::run(UndoList &undo)
{
    auto note = m_owner.notes.writeRecord(m_plan, m_canary.text, true);
    if (!note)
        return tl::unexpected(note.error());
    m_note = std::move(*note);
    const auto created = create();
    if (mayExist(created))
        promiseRemoval(undo, created);
    else
        m_note->strike();
    if (!created)
        return tl::unexpected(created.error());
    if (created->status >= 400 || isSentToLogin(*created))
        return failure(ErrorKind::BadInput, Text::tr("%1 did not accept a test record (status %2).")
                                                .arg(routeName(m_plan.create), QString::number(created->status)));
    learnFrom(recordIn(*created, m_canary.text, itemPath(m_plan), m_canary.resource));
    const bool isFound = find();
    noteFound();
    if (isFound)
        return m_canary;
    if (m_canary.id.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 accepted a test record, but no answer told its id.").arg(routeName(m_plan.create)));
    return failure(ErrorKind::Protocol,
                   Text::tr("%1 accepted a test record, but it cannot be read back.").arg(routeName(m_plan.create)));
}

} // namespace

Result<Canary> plantCanary(const CanaryPlan &plan, const Target &target, const RecordOwner &owner, UndoList &undo)
{
    return Planting(plan, target, owner).run(undo);
}

Result<Canary> plantCanary(const CanaryPlan &plan, const Target &target, const Sender &asOwner, UndoList &undo)
{
    return plantCanary(plan, target, RecordOwner{.send = asOwner}, undo);
}

Result<HttpResponse> readCanary(const Canary &canary, const CanaryPlan &plan, const Target &target,
                                const Sender &asOwner)
{
    const bool isAlone = !canary.address.isEmpty();
    const QUrl url = isAlone ? canary.address : listAddress(plan, target);
    if (url.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("No route shows the record %1.").arg(canary.text));
    auto answer = asOwner(requestAt(isAlone ? *plan.read : *plan.list, url));
    if (!answer)
        return answer;
    const bool isGone = answer->status == 404 || answer->status == 410 ||
                        (!isAlone && isSuccess(*answer) && !AnswerText::of(*answer).holds(canary.text));
    if (isGone)
        return failure(ErrorKind::NotFound, Text::tr("The record %1 is gone.").arg(canary.text));
    return answer;
}

} // namespace cockpit
