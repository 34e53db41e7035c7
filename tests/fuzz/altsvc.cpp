// Alt-Svc: other doors that a server announces.
#include "fuzz/fuzz.h"

#include "checks/web/altservices.h"

#include <QByteArrayList>

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArrayList lines = inputOf(bytes, size).split('\n');
    const AltServices all = parseAltServices({lines.begin(), lines.end()});
    promise(all.services.size() <= kMostAltServices, "no more than allowed");
    promise(!all.clears || all.services.empty(), "nothing counts beside clear");
    for (const AltService &service : all.services) {
        promise(!service.protocol.isEmpty(), "a service has a protocol");
        promise(service.port >= 1 && service.port <= 65535, "a port is one");
        promise(service.maxAge >= 0, "a life is not negative");
        promise(!service.host.contains(u'/') && !service.host.contains(u' '), "a host is a name or an address");
    }
    return 0;
}
