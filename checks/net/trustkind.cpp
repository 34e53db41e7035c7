#include "checks/net/trustkind.h"

#include "checks/engine/observations.h"
#include "checks/net/certificate.h"
#include "checks/net/certificatefields.h"
#include "checks/net/chainverdict.h"
#include "checks/net/trustroots.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(TrustKind kind)
{
    switch (kind) {
    case TrustKind::Public:
        return u"public"_s;
    case TrustKind::Private:
        return u"private"_s;
    case TrustKind::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

namespace {

// known: null where it is not known which of the system's roots are public. Then a certificate that was logged is taken
// for a public one: nobody else's are.
TrustKind kindOf(const TlsSession &session, X509_STORE *known, X509_STORE *system)
{
    const std::vector<X509Ptr> owned = certificatesFrom(session.chain);
    const std::vector<X509 *> sent = pointersTo(owned);
    if (!sent.empty() && leadsTo(sent, known ? known : system)) {
        const bool isPublic = known || !readFields(session.chain.front().der).scts.empty();
        return isPublic ? TrustKind::Public : TrustKind::Unknown;
    }
    return session.chainStatus == ChainStatus::Incomplete ? TrustKind::Unknown : TrustKind::Private;
}

} // namespace

QString HostTrust::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
}

Result<TrustKind> probe(const HostTrust &question, ProbeContext &context)
{
    const auto session = context.observations.ask(TlsHandshake{question.host, question.port});
    if (!*session)
        return tl::unexpected<Error>(session->error());
    const auto known = context.observations.ask(PublicRoots());
    if (!*known)
        return tl::unexpected<Error>(known->error());
    const auto system = context.observations.ask(TrustRoots{QString()});
    if (!*system)
        return tl::unexpected<Error>(system->error());
    return kindOf(**session, (*known)->get(), (*system)->get());
}

} // namespace cockpit
