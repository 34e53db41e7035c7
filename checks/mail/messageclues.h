// What the header of a message tells about its way, before anything is asked in the DNS. All of it can be forged below
// the lines of the receiver's own server, so each clue says where it comes from.
#pragma once

#include "checks/mail/message.h"

namespace cockpit {

struct MessageClues
{
    QString author;         // the address in From
    QString authorDomain;   // empty when there is no single one
    QString authorProblem;  // then: a sentence
    QString envelopeSender; // empty: a bounce, or not known
    FactSource senderSource = FactSource::Nowhere;
    QString address; // of the server that handed it to the receiver
    FactSource addressSource = FactSource::Nowhere;
    QString helo;        // the name that server gave
    QStringList claims;  // the receiver's own results, each a sentence
    QStringList remarks; // each a sentence

    bool operator==(const MessageClues &) const = default;
};

MessageClues cluesIn(const Message &message);

// One Received field (RFC 5321 section 4.4).
struct ReceivedHop
{
    QString from;    // the name in "from", lower case; empty when there is none
    QString address; // the connecting address as the server saw it; empty when it does not say
    QString by;
    bool isSubmission = false; // its author handed it in there, with a password (RFC 3848)

    bool operator==(const ReceivedHop &) const = default;
};
ReceivedHop readReceived(const QByteArray &value);

// The hop at which the message most likely came in from outside: the topmost one with a public address that neither
// stays within one organisation nor is the author's own submission; null when there is none. hops: top first.
const ReceivedHop *entranceAmong(const std::vector<ReceivedHop> &hops);

} // namespace cockpit
