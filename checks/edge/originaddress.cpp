#include "checks/edge/originaddress.h"

#include "checks/engine/observations.h"
#include "checks/net/addressspace.h"
#include "checks/net/httpbatch.h"
#include "checks/net/trustroots.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OriginAddress)
};

} // namespace

QString OriginGet::key() const
{
    return address + u' ' + url.toString(QUrl::FullyEncoded);
}

Result<OriginAnswer> probe(const OriginGet &question, ProbeContext &context)
{
    const auto port = portOf(question.url);
    const auto elsewhere = context.options.connectOverrideFor(question.address, port);
    if (!elsewhere && isPrivateAddress(question.address))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is an address inside a network, and was not asked.").arg(question.address));
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    NetOptions options = context.options;
    options.operationTimeout = std::min(options.operationTimeout, kOriginPatience);
    HostGate gate(1); // of this address: a silent one must not hold up what is asked of the host itself
    ProbeContext here{options, context.token, context.deadline, context.observations, gate, context.budget};
    HttpBatch batch(here, (*roots)->get());
    batch.add(HttpGet{question.url}, {elsewhere.value_or(SocketAddress{question.address, port})});
    OriginAnswer answer{std::move(batch.run().front()), batch.opened().front()};
    if (!answer.response && answer.response.error().kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(answer.response.error());
    if (!answer.response && answer.wasOpen == false && context.deadline.hasPassed())
        answer.wasOpen.reset();
    return answer;
}

} // namespace cockpit
