#include "checks/access/backendpages.h"

#include "checks/net/httpclient.h"
#include "checks/web/address.h"
#include "checks/web/bundle.h"
#include "checks/web/obstacle.h"

#include <algorithm>

namespace cockpit {

namespace {

bool hasPages(const Host &host)
{
    return host.role != HostRole::Mail && host.role != HostRole::Api;
}

// Null where its page did not answer, or stands behind something.
std::shared_ptr<const Result<Bundle>> bundleAt(const Look &look, const Host &host)
{
    if (look.seen.isOver())
        return nullptr;
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(host)});
    return !*walk || obstacleIn((*walk)->last) ? nullptr : bundleOf((*walk)->last, look.seen);
}

} // namespace

std::vector<QByteArray> codeOfPages(const Look &look)
{
    std::vector<QByteArray> files;
    for (const Host &host : look.target.hosts) {
        const auto bundle = hasPages(host) ? bundleAt(look, host) : nullptr;
        for (const BundleFile &file : bundle &&*bundle ? (*bundle)->files : std::vector<BundleFile>())
            files.push_back(file.code);
    }
    return files;
}

bool readAllPages(const Look &look)
{
    return std::ranges::all_of(look.target.hosts, [&](const Host &host) {
        if (!hasPages(host))
            return true;
        const auto bundle = bundleAt(look, host);
        return bundle && *bundle && (*bundle)->skipped == (*bundle)->skippedMaps;
    });
}

} // namespace cockpit
