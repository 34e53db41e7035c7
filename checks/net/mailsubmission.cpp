#include "checks/net/mailsubmission.h"

#include "checks/net/libcurl.h"
#include "checks/net/submission.h"
#include "checks/net/trustroots.h"
#include "models/target.h"

namespace cockpit {

namespace {

Result<QString> talk(const DeliverySetup &setup, const Secret &password, const QByteArray *message, Observations &seen)
{
    if (const QString missing = whatIsMissing(setup); !missing.isEmpty())
        return failure(ErrorKind::BadInput, missing);
    const auto roots = seen.ask(TrustRoots{seen.options().caFile});
    if (!*roots)
        return tl::unexpected(roots->error());
    const auto addresses = seen.ask(HostAddresses{normaliseHostName(setup.host).value_or(QString()), setup.port});
    if (!*addresses)
        return tl::unexpected(addresses->error());
    startLibcurlOnce();
    Submission submission(setup, password, message, **addresses, (*roots)->get(), seen.options());
    return submission.run(seen.token(), seen.deadline());
}

} // namespace

Result<QString> submitMail(const DeliverySetup &setup, const Secret &password, const QByteArray &message,
                           Observations &seen)
{
    return talk(setup, password, &message, seen);
}

Result<QString> signInToSubmission(const DeliverySetup &setup, const Secret &password, Observations &seen)
{
    return talk(setup, password, nullptr, seen);
}

} // namespace cockpit
