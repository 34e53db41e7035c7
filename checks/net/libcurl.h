// libcurl as every client here needs it.
#pragma once

namespace cockpit {

// Before the first handle; later calls do nothing. libcurl guards against broken pipes only when it may touch signals,
// which a threaded program must not let it do.
void startLibcurlOnce();

} // namespace cockpit
