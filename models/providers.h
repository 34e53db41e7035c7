// Companies that a domain may rest on, and by what they are recognised (resources/providers.json).
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class ProviderKind { Dns, Edge, Hosting, MailIn, MailOut, Service };
QString toWord(ProviderKind kind);
std::optional<ProviderKind> providerKindFromWord(QStringView word);
QString labelOf(ProviderKind kind); // "DNS", "Incoming mail"

struct HeaderMark
{
    QString name;  // lower case
    QString value; // contained in the header's value, case aside; empty: its presence is enough

    bool operator==(const HeaderMark &) const = default;
};

// Patterns of host names stand for the name itself and everything below it; a '*' is any run of characters without a
// dot. Patterns of cookies and TXT records match from the start to the end, with '*' for anything.
struct Provider
{
    QString id;
    QString name;
    std::vector<ProviderKind> kinds; // first what it is known for
    QStringList ns;
    QStringList cname;
    QStringList addresses; // blocks (models/ipnetwork.h)
    std::vector<HeaderMark> headers;
    QStringList cookies;
    QStringList mx;
    QStringList spf;   // domains of include: and redirect=
    QStringList txt;   // at the apex
    QStringList pages; // texts that pages made there carry, letter for letter
    // What the marks must take and must leave: "header server: cloudflare", "cname x.fly.dev", "page <meta …>" (a
    // test).
    QStringList takes;
    QStringList leaves;

    bool is(ProviderKind kind) const;
    bool operator==(const Provider &) const = default;
};

// BadInput names the entry and what is wrong with it: unknown fields and kinds, ids used twice, bad address blocks.
[[nodiscard]] Result<std::vector<Provider>> parseProviders(const QByteArray &json);

// Those that come with the program, in the order of the file. Any thread.
const std::vector<Provider> &knownProviders();

bool matchesHost(const QStringList &patterns, const QString &hostName);
bool matchesAddress(const QStringList &blocks, const QString &ip);
bool matchesText(const QStringList &patterns, const QString &text);
bool matchesHeader(const HeaderMark &mark, const QString &name, const QString &value);
bool matchesPage(const QStringList &marks, const QByteArray &page);

} // namespace cockpit
