// The redirect map: the old addresses of a product, and where each is meant to lead.
#pragma once

#include "models/csv.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

struct Target;

// Each address is a URL, or a path on the product's site ("/old?page=2"); without a fragment, which never reaches a
// server.
struct RedirectEntry
{
    QString from;
    QString to; // empty: any page will do

    bool operator==(const RedirectEntry &) const = default;
};

// What became of an old address when it was asked for.
enum class RedirectState {
    Right,     // leads where it should, permanently, in few steps
    Broken,    // ends at an error, or at something that is no web address
    Loop,      // never arrives
    WrongPage, // arrives elsewhere
    FrontPage, // arrives at the front page, the rest of the address is lost
    QueryLost, // the right page, without its query
    NotMoved,  // answers with a page of its own
    Insecure,  // arrives at plain HTTP
    ByPage,    // is moved by a page or a script, not by the server
    Temporary, // the right page, by a redirect that says it will not last
    ManyHops,  // the right page, after too many steps
    Silent,    // could not be looked at
};
QString toWord(RedirectState state);
std::optional<RedirectState> redirectStateFromWord(QStringView word);
QString labelOf(RedirectState state); // "Leads where it should"

constexpr std::size_t kMostRedirects = 2000; // that a map may hold

// Normalised, or BadInput with a sentence that says what to write instead: not a web address, a user name in it, an IP
// address other than loopback, blanks, over 2048 characters, the same address twice, or what looks like a secret.
[[nodiscard]] Result<RedirectEntry> checkedRedirect(const RedirectEntry &entry);

// The address as it is asked for: a path stands on the site (else the first address) of the target, by HTTPS.
QUrl redirectUrl(const QString &address, const Target &target);

struct RedirectList
{
    std::vector<RedirectEntry> entries; // in the order of the file; of two with one old address, the first
    std::vector<BadLine> badLines;

    bool operator==(const RedirectList &) const = default;
};

// A table with the old address and the wanted one (models/csv.h), with or without a header; named columns are found by
// their names in any order, others are left aside. One column alone is a list of old addresses. BadInput for what is no
// UTF-8 text.
[[nodiscard]] Result<RedirectList> parseRedirectMap(const QByteArray &bytes);
// Also Storage when the file cannot be read, TooLarge above a megabyte.
[[nodiscard]] Result<RedirectList> readRedirectMap(const QString &path);

// The known ones, an old address with its new aim where `added` has one, then the others of `added`. No more than
// kMostRedirects.
std::vector<RedirectEntry> mergedRedirects(std::vector<RedirectEntry> known, const std::vector<RedirectEntry> &added);

} // namespace cockpit
