#include "checks/actors/canary.h"

#include "checks/actors/answertext.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/wire.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Canary)
};

bool isSuccess(const HttpResponse &answer)
{
    return answer.status >= 200 && answer.status < 300;
}

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
    void learnFrom(const HttpResponse &answer);
    void findInList();
    bool readBack();
    void promiseRemoval(UndoList &undo);

    const CanaryPlan &m_plan;
    const Target &m_target;
    const Sender &m_send;
    Canary m_canary;
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

void Planting::learnFrom(const HttpResponse &answer)
{
    const RecordFound found = recordIn(answer, m_canary.text, m_plan.remove.path, m_canary.resource);
    if (m_canary.id.isEmpty())
        m_canary.id = found.id;
    if (m_canary.ids.empty())
        m_canary.ids = found.ids;
    m_canary.removeAt = addressFor(m_plan.remove, m_plan, m_target, m_canary.id);
}

void Planting::findInList()
{
    const QUrl list = listAddress(m_plan, m_target);
    if (list.isEmpty())
        return;
    const auto answer = m_send(requestFor(*m_plan.list, list));
    if (!holds(answer, m_canary.text))
        return;
    learnFrom(*answer);
    m_canary.seen = *answer;
}

bool Planting::readBack()
{
    const QUrl address = addressFor(m_plan.read, m_plan, m_target, m_canary.id);
    if (address.isEmpty())
        return !m_canary.seen.body.isEmpty();
    const auto answer = m_send(requestFor(*m_plan.read, address));
    if (!holds(answer, m_canary.text))
        return false;
    m_canary.address = address;
    m_canary.seen = *answer;
    learnFrom(*answer);
    return true;
}

void Planting::promiseRemoval(UndoList &undo)
{
    const CanaryRemoval removal{m_canary.text, m_canary.id, m_plan, m_target, m_send};
    const QUrl place = m_canary.removeAt.isEmpty() ? listAddress(m_plan, m_target) : m_canary.removeAt;
    undo.add(Text::tr("The record %1 at %2").arg(m_canary.text, place.toDisplayString()), kCanaryRemovalRequests,
             [removal](Deadline deadline) { return removeCanary(removal, deadline); });
}

Result<Canary> Planting::run(UndoList &undo)
{
    const auto created = create();
    // No answer is no proof that nothing was made. What the gate did not let out was not sent.
    const bool mayExist = created ? created->status < 400 || created->status >= 500
                                  : created.error().kind == ErrorKind::TimedOut ||
                                        created.error().kind == ErrorKind::Protocol ||
                                        created.error().kind == ErrorKind::Cancelled;
    if (created && isSuccess(*created))
        learnFrom(*created);
    else if (created && created->status >= 300 && created->status < 400)
        learnFrom(*created);
    if (mayExist && m_canary.id.isEmpty() && created)
        findInList();
    if (mayExist)
        promiseRemoval(undo);
    if (!created)
        return tl::unexpected(created.error());
    if (created->status >= 400)
        return failure(ErrorKind::BadInput, Text::tr("%1 did not accept a test record (status %2).")
                                                .arg(routeName(m_plan.create))
                                                .arg(created->status));
    if (m_canary.id.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 accepted a test record, but no answer told its id.").arg(routeName(m_plan.create)));
    if (!readBack() && m_canary.seen.body.isEmpty())
        findInList();
    if (m_canary.seen.body.isEmpty())
        return failure(
            ErrorKind::Protocol,
            Text::tr("%1 accepted a test record, but it cannot be read back.").arg(routeName(m_plan.create)));
    return m_canary;
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
    const auto answer = asOwner(requestFor(isAlone ? *plan.read : *plan.list, url));
    if (!answer)
        return answer;
    const bool isGone = answer->status == 404 || answer->status == 410 ||
                        (!isAlone && isSuccess(*answer) && !AnswerText::of(*answer).holds(canary.text));
    if (isGone)
        return failure(ErrorKind::NotFound, Text::tr("The record %1 is gone.").arg(canary.text));
    return answer;
}

Result<void> removeCanary(const CanaryRemoval &removal, Deadline deadline)
{
    const auto send = [&](const Route &route, const QUrl &url) {
        ActiveRequest request = requestFor(route, url);
        request.errand = ActiveErrand::Undo;
        request.writes = route.method != "GET"_L1;
        request.timeoutMs = static_cast<int>(std::max<qint64>(1, deadline.remaining().count()));
        return removal.send(request);
    };
    const QUrl list = listAddress(removal.plan, removal.target);
    QString id = removal.id;
    if (id.isEmpty()) {
        if (list.isEmpty())
            return failure(ErrorKind::NotFound, Text::tr("its id is not known."));
        const auto answer = send(*removal.plan.list, list);
        if (!answer)
            return tl::unexpected(answer.error());
        if (isSuccess(*answer) && !holds(answer, removal.text))
            return {}; // it was never made
        id = recordIn(*answer, removal.text, removal.plan.remove.path, removal.plan.resource()).id;
    }
    const QUrl removeAt = addressFor(removal.plan.remove, removal.plan, removal.target, id);
    if (removeAt.isEmpty())
        return failure(ErrorKind::NotFound, Text::tr("its id is not known."));
    const auto removed = send(removal.plan.remove, removeAt);
    if (!removed)
        return tl::unexpected(removed.error());
    const bool isGone = removed->status == 404 || removed->status == 410;
    if (!isSuccess(*removed) && !isGone && (removed->status < 300 || removed->status >= 400))
        return failure(
            ErrorKind::Protocol,
            Text::tr("%1 answered with status %2.").arg(routeName(removal.plan.remove)).arg(removed->status));
    // A server that answers 200 to everything has removed nothing.
    const QUrl readAt = addressFor(removal.plan.read, removal.plan, removal.target, id);
    const bool isAlone = !readAt.isEmpty();
    if (!removal.id.isEmpty() && (isAlone || !list.isEmpty())) {
        const auto again = isAlone ? send(*removal.plan.read, readAt) : send(*removal.plan.list, list);
        if (holds(again, removal.text))
            return failure(ErrorKind::Protocol, Text::tr("it is still there after it was removed."));
    }
    return {};
}

} // namespace cockpit
