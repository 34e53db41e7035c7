// The names that belong to a product: what each is for, and the list that the person keeps of them.
#pragma once

#include "models/csv.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class NamePurpose {
    Site,
    App,
    Api,
    Auth,
    Admin,
    Staging,
    Tool,
    Backend,
    Mail,
    Files,
    Docs,
    Status,
    Shop,
    Dns,
    Ai
};
QString toWord(NamePurpose purpose);
std::optional<NamePurpose> namePurposeFromWord(QStringView word);
QString labelOf(NamePurpose purpose); // "Staging or test"

// Where a name was learnt.
enum class NameSource { Project, Listed, Certificate, CertificateSearch, Mail, Spf, NameServer, Link, Guess };
QString toWord(NameSource source);
std::optional<NameSource> nameSourceFromWord(QStringView word);
QString labelOf(NameSource source); // "A certificate log"

// What is there when the name is looked at.
enum class NameState { Answers, NoAddress, LeadsNowhere, Gone, Fails, Silent };
QString toWord(NameState state);
std::optional<NameState> nameStateFromWord(QStringView word);
QString labelOf(NameState state); // "Leads nowhere"

// A name that the person listed, or to which they gave a purpose.
struct ListedName
{
    QString name;    // A-labels, lower case
    QString purpose; // in the person's words; empty: what is guessed
    QString source;  // the file it came from; empty: found by a check

    bool operator==(const ListedName &) const = default;
};

// Labels that are worth trying at a domain, and what a name with such a label is likely for
// (resources/rules/host-labels.json). Any thread.
const QStringList &commonHostLabels();
// By the first label, a number or environment behind it aside ("api-2", "staging-eu"); empty when it tells nothing. The
// domain itself is a web site.
std::optional<NamePurpose> guessedPurpose(const QString &hostName);

struct NameList
{
    std::vector<ListedName> names; // without repetitions, in the order of the file
    std::vector<BadLine> badLines; // everything else that is not blank, a comment or a header
    bool operator==(const NameList &) const = default;
};

// A name a line, or comma-separated (semicolons and tabs too) with the name first and its purpose second. Lines that
// begin with # are comments; a first line without any name in it is a header.
NameList parseNameList(const QByteArray &text, const QString &source);
// Storage when the file cannot be read, TooLarge above a megabyte.
[[nodiscard]] Result<NameList> readNameList(const QString &path);

// The list with others added: a name that is known keeps its place, and its purpose unless the new one has a purpose.
std::vector<ListedName> mergedNames(std::vector<ListedName> known, const std::vector<ListedName> &added);

} // namespace cockpit
