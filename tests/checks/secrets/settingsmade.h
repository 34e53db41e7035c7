// Settings as readers leave them, made by hand, for tests of judges.
#pragma once

#include "checks/secrets/settings/readsettings.h"

namespace cockpit::test {

inline env::Setting setting(const QString &name, std::optional<Environment> environment, const QByteArray &print = "1",
                            bool isSecret = true)
{
    env::Setting made;
    made.name = name;
    made.environment = environment;
    made.file = environment ? toWord(*environment) + QStringLiteral(".env") : QStringLiteral("ci.yml");
    made.line = 3;
    made.isSecret = isSecret;
    made.fingerprint = print;
    return made;
}

inline env::Setting inState(env::Setting made, env::ValueState state)
{
    made.state = state;
    if (state != env::ValueState::Set)
        made.fingerprint.clear();
    return made;
}

inline env::Setting inMode(env::Setting made, env::KeyMode mode)
{
    made.mode = mode;
    return made;
}

inline env::Setting knownKey(env::Setting made, Severity severity)
{
    made.isKnownKey = true;
    made.isSecret = true;
    made.severity = severity;
    made.rule = QStringLiteral("Stripe secret key");
    return made;
}

inline env::Setting listed(const QString &name)
{
    env::Setting made = setting(name, std::nullopt, {}, false);
    made.state = env::ValueState::Empty;
    made.origin = env::Origin::Template;
    made.file = QStringLiteral(".env.example");
    return made;
}

inline env::SettingsRead readOf(std::vector<env::Setting> settings)
{
    env::SettingsRead read;
    read.settings = std::move(settings);
    read.settingsFiles = 1;
    return read;
}

// "missing(A):high shared(B):low", or the outcome's word when there is no finding.
inline QString saidOf(const Judged &judged)
{
    QStringList words;
    for (const Finding &finding : judged.findings)
        words.append(QStringLiteral("%1(%2):%3").arg(finding.code, finding.subject, toWord(finding.severity)));
    words.sort();
    return words.isEmpty() ? toWord(judged.outcome) : words.join(u' ');
}

} // namespace cockpit::test
