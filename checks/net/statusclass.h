// What a status code says by its class (RFC 9110 section 15).
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

constexpr bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

inline bool isSuccess(const HttpResponse &answer)
{
    return isSuccess(answer.status);
}

} // namespace cockpit
