// An internet message as it came (RFC 5322): header fields untouched, because signatures cover every byte of them.
#pragma once

#include "models/messagestory.h"
#include "models/result.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace cockpit {

constexpr qsizetype kLargestHeader = 1024LL * 1024; // no server takes more

struct MessageField
{
    QByteArray name; // as written
    QByteArray raw;  // the whole field with its folding and the CRLF at its end

    QByteArray value() const;                 // behind the colon, unfolded and trimmed
    bool isNamed(QByteArrayView other) const; // case aside

    bool operator==(const MessageField &) const = default;
};

struct Message
{
    std::vector<MessageField> fields; // in the order of the message
    QByteArray body;                  // with CRLF line ends; empty when there is none

    std::vector<MessageField> named(QByteArrayView name) const;
    std::optional<QByteArray> first(QByteArrayView name) const; // its value
    bool operator==(const Message &) const = default;
};

// Line ends of CR LF, LF or CR are taken alike (pasting changes them) and written as CRLF. BadInput for what is no
// message: no header field, or a line that is none. TooLarge: more than kLargestMessage or kLargestHeader.
[[nodiscard]] Result<Message> parseMessage(const QByteArray &bytes);

// Comments and quoted strings may hold anything, also an address, or a result, that is none.
QByteArray withoutCommentsAndQuotes(const QByteArray &text);

// The addresses in a From or Return-Path field, without names and comments; "<>" gives none.
QStringList addressesIn(const QByteArray &field);

// The domain of the address in a From field ("Acme <a@mail.acme.example>"), lower case, A-labels; empty when there is
// no address, or more than one domain.
QString authorDomain(const QByteArray &from);

} // namespace cockpit
