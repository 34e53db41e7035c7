#include "checks/access/stagingaccount.h"

#include "models/target.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

bool isStagingHost(const QString &host)
{
    static const QRegularExpression words(
        u"(?:^|[-_.0-9])(?:staging|stage|stg|test|testing|qa|uat|preprod|pre-prod|preproduction|sandbox|preview|dev|"
        u"develop|development|nightly|canary|demo|integration)(?:$|[-_.0-9])"_s);
    const QString registrable = registrableDomain(host);
    const QString own = host == registrable ? QString() : host.chopped(registrable.size() + 1);
    return words.match(own).hasMatch();
}

bool isOfStaging(const TestActor &actor)
{
    const QStringList hosts = signInHosts(actor);
    return std::ranges::any_of(hosts, isStagingHost);
}

} // namespace cockpit
