// HTTP Archives.
#include "fuzz/routes.h"

#include <QJsonDocument>

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    look(routesOfHttpArchive(QJsonDocument::fromJson(inputOf(bytes, size)).object()).routes, kMostReadRoutes);
    return 0;
}
