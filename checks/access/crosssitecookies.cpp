#include "checks/access/crosssitecookies.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool goesEverywhere(const StoredCookie &cookie)
{
    return cookie.sameSite == SameSite::None;
}

bool isKept(const StoredCookie &cookie)
{
    return cookie.sameSite == SameSite::Lax || cookie.sameSite == SameSite::Strict;
}

// Those that are enough; empty: they are not, or there are none; Unknown without an answer.
std::optional<CrossSiteReach> triedWith(const std::vector<StoredCookie> &cookies, CrossSiteReach reach,
                                        const OpensWith &opens)
{
    if (cookies.empty())
        return std::nullopt;
    const auto opened = opens(cookies);
    if (!opened)
        return CrossSiteReach::Unknown;
    return *opened ? std::optional(reach) : std::nullopt;
}

} // namespace

QString toWord(CrossSiteReach value)
{
    switch (value) {
    case CrossSiteReach::Everywhere:
        return u"everywhere"_s;
    case CrossSiteReach::SomeBrowsers:
        return u"some_browsers"_s;
    case CrossSiteReach::Kept:
        return u"kept"_s;
    case CrossSiteReach::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

CrossSiteReach crossSiteReach(const std::vector<StoredCookie> &sent, const OpensWith &opens)
{
    const auto isKnown = [](const StoredCookie &cookie) { return cookie.sameSite.has_value(); };
    if (sent.empty() || !std::ranges::all_of(sent, isKnown))
        return CrossSiteReach::Unknown;
    if (std::ranges::all_of(sent, isKept))
        return CrossSiteReach::Kept;
    if (std::ranges::all_of(sent, goesEverywhere))
        return CrossSiteReach::Everywhere;
    std::vector<StoredCookie> everywhere;
    std::ranges::copy_if(sent, std::back_inserter(everywhere), goesEverywhere);
    if (const auto reach = triedWith(everywhere, CrossSiteReach::Everywhere, opens))
        return *reach;
    if (std::ranges::none_of(sent, isKept)) // what was missing says no SameSite
        return CrossSiteReach::SomeBrowsers;
    std::vector<StoredCookie> unkept;
    std::ranges::copy_if(sent, std::back_inserter(unkept), std::not_fn(isKept));
    const bool isMore = unkept.size() > everywhere.size();
    const auto reach =
        isMore ? triedWith(unkept, CrossSiteReach::SomeBrowsers, opens) : std::optional<CrossSiteReach>();
    return reach.value_or(CrossSiteReach::Kept);
}

} // namespace cockpit
