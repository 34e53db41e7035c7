#include "checks/mail/spfsenders.h"

#include "checks/net/dnsreport.h"
#include "models/providers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Spf)
};

constexpr size_t kMostSenders = 12; // more services than any company sends through

// The first address of a network, as text without the prefix.
QString addressIn(const IpNetwork &network)
{
    if (network.isV6)
        return QHostAddress(network.bytes.data()).toString();
    const auto &b = network.bytes;
    return QHostAddress(quint32(b[0]) << 24 | quint32(b[1]) << 16 | quint32(b[2]) << 8 | b[3]).toString();
}

QString firstAddressOf(const SpfTerm &term)
{
    return term.network && term.qualifier == SpfQualifier::Pass ? addressIn(*term.network) : QString();
}

// One address that the record lets in, from the record itself or from what it includes, in its order.
QString addressBelow(const SpfNode &node)
{
    if (!node.parsed)
        return {};
    for (const SpfTerm &term : node.parsed->reachableTerms()) {
        if (QString address = firstAddressOf(term); !address.isEmpty())
            return address;
    }
    for (const SpfNode &child : node.children) {
        if (QString address = addressBelow(child); !address.isEmpty())
            return address;
    }
    return {};
}

QString nameOf(const QString &domain)
{
    const auto provider = std::ranges::find_if(
        knownProviders(), [&](const Provider &p) { return p.spf.contains(domain, Qt::CaseInsensitive); });
    return provider == knownProviders().end() ? shownText(domain.toLatin1(), 80) : provider->name;
}

std::vector<SpfSenderLook> candidatesOf(const SpfNode &root)
{
    std::vector<SpfSenderLook> candidates;
    for (const SpfNode &child : root.children)
        candidates.push_back({nameOf(child.domain), child.via, addressBelow(child), {}});
    for (const SpfTerm &term : root.parsed ? root.parsed->reachableTerms() : std::vector<SpfTerm>())
        candidates.push_back({term.text, term.text, firstAddressOf(term), {}});
    std::erase_if(candidates, [](const SpfSenderLook &look) { return look.address.isEmpty(); });
    candidates.resize(std::min(candidates.size(), kMostSenders));
    return candidates;
}

QString listOf(const QStringList &names)
{
    return QLocale(QLocale::English).createSeparatedList(names);
}

} // namespace

std::vector<SpfSenderLook> lookAtSpfSenders(const SpfTree &tree, const QDateTime &now, Observations &seen)
{
    std::vector<SpfSenderLook> senders = candidatesOf(tree.root);
    const QString domain = tree.root.domain;
    for (SpfSenderLook &sender : senders) {
        const SpfSender mail{QHostAddress(sender.address), u"postmaster@"_s + domain, domain};
        sender.evaluation = evaluateSpf(mail, {}, now, seen);
    }
    return senders;
}

QString sentenceAbout(const std::vector<SpfSenderLook> &senders)
{
    QStringList good;
    QStringList bad;
    for (const SpfSenderLook &sender : senders)
        (sender.passes() ? good : bad) << sender.name;
    good.removeDuplicates();
    bad.removeDuplicates();
    if (bad.isEmpty())
        return {};
    return good.isEmpty() ? Text::tr("Mail through %1 does not pass today.").arg(listOf(bad))
                          : Text::tr("Mail through %1 still passes today; mail through %2 does not.")
                                .arg(listOf(good), listOf(bad));
}

} // namespace cockpit
