#include "checks/net/httpseries.h"

#include "checks/engine/observations.h"
#include "checks/net/addressspace.h"
#include "checks/net/dnsclient.h"
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
    Q_DECLARE_TR_FUNCTIONS(HttpSeries)
};

constexpr int kMostFailuresInARow = 3;

// A server in trouble says so quickly or slowly; neither is how fast its pages are.
bool isTroubled(const HttpResponse &response)
{
    return response.status == 429 || response.status >= 500;
}

// Both families are asked for at once, so that the slower one counts. From memory: HostAddresses has asked.
std::optional<std::chrono::milliseconds> nameTimeOf(const QString &host, std::uint16_t port, ProbeContext &context)
{
    if (context.options.connectOverrideFor(host, port) || isIpAddress(host))
        return std::nullopt;
    std::vector<DnsLookup> questions(2);
    questions[0].name = questions[1].name = host;
    questions[1].type = RrType::Aaaa;
    std::optional<std::chrono::milliseconds> longest;
    for (const auto &answer : context.observations.askAll(questions)) {
        if (*answer)
            longest = std::max(longest.value_or(std::chrono::milliseconds(0)), (*answer)->elapsed);
    }
    return longest;
}

class Series
{
public:
    Series(const HttpSeries &question, const std::vector<SocketAddress> &addresses, X509_STORE *roots,
           ProbeContext &context)
        : m_question(question),
          m_addresses(addresses),
          m_end(Deadline::in(question.atMost)),
          m_context(context),
          m_batch(context, roots)
    {
        m_seen.samples.reserve(static_cast<std::size_t>(question.count));
    }

    Result<HttpSeries::Seen> run()
    {
        int inARow = 0;
        for (int i = 0; i < m_question.count && mayGoOn(i, inARow); ++i) {
            m_batch.add(HttpGet{.url = m_question.url, .repetition = i}, m_addresses);
            Result<HttpResponse> answer = std::move(m_batch.run().front());
            if (!answer && answer.error().kind == ErrorKind::Cancelled)
                return tl::unexpected<Error>(answer.error());
            inARow = take(std::move(answer)) ? 0 : inARow + 1;
        }
        if (m_seen.samples.empty())
            return tl::unexpected<Error>(m_lastError);
        return std::move(m_seen);
    }

private:
    bool mayGoOn(int asked, int failuresInARow) const
    {
        const bool isOver = m_end.hasPassed() || m_context.deadline.hasPassed();
        return asked == 0 || (failuresInARow < kMostFailuresInARow && !isOver);
    }

    bool take(Result<HttpResponse> answer)
    {
        if (answer && !isTroubled(*answer)) {
            m_seen.samples.push_back(std::move(*answer));
            return true;
        }
        ++m_seen.failures;
        m_lastError = answer ? Error{ErrorKind::Protocol,
                                     Text::tr("%1 answered with status %2.")
                                         .arg(m_question.url.toDisplayString(), QString::number(answer->status))}
                             : answer.error();
        return false;
    }

    const HttpSeries &m_question;
    const std::vector<SocketAddress> &m_addresses;
    const Deadline m_end;
    ProbeContext &m_context;
    HttpBatch m_batch;
    HttpSeries::Seen m_seen;
    Error m_lastError;
};

} // namespace

QString HttpSeries::key() const
{
    return u"%1 x%2"_s.arg(HttpGet{.url = url}.key(), QString::number(count));
}

Result<HttpSeries::Seen> probe(const HttpSeries &question, ProbeContext &context)
{
    const QString host = hostOf(question.url);
    const auto port = portOf(question.url);
    const auto roots = context.observations.ask(TrustRoots{context.options.caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    const auto addresses = context.observations.ask(HostAddresses{host, port});
    if (!*addresses)
        return tl::unexpected<Error>(addresses->error());
    auto seen = Series(question, **addresses, (*roots)->get(), context).run();
    if (seen)
        seen->nameTime = nameTimeOf(host, port, context);
    return seen;
}

} // namespace cockpit
