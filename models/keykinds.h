// What is known of a kind of key by the rule that recognises it (resources/rules/secrets/*.json): whose it is, and
// where one replaces it. The rules themselves belong to the checks; this is what people read of them.
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace cockpit {

struct RecognisedKey
{
    QString name;    // "Stripe secret key (live)"
    QString service; // "Stripe"
    QUrl rotate;     // HTTPS; empty: there is no such page
};

// Empty for a rule that this program does not know. Any thread.
std::optional<RecognisedKey> keyKindOf(const QString &rule);

// The service that a name begins with, as people write settings: "STRIPE_SECRET_KEY" is Stripe's. Empty: none.
QString serviceNamedIn(const QString &name);

// Where a key of this rule is replaced, or else one of this service; empty: not known.
QUrl rotationPage(const QString &rule, const QString &service);

} // namespace cockpit
