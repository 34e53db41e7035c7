// A look at the beginning of a file.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

constexpr qint64 kFirstBytes = 4096;

// The first bytes are proof enough, and nothing is downloaded: bytes=0-4095.
inline HttpGet firstBytesOf(const QUrl &url)
{
    return {
        .url = url, .headers = {{"Range", "bytes=0-" + QByteArray::number(kFirstBytes - 1)}}, .bodyCap = kFirstBytes};
}

// Something was handed out: 206 is a 200 to our Range.
inline bool isHandedOut(int status)
{
    return status == 200 || status == 206;
}

} // namespace cockpit
