#include "checks/net/smtpreply.h"

#include "checks/net/dnsreport.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype kCodeDigits = 3;

// 200 to 599: "1yz" is not part of SMTP.
std::optional<int> codeOf(const QByteArray &line)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (line.size() < kCodeDigits || !std::all_of(line.begin(), line.begin() + kCodeDigits, isDigit))
        return std::nullopt;
    if (line.size() > kCodeDigits && line[kCodeDigits] != ' ' && line[kCodeDigits] != '-')
        return std::nullopt;
    const int code = line.first(kCodeDigits).toInt();
    return code >= 200 && code < 600 ? std::optional(code) : std::nullopt;
}

} // namespace

QString SmtpReply::text() const
{
    const QString words = lines.join(u' ');
    return words.isEmpty() ? QString::number(code) : QString::number(code) + u' ' + words;
}

SmtpReplyRead readSmtpReply(const QByteArray &bytes)
{
    SmtpReplyRead read;
    while (true) {
        const qsizetype end = bytes.indexOf('\n', read.consumed);
        const qsizetype length = (end < 0 ? bytes.size() : end) - read.consumed;
        if (length > kSmtpLineCap || read.reply.lines.size() >= kSmtpLinesCap)
            return {SmtpReplyState::TooLong};
        if (end < 0)
            return {SmtpReplyState::NeedMore};
        QByteArray line = bytes.mid(read.consumed, length);
        if (line.endsWith('\r'))
            line.chop(1);
        const auto code = codeOf(line);
        if (!code)
            return {SmtpReplyState::NotSmtp};
        read.consumed = end + 1;
        read.reply.code = *code;
        read.reply.lines << shownText(line.mid(kCodeDigits + 1));
        if (line.size() == kCodeDigits || line[kCodeDigits] == ' ') {
            read.state = SmtpReplyState::Complete;
            return read;
        }
    }
}

QStringList smtpExtensions(const SmtpReply &ehlo)
{
    QStringList extensions;
    for (qsizetype i = 1; i < ehlo.lines.size(); ++i) {
        const QString word = ehlo.lines[i].trimmed().section(u' ', 0, 0).toUpper();
        if (!word.isEmpty())
            extensions << word;
    }
    return extensions;
}

} // namespace cockpit
