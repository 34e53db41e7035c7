#include "checks/mail/testmessage.h"

#include "checks/net/mailsubmission.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TestMessage)
};

constexpr qsizetype kEncodedBytes = 45; // 60 characters of base64, with the marks of the word under 75
constexpr qsizetype kBodyLine = 76;     // RFC 2045 section 6.8

QString withoutControls(QString text)
{
    text.removeIf([](QChar c) { return c < u' ' || c == QChar(0x7f); });
    return text;
}

QString freshToken()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    QString token;
    for (const quint32 word : words)
        token += QString::number(word, 16).rightJustified(8, u'0');
    return token;
}

QByteArray wrappedBase64(const QByteArray &bytes)
{
    const QByteArray base64 = bytes.toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < base64.size(); at += kBodyLine)
        lines += base64.mid(at, kBodyLine) + "\r\n";
    return lines;
}

QString bodyText(const QString &domain, const QString &token)
{
    return Text::tr(
               "This is a test message of %1, sent by Launch Cockpit to see that its mail arrives and is believed.\n"
               "\n"
               "Open its original (\"Show original\", \"View source\"), copy all of it, and paste it on the page "
               "\"A message\".\n"
               "\n"
               "Its mark is %2.\n")
        .arg(domain, token);
}

} // namespace

QByteArray encodedHeaderText(const QString &text)
{
    const QString plain = withoutControls(text);
    if (std::ranges::all_of(plain, [](QChar c) { return c.unicode() < 0x7f; }))
        return plain.toLatin1();
    QByteArrayList words;
    QByteArray piece;
    // By whole characters: an encoded word must not end inside one (RFC 2047 section 5).
    for (const char32_t letter : plain.toUcs4()) {
        const QByteArray bytes = QString::fromUcs4(&letter, 1).toUtf8();
        if (piece.size() + bytes.size() > kEncodedBytes)
            words << "=?UTF-8?B?" + std::exchange(piece, {}).toBase64() + "?=";
        piece += bytes;
    }
    words << "=?UTF-8?B?" + piece.toBase64() + "?=";
    return words.join("\r\n ");
}

QByteArray composeTestMessage(const DeliverySetup &setup, const QString &token, const QDateTime &now)
{
    const QString from = withoutControls(setup.from);
    const QString domain = from.mid(from.lastIndexOf(u'@') + 1);
    const QString date = QLocale::c().toString(now.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss"_s) + u" +0000"_s;
    QByteArray message;
    message += "From: <" + from.toUtf8() + ">\r\n";
    message += "To: <" + withoutControls(setup.to).toUtf8() + ">\r\n";
    message += "Subject: " + encodedHeaderText(Text::tr("Test message of %1").arg(domain)) + "\r\n";
    message += "Date: " + date.toLatin1() + "\r\n";
    message += "Message-ID: <" + token.toLatin1() + '@' + domain.toUtf8() + ">\r\n";
    message += "Auto-Submitted: auto-generated\r\n";
    message += QByteArray(kDeliveryTokenField) + ": " + token.toLatin1() + "\r\n";
    message += "MIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\n"
               "\r\n";
    return message + wrappedBase64(bodyText(domain, token).replace(u"\n"_s, u"\r\n"_s).toUtf8());
}

Result<SentMessage> sendTestMessage(const DeliverySetup &setup, const Secret &password, const NetOptions &net,
                                    const CancelToken &token)
{
    Observations seen(net, token, Deadline::in(net.runDeadline), nullptr);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString mark = freshToken();
    return submitMail(setup, password, composeTestMessage(setup, mark, now), seen).map([&](const QString &answer) {
        return SentMessage{now, mark, answer};
    });
}

Result<QString> tryMailAccount(const DeliverySetup &setup, const Secret &password, const NetOptions &net,
                               const CancelToken &token)
{
    Observations seen(net, token, Deadline::in(net.runDeadline), nullptr);
    return signInToSubmission(setup, password, seen).map([&](const QString &) {
        return Text::tr("%1 takes the user name and the password. No message was sent.").arg(setup.host);
    });
}

} // namespace cockpit
