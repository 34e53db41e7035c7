#include "checks/mail/messageclues.h"

#include "checks/net/addressspace.h"
#include "models/redactor.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MessageClues)
};

constexpr qsizetype kLongestRead = 4000; // of one field: what no server writes is not searched
constexpr size_t kMostHops = 100;
constexpr int kLongestShown = 200;

QString textOf(const QByteArray &value)
{
    return QString::fromUtf8(value.left(kLongestRead));
}

QString shown(const QString &text)
{
    return plainText(text, kLongestShown);
}

QString firstMatch(const QString &text, const QString &pattern)
{
    const QRegularExpression form(pattern, QRegularExpression::CaseInsensitiveOption);
    return form.match(text).captured(1);
}

QString asAddress(const QString &text)
{
    QHostAddress address;
    return address.setAddress(text) ? address.toString() : QString();
}

// The last one: what the peer calls itself (which may be an address as well) stands before what the server saw.
QString lastAddressIn(const QString &text)
{
    static const QRegularExpression form(
        u"(?<![\\w.:-])(?:IPv6:)?((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-f]{0,4}:[0-9a-f:.]{1,40})(?![\\w.-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    QString found;
    for (auto it = form.globalMatch(text); it.hasNext();) {
        if (const QString address = asAddress(it.next().captured(1)); !address.isEmpty())
            found = address;
    }
    return found;
}

bool staysWithin(const ReceivedHop &hop)
{
    return hop.from.contains(u'.') && hop.by.contains(u'.') && registrableDomain(hop.from) == registrableDomain(hop.by);
}

void readAuthor(const Message &message, MessageClues &clues)
{
    const std::vector<MessageField> fields = message.named("From");
    if (fields.empty()) {
        clues.authorProblem = Text::tr("It has no From line, so there is no author whose domain could be checked. Mail "
                                       "servers refuse such messages.");
        return;
    }
    const QStringList addresses = addressesIn(fields.front().value());
    clues.author = shown(addresses.isEmpty() ? textOf(fields.front().value()) : addresses.join(u", "_s));
    if (fields.size() > 1) {
        clues.authorProblem = Text::tr("It has %n From lines. A reader's program shows one of them and a filter may "
                                       "check another, so large receivers refuse such messages.",
                                       nullptr, static_cast<int>(fields.size()));
        return;
    }
    clues.authorDomain = authorDomain(fields.front().value());
    if (clues.authorDomain.isEmpty() && addresses.size() > 1)
        clues.authorProblem =
            Text::tr("Its From line names authors of several domains. Receivers cannot check that and "
                     "mostly refuse it.");
    else if (clues.authorDomain.isEmpty())
        clues.authorProblem = Text::tr("Its From line holds no usable address.");
    else if (addresses.size() > 1)
        clues.remarks << Text::tr("Its From line names %n authors of one domain.", nullptr,
                                  static_cast<int>(addresses.size()));
}

QStringList resultsIn(const QString &field)
{
    QStringList results;
    for (const auto &[method, name] :
         {std::pair(u"spf"_s, u"SPF"_s), {u"dkim"_s, u"DKIM"_s}, {u"dmarc"_s, u"DMARC"_s}}) {
        const QString result = firstMatch(field, u"\\b%1\\s*=\\s*([a-z]+)"_s.arg(method));
        if (!result.isEmpty())
            results << u"%1 %2"_s.arg(name, result.toLower());
    }
    return results;
}

// RFC 8601, and the older Received-SPF of RFC 7208 section 9.1. Only the topmost of each: it is the receiver's own.
void readClaims(const Message &message, MessageClues &clues, QString &claimedAddress)
{
    const QString results = textOf(message.first("Authentication-Results").value_or(QByteArray()));
    const QString spf = textOf(message.first("Received-SPF").value_or(QByteArray()));
    if (const QStringList said = resultsIn(results); !said.isEmpty()) {
        const QString server = shown(results.section(u';', 0, 0).simplified().section(u' ', 0, 0));
        clues.claims << Text::tr("Claimed by the receiver (%1): %2.").arg(server, said.join(u", "_s));
    }
    if (const QString word = firstMatch(spf, u"^\\s*([a-z]+)"_s); !word.isEmpty())
        clues.claims << Text::tr("Claimed by the receiver in Received-SPF: %1.").arg(word.toLower());
    claimedAddress = asAddress(firstMatch(spf, u"client-ip\\s*=\\s*\"?([0-9a-f:.]+)"_s));
    if (claimedAddress.isEmpty())
        claimedAddress = asAddress(firstMatch(results, u"(?:designates|sender IP is)\\s+([0-9a-f:.]+)"_s));
    const QString sender = firstMatch(spf, u"envelope-from\\s*=\\s*\"?<?([^\\s\";<>]+)"_s);
    if (clues.senderSource != FactSource::Nowhere)
        return;
    clues.envelopeSender =
        shown(sender.isEmpty() ? firstMatch(results, u"smtp\\.mailfrom\\s*=\\s*\"?<?([^\\s\";<>]+)"_s) : sender);
    if (!clues.envelopeSender.isEmpty())
        clues.senderSource = FactSource::Claimed;
}

// The last server writes the envelope's sender on top (RFC 5321 section 4.4).
void readReturnPath(const Message &message, MessageClues &clues)
{
    const std::vector<MessageField> fields = message.named("Return-Path");
    if (fields.size() > 1)
        clues.remarks << Text::tr("It has several Return-Path lines; the topmost counts.");
    if (fields.empty())
        return;
    clues.envelopeSender = shown(addressesIn(fields.front().value()).value(0));
    clues.senderSource = FactSource::Claimed;
}

// What the receiver says of itself goes first, if a server on the way wrote down the same address.
void readWay(const Message &message, const QString &claimedAddress, MessageClues &clues)
{
    std::vector<ReceivedHop> hops;
    for (const MessageField &field : message.named("Received")) {
        if (hops.size() < kMostHops)
            hops.push_back(readReceived(field.value()));
    }
    const auto claimed = std::ranges::find(hops, claimedAddress, &ReceivedHop::address);
    const bool isWritten = !claimedAddress.isEmpty() && claimed != hops.end();
    const ReceivedHop *entrance = isWritten ? &*claimed : entranceAmong(hops);
    if (entrance) {
        clues.address = entrance->address;
        clues.helo = shown(entrance->from);
        clues.addressSource = isWritten ? FactSource::Claimed : FactSource::Guessed;
    } else if (!claimedAddress.isEmpty()) {
        clues.address = claimedAddress;
        clues.addressSource = FactSource::Claimed;
    }
}

void readOddities(const Message &message, MessageClues &clues)
{
    const auto lostBlanks = [](const MessageField &f) { return f.name.contains('=') || f.name.contains(';'); };
    if (std::ranges::any_of(message.fields, lostBlanks))
        clues.remarks << Text::tr("Long header lines have lost the blanks with which they go on in the next line. A "
                                  "program did that while copying: save the message as a file and open that.");
    const auto is8Bit = [](const MessageField &f) {
        return std::ranges::any_of(f.raw, [](char c) { return static_cast<unsigned char>(c) > 127; });
    };
    if (std::ranges::any_of(message.fields, is8Bit))
        clues.remarks << Text::tr("Its header has letters outside of ASCII as they are. Servers that do not know them "
                                  "(SMTPUTF8) rewrite or refuse them.");
}

} // namespace

ReceivedHop readReceived(const QByteArray &value)
{
    const QString text = textOf(value).simplified();
    ReceivedHop hop;
    const qsizetype by =
        text.startsWith("by "_L1, Qt::CaseInsensitive) ? 0 : text.indexOf(" by "_L1, 0, Qt::CaseInsensitive);
    const QString from = text.left(by < 0 ? text.size() : by);
    hop.from = firstMatch(from, u"^from\\s+([^\\s;()]+)"_s).toLower();
    hop.address = lastAddressIn(from);
    const QString rest = by < 0 ? QString() : text.mid(by);
    hop.by = firstMatch(rest, u"^\\s*by\\s+([^\\s;()]+)"_s).toLower();
    static const QRegularExpression submission(u"\\bwith\\s+(?:ESMTPA|ESMTPSA|UTF8SMTPA|UTF8SMTPSA|LMTPA|LMTPSA)\\b"_s,
                                               QRegularExpression::CaseInsensitiveOption);
    hop.isSubmission = submission.match(rest).hasMatch();
    return hop;
}

const ReceivedHop *entranceAmong(const std::vector<ReceivedHop> &hops)
{
    const ReceivedHop *within = nullptr;
    for (const ReceivedHop &hop : hops) {
        if (hop.address.isEmpty() || isPrivateAddress(hop.address) || hop.isSubmission)
            continue;
        if (!staysWithin(hop))
            return &hop;
        if (!within)
            within = &hop;
    }
    return within;
}

MessageClues cluesIn(const Message &message)
{
    MessageClues clues;
    readAuthor(message, clues);
    readReturnPath(message, clues);
    QString claimedAddress;
    readClaims(message, clues, claimedAddress);
    readWay(message, claimedAddress, clues);
    readOddities(message, clues);
    return clues;
}

} // namespace cockpit
