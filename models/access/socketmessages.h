// The messages of a WebSocket as a sample keeps them (kSocketMessages): where the JSON of one begins, what it says by
// its own words that it is for, and the same made harmless.
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QStringList>

#include <optional>

namespace cockpit {

struct RouteSample;

// A WebSocket is at the address of this sample: what a page says there, or that it was seen to open one and said
// nothing.
bool isSocketSample(const RouteSample &sample);

// The bytes before the JSON of a message of Socket.IO (its protocol, revision 5): of "42[…]", "40/rooms,{…}"; of one
// that is nothing else ("40") all. 0 for others.
qsizetype socketPrefixOf(const QByteArray &message);

// The members by which messages say what they are for ("type", "event", "action", "method", "command" …).
bool isPurposeName(const QString &name);
// What those say at the top of an object, each as it stands; the first text of a list (["join", …]), and the event of a
// list of Phoenix ([join_ref, ref, topic, event, payload]). Empty for what says none.
QStringList purposesOf(const QJsonValue &message);
// In lower case: "joinRoom", "room:join" and "JOIN_ROOM" are "join" and "room", in their order.
QStringList wordsOfPurpose(const QString &purpose);

// Each line by itself, as harmlessBody() makes JSON harmless. Of one that signs in by its own words every value goes
// that is not its purpose, whatever it is called; of STOMP's CONNECT the name and what looks like a key, of WAMP's
// HELLO who it is, of its AUTHENTICATE the signature; a line that is no JSON and speaks of signing in is left out, as
// nothing tells which of its words is the secret. Nothing where a line cannot be made harmless: the others may be
// nothing without it.
std::optional<QByteArray> harmlessMessages(const QByteArray &lines);

} // namespace cockpit
