#include "checks/net/chainat.h"

#include "checks/engine/observations.h"
#include "checks/net/certificate.h"
#include "checks/net/chainverdict.h"
#include "checks/net/trustroots.h"

namespace cockpit {

using namespace Qt::StringLiterals;

QString ChainAt::key() const
{
    return u"%1|%2|%3"_s.arg(host.toLower(), QString::number(port), QString::number(time.toSecsSinceEpoch()));
}

Result<ChainStatus> probe(const ChainAt &question, ProbeContext &context)
{
    const auto session = context.observations.ask(TlsHandshake{question.host, question.port});
    if (!*session)
        return tl::unexpected<Error>(session->error());
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    const std::vector<X509Ptr> owned = certificatesFrom((*session)->chain);
    const std::vector<X509 *> sent = pointersTo(owned);
    return sent.empty() ? (*session)->chainStatus : judgeChain(sent, (*roots)->get(), question.time).status;
}

} // namespace cockpit
