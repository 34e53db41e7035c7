// ASP.NET Core SignalR: its hub protocol in JSON (dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md). No
// negotiation goes before it: a WebSocket without an "id" is a new connection (TransportProtocols.md, "WebSockets").
// Pure.
#pragma once

#include "checks/access/messagepurpose.h"

namespace cockpit {

constexpr char kSignalRSeparator = '\x1e'; // behind each message

// {"protocol":"json","version":1}, with which each conversation begins.
bool isSignalRHandshake(const QJsonValue &message);
// A method that is invoked subscribes where its name says nothing else ("JoinInvoice"); one that streams ("StreamItem"
// are its answers) also where it speaks of changes. Any other may change something.
MessagePurpose purposeInSignalR(const QJsonValue &message);
// With an id: one without is never answered ("Non-Blocking Invocations").
QJsonValue answeredInSignalR(const QJsonValue &message);
// message: as it came, perhaps several of them; the strongest word counts. Stream: the last that was said asks for a
// stream, which ends for whatever reason. Unclear: an error whose reason the server keeps to itself, or trouble.
enum class HubCall { Once, Stream };
SocketWord wordInSignalR(const QByteArray &message, HubCall call);
HubCall hubCallOf(const QJsonValue &message);

} // namespace cockpit
