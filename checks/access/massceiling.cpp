#include "checks/access/masslook.h"
#include "checks/actors/canaryremoval.h"

#include <algorithm>

namespace cockpit {

int massCeiling(std::size_t places)
{
    const auto count = static_cast<int>(std::min(places, kMostMassPlaces));
    constexpr int kUsualFields = 3;
    return kPeopleRequests + count * (kMassPlaceRequests + kUsualFields * kMassFieldRequests);
}

int massCeiling(const std::vector<WritePlace> &places, const std::vector<Route> &routes)
{
    int wider = 0;
    for (std::size_t i = 0; i < std::min(places.size(), kMostMassPlaces); ++i) {
        const auto views = static_cast<int>(widerViewsAtMost(places[i], routes));
        const int look = places[i].kind == WriteKind::Create ? kTrialRequests : 1;
        wider += views > 0 ? views * look + static_cast<int>(kMostWiderFields) * kWiderFieldRequests : 0;
    }
    return massCeiling(places.size()) + wider;
}

} // namespace cockpit
