// The closed word lists of the program. toWord() gives the stable word for JSON, SQLite and file names;
// labelOf() gives the translated word for people. No code compares or parses a label.
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace cockpit {

enum class Outcome { Pass, Warn, Fail, Info, NotRun, NotApplicable, Error };
enum class Severity { Critical, High, Medium, Low }; // ordered: worst first
enum class Proof { Proven, Strong, Lead };           // ordered: surest first
// Ordered by business impact, worst first; the ranking rests on this order (models/risk.h).
enum class Impact {
    AccountTakeover,
    DataExposure,
    BrokenLogin,
    EmailDelivery,
    Downtime,
    CostAbuse,
    Maintainability,
};
enum class CheckKind { Passive, Credentials, Active, Local, Guided, Monitor };
enum class HostRole { Site, Www, App, Api, Admin, Auth, Portal, Mail, Other };
enum class AccessClass { Public, SignedIn, Admin };

QString toWord(Outcome value);
QString toWord(Severity value);
QString toWord(Proof value);
QString toWord(Impact value);
QString toWord(CheckKind value);
QString toWord(HostRole value);
QString toWord(AccessClass value);

// Empty when the word is unknown.
template<typename Enum>
std::optional<Enum> fromWord(QStringView word);

QString labelOf(Outcome value);
QString labelOf(Severity value);
QString labelOf(Proof value);
QString labelOf(Impact value);
QString labelOf(CheckKind value);
QString labelOf(HostRole value);
QString labelOf(AccessClass value);

} // namespace cockpit
