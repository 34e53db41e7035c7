#include "checks/actors/tellinganswer.h"

#include "checks/web/obstacle.h"

namespace cockpit {

bool tellsWhatIsThere(const std::optional<HttpResponse> &answer)
{
    if (!answer || answer->status == 0 || answer->bodyTruncated)
        return false;
    const auto obstacle = obstacleIn(*answer);
    return !obstacle || *obstacle == Obstacle::Refused;
}

} // namespace cockpit
