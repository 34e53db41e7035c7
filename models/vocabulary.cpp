#include "models/vocabulary.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Vocabulary)
};

template<typename Enum>
struct Word
{
    Enum value;
    const char *word;
    const char *label; // source text, translated by labelOf()
};

template<typename Enum>
struct Words;

template<>
struct Words<Outcome>
{
    static constexpr std::array table{
        Word<Outcome>{Outcome::Pass, "pass", QT_TRANSLATE_NOOP("Vocabulary", "Pass")},
        Word<Outcome>{Outcome::Warn, "warn", QT_TRANSLATE_NOOP("Vocabulary", "Warning")},
        Word<Outcome>{Outcome::Fail, "fail", QT_TRANSLATE_NOOP("Vocabulary", "Problem")},
        Word<Outcome>{Outcome::Info, "info", QT_TRANSLATE_NOOP("Vocabulary", "Note")},
        Word<Outcome>{Outcome::NotRun, "not_run", QT_TRANSLATE_NOOP("Vocabulary", "Not looked at")},
        Word<Outcome>{Outcome::NotApplicable, "not_applicable", QT_TRANSLATE_NOOP("Vocabulary", "Does not apply")},
        Word<Outcome>{Outcome::Error, "error", QT_TRANSLATE_NOOP("Vocabulary", "Could not be checked")},
    };
};

template<>
struct Words<Severity>
{
    static constexpr std::array table{
        Word<Severity>{Severity::Critical, "critical", QT_TRANSLATE_NOOP("Vocabulary", "Critical")},
        Word<Severity>{Severity::High, "high", QT_TRANSLATE_NOOP("Vocabulary", "High")},
        Word<Severity>{Severity::Medium, "medium", QT_TRANSLATE_NOOP("Vocabulary", "Medium")},
        Word<Severity>{Severity::Low, "low", QT_TRANSLATE_NOOP("Vocabulary", "Low")},
    };
};

template<>
struct Words<Proof>
{
    static constexpr std::array table{
        Word<Proof>{Proof::Proven, "proven", QT_TRANSLATE_NOOP("Vocabulary", "Proven")},
        Word<Proof>{Proof::Strong, "strong", QT_TRANSLATE_NOOP("Vocabulary", "Strong evidence")},
        Word<Proof>{Proof::Lead, "lead", QT_TRANSLATE_NOOP("Vocabulary", "A lead to look into")},
    };
};

template<>
struct Words<Impact>
{
    static constexpr std::array table{
        Word<Impact>{Impact::AccountTakeover, "account_takeover", QT_TRANSLATE_NOOP("Vocabulary", "Account takeover")},
        Word<Impact>{Impact::DataExposure, "data_exposure", QT_TRANSLATE_NOOP("Vocabulary", "Data exposure")},
        Word<Impact>{Impact::BrokenLogin, "broken_login", QT_TRANSLATE_NOOP("Vocabulary", "Broken login")},
        Word<Impact>{Impact::EmailDelivery, "email_delivery", QT_TRANSLATE_NOOP("Vocabulary", "Email delivery")},
        Word<Impact>{Impact::Downtime, "downtime", QT_TRANSLATE_NOOP("Vocabulary", "Downtime")},
        Word<Impact>{Impact::CostAbuse, "cost_abuse", QT_TRANSLATE_NOOP("Vocabulary", "Cost abuse")},
        Word<Impact>{Impact::Maintainability, "maintainability", QT_TRANSLATE_NOOP("Vocabulary", "Maintainability")},
    };
};

template<>
struct Words<CheckKind>
{
    static constexpr std::array table{
        Word<CheckKind>{CheckKind::Passive, "passive", QT_TRANSLATE_NOOP("Vocabulary", "Reads what is public")},
        Word<CheckKind>{CheckKind::Credentials, "credentials",
                        QT_TRANSLATE_NOOP("Vocabulary", "Needs a login or token")},
        Word<CheckKind>{CheckKind::Active, "active",
                        QT_TRANSLATE_NOOP("Vocabulary", "Sends test attacks, with permission")},
        Word<CheckKind>{CheckKind::Local, "local", QT_TRANSLATE_NOOP("Vocabulary", "Reads files on this computer")},
        Word<CheckKind>{CheckKind::Guided, "guided", QT_TRANSLATE_NOOP("Vocabulary", "A person answers")},
        Word<CheckKind>{CheckKind::Monitor, "monitor", QT_TRANSLATE_NOOP("Vocabulary", "Watches over time")},
    };
};

template<>
struct Words<HostRole>
{
    static constexpr std::array table{
        Word<HostRole>{HostRole::Site, "site", QT_TRANSLATE_NOOP("Vocabulary", "Website")},
        Word<HostRole>{HostRole::Www, "www", QT_TRANSLATE_NOOP("Vocabulary", "www address")},
        Word<HostRole>{HostRole::App, "app", QT_TRANSLATE_NOOP("Vocabulary", "App")},
        Word<HostRole>{HostRole::Api, "api", QT_TRANSLATE_NOOP("Vocabulary", "API")},
        Word<HostRole>{HostRole::Admin, "admin", QT_TRANSLATE_NOOP("Vocabulary", "Admin area")},
        Word<HostRole>{HostRole::Auth, "auth", QT_TRANSLATE_NOOP("Vocabulary", "Sign-in")},
        Word<HostRole>{HostRole::Portal, "portal", QT_TRANSLATE_NOOP("Vocabulary", "Portal")},
        Word<HostRole>{HostRole::Mail, "mail", QT_TRANSLATE_NOOP("Vocabulary", "Mail server")},
        Word<HostRole>{HostRole::Other, "other", QT_TRANSLATE_NOOP("Vocabulary", "Other host")},
    };
};

template<>
struct Words<AccessClass>
{
    static constexpr std::array table{
        Word<AccessClass>{AccessClass::Public, "public", QT_TRANSLATE_NOOP("Vocabulary", "Open to everyone")},
        Word<AccessClass>{AccessClass::SignedIn, "signed_in", QT_TRANSLATE_NOOP("Vocabulary", "Signed-in users")},
        Word<AccessClass>{AccessClass::Admin, "admin", QT_TRANSLATE_NOOP("Vocabulary", "Administrators")},
    };
};

template<typename Enum>
const Word<Enum> &entryFor(Enum value)
{
    const auto &table = Words<Enum>::table;
    const auto it = std::ranges::find(table, value, &Word<Enum>::value);
    Q_ASSERT(it != table.end());
    return *it;
}

} // namespace

template<typename Enum>
std::optional<Enum> fromWord(QStringView word)
{
    const auto &table = Words<Enum>::table;
    const auto it = std::ranges::find_if(table, [word](const auto &e) { return word == QLatin1StringView(e.word); });
    return it == table.end() ? std::nullopt : std::optional(it->value);
}

#define COCKPIT_VOCABULARY(Enum)                                                                                       \
    template std::optional<Enum> fromWord<Enum>(QStringView);                                                          \
    QString toWord(Enum value)                                                                                         \
    {                                                                                                                  \
        return QString::fromLatin1(entryFor(value).word);                                                              \
    }                                                                                                                  \
    QString labelOf(Enum value)                                                                                        \
    {                                                                                                                  \
        return Text::tr(entryFor(value).label);                                                                        \
    }

COCKPIT_VOCABULARY(Outcome)
COCKPIT_VOCABULARY(Severity)
COCKPIT_VOCABULARY(Proof)
COCKPIT_VOCABULARY(Impact)
COCKPIT_VOCABULARY(CheckKind)
COCKPIT_VOCABULARY(HostRole)
COCKPIT_VOCABULARY(AccessClass)

#undef COCKPIT_VOCABULARY

} // namespace cockpit
