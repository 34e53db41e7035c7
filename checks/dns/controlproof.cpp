#include "checks/dns/controlproof.h"

#include "models/hostname.h"
#include "models/publicsuffix.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ControlProof)
};

bool isReserved(const QString &domain)
{
    static const QStringList names{u"example.com"_s, u"example.net"_s, u"example.org"_s, u"test"_s,
                                   u"localhost"_s,   u"example"_s,     u"invalid"_s};
    return hostname::isLoopback(domain) ||
           std::ranges::any_of(names, [&](const QString &name) { return isWithin(domain, name); });
}

} // namespace

NetOptions asEverybodyAsks(NetOptions options, const QString &domain)
{
    if (isReserved(domain))
        return options;
    options.connects.clear();
    options.resolvers.clear();
    options.caFile.clear();
    return options;
}

bool isTokenAlone(const QByteArray &text, const QString &token)
{
    return !text.trimmed().contains('\n') && publishesToken(text, token);
}

Result<ControlLook> lookForControl(ControlMethod method, const Target &target, const QString &token,
                                   const NetOptions &options, const CancelToken &cancel)
{
    Observations seen(asEverybodyAsks(options, target.domain), cancel, Deadline::in(options.runDeadline), nullptr);
    // Below such a name everybody has one of their own: the proof would cover strangers.
    if (method != ControlMethod::Loopback && isPublicSuffix(target.domain))
        return failure(
            ErrorKind::NotPermitted,
            Text::tr("%1 belongs to everybody who has a name below it, so nobody can prove that it is theirs "
                     "alone. Use the address of your own product.")
                .arg(target.domain));
    switch (method) {
    case ControlMethod::TxtRecord:
        return lookForControlRecord(target.domain, token, seen);
    case ControlMethod::WellKnownFile:
        return lookForControlFile(target, token, seen);
    case ControlMethod::Loopback:
        return failure(ErrorKind::BadInput, Text::tr("What runs on this computer needs no proof."));
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
