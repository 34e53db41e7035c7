#include "checks/actors/canary.h"

#include "checks/actors/answertext.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/wire.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
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

ActiveRequest requestFor(const Route &route, const QUrl &url)
{
    ActiveRequest request;
    request.method = route.method.toLatin1();
    request.url = url;
    request.routeName = route.path;
    return request;
}

// Where the record itself is: "/notes/{id}" for "/notes/{id}/delete".
QString itemPath(const CanaryPlan &plan)
{
    static const QRegularExpression verb(u"/(?:delete|remove|destroy)$"_s);
    return plan.read ? plan.read->path : QString(plan.remove.path).remove(verb);
}

// The ids of what the route's records belong to (/projects/{id}/notes), then the record's own.
QStringList idsFor(const CanaryPlan &plan, const QString &id)
{
    QStringList ids = seenIdsOf(plan.create);
    ids.append(id);
    return ids;
}

QUrl addressFor(const std::optional<Route> &route, const CanaryPlan &plan, const Target &target, const QString &id)
{
    const RouteAddress address =
        route && !id.isEmpty() ? addressOf(target, *route, idsFor(plan, id)) : tl::unexpected(NotTried::NoSeenId);
    return address ? *address : QUrl();
}

QUrl listAddress(const CanaryPlan &plan, const Target &target)
{
    if (!plan.list)
        return {};
    const QStringList ids = seenIdsOf(plan.create);
    const RouteAddress address = ids.isEmpty() ? addressOf(target, *plan.list) : addressOf(target, *plan.list, ids);
    return address ? *address : QUrl();
}

// One planting from the first request to the last.
class Planting
{
public:
    Planting(const CanaryPlan &plan, const Target &target, const Sender &send)
        : m_plan(plan), m_target(target), m_send(send)
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
    void promiseRemoval(UndoList &undo, bool wasMade);

    const CanaryPlan &m_plan;
    const Target &m_target;
    const Sender &m_send;
    Canary m_canary;
    std::shared_ptr<CanaryRemoval> m_removal; // shared with the step that was promised
};

Result<HttpResponse> Planting::create()
{
    const auto address = addressOf(m_target, m_plan.create);
    const auto body = bodyWithText(m_plan.body, m_plan.contentType, m_canary.text);
    if (!address || !body)
        return failure(
            ErrorKind::BadInput,
            Text::tr("%1 cannot be sent: its address or its body is not known.").arg(routeName(m_plan.create)));
    ActiveRequest request = requestFor(m_plan.create, *address);
    request.headers.push_back({"Content-Type", m_plan.contentType});
    request.body = *body;
    request.writes = true;
    return m_send(request);
}

void Planting::learnFrom(const RecordFound &found)
{
    m_canary.id = found.id;
    m_canary.ids = found.ids;
    m_canary.removeAt = addressFor(m_plan.remove, m_plan, m_target, m_canary.id);
    m_removal->id = found.id;
}

bool Planting::findInList()
{
    const QUrl list = listAddress(m_plan, m_target);
    if (list.isEmpty())
        return false;
    const auto answer = m_send(requestFor(*m_plan.list, list));
    if (!holds(answer, m_canary.text))
        return false;
    const RecordFound found = recordIn(*answer, m_canary.text, itemPath(m_plan), m_canary.resource);
    if (!found.isBesideText)
        return false;
    learnFrom(found);
    m_canary.seen = *answer;
    return true;
}

bool Planting::readBack()
{
    const QUrl address = addressFor(m_plan.read, m_plan, m_target, m_canary.id);
    if (address.isEmpty())
        return false;
    const auto answer = m_send(requestFor(*m_plan.read, address));
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

void Planting::promiseRemoval(UndoList &undo, bool wasMade)
{
    m_removal = std::make_shared<CanaryRemoval>(
        CanaryRemoval{.text = m_canary.text, .id = {}, .plan = m_plan, .target = m_target, .send = m_send});
    m_removal->wasMade = wasMade;
    const QUrl place = addressOf(m_target, m_plan.create).value_or(QUrl());
    undo.add(Text::tr("The record %1 at %2").arg(m_canary.text, place.toDisplayString()), kCanaryRemovalRequests,
             [removal = m_removal](Deadline deadline) { return removeCanary(*removal, deadline); });
}

Result<Canary> Planting::run(UndoList &undo)
{
    const auto created = create();
    if (mayExist(created))
        promiseRemoval(undo, created && created->status == 201);
    if (!created)
        return tl::unexpected(created.error());
    if (created->status >= 400 || isSentToLogin(*created))
        return failure(ErrorKind::BadInput, Text::tr("%1 did not accept a test record (status %2).")
                                                .arg(routeName(m_plan.create))
                                                .arg(created->status));
    learnFrom(recordIn(*created, m_canary.text, itemPath(m_plan), m_canary.resource));
    if (find())
        return m_canary;
    if (m_canary.id.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 accepted a test record, but no answer told its id.").arg(routeName(m_plan.create)));
    return failure(ErrorKind::Protocol,
                   Text::tr("%1 accepted a test record, but it cannot be read back.").arg(routeName(m_plan.create)));
}

} // namespace

Result<Canary> plantCanary(const CanaryPlan &plan, const Target &target, const Sender &asOwner, UndoList &undo)
{
    return Planting(plan, target, asOwner).run(undo);
}

Result<HttpResponse> readCanary(const Canary &canary, const CanaryPlan &plan, const Target &target,
                                const Sender &asOwner)
{
    const bool isAlone = !canary.address.isEmpty();
    const QUrl url = isAlone ? canary.address : listAddress(plan, target);
    if (url.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("No route shows the record %1.").arg(canary.text));
    auto answer = asOwner(requestFor(isAlone ? *plan.read : *plan.list, url));
    if (!answer)
        return answer;
    const bool isGone = answer->status == 404 || answer->status == 410 ||
                        (!isAlone && isSuccess(*answer) && !AnswerText::of(*answer).holds(canary.text));
    if (isGone)
        return failure(ErrorKind::NotFound, Text::tr("The record %1 is gone.").arg(canary.text));
    return answer;
}

namespace {

// Requests that are let out after Stop as well.
class Removing
{
public:
    Removing(const CanaryRemoval &removal, Deadline deadline) : m_removal(removal), m_deadline(deadline) {}

    Result<void> run();

private:
    Result<HttpResponse> send(const Route &route, const QUrl &url) const;
    Result<QString> provenId(const QUrl &list) const;   // empty: it was never made
    Result<QString> idAtAddress() const;                // the same, by its own address
    Result<QString> idFromList(const QUrl &list) const; // the same
    Result<QString> notFound() const;
    bool isStillThere(const QString &id, const QUrl &list) const;

    const CanaryRemoval &m_removal;
    const Deadline m_deadline;
};

Result<HttpResponse> Removing::send(const Route &route, const QUrl &url) const
{
    ActiveRequest request = requestFor(route, url);
    request.errand = ActiveErrand::Undo;
    request.writes = route.method != "GET"_L1;
    if (request.writes && m_removal.plan.isForm())
        request.headers.push_back({"Content-Type", m_removal.plan.contentType});
    request.timeoutMs = std::max(1, static_cast<int>(m_deadline.remaining().count()));
    return m_removal.send(request);
}

Result<QString> Removing::idFromList(const QUrl &list) const
{
    const auto answer = send(*m_removal.plan.list, list);
    if (!answer)
        return tl::unexpected(answer.error());
    if (!isSuccess(*answer))
        return failure(
            ErrorKind::Protocol,
            Text::tr("%1 answered with status %2.").arg(routeName(*m_removal.plan.list)).arg(answer->status));
    if (!holds(answer, m_removal.text))
        return notFound();
    const RecordFound found = recordIn(*answer, m_removal.text, itemPath(m_removal.plan), m_removal.plan.resource());
    if (!found.isBesideText)
        return failure(ErrorKind::NotFound, Text::tr("its id is not known."));
    return found.id;
}

Result<QString> Removing::idAtAddress() const
{
    const QUrl readAt = addressFor(m_removal.plan.read, m_removal.plan, m_removal.target, m_removal.id);
    if (readAt.isEmpty())
        return failure(ErrorKind::NotFound, Text::tr("its id is not known."));
    const auto answer = send(*m_removal.plan.read, readAt);
    if (!answer)
        return tl::unexpected(answer.error());
    return holds(answer, m_removal.text) ? Result<QString>(m_removal.id) : notFound();
}

// Where the product said that it made one and does not show it, somebody has to look.
Result<QString> Removing::notFound() const
{
    if (m_removal.wasMade)
        return failure(ErrorKind::NotFound, Text::tr("it could not be found again."));
    return QString();
}

Result<QString> Removing::provenId(const QUrl &list) const
{
    if (m_removal.isProven)
        return m_removal.id;
    return list.isEmpty() ? idAtAddress() : idFromList(list);
}

// A server that answers 200 to everything has removed nothing. At its own address it may have another text by now:
// that somebody could change it was perhaps what was tried.
bool Removing::isStillThere(const QString &id, const QUrl &list) const
{
    const QUrl readAt = addressFor(m_removal.plan.read, m_removal.plan, m_removal.target, id);
    if (m_removal.isShownAlone && !readAt.isEmpty()) {
        const auto answer = send(*m_removal.plan.read, readAt);
        return answer && isSuccess(*answer) && answer->body.contains("LC-CANARY-");
    }
    return !list.isEmpty() && holds(send(*m_removal.plan.list, list), m_removal.text);
}

Result<void> Removing::run()
{
    const QUrl list = listAddress(m_removal.plan, m_removal.target);
    const Result<QString> id = provenId(list);
    if (!id)
        return tl::unexpected(id.error());
    if (id->isEmpty())
        return {};
    const QUrl removeAt = addressFor(m_removal.plan.remove, m_removal.plan, m_removal.target, *id);
    const auto removed = send(m_removal.plan.remove, removeAt);
    if (!removed)
        return tl::unexpected(removed.error());
    // What was seen a moment ago, and is nowhere for the one who made it, is not gone.
    const bool isGone = m_removal.isProven && (removed->status == 404 || removed->status == 410);
    if (removed->status >= 400 && !isGone)
        return failure(
            ErrorKind::Protocol,
            Text::tr("%1 answered with status %2.").arg(routeName(m_removal.plan.remove)).arg(removed->status));
    if (m_removal.isProven && isStillThere(*id, list))
        return failure(ErrorKind::Protocol, Text::tr("it is still there after it was removed."));
    return {};
}

} // namespace

Result<void> removeCanary(const CanaryRemoval &removal, Deadline deadline)
{
    return Removing(removal, deadline).run();
}

} // namespace cockpit
