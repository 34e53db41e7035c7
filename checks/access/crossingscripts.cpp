// What the attack says on a WebSocket, of whose records, and the change that subscribers would be told of.
#include "checks/access/crossinglook.h"
#include "checks/access/sockethandshake.h"
#include "checks/actors/idnames.h"
#include "checks/actors/routeaddress.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Its id is made of its text (a slug): a change of the one may change the other, and then nobody finds it any more,
// neither its owner nor whoever it is kept back from.
bool isNamedByItsText(const Canary &canary)
{
    return canary.id.contains(canary.text, Qt::CaseInsensitive);
}

// Somewhere in its address or messages.
bool names(const SocketSubscription &subscription, const QString &resource)
{
    if (resource.isEmpty())
        return false;
    const auto isIn = [&](const QByteArray &text) {
        return QString::fromUtf8(text).contains(resource, Qt::CaseInsensitive);
    };
    return subscription.route.path.contains(resource, Qt::CaseInsensitive) ||
           (subscription.script && std::ranges::any_of(subscription.script->messages, isIn));
}

// "invoices" for POST /api/invoices.
QString collectionOf(const Route &create)
{
    static const QRegularExpression verb(u"/(?:create|new|add)/?$"_s);
    return QString(create.path).remove(verb).section(u'/', -1);
}

} // namespace

// The test record that it is about: what it names by an id, else by a word, else any that can be changed.
const CrossingLook::Planted *CrossingLook::plantedNamedBy(const SocketSubscription &subscription) const
{
    const QStringList named = subscription.script ? resourcesIn(*subscription.script) : QStringList();
    const auto isFit = [](const Planted *one) { return one && !isNamedByItsText(one->canary); };
    for (const QString &resource : named) {
        if (const Planted *planted = plantedFor(resource); isFit(planted))
            return planted;
    }
    const auto find = [&](const std::function<bool(const Planted &)> &isMeant) -> const Planted * {
        const auto it =
            std::ranges::find_if(m_planted, [&](const Planted &one) { return isFit(&one) && isMeant(one); });
        return it == m_planted.end() ? nullptr : &*it;
    };
    if (const Planted *said = find([&](const Planted &one) { return names(subscription, one.canary.resource); }))
        return said;
    return find([](const Planted &one) { return one.plan.update.has_value(); });
}

std::optional<SocketScript> CrossingLook::scriptFor(const SocketSubscription &subscription,
                                                    const Planted *planted) const
{
    if (subscription.script)
        return subscription.script;
    return planted
               ? phoenixScript(subscription.route.path, planted->canary.resource, collectionOf(planted->plan.create))
               : std::nullopt;
}

// Of what the messages name: the owner's records, and the owner itself. A bare id is one of the test record where a
// word says so; the first is for it.
std::vector<NamedId> CrossingLook::idsFor(const SocketScript &script, const Planted *planted) const
{
    std::vector<NamedId> ids;
    const bool isQuestion = script.dialect == SocketDialect::GraphQl;
    const auto idOfRecord = [&](const QString &resource) {
        const QString inQuestion = isQuestion ? encodedForQuestions(resource) : QString();
        if (!inQuestion.isEmpty())
            return inQuestion;
        const Planted *own = plantedFor(resource);
        const auto owned = idOf(m_known.ownersIds, resource);
        // One that repeats the proof proves nothing where it is said (CrossingLook::quarryOf()).
        if (own && (!owned || !isNamedByItsText(own->canary)))
            return own->canary.id;
        return owned ? owned->value : QString();
    };
    for (const QString &resource : resourcesIn(script)) {
        const auto tenant = std::ranges::find_if(m_known.tenants, [&](const TenantSwitch &one) {
            return resourceOfName(one.field) == resource && !resource.isEmpty();
        });
        const bool isBare = resource.isEmpty();
        QString id = tenant != m_known.tenants.end() ? tenant->owners : QString();
        if (id.isEmpty() && !(isBare && !planted))
            id = idOfRecord(isBare ? planted->canary.resource : resource);
        if (!id.isEmpty() && isBare)
            ids.insert(ids.begin(), {resource, id});
        else if (!id.isEmpty())
            ids.push_back({resource, id});
    }
    return ids;
}

std::optional<ActiveRequest> CrossingLook::handshakeFor(const Route &route, const SocketScript &script) const
{
    const auto url = addressOf(m_look.target, route);
    const Host *host = hostFor(m_look.target, route);
    if (!url || !host)
        return std::nullopt;
    ActiveRequest request = handshakeRequest(route, *url, homeOrigin(*host), script.subprotocols);
    if (script.dialect == SocketDialect::Phoenix && !request.url.hasQuery()) {
        QUrlQuery query;
        for (const auto &[name, value] : m_askers.owner.actor().signIn.headers) { // of Supabase: public
            if (name.compare("apikey"_L1, Qt::CaseInsensitive) == 0)
                query.addQueryItem(u"apikey"_s, value);
        }
        query.addQueryItem(u"vsn"_s, script.messages.front().startsWith('[') ? u"2.0.0"_s : u"1.0.0"_s);
        request.url.setQuery(query);
    }
    return request;
}

// The text that proves stays in it. Another one each time: what is shown of an earlier change is no news.
QString CrossingLook::newTextFor(const Canary &canary)
{
    constexpr int kFirst = 2;
    return canary.text + u' ' + QString::number(kFirst + m_changes++);
}

std::optional<ActiveRequest> CrossingLook::changeOf(const Planted &planted, const QString &text) const
{
    if (!planted.plan.update)
        return std::nullopt;
    QStringList ids = seenIdsOf(planted.plan.create);
    ids.append(planted.canary.id);
    const auto address = addressOf(m_look.target, *planted.plan.update, ids);
    const auto body = bodyWithText(planted.plan.body, planted.plan.contentType, text);
    if (!address || !body)
        return std::nullopt;
    ActiveRequest request = requestAt(*planted.plan.update, *address);
    request.headers.push_back({"Content-Type", planted.plan.contentType});
    request.body = *body;
    request.writes = true;
    return request;
}

} // namespace cockpit
