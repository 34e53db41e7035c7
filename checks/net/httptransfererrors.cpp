// libcurl's error codes as sentences that say who was asked, where, and what happened.
#include "checks/net/httptransfer.h"

#include "checks/net/route.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

QString seconds(std::chrono::milliseconds duration)
{
    return QString::number(static_cast<double>(duration.count()) / 1000.0, 'g', 3);
}

QString handshakeFailed(const QString &host, int port)
{
    return Text::tr("No encrypted connection to %1 on port %2: the TLS handshake failed.")
        .arg(host, QString::number(port));
}

} // namespace

QString HttpTransfer::tried() const
{
    QStringList all;
    for (const SocketAddress &address : m_addresses)
        all += address.toString();
    return Text::tr("tried %1").arg(all.join(u", "_s));
}

// libcurl gives up by itself on a header line over 100 KB, and calls that "out of memory".
bool HttpTransfer::isFlood(CURLcode code) const
{
    return m_head.isFlooded() || (code == CURLE_OUT_OF_MEMORY && !m_head.isComplete());
}

// libcurl tells the failure of the last address alone. Where that is one of a family which this network does not have,
// the others said no.
bool HttpTransfer::hasNoRoute() const
{
    long number = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_OS_ERRNO, &number);
    if (number != ENETUNREACH && number != EHOSTUNREACH)
        return false;
    const auto isV6 = [](const SocketAddress &address) { return address.ip.contains(u':'); };
    const bool isOneFamily = std::ranges::all_of(m_addresses, isV6) || std::ranges::none_of(m_addresses, isV6);
    return isOneFamily || std::ranges::none_of(m_addresses, hasRouteTo);
}

Error HttpTransfer::errorFor(CURLcode code) const
{
    const QString detail =
        QString::fromLocal8Bit(m_curlWords[0] ? m_curlWords.data() : curl_easy_strerror(code)) + u"; "_s + tried();
    const auto error = [&](ErrorKind kind, const QString &sentence) {
        return Error{kind, sentence.arg(m_host, QString::number(m_port)), detail};
    };
    if (isFlood(code))
        return error(ErrorKind::TooLarge,
                     Text::tr("%1 on port %2 sent more header lines than any honest server does."));
    switch (static_cast<int>(code)) {
    case CURLE_OPERATION_TIMEDOUT:
        if (m_limits.left < m_limits.operation)
            return error(ErrorKind::TimedOut, Text::tr("The run's time was over before %1 answered on port %2."));
        if (m_head.status() != 0) {
            return error(ErrorKind::TimedOut, Text::tr("%1 began to answer on port %2 but did not finish within %3 s.")
                                                  .replace("%3"_L1, seconds(m_limits.operation)));
        }
        return error(
            ErrorKind::TimedOut,
            Text::tr("%1 did not answer on port %2 within %3 s.").replace("%3"_L1, seconds(m_limits.operation)));
    case CURLE_COULDNT_CONNECT:
        if (hasNoRoute())
            return error(ErrorKind::NoRoute, Text::tr("There is no way to %1 (port %2) from this network."));
        return error(ErrorKind::Unreachable, Text::tr("%1 refused the connection on port %2."));
    case CURLE_PEER_FAILED_VERIFICATION:
        if (m_question.trustedOnly)
            return error(ErrorKind::Protocol,
                         Text::tr("The certificate that %1 shows on port %2 is not good for it, so "
                                  "nothing was sent there."));
        [[fallthrough]];
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
        return Error{ErrorKind::Protocol, handshakeFailed(m_host, m_port), detail};
    case CURLE_BAD_CONTENT_ENCODING:
        return error(ErrorKind::Protocol, Text::tr("%1 on port %2 sent a page whose compression is broken."));
    case CURLE_ABORTED_BY_CALLBACK: // it would have been sent a second time
    case CURLE_GOT_NOTHING:
        return error(ErrorKind::Protocol, Text::tr("%1 on port %2 closed the connection without an answer."));
    case CURLE_PARTIAL_FILE:
        return error(ErrorKind::Protocol,
                     Text::tr("%1 on port %2 closed the connection before the answer was complete."));
    case CURLE_URL_MALFORMAT:
        return error(ErrorKind::BadInput, Text::tr("The address for %1 (port %2) cannot be asked for."));
    default: // libcurl's list is longer and grows: all the rest is an answer that is not HTTP
        return error(ErrorKind::Protocol, Text::tr("The answer of %1 on port %2 is not valid HTTP."));
    }
}

} // namespace cockpit
