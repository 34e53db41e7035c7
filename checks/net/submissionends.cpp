// How the conversation ended, in words.
#include "checks/net/submission.h"

#include "models/redactor.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MailSubmission)
};

} // namespace

Result<QString> Submission::ended(CURLcode code) const
{
    if (isInDoubt())
        return QString();
    if (code != CURLE_OK)
        return tl::unexpected(errorFor(code));
    if (!m_message && !m_isSignedIn)
        return tl::unexpected(withoutWayIn());
    return plainText(redact(QString::fromUtf8(m_answer), {m_password}), kLongestAnswer);
}

// What the server refused, by the code that it answered with (RFC 5321 section 4.2, RFC 4954 section 6).
Error Submission::refusal() const
{
    const QString said = plainText(redact(QString::fromUtf8(m_answer), {m_password}), kLongestAnswer);
    if (!m_message) // before it was asked about the password: nothing is known of that
        return {ErrorKind::Protocol, Text::tr("%1 would not go on. It said: %2").arg(m_setup.host, said), said};
    return {ErrorKind::NotPermitted,
            Text::tr("%1 did not take the message from %2 to %3. It said: %4")
                .arg(m_setup.host, m_setup.from, m_setup.to, said),
            said};
}

Error Submission::withoutWayIn() const
{
    return {ErrorKind::Unsupported, Text::tr("%1 takes no password on port %2 in a way that this program knows, so "
                                             "none was given, and nothing can be said about it.")
                                        .arg(m_setup.host, QString::number(m_setup.port))};
}

Error Submission::errorFor(CURLcode code) const
{
    const QString words = QString::fromLocal8Bit(m_curlWords[0] ? m_curlWords.data() : curl_easy_strerror(code));
    const QString detail = redact(words, {m_password});
    const QString host = m_setup.host;
    const QString port = QString::number(m_setup.port);
    if (m_heard > kMostWords)
        return {ErrorKind::TooLarge, Text::tr("%1 sent an answer on port %2 that does not end.").arg(host, port),
                detail};
    switch (static_cast<int>(code)) {
    case CURLE_LOGIN_DENIED:
        if (m_answer.startsWith('4')) // for now alone (RFC 4954 section 6, 454): no word on the password
            return {ErrorKind::Unreachable, Text::tr("%1 cannot check a password at the moment.").arg(host), detail};
        if (m_answer.startsWith("250")) // to EHLO: none of its ways to sign in is one of libcurl's; nothing was asked
            return withoutWayIn();
        return {
            ErrorKind::NotPermitted,
            Text::tr("%1 refused the user name or the password. Some providers want an app password here.").arg(host),
            detail};
    case CURLE_USE_SSL_FAILED:
        return {ErrorKind::Protocol,
                Text::tr("%1 offers no encryption on port %2, so nothing was sent and no password was given.")
                    .arg(host, port),
                detail};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorKind::Protocol,
                Text::tr("The certificate of %1 cannot be trusted, so nothing was sent and no password was given.")
                    .arg(host),
                detail};
    case CURLE_SSL_CONNECT_ERROR:
        return {
            ErrorKind::Protocol,
            Text::tr("No encrypted connection to %1 on port %2. If the port is 587, choose STARTTLS.").arg(host, port),
            detail};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorKind::TimedOut, Text::tr("%1 did not answer in time on port %2.").arg(host, port), detail};
    case CURLE_COULDNT_CONNECT:
        return {ErrorKind::Unreachable, Text::tr("%1 cannot be reached on port %2.").arg(host, port), detail};
    default: // libcurl's list is longer and grows: all the rest is a refusal, or a conversation that is not SMTP
        if (m_answer.startsWith('4') || m_answer.startsWith('5'))
            return refusal();
        return {ErrorKind::Protocol, Text::tr("%1 on port %2 does not speak SMTP as it should.").arg(host, port),
                detail};
    }
}

} // namespace cockpit
