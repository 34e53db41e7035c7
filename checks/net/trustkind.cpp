#include "checks/net/trustkind.h"

#include "checks/engine/observations.h"
#include "checks/net/chainverdict.h"
#include "checks/net/trustroots.h"
#include "checks/net/x509bytes.h"

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

QString HostTrust::key() const
{
    return u"%1|%2"_s.arg(host.toLower()).arg(port);
}

Result<TrustKind> probe(const HostTrust &question, ProbeContext &context)
{
    const auto session = context.observations.ask(TlsHandshake{question.host, question.port});
    if (!*session)
        return tl::unexpected<Error>(session->error());
    const auto roots = context.observations.ask(TrustRoots{QString()}); // the system's alone
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    std::vector<X509Ptr> owned;
    owned.reserve((*session)->chain.size());
    for (const Certificate &certificate : (*session)->chain) {
        if (X509Ptr x509 = x509From(certificate.der))
            owned.push_back(std::move(x509));
    }
    std::vector<X509 *> sent;
    sent.reserve(owned.size());
    for (const X509Ptr &x509 : owned)
        sent.push_back(x509.get());
    if (!sent.empty() && leadsTo(sent, (*roots)->get()))
        return TrustKind::Public;
    return (*session)->chainStatus == ChainStatus::Incomplete ? TrustKind::Unknown : TrustKind::Private;
}

} // namespace cockpit
