#include "models/carrieddecision.h"

#include "models/secretsightings.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Place
{
    QLatin1StringView checkId;
    QLatin1StringView code;
};

// From where most people see it to where fewest do.
constexpr std::array kPlaces{Place{"secrets.tree"_L1, "secret"_L1}, Place{"secrets.history"_L1, "secret"_L1},
                             Place{"secrets.history"_L1, "secret_kept_by_git"_L1},
                             Place{"secrets.history"_L1, "secret_in_git_config"_L1}};
// Of keys of practice accounts.
constexpr std::array kTestPlaces{Place{"secrets.tree"_L1, "test_key"_L1}, Place{"secrets.history"_L1, "test_key"_L1}};

// The nearest of the places before the finding's own about which something was decided.
template<typename Places>
std::optional<Decision> nearest(const Places &places, const Finding &finding,
                                const std::map<QString, Decision> &decisions)
{
    const auto own = std::ranges::find_if(
        places, [&](const Place &place) { return finding.checkId == place.checkId && finding.code == place.code; });
    if (own == places.end())
        return std::nullopt;
    for (auto place = own; place != places.begin();) {
        --place;
        Finding before = finding;
        before.checkId = place->checkId;
        before.code = place->code;
        if (const auto known = decisions.find(before.id()); known != decisions.end())
            return known->second;
    }
    return std::nullopt;
}

} // namespace

std::optional<Decision> carriedDecision(const Finding &finding, const std::map<QString, Decision> &decisions)
{
    if (decisions.empty() || fingerprintIn(finding.subject).isEmpty())
        return std::nullopt;
    auto carried = nearest(kPlaces, finding, decisions);
    if (!carried)
        carried = nearest(kTestPlaces, finding, decisions);
    if (carried)
        carried->findingId = finding.id();
    return carried;
}

} // namespace cockpit
