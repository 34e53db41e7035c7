#include "checks/mail/message.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Message)
};

QByteArray withCrLf(const QByteArray &bytes)
{
    QByteArray out;
    out.reserve(bytes.size() + bytes.size() / 32);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\r' || bytes[i] == '\n') {
            if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n')
                ++i;
            out += "\r\n";
        } else {
            out += bytes[i];
        }
    }
    return out;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// field-name = 1*(printable US-ASCII but colon) (RFC 5322 section 3.6.8)
bool isFieldName(QByteArrayView name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](char c) { return c > 32 && c < 127 && c != ':'; });
}

// Neither a byte order mark, nor the empty lines of a paste, nor the line that mail stores put in front is part of it.
qsizetype startOfMessage(const QByteArray &text)
{
    qsizetype at = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    while (QByteArrayView(text).sliced(at).startsWith("\r\n"))
        at += 2;
    if (!QByteArrayView(text).sliced(at).startsWith("From "))
        return at;
    const qsizetype end = text.indexOf("\r\n", at);
    return end < 0 ? text.size() : end + 2;
}

// "x <a@b>" or "a@b"
QByteArray bareAddress(const QByteArray &address)
{
    const qsizetype open = address.lastIndexOf('<');
    const qsizetype close = address.indexOf('>', std::max<qsizetype>(open, 0));
    return (open >= 0 ? address.mid(open + 1, close < 0 ? -1 : close - open - 1) : address).trimmed();
}

} // namespace

QByteArray MessageField::value() const
{
    QByteArray text = raw.mid(raw.indexOf(':') + 1);
    text.replace("\r\n", "");
    return text.trimmed();
}

bool MessageField::isNamed(QByteArrayView other) const
{
    return name.compare(other.toByteArray(), Qt::CaseInsensitive) == 0;
}

std::vector<MessageField> Message::named(QByteArrayView name) const
{
    std::vector<MessageField> found;
    std::ranges::copy_if(fields, std::back_inserter(found), [&](const MessageField &f) { return f.isNamed(name); });
    return found;
}

std::optional<QByteArray> Message::first(QByteArrayView name) const
{
    const auto it = std::ranges::find_if(fields, [&](const MessageField &f) { return f.isNamed(name); });
    return it == fields.end() ? std::nullopt : std::optional(it->value());
}

Result<Message> parseMessage(const QByteArray &bytes)
{
    if (bytes.size() > kLargestMessage)
        return failure(ErrorKind::TooLarge, Text::tr("The message is larger than 25 MB."));
    const QByteArray text = withCrLf(bytes);
    Message message;
    qsizetype at = startOfMessage(text);
    while (at < text.size()) {
        qsizetype end = text.indexOf("\r\n", at);
        end = end < 0 ? text.size() : end + 2;
        QByteArray line = text.mid(at, end - at);
        at = end;
        if (line == "\r\n")
            break;
        if (at > kLargestHeader)
            return failure(ErrorKind::TooLarge, Text::tr("The header of the message is larger than 1 MB, which no mail "
                                                         "server takes. Is it a whole mailbox?"));
        if (!line.endsWith("\r\n")) // the end of the text is the end of its last line
            line += "\r\n";
        if (isBlank(line.front()) && !message.fields.empty()) {
            message.fields.back().raw += line;
            continue;
        }
        const QByteArray name = line.left(std::max<qsizetype>(line.indexOf(':'), 0));
        if (!isFieldName(QByteArrayView(name).trimmed()))
            return failure(ErrorKind::BadInput, Text::tr("Line %1 is no header of a message: paste all of the message "
                                                         "as it came (\"Show original\"), from its first line.")
                                                    .arg(message.fields.size() + 1));
        message.fields.push_back({name.trimmed(), line});
    }
    if (message.fields.empty())
        return failure(ErrorKind::BadInput, Text::tr("There is no message in it."));
    message.body = text.mid(at);
    return message;
}

QByteArray withoutCommentsAndQuotes(const QByteArray &text)
{
    QByteArray out;
    int depth = 0;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && (quoted || depth > 0)) {
            ++i;
        } else if (c == '"' && depth == 0) {
            quoted = !quoted;
            out += ' ';
        } else if (!quoted && c == '(') {
            ++depth;
        } else if (!quoted && c == ')' && depth > 0) {
            --depth;
        } else if (!quoted && depth == 0) {
            out += c;
        }
    }
    return out;
}

QStringList addressesIn(const QByteArray &field)
{
    constexpr qsizetype longestRead = 64LL * 1024; // more than any server lets through
    QStringList addresses;
    for (const QByteArray &address : withoutCommentsAndQuotes(field.left(longestRead)).split(',')) {
        if (const QByteArray bare = bareAddress(address); !bare.isEmpty())
            addresses << QString::fromUtf8(bare);
    }
    return addresses;
}

QString authorDomain(const QByteArray &from)
{
    QString domain;
    for (const QString &address : addressesIn(from)) {
        const qsizetype at = address.lastIndexOf(u'@');
        const QString one = at < 0 ? QString() : address.mid(at + 1).trimmed();
        const QString ace = QString::fromLatin1(QUrl::toAce(one)).toLower();
        if (ace.isEmpty() || (!domain.isEmpty() && domain != ace))
            return {};
        domain = ace;
    }
    return domain;
}

} // namespace cockpit
