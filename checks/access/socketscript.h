// What a page says on a WebSocket to be told of changes, with one customer's ids put where another's stood, and what
// servers say back: messages of a product's own, and the protocols that are used most. Pure.
// Phoenix: the serializers of its channels, versions 1 (objects) and 2 (lists); Supabase Realtime speaks it.
// GraphQL: graphql-transport-ws (github.com/enisdenjo/graphql-ws, PROTOCOL.md), and graphql-ws before it.
// Socket.IO: its protocol, revision 5, over Engine.IO, revision 4. ASP.NET Core SignalR, STOMP and WAMP:
// signalrmessages.h, stompmessages.h, wampmessages.h. Others (Action Cable, public channels of Pusher) are
// told by the words of their answers.
#pragma once

#include "checks/access/crossingids.h"
#include "models/access/routesample.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

#include <optional>
#include <vector>

namespace cockpit {

enum class SocketDialect { Plain, Phoenix, GraphQl, SocketIo, SignalR, Stomp, Wamp };
QString toWord(SocketDialect value);

struct SocketScript
{
    SocketDialect dialect = SocketDialect::Plain;
    QByteArrayList subprotocols = {};      // offered in the handshake
    std::vector<QByteArray> messages = {}; // in their order, unframed, with placeholder() where a token stood
    int leftOut = 0; // messages of the page that are never said: they may change something, or are not understood

    bool operator==(const SocketScript &) const = default;
};

// Why nothing of what a page was heard to say is said again.
enum class NotSaid {
    Nothing,   // it subscribes to nothing
    MayChange, // nor that, and it says what may change something, or is not understood
    Signed,    // a private channel of Pusher: each opening is signed by the product's server
    Unknown,   // a value other than a token was taken out
};

// What opens the conversation and what subscribes (messagepurpose.h) of a sample of kSocketMessages: whatever else a
// page says there could change the records of somebody.
tl::expected<SocketScript, NotSaid> recordedScript(const RouteSample &sample);
// connection_init and subscribe, for a question in GraphQL that is a subscription ({"query": …, "variables": …}); empty
// for others.
std::optional<SocketScript> graphQlScript(const RouteSample &sample);
// Joins what Phoenix ("invoice:17") or, where the path is that of Supabase Realtime, its table ("invoices") would be
// called; empty for other paths. An owner who is refused with it shows that the guess was wrong.
std::optional<SocketScript> phoenixScript(const QString &path, const QString &resource, const QString &collection);

// An id of something by its name: {"invoice", "17"}.
struct NamedId
{
    QString resource; // in lower case and the singular, as resourceOfName() has it
    QString id;

    bool operator==(const NamedId &) const = default;
};

// What the messages name by an id: "invoice" for "invoiceId": 17, for "invoice:17" and for id=eq.17 of an invoice;
// empty texts for bare ids. Each once.
QStringList resourcesIn(const SocketScript &script);

struct SocketWords
{
    std::vector<NamedId> ids = {}; // put in the place of the ids of the same things; the first for bare ones, too
    QByteArray token = {};         // of the session; empty: it has none
};
// The messages as somebody says them, framed as their protocol wants it.
std::vector<QByteArray> messagesFor(const SocketScript &script, const SocketWords &words);

enum class SocketWord {
    Agreed,  // subscribed, joined
    Refused, // an error, a denial
    News,    // anything else that says something
    Silence, // welcomes, answers to the opening, signs of life
    Unclear, // who asked was limited, met a server in trouble, or was cut off (sockethandshake.h)
};
// script: whose messages were answered. Unclear in SignalR, STOMP and WAMP alone, whose errors may say so.
SocketWord wordIn(const SocketScript &script, const QByteArray &message);

} // namespace cockpit
