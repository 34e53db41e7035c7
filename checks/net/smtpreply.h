// What a mail server says: replies of one or more lines that begin with the same three digits (RFC 5321 section 4.2).
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

// RFC 5321 section 4.5.3.1.5 allows 512 bytes a line; some servers say more in their greeting.
constexpr qsizetype kSmtpLineCap = 2048;
// EHLO of the most talkative servers has about twenty.
constexpr qsizetype kSmtpLinesCap = 100;

struct SmtpReply
{
    int code = 0;      // 0: was not asked for
    QStringList lines; // without codes, printable ASCII

    bool isPositive() const { return code >= 200 && code < 400; }
    // "Not now" (section 4.2.1): greylisting, load, too many connections.
    bool isTransient() const { return code >= 400 && code < 500; }
    QString text() const; // "450 try again later"

    bool operator==(const SmtpReply &) const = default;
};

enum class SmtpReplyState { Complete, NeedMore, NotSmtp, TooLong };

struct SmtpReplyRead
{
    SmtpReplyState state = SmtpReplyState::NeedMore;
    SmtpReply reply = {};   // when Complete
    qsizetype consumed = 0; // bytes of it
};

// The first reply in these bytes. Lines may end with a bare line feed; the last line's code counts.
SmtpReplyRead readSmtpReply(const QByteArray &bytes);

// The extensions that an answer to EHLO announces (section 4.1.1.1): first words, upper case. The first line greets.
QStringList smtpExtensions(const SmtpReply &ehlo);

} // namespace cockpit
