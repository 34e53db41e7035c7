#include "checks/net/libcurl.h"

#include "checks/net/tcpsocket.h"

#include <QtGlobal>

#include <curl/curl.h>

namespace cockpit {

void startLibcurlOnce()
{
    static const CURLcode started = [] {
        ignoreBrokenPipes();
        return curl_global_init(CURL_GLOBAL_DEFAULT);
    }();
    Q_UNUSED(started);
}

} // namespace cockpit
