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

} // namespace cockpit
