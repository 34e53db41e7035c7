// The outermost layer of TLS (RFC 5246 section 6.2), as far as hellos of our own need it.
#pragma once

#include "checks/net/bytereader.h"

namespace cockpit {

inline constexpr int kAlertRecord = 21;
inline constexpr int kHandshakeRecord = 22;
inline constexpr qsizetype kRecordHeader = 5;
inline constexpr qsizetype kLongestRecord = 16384 + 2048; // section 6.2.3

struct TlsAlert
{
    int level = 0;
    int description = 0;
    bool isCut = false; // shorter than an alert

    // "I do not know that name" comes as a warning, and the handshake goes on; the farewell is one as well.
    bool endsTheHandshake() const
    {
        constexpr int kWarning = 1;
        constexpr int kCloseNotify = 0;
        return level != kWarning || description == kCloseNotify;
    }
};

inline TlsAlert readAlert(QByteArrayView record)
{
    ByteReader reader(record);
    TlsAlert alert;
    alert.level = reader.number(1);
    alert.description = reader.number(1);
    alert.isCut = reader.isBroken();
    return alert;
}

} // namespace cockpit
