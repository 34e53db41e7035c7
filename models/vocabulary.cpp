#include "models/vocabulary.h"

#include "models/wordtable.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Vocabulary)
};

template<typename Enum>
struct Words;

template<>
struct Words<Outcome>
{
    static constexpr std::array table{
        WordRow<Outcome>{Outcome::Pass, "pass", QT_TRANSLATE_NOOP("Vocabulary", "Pass")},
        WordRow<Outcome>{Outcome::Warn, "warn", QT_TRANSLATE_NOOP("Vocabulary", "Warning")},
        WordRow<Outcome>{Outcome::Fail, "fail", QT_TRANSLATE_NOOP("Vocabulary", "Problem")},
        WordRow<Outcome>{Outcome::Info, "info", QT_TRANSLATE_NOOP("Vocabulary", "Note")},
        WordRow<Outcome>{Outcome::NotRun, "not_run", QT_TRANSLATE_NOOP("Vocabulary", "Not looked at")},
        WordRow<Outcome>{Outcome::NotApplicable, "not_applicable", QT_TRANSLATE_NOOP("Vocabulary", "Does not apply")},
        WordRow<Outcome>{Outcome::Error, "error", QT_TRANSLATE_NOOP("Vocabulary", "Could not be checked")},
    };
};

template<>
struct Words<Severity>
{
    static constexpr std::array table{
        WordRow<Severity>{Severity::Critical, "critical", QT_TRANSLATE_NOOP("Vocabulary", "Critical")},
        WordRow<Severity>{Severity::High, "high", QT_TRANSLATE_NOOP("Vocabulary", "High")},
        WordRow<Severity>{Severity::Medium, "medium", QT_TRANSLATE_NOOP("Vocabulary", "Medium")},
        WordRow<Severity>{Severity::Low, "low", QT_TRANSLATE_NOOP("Vocabulary", "Low")},
    };
};

template<>
struct Words<Proof>
{
    static constexpr std::array table{
        WordRow<Proof>{Proof::Proven, "proven", QT_TRANSLATE_NOOP("Vocabulary", "Proven")},
        WordRow<Proof>{Proof::Strong, "strong", QT_TRANSLATE_NOOP("Vocabulary", "Strong evidence")},
        WordRow<Proof>{Proof::Lead, "lead", QT_TRANSLATE_NOOP("Vocabulary", "A lead to look into")},
    };
};

template<>
struct Words<Impact>
{
    static constexpr std::array table{
        WordRow<Impact>{Impact::AccountTakeover, "account_takeover",
                        QT_TRANSLATE_NOOP("Vocabulary", "Account takeover")},
        WordRow<Impact>{Impact::DataExposure, "data_exposure", QT_TRANSLATE_NOOP("Vocabulary", "Data exposure")},
        WordRow<Impact>{Impact::BrokenLogin, "broken_login", QT_TRANSLATE_NOOP("Vocabulary", "Broken login")},
        WordRow<Impact>{Impact::EmailDelivery, "email_delivery", QT_TRANSLATE_NOOP("Vocabulary", "Email delivery")},
        WordRow<Impact>{Impact::Downtime, "downtime", QT_TRANSLATE_NOOP("Vocabulary", "Downtime")},
        WordRow<Impact>{Impact::CostAbuse, "cost_abuse", QT_TRANSLATE_NOOP("Vocabulary", "Cost abuse")},
        WordRow<Impact>{Impact::Maintainability, "maintainability", QT_TRANSLATE_NOOP("Vocabulary", "Maintainability")},
    };
};

template<>
struct Words<CheckKind>
{
    static constexpr std::array table{
        WordRow<CheckKind>{CheckKind::Passive, "passive", QT_TRANSLATE_NOOP("Vocabulary", "Reads what is public")},
        WordRow<CheckKind>{CheckKind::Credentials, "credentials",
                           QT_TRANSLATE_NOOP("Vocabulary", "Needs a login or token")},
        WordRow<CheckKind>{CheckKind::Active, "active",
                           QT_TRANSLATE_NOOP("Vocabulary", "Sends test attacks, with permission")},
        WordRow<CheckKind>{CheckKind::Local, "local", QT_TRANSLATE_NOOP("Vocabulary", "Reads files on this computer")},
        WordRow<CheckKind>{CheckKind::Guided, "guided", QT_TRANSLATE_NOOP("Vocabulary", "A person answers")},
        WordRow<CheckKind>{CheckKind::Monitor, "monitor", QT_TRANSLATE_NOOP("Vocabulary", "Watches over time")},
    };
};

template<>
struct Words<HostRole>
{
    static constexpr std::array table{
        WordRow<HostRole>{HostRole::Site, "site", QT_TRANSLATE_NOOP("Vocabulary", "Website")},
        WordRow<HostRole>{HostRole::Www, "www", QT_TRANSLATE_NOOP("Vocabulary", "www address")},
        WordRow<HostRole>{HostRole::App, "app", QT_TRANSLATE_NOOP("Vocabulary", "App")},
        WordRow<HostRole>{HostRole::Api, "api", QT_TRANSLATE_NOOP("Vocabulary", "API")},
        WordRow<HostRole>{HostRole::Admin, "admin", QT_TRANSLATE_NOOP("Vocabulary", "Admin area")},
        WordRow<HostRole>{HostRole::Auth, "auth", QT_TRANSLATE_NOOP("Vocabulary", "Sign-in")},
        WordRow<HostRole>{HostRole::Portal, "portal", QT_TRANSLATE_NOOP("Vocabulary", "Portal")},
        WordRow<HostRole>{HostRole::Mail, "mail", QT_TRANSLATE_NOOP("Vocabulary", "Mail server")},
        WordRow<HostRole>{HostRole::Other, "other", QT_TRANSLATE_NOOP("Vocabulary", "Other host")},
    };
};

template<>
struct Words<AccessClass>
{
    static constexpr std::array table{
        WordRow<AccessClass>{AccessClass::Public, "public", QT_TRANSLATE_NOOP("Vocabulary", "Open to everyone")},
        WordRow<AccessClass>{AccessClass::SignedIn, "signed_in", QT_TRANSLATE_NOOP("Vocabulary", "Signed-in users")},
        WordRow<AccessClass>{AccessClass::Admin, "admin", QT_TRANSLATE_NOOP("Vocabulary", "Administrators")},
    };
};

} // namespace

template<typename Enum>
std::optional<Enum> fromWord(QStringView word)
{
    return valueOf(Words<Enum>::table, word);
}

#define COCKPIT_VOCABULARY(Enum)                                                                                       \
    template std::optional<Enum> fromWord<Enum>(QStringView);                                                          \
    QString toWord(Enum value)                                                                                         \
    {                                                                                                                  \
        return wordOf(Words<Enum>::table, value);                                                                      \
    }                                                                                                                  \
    QString labelOf(Enum value)                                                                                        \
    {                                                                                                                  \
        return Text::tr(rowOf(Words<Enum>::table, value).label);                                                       \
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
